use crate::finding::{Finding, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unclear-configuration",
    group: Group::Migrations,
    summary: "a part of the configuration has no effect here",
    severity: Severity::Warning,
    page: Rule::page(include_str!("unclear_configuration.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for complaint in
        facts.settings.complaints.iter().filter(|complaint| complaint.refusal.is_none() && !complaint.is_ours)
    {
        let help = if complaint.help.is_empty() {
            "remove it, or check what it stands for elsewhere"
        } else {
            &complaint.help
        };
        out.push(Finding::new(&complaint.message, complaint.place.clone()).help(help));
    }
}
