//! Workflow commands of GitHub Actions, which it shows as annotations beside the lines.
//!
//! The form and the escapes are those of GitHub's documentation, "Workflow commands", and of `@actions/core`.

use crate::finding::Severity;
use crate::report::ReportedFinding;

use super::View;
use super::words::harmless;

/// One command for each finding.
#[must_use]
pub fn github(view: &View<'_>) -> String {
    view.findings().iter().map(|finding| command(view, finding)).collect()
}

fn command(view: &View<'_>, finding: &ReportedFinding) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = &finding.place;
    let mut properties = vec![format!("file={}", property(&harmless(&view.path(&place.file))))];
    let numbers = [("line", place.line), ("endLine", place.end_line), ("col", place.column)];
    properties.extend(numbers.into_iter().filter_map(|(key, number)| Some(format!("{key}={}", number?))));
    // GitHub takes the end of columns only where the line is the same.
    if let Some(end) = place.end_column.filter(|_| place.line == place.end_line) {
        properties.push(format!("endColumn={end}"));
    }
    properties.push(format!("title={}", property(finding.rule)));
    let message = harmless(&finding.message);
    let text = if finding.help.is_empty() { message } else { format!("{message}\n{}", harmless(&finding.help)) };
    format!("::{name} {}::{}\n", properties.join(","), data(&text))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
