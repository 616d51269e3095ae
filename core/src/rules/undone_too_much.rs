use crate::finding::{Finding, Label, Severity};
use crate::rollback::FlawKind;

use super::flawed::flawed;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "undone-too-much",
    group: Group::Rollback,
    summary: "an undo script changes what its migration did not",
    severity: Severity::Warning,
    page: Rule::page(include_str!("undone_too_much.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for (taken, flaw, undo) in flawed(facts, FlawKind::TooMuch) {
        let finding = Finding::new(&flaw.message, Label { span: flaw.down, ..Label::file(undo) });
        let finding = finding.with(Label::file(&taken.script).says("the migration that it takes back"));
        out.push(finding.help("leave out what the migration did not do"));
    }
}
