use crate::finding::{Edit, Finding, Fix, Label, Safety, Severity};
use crate::history::Row;
use crate::layout::Migration;
use crate::layout::flyway::encoding_of;
use crate::seal::FILE_NAME;
use crate::status::{Cause, cause, difference};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "checksum-mismatch",
    group: Group::Migrations,
    summary: "a script is not the one that was applied",
    severity: Severity::Error,
    page: Rule::page(include_str!("checksum_mismatch.md")),
    check: Check::Project(check),
};

/// Added lines are looked for in so many scripts: with more, something else is the matter.
const THOROUGH: usize = 32;

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for (at, (error, line)) in facts.errors(&["CHECKSUM_MISMATCH"]).enumerate() {
        let (Some(migration), Some(row)) = (line.migration, line.row) else { continue };
        out.push(match error.version {
            Some(_) => mismatch(facts, migration, row, at < THOROUGH),
            // A repeatable that has really changed is merely outdated.
            None => unreplaced(facts, migration, row),
        });
    }
}

fn mismatch(facts: &Facts<'_>, migration: &Migration, row: &Row, thorough: bool) -> Finding {
    let (finding, restored) = explained(facts, migration, row, thorough);
    let checksum = |checksum: Option<i32>| checksum.map_or_else(String::new, |checksum| format!("checksum {checksum}"));
    let says = format!("was applied with {}", checksum(row.checksum));
    let mut finding = finding.with(facts.row_label(row, &says));
    finding.primary.message = format!("has {}", checksum(migration.checksum.stored));
    if let Some((hash, span)) = facts.seal.and_then(|seal| seal.get(&migration.path)) {
        let same = if Some(hash) == migration.sha256 { "it has not changed since" } else { "it had another hash" };
        finding = finding.with(Label::at(FILE_NAME, span).says(format!("when it was sealed, {same}")));
    }
    let (Some(text), Some(restored)) = (facts.text(migration), restored) else { return finding };
    let (span, text) = difference(&text, &restored);
    finding.primary.span = Some(span);
    let edits = vec![Edit::Replace { file: migration.path.clone(), span, text: text.to_owned() }];
    finding.fix(Fix { title: "restore what was applied".into(), safety: Safety::Review, edits })
}

/// The finding without its labels, and the text that was applied where it is known.
fn explained(facts: &Facts<'_>, migration: &Migration, row: &Row, thorough: bool) -> (Finding, Option<String>) {
    let path = &migration.path;
    let finding = |message: String| Finding::new(message, Label::file(path));
    let harmless = "restore what was applied, or run `flyway repair`: the change is harmless";
    let log = format!("`git log -- {path}`");
    let found = facts.files.get(path).zip(row.checksum).and_then(|(file, stored)| {
        let encoding = encoding_of(&facts.settings.flyway, file.bytes(), &migration.options);
        cause(file.bytes(), encoding, stored, thorough)
    });
    match found {
        Some(Cause::Encoding(name)) => {
            let message = format!("`{path}` was read as {name} when it was applied, and is read otherwise now");
            let help = format!("set `encoding={name}` in `{path}.conf`, or run `flyway repair` if it was wrong then");
            (finding(message).help(help), None)
        }
        Some(Cause::OldRule) => {
            let message = format!("`{path}` has not changed: its checksum was stored by a Flyway older than version 4");
            (finding(message).help("run `flyway repair` once: it stores checksums of today's kind"), None)
        }
        Some(Cause::Mojibake(name, restored)) => {
            let message = format!("`{path}` was saved in the wrong encoding: its UTF-8 was read as {name}");
            let help = "restore what was applied: letters outside ASCII are broken, and a new database would get them";
            (finding(message).help(help), Some(restored))
        }
        Some(Cause::Marks(restored)) => {
            let message = format!("`{path}` differs from what was applied in byte order marks inside its text only");
            (finding(message).help(harmless), Some(restored))
        }
        Some(Cause::WhiteSpace(how, restored)) => {
            let message = format!("`{path}` differs from what was applied in white space only: {how}");
            (finding(message).help(harmless), Some(restored))
        }
        Some(Cause::Added(first, last, restored)) => {
            let lines = if first == last { format!("line {first}") } else { format!("lines {first} to {last}") };
            let message = format!("`{path}` was edited after it was applied: without {lines} it is what was applied");
            let help = format!("restore what was applied ({log}), and put the addition into a new migration");
            (finding(message).help(help), Some(restored))
        }
        None => (undetermined(facts, migration, row, &log), None),
    }
}

fn undetermined(facts: &Facts<'_>, migration: &Migration, row: &Row, log: &str) -> Finding {
    let path = &migration.path;
    let stored = row.checksum.filter(|checksum| *checksum != 0);
    let is_twin = |other: &&Migration| stored.is_some() && other.checksum.stored == stored && other.path != *path;
    let twin = facts.layout.migrations.iter().find(is_twin);
    let finding = |message: String| Finding::new(message, Label::file(path));
    if let Some(twin) = twin {
        let message = format!("`{path}` is not what was applied: `{}` is", twin.path);
        let says = "has the checksum that was applied: the two were renumbered or swapped";
        return finding(message).with(Label::file(&twin.path).says(says)).help("give both their old versions back");
    }
    let sealed = facts.seal.and_then(|seal| seal.get(path)).map(|(hash, _)| Some(hash) == migration.sha256);
    if sealed == Some(true) {
        let message = format!("`{path}` is as it was sealed, so this database was migrated with another text");
        return finding(message).help("find out which text ran here before you run `flyway repair`");
    }
    let message = format!("`{path}` was edited after it was applied");
    finding(message).help(format!(
        "restore what was applied ({log}), and put the change into a new migration; run `flyway repair` only if it is \
         harmless"
    ))
}

/// The row holds the checksum of the text before its placeholders were replaced, which only `migrate` minds.
fn unreplaced(facts: &Facts<'_>, migration: &Migration, row: &Row) -> Finding {
    let path = &migration.path;
    let message = format!("the history holds the checksum of `{path}` before its placeholders were replaced");
    Finding::new(message, Label::file(path))
        .with(facts.row_label(row, "was applied with the checksum of the raw text"))
        .help("run `flyway repair`: it stores the checksum of the text that runs")
}
