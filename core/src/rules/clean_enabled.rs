use crate::finding::{Finding, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "clean-enabled",
    group: Group::Migrations,
    summary: "`clean` is switched on, and it drops everything in the schemas",
    severity: Severity::Warning,
    page: Rule::page(include_str!("clean_enabled.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(place) = facts.given("cleanDisabled").filter(|_| !facts.settings.flyway.clean_disabled) else { return };
    let message = "`flyway clean` is allowed: it drops every object of the managed schemas";
    let help = "remove `cleanDisabled=false` from a configuration that production reads; give it on the command line where it is needed";
    let mut finding = Finding::new(message, place).help(help);
    finding.fixes.extend(facts.switch("cleanDisabled", true));
    out.push(finding);
}
