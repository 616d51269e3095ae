//! GitLab's code quality: a list of issues, as "Code Quality report format" of its documentation has it.

use serde_json::{Value, json};

use crate::finding::Severity;
use crate::report::ReportedFinding;

use super::words::harmless;
use super::{View, json};

/// One issue for each finding.
#[must_use]
pub fn gitlab(view: &View<'_>) -> String {
    json(&view.findings().iter().map(|finding| issue(view, finding)).collect::<Vec<_>>())
}

fn issue(view: &View<'_>, finding: &ReportedFinding) -> Value {
    let place = &finding.place;
    let begin = place.line.unwrap_or(1);
    json!({
        "description": harmless(&finding.message),
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        "location": {
            "path": view.path(&place.file),
            "lines": { "begin": begin, "end": place.end_line.unwrap_or(begin) },
        },
    })
}
