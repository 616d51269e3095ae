use crate::finding::{Finding, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "reidentified-script",
    group: Group::Branches,
    summary: "a change of the configuration makes merged scripts other migrations, or none",
    severity: Severity::Error,
    page: Rule::page(include_str!("reidentified_script.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.reinterpreted(true).map(|finding| finding.help(
        "take the change back, or see that no database has run these scripts: to the tool they are missing, or were edited",
    )));
}
