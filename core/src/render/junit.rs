//! JUnit's XML, as Jenkins, GitLab and Azure DevOps read it: a suite for each file, a test for each finding.
//!
//! A finding that fails the check is a failed test; every other one is told in the output of a test that passes.

use crate::report::ReportedFinding;

use super::View;
use super::xml::{attributes, escaped};

/// A suite for each file with findings, and one for each migration without any.
#[must_use]
pub fn junit(view: &View<'_>) -> String {
    let mut suites = String::new();
    let (mut tests, mut failures) = (0, 0);
    let mut found = view.by_file();
    let silent = |file: &&str| !found.iter().any(|(other, _)| other == file);
    let files = view.report.migrations.iter().filter_map(|migration| migration.file.as_deref());
    let clean: Vec<_> = files.filter(silent).map(|file| (file, Vec::new())).collect();
    found.extend(clean);
    for (file, findings) in found {
        let path = view.path(file);
        let failed = findings.iter().filter(|finding| view.fails(finding)).count();
        let count = findings.len().max(1);
        (tests, failures) = (tests + count, failures + failed);
        let numbers = (count.to_string(), failed.to_string());
        let own = [("name", path.as_str()), ("tests", &numbers.0), ("failures", &numbers.1), ("errors", "0")];
        suites += &format!("  <testsuite{}>\n", attributes(&own));
        if findings.is_empty() {
            suites += &format!("    <testcase{}/>\n", attributes(&[("name", "nothing found"), ("classname", &path)]));
        }
        suites.extend(findings.into_iter().map(|finding| test(view, &path, finding)));
        suites += "  </testsuite>\n";
    }
    let (tests, failures) = (tests.to_string(), failures.to_string());
    let whole = [("name", "flightcheck"), ("tests", &tests), ("failures", &failures), ("errors", "0")];
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites{}>\n{suites}</testsuites>\n", attributes(&whole))
}

fn test(view: &View<'_>, path: &str, finding: &ReportedFinding) -> String {
    let place = finding.place.line.map_or_else(String::new, |line| format!(" in line {line}"));
    let name = format!("{}{place}: {}", finding.rule, finding.message);
    let head = attributes(&[("name", &name), ("classname", path)]);
    let line = finding.place.line.map_or_else(String::new, |line| format!(":{line}"));
    let told = format!("{path}{line}: {}", finding.severity.as_str());
    let help = if finding.help.is_empty() { String::new() } else { format!("\nhelp: {}", escaped(&finding.help)) };
    let text = format!("{}: {}{help}", escaped(&told), escaped(&finding.message));
    let inside = if view.fails(finding) {
        let own = attributes(&[("type", finding.rule), ("message", &finding.message)]);
        format!("<failure{own}>{text}</failure>")
    } else {
        format!("<system-out>{text}</system-out>")
    };
    format!("    <testcase{head}>\n      {inside}\n    </testcase>\n")
}
