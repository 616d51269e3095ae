use crate::finding::{Finding, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "validation-disabled",
    group: Group::Migrations,
    summary: "`migrate` does not validate first, so changed, missing and skipped scripts go unnoticed",
    severity: Severity::Warning,
    page: Rule::page(include_str!("validation_disabled.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(place) = facts.given("validateOnMigrate").filter(|_| !facts.settings.flyway.validate_on_migrate) else {
        return;
    };
    let message = "`migrate` does not validate: it runs on top of changed, missing and skipped migrations";
    let help = "remove `validateOnMigrate=false`, and excuse single states with `ignoreMigrationPatterns` if need be";
    let mut finding = Finding::new(message, place).help(help);
    finding.fixes.extend(facts.switch("validateOnMigrate", true));
    out.push(finding);
}
