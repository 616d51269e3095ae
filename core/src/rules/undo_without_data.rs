use crate::finding::{Finding, Label, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "undo-without-data",
    group: Group::Rollback,
    summary: "an undo script brings back a column or table, and its data is lost",
    severity: Severity::Info,
    page: Rule::page(include_str!("undo_without_data.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for taken in facts.rollback.scripts().filter(|taken| taken.reason.is_none()) {
        let Some(undo) = &taken.undo else { continue };
        for effect in &taken.effects {
            let (Some(loss), Some(span)) = (&effect.loses, effect.undone_by) else { continue };
            let message = format!("this does not bring back {}", loss.what);
            let finding = Finding::new(message, Label::at(undo, span));
            let finding = finding.with(Label::at(&taken.script, effect.span).says("destroys it"));
            let help = format!("{}; or say in a comment why it is irreversible", loss.recipe);
            out.push(finding.help(help));
        }
    }
}
