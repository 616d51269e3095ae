use crate::finding::{Finding, Label, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "failed-migration",
    group: Group::Migrations,
    summary: "a migration failed half-way, and Flyway refuses to go on",
    severity: Severity::Error,
    page: Rule::page(include_str!("failed_migration.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let codes = &["FAILED_VERSIONED_MIGRATION", "FAILED_REPEATABLE_MIGRATION"];
    let told: Vec<usize> = facts.errors(codes).map(|(error, _)| error.info).collect();
    // `migrate` looks for failed rows once more, whatever validation is told to pass over.
    let stops =
        facts.status.plan.as_ref().is_err_and(|refusal| refusal.code == Some("ERROR") && refusal.place.is_none());
    for (at, line) in facts.lines().enumerate().filter(|(_, line)| line.info.state.is_failed()) {
        let Some(row) = line.row.filter(|_| stops || told.contains(&at)) else { continue };
        let superseded = facts.lines().any(|other| {
            let later = other.row.is_some_and(|other| other.success && other.installed_rank > row.installed_rank);
            later && other.info.version == line.info.version && other.info.description == line.info.description
        });
        let message = if superseded {
            format!("{} failed once and was applied later; the failed row still stops Flyway", line.name())
        } else {
            format!("{} failed half-way and stops Flyway", line.name())
        };
        let mut finding = Finding::new(message, facts.row_label(row, "is marked as failed"));
        if let Some(migration) = line.migration {
            finding = finding.with(Label::file(&migration.path).says("is the script that failed"));
            for rollback in
                facts.layout.rollbacks.iter().filter(|rollback| Some(&rollback.version) == migration.version.as_ref())
            {
                finding = finding.with(Label::file(&rollback.path).says("takes back what it does when it succeeds"));
            }
        }
        let help = if superseded {
            "run `flyway repair`: it removes the failed row"
        } else {
            "look which of its statements took effect, undo them by hand, then run `flyway repair` and migrate again"
        };
        out.push(finding.help(help));
    }
}
