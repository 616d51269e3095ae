use std::collections::BTreeSet;

use crate::finding::{Finding, Label, Severity};
use crate::status::State;
use crate::version::Version;

use super::facts::base_name;
use super::{Facts, Rule};

pub(super) const RULE: Rule = Rule {
    name: "migration-without-undo",
    summary: "a migration has no undo script, in a project that writes them",
    severity: Severity::Info,
    page: include_str!("migration_without_undo.md"),
    check,
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(oldest) = facts.layout.rollbacks.iter().min_by(|left, right| left.version.cmp(&right.version)) else {
        return;
    };
    let undone: BTreeSet<&Version> = facts.layout.rollbacks.iter().map(|rollback| &rollback.version).collect();
    for (migration, version, state) in facts.versioned() {
        let applied_long_ago = facts.history.is_some() && state != Some(State::Pending);
        if *version <= oldest.version || applied_long_ago || undone.contains(version) {
            continue;
        }
        let message = format!("`{}` has no undo script", base_name(&migration.path));
        let says = "is where the project began to write undo scripts";
        let finding = Finding::new(message, Label::file(&migration.path)).with(Label::file(&oldest.path).says(says));
        out.push(finding.help("write one, or note in the script why it cannot be taken back"));
    }
}
