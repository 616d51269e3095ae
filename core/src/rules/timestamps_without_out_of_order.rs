use crate::finding::{Finding, Label, Severity};
use crate::status::State;

use super::facts::counted;
use super::version_form::is_timestamp;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "timestamps-without-out-of-order",
    group: Group::Migrations,
    summary: "versions are timestamps, but a branch that is merged late is refused",
    severity: Severity::Info,
    page: Rule::page(include_str!("timestamps_without_out_of_order.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    if facts.settings.flyway.out_of_order {
        return;
    }
    let waits = |state: Option<State>| facts.history.is_none() || state == Some(State::Pending);
    let versioned = facts.versioned();
    let pending: Vec<_> =
        versioned.iter().filter(|(_, version, state)| is_timestamp(version) && waits(*state)).collect();
    let (Some((last, ..)), true) = (pending.last(), pending.len() > 1) else { return };
    let message = format!(
        "{} have timestamps and outOfOrder is off: the one that is merged last is refused if its time is earlier",
        counted(pending.len(), "pending migration")
    );
    let mut finding = Finding::new(message, facts.given("outOfOrder").unwrap_or_else(|| Label::file(&last.path)));
    let shown = pending.iter().rev().take(3).filter(|(other, ..)| other.path != finding.primary.file);
    finding.related.extend(shown.map(|(other, ..)| Label::file(&other.path).says("has a timestamp")));
    let help =
        "set `outOfOrder=true`, or let the pipeline refuse a branch whose versions are below those of its target";
    finding.fixes.extend(facts.switch("outOfOrder", true));
    out.push(finding.help(help));
}
