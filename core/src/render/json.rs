//! JSON: the report as it is.

use serde::Serialize;

/// A report as indented JSON with a line break at the end. The same report gives the same bytes.
#[must_use]
pub fn json(report: &impl Serialize) -> String {
    // A report holds texts, numbers and lists only, which always serialise.
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}
