use crate::finding::{Finding, Label, Severity};
use crate::layout::base_name;
use crate::settings::IgnorePattern;
use crate::status::State;

use super::facts::Line;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unreachable-migration",
    group: Group::Migrations,
    summary: "a migration will never run on this database, and nothing says so",
    severity: Severity::Warning,
    page: Rule::page(include_str!("unreachable_migration.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    excused(facts, out);
    below_baseline(facts, out);
}

/// Late migrations that validation is told to pass over.
fn excused(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let patterns = facts.settings.flyway.ignore_patterns.as_deref().unwrap_or_default();
    let passes = |pattern: &IgnorePattern| pattern.matches(true, State::Ignored.as_str());
    let (Some((applied, row)), true) = (facts.last_applied(), patterns.iter().any(passes)) else { return };
    if facts.settings.flyway.cherry_pick.is_some() {
        return;
    }
    for (migration, version, state) in facts.versioned() {
        if state != Some(State::Ignored) || *version >= applied || migration.options.should_execute.is_some() {
            continue;
        }
        let message = format!(
            "`{}` never runs: it is below version {applied}, which is applied, and validation is told to pass over it",
            migration.path
        );
        let mut finding = Finding::new(message, Label::file(&migration.path));
        finding = finding.with(facts.row_label(row, &format!("applied version {applied}")));
        let place = facts.given("ignoreMigrationPatterns");
        finding.related.extend(place.map(|place| place.says("passes over it")));
        out.push(finding.help("give it a version above everything applied, or set `outOfOrder=true`"));
    }
}

/// What `baselineOnMigrate` skips where nobody chose the baseline's version.
fn below_baseline(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let flyway = &facts.settings.flyway;
    let Some(row) = facts.rows().iter().find(|row| row.kind == "BASELINE") else { return };
    if !flyway.baseline_on_migrate || facts.given("baselineVersion").is_some() {
        return;
    }
    let never = |line: &Line<'_>| {
        line.row.is_none() && matches!(line.info.state, State::BelowBaseline | State::BaselineIgnored)
    };
    for migration in facts.lines().filter(never).filter_map(|line| line.migration) {
        let version = row.version.as_deref().unwrap_or_default();
        let message = format!(
            "`{}` never runs: `baselineOnMigrate` took the database to be at version {version} already",
            base_name(&migration.path)
        );
        let mut finding = Finding::new(message, Label::file(&migration.path));
        finding = finding.with(facts.row_label(row, &format!("set the baseline {version}")));
        let place = facts.given("baselineOnMigrate");
        finding.related.extend(place.map(|place| place.says("wrote the baseline, at the default version")));
        let help = "set `baselineVersion=0` if scripts from 1 on should run, or set it to what the databases hold, to say \
                    that this is meant";
        out.push(finding.help(help));
    }
}
