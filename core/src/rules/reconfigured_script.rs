use crate::finding::{Finding, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "reconfigured-script",
    group: Group::Branches,
    summary: "a change of the configuration changes what merged scripts do on a new database",
    severity: Severity::Warning,
    page: Rule::page(include_str!("reconfigured_script.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.reinterpreted(false).map(|finding| {
        finding.help(
            "see that new databases may differ from those that ran the scripts before; repeatable scripts run again",
        )
    }));
}
