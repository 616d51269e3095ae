use crate::deployment::Undone;
use crate::finding::{Finding, Label, Severity};
use crate::rollback::{Order, failure};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "broken-undo-script",
    group: Group::Failures,
    summary: "a statement of an undo script would fail right after the migration that it takes back",
    severity: Severity::Warning,
    page: Rule::page(include_str!("broken_undo_script.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.deployment.undos.iter().filter_map(|undone| broken(facts, undone)));
}

fn broken(facts: &Facts<'_>, undone: &Undone) -> Option<Finding> {
    let failure = failure(facts.deployment, undone, &facts.settings.flyway.table)?;
    let migration = &undone.of.turn.path;
    let message = format!("right after `{migration}` this undo script fails here: {}", failure.reason);
    let finding = Finding::new(message, Label::at(undone.path(), failure.span))
        .with(Label::file(migration).says("the migration that it takes back"));
    Some(match failure.order {
        Some(Order::TooEarly(span)) => finding
            .with(Label::at(undone.path(), span).says("this has to come before it"))
            .help("undo in reverse order what the migration does"),
        Some(Order::TooLate(span)) => finding
            .with(Label::at(undone.path(), span).says("this takes away what it needs"))
            .help("undo in reverse order what the migration does"),
        None => finding.help("mend it while nobody needs it: undo what the migration does, in reverse order"),
    })
}
