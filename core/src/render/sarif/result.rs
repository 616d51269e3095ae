//! Results: one for each finding, those that are suppressed included.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::report::{Place, ReportedEdit, ReportedFinding, ReportedFix, Suppressed, SuppressedBy};
use crate::rules::Rule;

use super::super::View;
use super::{level, message, uri};

pub(super) fn results(view: &View<'_>, rules: &[&Rule]) -> Vec<Value> {
    let suppressed = view.report.suppressed.as_deref().unwrap_or_default();
    let counting = view.findings().iter().map(|finding| {
        let mut result = result(view, rules, finding);
        // Where one result says whether it is suppressed, all have to.
        if !suppressed.is_empty() {
            result["suppressions"] = json!([]);
        }
        result
    });
    let answered = suppressed.iter().map(|suppressed| {
        let mut result = result(view, rules, &suppressed.finding);
        result["suppressions"] = json!([suppression(suppressed)]);
        result
    });
    counting.chain(answered).collect()
}

fn result(view: &View<'_>, rules: &[&Rule], finding: &ReportedFinding) -> Value {
    let help = if finding.help.is_empty() { String::new() } else { format!("\n{}", message(&finding.help)) };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": message(&finding.message) + &help },
        "locations": [{ "physicalLocation": physical(view, &finding.place) }],
        "partialFingerprints": { "flightcheckStatement/v1": finding.fingerprint },
    });
    if let Some(at) = rules.iter().position(|rule| rule.name == finding.rule) {
        result["ruleIndex"] = json!(at);
    }
    let related = finding.labels.iter().enumerate().map(|(at, label)| {
        let physical = physical(view, &label.place);
        json!({ "id": at, "message": { "text": message(&label.message) }, "physicalLocation": physical })
    });
    let related: Vec<Value> = related.collect();
    if !related.is_empty() {
        result["relatedLocations"] = Value::from(related);
    }
    let fixes: Vec<Value> = finding.fixes.iter().filter_map(|fix| self::fix(view, fix)).collect();
    if !fixes.is_empty() {
        result["fixes"] = Value::from(fixes);
    }
    result
}

fn physical(view: &View<'_>, place: &Place) -> Value {
    json!({
        "artifactLocation": { "uri": uri(&view.path(&place.file)) },
        // GitHub shows nothing without a region.
        "region": region(place).unwrap_or_else(|| json!({ "startLine": 1 })),
    })
}

fn region(place: &Place) -> Option<Value> {
    Some(json!({
        "startLine": place.line?,
        "startColumn": place.column?,
        "endLine": place.end_line?,
        "endColumn": place.end_column?,
    }))
}

/// A fix as replacements, those of a file together. SARIF has no way to say that a file gets another name.
fn fix(view: &View<'_>, fix: &ReportedFix) -> Option<Value> {
    let mut changes: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        let (file, region, text) = match edit {
            ReportedEdit::Replace { place, text } => (&place.file, region(place)?, text),
            ReportedEdit::Create { file, text } => {
                (file, json!({ "startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1 }), text)
            }
            ReportedEdit::Rename { .. } => return None,
        };
        let replacement = json!({ "deletedRegion": region, "insertedContent": { "text": text } });
        changes.entry(file).or_default().push(replacement);
    }
    let change = |(file, replacements): (&str, Vec<Value>)| json!({ "artifactLocation": { "uri": uri(&view.path(file)) }, "replacements": replacements });
    let changes: Vec<Value> = changes.into_iter().map(change).collect();
    Some(json!({ "description": { "text": message(&fix.title) }, "artifactChanges": changes }))
}

fn suppression(suppressed: &Suppressed) -> Value {
    let kind = if suppressed.by == SuppressedBy::Comment { "inSource" } else { "external" };
    let mut suppression = json!({ "kind": kind, "status": "accepted" });
    if !suppressed.reason.is_empty() {
        suppression["justification"] = json!(message(&suppressed.reason));
    }
    suppression
}
