//! What rules about a branch ask, and which findings are the branch's own.

use crate::branch::Alteration;
use crate::finding::{Finding, Label};
use crate::history::Row;
use crate::layout::{Language, base_name};
use crate::status::State;

use super::facts::counted;
use super::{Facts, Group, find};

/// Findings of the second rule that the first one says better: both are about the same script.
const SAID_BETTER: [(&str, &str); 9] = [
    ("edited-merged-script", "checksum-mismatch"),
    ("edited-merged-script", "changed-sealed-script"),
    ("renamed-merged-script", "renamed-migration"),
    ("renamed-merged-script", "checksum-mismatch"),
    ("repeatable-changed-on-both-sides", "conflict-with-base"),
    ("version-taken-on-base", "version-collision"),
    ("version-taken-on-base", "checksum-mismatch"),
    ("version-taken-on-base", "renamed-migration"),
    ("version-taken-on-base", "changed-sealed-script"),
];

/// So many scripts are named.
const NAMED: usize = 5;

impl<'a> Facts<'a> {
    /// The scripts of migrations, those of a branch where there is one, each with its path from the root of the repository.
    pub(super) fn scripts_in_repository(&self) -> Vec<(&'a str, String)> {
        let Some(repository) = self.repository else { return Vec::new() };
        let migrations = self.layout.migrations.iter().filter(|migration| migration.language != Language::Java);
        let own = migrations.filter(|migration| self.branch.is_none_or(|branch| branch.adds(&migration.path)));
        own.filter_map(|migration| Some((migration.path.as_str(), repository.path(&migration.path)?))).collect()
    }

    /// How the base is called.
    pub(super) fn base(&self) -> &'a str {
        self.branch.map_or("", |branch| &branch.base)
    }

    /// The row of the history that applied a script.
    pub(super) fn row_of(&self, path: &str) -> Option<&'a Row> {
        let of_path = |line: &super::facts::Line<'_>| line.migration.is_some_and(|migration| migration.path == path);
        self.lines().filter(of_path).find_map(|line| line.row)
    }

    /// The row of the history that applied a script of that name.
    pub(super) fn row_named(&self, script: &str) -> Option<&'a Row> {
        self.rows().iter().find(|row| !row.script.is_empty() && row.script == script)
    }

    /// Whether the history shows that a script is what was applied: the branch gives it its text back.
    pub(super) fn is_restored(&self, path: &str) -> bool {
        let applied = self.lines().filter(|line| matches!(line.info.state, State::Success | State::OutOfOrder));
        let mut migrations = applied.filter_map(|line| Some((line.migration?, line.row?)));
        migrations.any(|(migration, row)| {
            migration.path == path && row.checksum.is_some() && migration.checksum.is_current(row.checksum)
        })
    }

    /// What the change of the configuration does to merged scripts: what the tool refuses, or what it does not see.
    pub(super) fn reinterpreted(&self, breaks: bool) -> Option<Finding> {
        let found = self.branch?.reinterpreted.as_ref()?;
        let scripts: Vec<_> = found.scripts.iter().filter(|(_, how)| how.breaks() == breaks).collect();
        let (first, how) = scripts.first()?;
        let keys = found.keys.iter().map(|key| format!("`{}`", key.name)).collect::<Vec<_>>().join(", ");
        let cause = match keys.as_str() {
            "" => "the configuration of a script".to_owned(),
            keys => keys.to_owned(),
        };
        let count = counted(scripts.len(), "merged script");
        let message = format!("{cause} changed: {count} {}, `{first}` first", said(how, scripts.len()));
        let place = found.keys.iter().find_map(|key| key.place.clone());
        let options = self.layout.migrations.iter().find(|migration| migration.path == *first);
        let options = options.and_then(|migration| migration.options.path.clone()).filter(|_| found.keys.is_empty());
        let file = self
            .configuration
            .iter()
            .map(|(name, _)| *name)
            .find(|name| self.branch.is_some_and(|branch| branch.changed.contains(*name)));
        let place = place.or_else(|| options.map(Label::file)).unwrap_or_else(|| Label::file(file.unwrap_or(first)));
        let mut finding = Finding::new(message, place);
        for (path, how) in scripts.iter().take(NAMED) {
            finding = finding.with(Label::file(path).says(said(how, 1)));
        }
        Some(finding)
    }
}

/// What happens to scripts, in words that follow their number.
fn said(how: &Alteration, count: usize) -> String {
    let (is, has, runs) = if count == 1 { ("is", "has", "runs") } else { ("are", "have", "run") };
    match how {
        Alteration::Unread => format!("{is} no migration any more"),
        Alteration::Identity(now) => format!("{is} another migration now: {now}"),
        Alteration::Checksum => format!("{has} another checksum"),
        Alteration::Values => format!("{runs} with another value"),
        Alteration::Execution => format!("{runs} in other transactions"),
    }
}

/// Of a branch, only what it changes is reported: the findings of its own scripts and configuration, and how many there are
/// elsewhere. Without a base all are its own.
pub(super) fn own(facts: &Facts<'_>, mut findings: Vec<Finding>) -> (Vec<Finding>, usize) {
    let Some(branch) = facts.branch else { return (findings, 0) };
    let files = |finding: &Finding| -> Vec<String> {
        std::iter::once(&finding.primary).chain(&finding.related).map(|label| label.file.clone()).collect()
    };
    let better: Vec<(&str, Vec<String>)> =
        findings.iter().filter(|finding| is_of_branch(finding)).map(|finding| (finding.rule, files(finding))).collect();
    let is_said = |finding: &Finding| {
        let own = files(finding);
        let says = |(rule, of): &(&str, Vec<String>)| {
            SAID_BETTER.contains(&(*rule, finding.rule)) && of.first().is_some_and(|file| own.contains(file))
        };
        better.iter().any(says)
    };
    findings.retain(|finding| !is_said(finding) && !is_lost(facts, finding));
    let is_own =
        |finding: &Finding| is_of_branch(finding) || files(finding).iter().any(|file| branch.changed.contains(file));
    let count = findings.len();
    findings.retain(is_own);
    let elsewhere = count - findings.len();
    (findings, elsewhere)
}

fn is_of_branch(finding: &Finding) -> bool {
    find(finding.rule).is_some_and(|rule| rule.group == Group::Branches)
}

/// Whether a script is missing because the branch deletes or renames it, which is told as that.
fn is_lost(facts: &Facts<'_>, finding: &Finding) -> bool {
    let lost = facts.branch.is_some_and(|branch| {
        let scripts =
            branch.deleted.iter().map(|deleted| &deleted.was).chain(branch.renamed.iter().map(|renamed| &renamed.was));
        scripts.into_iter().any(|was| {
            finding.message.contains(&format!("`{}`", was.script))
                || finding.message.contains(&format!("`{}`", base_name(&was.path)))
        })
    });
    lost && matches!(finding.rule, "missing-migration" | "changed-sealed-script")
}
