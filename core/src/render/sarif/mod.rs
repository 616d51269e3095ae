//! SARIF 2.1.0, the format of OASIS for results of static analysis.

mod result;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::finding::Severity;
use crate::report::Report;
use crate::rules::{Rule, find};

use super::words::harmless;
use super::{View, json};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One run with the rules that found something, their help, and a result for each finding.
#[must_use]
pub fn sarif(view: &View<'_>) -> String {
    let report = view.report;
    let names: BTreeSet<&str> = view.findings().iter().map(|finding| finding.rule).chain(suppressed(report)).collect();
    let rules: Vec<&Rule> = names.into_iter().filter_map(find).collect();
    json(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "flightcheck",
                "version": report.flightcheck,
                "semanticVersion": report.flightcheck,
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "automationDetails": { "id": "flightcheck/" },
            "columnKind": "utf16CodeUnits",
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications(view),
            }],
            "results": result::results(view, &rules),
            "properties": { "checked": report.checked, "sql": report.sql, "rules": report.rules },
        }],
    }))
}

fn suppressed(report: &Report) -> impl Iterator<Item = &'static str> + '_ {
    report.suppressed.iter().flatten().map(|suppressed| suppressed.finding.rule)
}

fn descriptor(rule: &Rule) -> Value {
    let mut help = json!({ "text": format!("{}; `flightcheck explain {}` says more", rule.summary, rule.name) });
    if !rule.page.is_empty() {
        help["markdown"] = rule.page.into();
    }
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.summary },
        "help": help,
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": [rule.group.as_str()] },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// What could not be read.
fn notifications(view: &View<'_>) -> Vec<Value> {
    let unread = view.report.checked.unread.iter().map(|unread| {
        json!({
            "level": "warning",
            "message": { "text": message(&format!("the file could not be read: {}", unread.why)) },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&view.path(&unread.file)) } } }],
        })
    });
    unread.collect()
}

/// A plain text message. `[text](target)` would be a link in it.
fn message(text: &str) -> String {
    harmless(text).replace("](", "] (")
}

/// A path as a relative URI, or one of a file. Everything is escaped that is not surely meant as it stands.
fn uri(path: &str) -> String {
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    path.bytes().fold(scheme.to_owned(), |mut uri, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            byte => uri += &format!("%{byte:02X}"),
        }
        uri
    })
}
