//! `ratchet`: records today's findings, so that only new ones fail.

use std::collections::BTreeSet;
use std::fs;
use std::process::ExitCode;

use flightcheck_core::ratchet::{FILE_NAME, Ratchet, Recorded};

use crate::load::{Loaded, check, load_all};
use crate::{Failure, args, commands, judging};

pub(crate) fn run(arguments: &args::Ratchet) -> Result<ExitCode, Failure> {
    let mut changes = false;
    for mut loaded in load_all(&arguments.project)? {
        judging::prepare(&mut loaded, &arguments.judging)?;
        changes |= record(&loaded, arguments)?;
    }
    Ok(commands::exit(arguments.check && changes))
}

/// Records the findings of a project; whether that changes what was recorded.
fn record(loaded: &Loaded, arguments: &args::Ratchet) -> Result<bool, Failure> {
    let before = judging::ratchet(&loaded.folder)?;
    let exists = before.is_some();
    let before = before.unwrap_or_else(|| Ratchet::new([]));
    let found = findings(loaded)?;
    let known = before.fingerprints();
    let now: BTreeSet<&str> = found.iter().map(|recorded| recorded.fingerprint.as_str()).collect();
    let (gone, new) = (known.difference(&now).count(), now.difference(&known).count());
    let kept = |recorded: &&Recorded| !arguments.prune || known.contains(recorded.fingerprint.as_str());
    let after = Ratchet::new(found.iter().filter(kept).cloned());
    let changes = gone > 0 || new > 0 && !arguments.prune;
    let path = loaded.folder.join(FILE_NAME);
    if !arguments.check && (changes || !exists && !arguments.prune) {
        fs::write(&path, after.to_json())
            .map_err(|error| format!("`{}` cannot be written: {error}", path.display()))?;
    }
    let (verb, count) =
        if arguments.check { ("would hold", after.findings().len()) } else { ("holds", after.findings().len()) };
    let added = if arguments.prune { 0 } else { new };
    commands::print(format_args!("{} {verb} {count}: {added} new, {gone} gone\n", path.display()))?;
    Ok(changes)
}

/// What counts today.
fn findings(loaded: &Loaded) -> Result<Vec<Recorded>, Failure> {
    let judged = loaded.project.judged(&check(&loaded.project)?);
    let recorded = judged.findings.into_iter().map(|marked| Recorded {
        file: marked.finding.primary.file,
        rule: marked.finding.rule.to_owned(),
        fingerprint: marked.fingerprint,
        message: marked.finding.message,
    });
    Ok(recorded.collect())
}
