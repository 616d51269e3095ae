use crate::finding::{Finding, Label, Severity};
use crate::rollback::FlawKind;

use super::flawed::flawed;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "effect-not-undone",
    group: Group::Rollback,
    summary: "an undo script leaves an effect of its migration",
    severity: Severity::Warning,
    page: Rule::page(include_str!("effect_not_undone.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for (taken, flaw, undo) in flawed(facts, FlawKind::NotUndone) {
        let mut finding = Finding::new(&flaw.message, Label { span: flaw.down, ..Label::file(undo) });
        if let Some(span) = flaw.up {
            finding = finding.with(Label::at(&taken.script, span).says("this is what stays"));
        }
        out.push(finding.help(if flaw.hopeless {
            "undo it, or say in a comment of the undo script why it is irreversible"
        } else {
            "add the statement that reverses it; `flightcheck draft-undo` writes one"
        }));
    }
}
