//! SonarQube's generic issues, in the form of version 10.3 and later: the rules that found something, and the issues.
//!
//! Columns count from 0 in UTF-16 units, and an empty range is refused.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::finding::Severity;
use crate::report::{Place, ReportedFinding};
use crate::rules::{Group, find};

use super::words::harmless;
use super::{View, json};

/// The rules that found something, and one issue for each finding.
#[must_use]
pub fn sonar(view: &View<'_>) -> String {
    // Sonar knows one severity for a rule: the highest that it was found with.
    let mut rules: BTreeMap<&str, Severity> = BTreeMap::new();
    for finding in view.findings() {
        let severity = rules.entry(finding.rule).or_insert(finding.severity);
        *severity = (*severity).max(finding.severity);
    }
    json(&json!({
        "rules": rules.into_iter().map(|(name, severity)| rule(name, severity)).collect::<Vec<_>>(),
        "issues": view.findings().iter().map(|finding| issue(view, finding)).collect::<Vec<_>>(),
    }))
}

fn rule(name: &str, severity: Severity) -> Value {
    let known = find(name);
    let (attribute, quality) = match known.map(|rule| rule.group) {
        Some(Group::Security) => ("TRUSTWORTHY", "SECURITY"),
        Some(Group::Style) => ("CONVENTIONAL", "MAINTAINABILITY"),
        _ => ("LOGICAL", "RELIABILITY"),
    };
    let severity = match severity {
        Severity::Error => "HIGH",
        Severity::Warning => "MEDIUM",
        Severity::Info => "LOW",
    };
    json!({
        "id": name,
        "name": name,
        "description": known.map_or("", |rule| rule.summary),
        "engineId": "flightcheck",
        "cleanCodeAttribute": attribute,
        "impacts": [{ "softwareQuality": quality, "severity": severity }],
    })
}

fn issue(view: &View<'_>, finding: &ReportedFinding) -> Value {
    let help = if finding.help.is_empty() { String::new() } else { format!("; {}", harmless(&finding.help)) };
    let others = finding.labels.iter().map(|label| location(view, &label.place, &harmless(&label.message)));
    json!({
        "ruleId": finding.rule,
        "primaryLocation": location(view, &finding.place, &(harmless(&finding.message) + &help)),
        "secondaryLocations": others.collect::<Vec<_>>(),
    })
}

fn location(view: &View<'_>, place: &Place, message: &str) -> Value {
    let mut location = json!({ "message": message, "filePath": view.path(&place.file) });
    if let (Some(start), Some(end)) = (place.line, place.end_line) {
        location["textRange"] = json!({ "startLine": start, "endLine": end });
        let columns = place.column.zip(place.end_column).filter(|(from, to)| start < end || from < to);
        if let Some((from, to)) = columns.filter(|(_, to)| *to > 1) {
            location["textRange"]["startColumn"] = json!(from - 1);
            location["textRange"]["endColumn"] = json!(to - 1);
        }
    }
    location
}
