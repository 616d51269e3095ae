//! reviewdog's `rdjson`: a `DiagnosticResult` of its Diagnostic Format. Columns count bytes, as that format says.

use serde_json::{Value, json};

use crate::finding::Severity;
use crate::report::{Place, ReportedEdit, ReportedFinding, ReportedFix};

use super::words::harmless;
use super::{View, json};

/// One diagnostic for each finding.
#[must_use]
pub fn rdjson(view: &View<'_>) -> String {
    json(&json!({
        "source": { "name": "flightcheck", "url": env!("CARGO_PKG_REPOSITORY") },
        "diagnostics": view.findings().iter().map(|finding| diagnostic(view, finding)).collect::<Vec<_>>(),
    }))
}

fn diagnostic(view: &View<'_>, finding: &ReportedFinding) -> Value {
    let help = if finding.help.is_empty() { String::new() } else { format!("\n{}", harmless(&finding.help)) };
    let related = finding
        .labels
        .iter()
        .map(|label| json!({ "message": harmless(&label.message), "location": location(view, &label.place) }));
    json!({
        "message": harmless(&finding.message) + &help,
        "location": location(view, &finding.place),
        "severity": match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        "code": { "value": finding.rule },
        "suggestions": finding.fixes.iter().filter_map(|fix| suggestion(finding, fix)).collect::<Vec<_>>(),
        "related_locations": related.collect::<Vec<_>>(),
    })
}

fn location(view: &View<'_>, place: &Place) -> Value {
    let path = view.path(&place.file);
    match range(place) {
        Some(range) => json!({ "path": path, "range": range }),
        None => json!({ "path": path }),
    }
}

fn range(place: &Place) -> Option<Value> {
    let [start, end] = place.bytes?;
    Some(json!({
        "start": { "line": place.line?, "column": start },
        "end": { "line": place.end_line?, "column": end },
    }))
}

/// A suggestion is one edit of the file that the finding is about.
fn suggestion(finding: &ReportedFinding, fix: &ReportedFix) -> Option<Value> {
    let [ReportedEdit::Replace { place, text }] = fix.edits.as_slice() else { return None };
    (place.file == finding.place.file).then(|| Some(json!({ "range": range(place)?, "text": text })))?
}
