use crate::finding::{Finding, Severity};
use crate::status::State;

use super::facts::{Line, counted};
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "shared-history-table",
    group: Group::Migrations,
    summary: "several projects write into one history, and missing migrations are excused so that they can",
    severity: Severity::Warning,
    page: Rule::page(include_str!("shared_history_table.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let flyway = &facts.settings.flyway;
    let Some(place) = facts.given("ignoreMigrationPatterns") else { return };
    let patterns = flyway.ignore_patterns.as_deref().unwrap_or_default();
    let is_excused = |line: &Line<'_>| {
        let versioned = line.info.version.is_some();
        line.info.state == State::MissingSuccess
            && patterns.iter().any(|pattern| pattern.matches(versioned, line.info.state.as_str()))
    };
    let ours = facts.lines().filter(|line| line.migration.is_some()).filter_map(|line| line.info.installed_rank);
    let Some(first) = ours.min() else { return };
    // What somebody cleaned up is older than what is left; what another project wrote lies in between.
    let between = |line: &Line<'_>| line.info.installed_rank > Some(first);
    let foreign: Vec<Line<'_>> = facts.lines().filter(is_excused).filter(between).collect();
    let (Some(example), true) = (foreign.first().and_then(|line| line.row), foreign.len() > 1) else { return };
    let message = format!(
        "{} of `{}` have no script here and are excused: another project seems to write into the same history",
        counted(foreign.len(), "row"),
        flyway.table
    );
    let says = format!("applied `{}`", example.script);
    let finding = Finding::new(message, place).with(facts.row_label(example, &says));
    out.push(finding.help("give each project its own history with `flyway.table`, or its own schema"));
}
