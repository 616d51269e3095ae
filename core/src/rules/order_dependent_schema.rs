use crate::dependency::Verdict;
use crate::finding::{Finding, Label, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "order-dependent-schema",
    group: Group::Failures,
    summary: "a script that is passed over leaves another schema, or fails, when it runs later",
    severity: Severity::Warning,
    page: Rule::page(include_str!("order_dependent_schema.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(selection) = &facts.deployment.selection else { return };
    for crossing in &selection.crossings {
        let (passed, running) = (&selection.passed[crossing.a].name, &selection.running[crossing.b].name);
        if crossing.pair.verdict != Verdict::Conflicting {
            continue;
        }
        let reason = &crossing.pair.reason;
        let message = format!("`{passed}` gives another result after `{running}`: {reason}");
        let finding = Finding::new(message, Label::file(running)).with(Label::file(passed).says("is passed over"));
        out.push(finding.help("run both in their order, or give what they both touch to one of them"));
    }
}
