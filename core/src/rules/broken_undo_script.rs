use crate::catalog::{Conflict, ConflictKind};
use crate::deployment::{Step, Undone};
use crate::finding::{Finding, Label, Severity};
use crate::text::Span;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "broken-undo-script",
    group: Group::Failures,
    summary: "a statement of an undo script would fail right after the migration that it takes back",
    severity: Severity::Warning,
    page: include_str!("broken_undo_script.md"),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for undone in &facts.deployment.undos {
        // What comes after the first failure does not run, and may fail only because of it.
        out.extend(undone.script.steps.iter().find_map(|step| broken(facts, undone, step)));
    }
}

fn broken(facts: &Facts<'_>, undone: &Undone, step: &Step) -> Option<Finding> {
    let (reason, span): (String, Span) = match (&step.impact.fails, step.conflicts.first()) {
        (Some(refusal), _) => (refusal.reason.clone(), refusal.span),
        (None, Some(conflict)) if is_missed_before(facts, conflict) => return None,
        (None, Some(conflict)) => (conflict.in_words(facts.deployment.server.dialect), conflict.span),
        (None, None) => return None,
    };
    let migration = &undone.of.turn.path;
    let message = format!("right after `{migration}` this undo script fails here: {reason}");
    let finding = Finding::new(message, Label::at(undone.path(), span));
    Some(
        finding
            .with(Label::file(migration).says("the migration that it takes back"))
            .help("mend it while nobody needs it: undo what the migration does, in reverse order"),
    )
}

/// Whether a migration misses the same object: then the scripts do not say all of the schema, and that is told there.
fn is_missed_before(facts: &Facts<'_>, conflict: &Conflict) -> bool {
    let same = |other: &Conflict| other.kind == ConflictKind::Missing && other.object.name == conflict.object.name;
    let mut steps = facts.deployment.scripts.iter().flat_map(|played| &played.steps);
    conflict.kind == ConflictKind::Missing && steps.any(|step| step.conflicts.iter().any(same))
}
