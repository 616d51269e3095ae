use crate::finding::{Finding, Label, Severity};
use crate::settings::IgnorePattern;
use crate::status::{Context, Input, validate};

use super::facts::counted;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "failure-hiding-pattern",
    group: Group::Migrations,
    summary: "a pattern with the state `*` hides failed, changed and missing migrations from validation",
    severity: Severity::Warning,
    page: Rule::page(include_str!("failure_hiding_pattern.md")),
    check: Check::Project(check),
};

/// More labels than this help nobody.
const SHOWN: usize = 10;

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Ok(patterns) = &facts.settings.flyway.ignore_patterns else { return };
    let hiding: Vec<IgnorePattern> = patterns.iter().copied().filter(|pattern| pattern.hides_everything()).collect();
    let Some(place) = facts.given("ignoreMigrationPatterns").filter(|_| !hiding.is_empty()) else { return };
    let hides = |versioned| hiding.iter().any(|pattern| pattern.matches(versioned, ""));
    let whose = match (hides(true), hides(false)) {
        (true, false) => "versioned",
        (false, true) => "repeatable",
        _ => "all",
    };
    let hidden = hidden(facts, patterns);
    let today = if hidden.is_empty() { String::new() } else { format!(": today {}", counted(hidden.len(), "failure")) };
    let message = format!("`ignoreMigrationPatterns` hides every failure of {whose} migrations{today}");
    let mut finding = Finding::new(message, place);
    finding.related.extend(hidden.into_iter().take(SHOWN));
    out.push(
        finding.help("name the states that may be excused, such as `*:missing`, and keep `*:future`, the default"),
    );
}

/// What `migrate` would refuse without the patterns.
fn hidden(facts: &Facts<'_>, patterns: &[IgnorePattern]) -> Vec<Label> {
    let (settings, layout) = (facts.settings, facts.layout);
    let snapshot = facts.history.map(|(_, snapshot)| snapshot);
    let rows = snapshot.and_then(|snapshot| snapshot.rows.as_deref());
    let checksums_known = snapshot.is_none_or(|snapshot| snapshot.has_checksums);
    let input = Input { settings, layout, rows, checksums_known, schema_empty: None };
    let Ok(context) = Context::new(&input) else { return Vec::new() };
    let mut kept: Vec<IgnorePattern> = patterns.iter().copied().filter(|pattern| !pattern.hides_everything()).collect();
    kept.extend(IgnorePattern::parse("*:future"));
    kept.push(IgnorePattern::any_pending());
    let errors = validate(&context, &kept).into_iter();
    let labels = errors.filter_map(|error| {
        let info = facts.status.infos.get(error.info)?;
        patterns.iter().find(|pattern| pattern.matches(info.version.is_some(), info.state.as_str()))?;
        let line = facts.line(info);
        let says = format!("hidden: {}", error.message);
        match (line.migration, line.row) {
            (Some(migration), _) => Some(Label::file(&migration.path).says(says)),
            (None, Some(row)) => Some(facts.row_label(row, "").says(says)),
            (None, None) => None,
        }
    });
    labels.collect()
}
