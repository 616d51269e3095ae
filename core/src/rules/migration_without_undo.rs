use std::collections::BTreeSet;

use crate::finding::{Finding, Label, Severity};
use crate::layout::base_name;
use crate::status::State;
use crate::version::Version;

use super::facts::counted;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "migration-without-undo",
    group: Group::Migrations,
    summary: "a migration has no undo script, in a project that writes them",
    severity: Severity::Info,
    page: Rule::page(include_str!("migration_without_undo.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(oldest) = facts.layout.rollbacks.iter().min_by(|left, right| left.version.cmp(&right.version)) else {
        return;
    };
    let undone: BTreeSet<&Version> = facts.layout.rollbacks.iter().map(|rollback| &rollback.version).collect();
    let required = |path: &str| facts.settings.flightcheck.requires_rollback(path);
    let without = facts.versioned().into_iter().filter(|(migration, version, state)| {
        let applied_long_ago = facts.history.is_some() && *state != Some(State::Pending);
        !required(&migration.path) && **version > oldest.version && !applied_long_ago && !undone.contains(version)
    });
    let mut paths = without.map(|(migration, ..)| &migration.path);
    let Some(first) = paths.next() else { return };
    let others: Vec<&String> = paths.collect();
    let name = base_name(first);
    let message = match others.len() {
        0 => format!("`{name}` has no undo script"),
        count => format!("`{name}` and {} have no undo script", counted(count, "later migration")),
    };
    let mut finding = Finding::new(message, Label::file(first));
    for other in &others {
        finding = finding.with(Label::file(*other).says("has none either"));
    }
    finding = finding.with(Label::file(&oldest.path).says("is where the project began to write undo scripts"));
    out.push(finding.help("write them, or note in each script why it cannot be taken back"));
}
