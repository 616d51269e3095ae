use crate::finding::{Finding, Label, Severity};
use crate::rollback::FlawKind;

use super::flawed::flawed;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "restored-differently",
    group: Group::Rollback,
    summary: "an undo script brings something back otherwise than it was",
    severity: Severity::Warning,
    page: Rule::page(include_str!("restored_differently.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for (taken, flaw, undo) in flawed(facts, FlawKind::Otherwise) {
        let mut finding = Finding::new(&flaw.message, Label { span: flaw.down, ..Label::file(undo) });
        if let Some(span) = flaw.up {
            finding = finding.with(Label::at(&taken.script, span).says("until this statement it was as it should be"));
        }
        out.push(finding.help("give it back as it was; `flightcheck draft-undo` writes that"));
    }
}
