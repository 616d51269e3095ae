use crate::finding::{Finding, Label, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unverified-history",
    group: Group::Migrations,
    summary: "the snapshot of the history lacks something, so a part of the checks is not done",
    severity: Severity::Info,
    page: Rule::page(include_str!("unverified_history.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some((name, snapshot)) = facts.history else { return };
    for gap in &snapshot.gaps {
        let finding = Finding::new(gap.trim_end_matches('.'), Label::file(name));
        out.push(finding.help("take the snapshot from the table itself, as docs/history-snapshot.md shows"));
    }
}
