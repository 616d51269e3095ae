use crate::finding::{Finding, Label, Severity};
use crate::rollback::Class;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "low-rollback-coverage",
    group: Group::Rollback,
    summary: "fewer migrations can be taken back than the settings demand",
    severity: Severity::Error,
    page: Rule::page(include_str!("low_rollback_coverage.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(least) = facts.min_rollback_coverage else { return };
    let share = facts.rollback.coverage().pending;
    let Some(percent) = share.percent().filter(|_| !least.is_reached(share.covered, share.of)) else { return };
    let mut lacking =
        facts.rollback.scripts().filter(|taken| taken.pending && taken.class != Class::Nothing && !taken.is_covered());
    let Some(first) = lacking.next() else { return };
    let message = format!(
        "{} of {} migrations can be taken back for sure, {percent}, and {least} are demanded",
        share.covered, share.of
    );
    let says = |taken: &crate::rollback::Taken| format!("is {}", taken.class.as_str());
    let mut primary = Label::file(&first.script);
    primary.message = says(first);
    let mut finding = Finding::new(message, primary);
    for other in lacking {
        finding = finding.with(Label::file(&other.script).says(says(other)));
    }
    out.push(finding.help("`flightcheck draft-undo` writes undo scripts; say of the rest why it is irreversible"));
}
