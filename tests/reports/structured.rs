//! Formats for programs, read as those programs read them.

use flightcheck_core::report::{Report, ReportedFinding};
use roxmltree::{Document, Node};
use serde_json::Value;

use super::hostile::harmless;

pub(super) fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Where a tool that stands in the root of the repository finds a file of the project.
fn path(file: &str) -> String {
    if file == "history.json" { file.to_owned() } else { format!("services/shop/{file}") }
}

/// The runner takes each line that begins with `::` for a command; what it means is in `@actions/core`.
pub(super) fn github(text: &str, findings: &[ReportedFinding]) {
    harmless(text);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), findings.len());
    for (line, finding) in lines.iter().zip(findings) {
        let (command, message) = line.strip_prefix("::").and_then(|line| line.split_once("::")).expect(line);
        let (name, properties) = command.split_once(' ').expect(line);
        assert!(["error", "warning", "notice"].contains(&name), "{line}");
        let properties: Vec<(&str, &str)> =
            properties.split(',').map(|property| property.split_once('=').expect(line)).collect();
        let keys = ["file", "line", "endLine", "col", "endColumn", "title"];
        assert!(properties.iter().all(|(key, _)| keys.contains(key)), "{line}");
        let decoded = |text: &str| {
            let text = text.replace("%3A", ":").replace("%2C", ",").replace("%0D", "\r").replace("%0A", "\n");
            text.replace("%25", "%")
        };
        assert_eq!(decoded(properties[0].1), flightcheck_core::render::harmless(&path(&finding.place.file)));
        assert!(!message.contains(['\r', '\n']), "{line}");
    }
}

fn names(document: &Document<'_>, allowed: &[&str]) {
    for node in document.descendants() {
        assert!(!node.is_comment() && !node.is_pi(), "{node:?}");
        assert!(!node.is_element() || allowed.contains(&node.tag_name().name()), "{node:?}");
        harmless(node.text().unwrap_or_default());
        node.attributes().for_each(|attribute| harmless(attribute.value()));
    }
}

fn count(document: &Document<'_>, name: &str) -> usize {
    document.descendants().filter(|node| node.has_tag_name(name)).count()
}

pub(super) fn checkstyle(text: &str, findings: &[ReportedFinding]) {
    let document = Document::parse(text).unwrap();
    names(&document, &["checkstyle", "file", "error"]);
    assert_eq!(count(&document, "error"), findings.len());
    for node in document.descendants().filter(|node| node.has_tag_name("error")) {
        let keys: Vec<&str> = node.attributes().map(|attribute| attribute.name()).collect();
        let known = ["line", "column", "severity", "message", "source"];
        assert!(keys.iter().all(|key| known.contains(key)), "{keys:?}");
        assert!(["error", "warning", "info"].contains(&node.attribute("severity").unwrap()));
    }
}

pub(super) fn junit(text: &str, report: &Report) {
    let document = Document::parse(text).unwrap();
    names(&document, &["testsuites", "testsuite", "testcase", "failure", "system-out"]);
    let number = |node: Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<usize>().unwrap();
    let root = document.root_element();
    assert_eq!(number(root, "tests"), count(&document, "testcase"));
    assert_eq!(number(root, "failures"), count(&document, "failure"));
    for suite in root.children().filter(Node::is_element) {
        let of = |name: &str| suite.descendants().filter(|node| node.has_tag_name(name)).count();
        assert_eq!((number(suite, "tests"), number(suite, "failures")), (of("testcase"), of("failure")));
    }
    let errors = report.findings.iter().flatten().filter(|finding| finding.severity.as_str() == "error").count();
    assert!(errors > 0);
    assert_eq!(count(&document, "failure"), errors);
}

pub(super) fn sarif(text: &str, report: &Report) {
    let log = parsed(text);
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let findings = report.findings.as_ref().unwrap();
    assert_eq!(results.len(), findings.len() + report.suppressed.as_ref().unwrap().len());
    for (result, finding) in results.iter().zip(findings) {
        let at = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][at]["id"], result["ruleId"]);
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)), "{uri}");
        assert_eq!(decoded(uri), path(&finding.place.file));
        assert_eq!(result["suppressions"], serde_json::json!([]));
    }
    assert_eq!(results.last().unwrap()["suppressions"][0]["kind"], "external");
    messages(&log);
}

/// A message shows nothing but itself: `[text](target)` would be a link.
fn messages(value: &Value) {
    if let Some(text) = value.get("message").and_then(|message| message.get("text")).and_then(Value::as_str) {
        harmless(text);
        assert!(!text.contains("]("), "{text}");
    }
    value.as_array().into_iter().flatten().for_each(messages);
    value.as_object().into_iter().flatten().for_each(|(_, value)| messages(value));
}

fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(&after[..2]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}

pub(super) fn gitlab(text: &str, findings: &[ReportedFinding]) {
    let issues = parsed(text);
    let issues = issues.as_array().unwrap();
    assert_eq!(issues.len(), findings.len());
    let mut fingerprints: Vec<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), issues.len(), "GitLab takes issues with the same fingerprint for one");
    for (issue, finding) in issues.iter().zip(findings) {
        harmless(issue["description"].as_str().unwrap());
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&issue["severity"].as_str().unwrap()));
        assert_eq!(issue["location"]["path"], path(&finding.place.file));
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
    }
}

pub(super) fn rdjson(text: &str, findings: &[ReportedFinding]) {
    let result = parsed(text);
    let diagnostics = result["diagnostics"].as_array().unwrap();
    assert_eq!(diagnostics.len(), findings.len());
    for (diagnostic, finding) in diagnostics.iter().zip(findings) {
        harmless(diagnostic["message"].as_str().unwrap());
        assert_eq!(diagnostic["location"]["path"], path(&finding.place.file));
        assert!(["ERROR", "WARNING", "INFO"].contains(&diagnostic["severity"].as_str().unwrap()));
    }
}

/// SonarQube refuses the whole report for one range that is empty, or names a rule that is not there.
pub(super) fn sonar(text: &str, findings: &[ReportedFinding]) {
    let report = parsed(text);
    let rules: Vec<&Value> = report["rules"].as_array().unwrap().iter().map(|rule| &rule["id"]).collect();
    let issues = report["issues"].as_array().unwrap();
    assert_eq!(issues.len(), findings.len());
    for (issue, finding) in issues.iter().zip(findings) {
        assert!(rules.contains(&&issue["ruleId"]));
        let location = &issue["primaryLocation"];
        harmless(location["message"].as_str().unwrap());
        assert_eq!(location["filePath"], path(&finding.place.file));
        let range = &location["textRange"];
        let number = |name: &str| range[name].as_u64();
        if let (Some(start), Some(end)) = (number("startColumn"), number("endColumn")) {
            assert!(number("startLine") < number("endLine") || start < end, "{range}");
        }
    }
}
