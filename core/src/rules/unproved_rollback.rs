use crate::finding::{Finding, Label, Severity};
use crate::layout::base_name;
use crate::rollback::Class;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unproved-rollback",
    group: Group::Rollback,
    summary: "a migration cannot be taken back for sure, where the settings demand it",
    severity: Severity::Error,
    page: Rule::page(include_str!("unproved_rollback.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let settings = &facts.settings.flightcheck;
    let required = facts.rollback.scripts().filter(|taken| settings.requires_rollback(&taken.script));
    for taken in required.filter(|taken| taken.pending && taken.class != Class::Nothing && !taken.is_covered()) {
        let name = base_name(&taken.script);
        let (message, help) = match taken.class {
            Class::Irreversible => (
                format!("`{name}` is irreversible, and nobody says why"),
                "say it in a comment: `-- irreversible: the old totals were rounded`",
            ),
            Class::Uncovered => {
                (format!("`{name}` has no undo script, and one is required"), "write one with `flightcheck draft-undo`")
            }
            _ => (
                format!("it is not proved that `{}` takes `{name}` back", taken.undo.as_deref().map_or("", base_name)),
                "mend what is said of the undo script; `flightcheck draft-undo` writes one that is proved",
            ),
        };
        let mut finding = Finding::new(message, Label::file(&taken.script));
        if let Some(undo) = taken.undo.as_ref().filter(|undo| **undo != taken.script) {
            finding =
                finding.with(Label::file(undo).says(taken.notes.first().map_or("is to take it back", String::as_str)));
        }
        out.push(finding.help(help));
    }
}
