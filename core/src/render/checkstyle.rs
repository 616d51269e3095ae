//! Checkstyle's XML, which many tools read: a `file` with an `error` for each finding.

use crate::report::ReportedFinding;

use super::View;
use super::xml::attributes;

/// The findings of each file.
#[must_use]
pub fn checkstyle(view: &View<'_>) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n".to_owned();
    for (file, findings) in view.by_file() {
        text += &format!("  <file{}>\n", attributes(&[("name", &view.path(file))]));
        text.extend(findings.into_iter().map(error));
        text += "  </file>\n";
    }
    text + "</checkstyle>\n"
}

fn error(finding: &ReportedFinding) -> String {
    let line = finding.place.line.unwrap_or(1).to_string();
    let column = finding.place.column.map(|column| column.to_string());
    let source = format!("flightcheck.{}", finding.rule);
    let mut all = vec![("line", line.as_str())];
    all.extend(column.as_deref().map(|column| ("column", column)));
    all.extend([("severity", finding.severity.as_str()), ("message", &finding.message), ("source", &source)]);
    format!("    <error{}/>\n", attributes(&all))
}
