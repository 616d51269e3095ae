use crate::branch::Deleted;
use crate::finding::{Finding, Label, Severity};
use crate::layout::Kind;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "deleted-merged-script",
    group: Group::Branches,
    summary: "a script that the base has is not on the branch any more",
    severity: Severity::Error,
    page: Rule::page(include_str!("deleted_merged_script.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let deleted = facts.branch.iter().flat_map(|branch| &branch.deleted);
    out.extend(deleted.filter(|deleted| !is_squashed(facts, deleted)).map(|deleted| finding(facts, deleted)));
}

/// Whether a baseline script takes its place, and the history shows no database that ran it.
fn is_squashed(facts: &Facts<'_>, deleted: &Deleted) -> bool {
    let baselines = facts.layout.migrations.iter().filter(|migration| migration.kind == Kind::Baseline);
    let covers = |version| deleted.was.version().is_some_and(|deleted| deleted <= version);
    let covered = baselines.filter_map(|migration| migration.version.as_ref()).any(covers);
    covered && facts.row_named(&deleted.was.script).is_none()
}

fn finding(facts: &Facts<'_>, deleted: &Deleted) -> Finding {
    let was = &deleted.was;
    let message = format!("`{}` was merged into `{}` and is deleted here", was.path, facts.base());
    let mut finding = Finding::new(message, Label::file(&was.path));
    if let Some(row) = facts.row_named(&was.script) {
        finding = finding.with(facts.row_label(row, "applied it"));
    }
    finding.help(format!(
        "restore it (`git checkout {} -- {}`), and take back what it does with a new migration",
        facts.base(),
        was.path
    ))
}
