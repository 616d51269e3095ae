use crate::finding::{Finding, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "skipped-execution",
    group: Group::Migrations,
    summary: "`migrate` writes the history without running the scripts",
    severity: Severity::Warning,
    page: Rule::page(include_str!("skipped_execution.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(place) = facts.given("skipExecutingMigrations").filter(|_| facts.settings.flyway.skip_executing) else {
        return;
    };
    let message = "`migrate` records every pending migration as applied and runs none of them";
    let help = "remove `skipExecutingMigrations=true`; give it on the command line for the one run that needs it";
    let mut finding = Finding::new(message, place).help(help);
    finding.fixes.extend(facts.switch("skipExecutingMigrations", false));
    out.push(finding);
}
