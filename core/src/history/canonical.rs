//! The documented form of a snapshot: a JSON array of row objects.

use super::Row;

/// Writes rows in the documented form, which [`super::read`] reads back to the same rows; `None` is `null`, the table
/// that does not exist.
///
/// One line per field, in the order of the table's columns, with a newline at the end: made to be compared and
/// committed. `installed_by` is not part of it.
// Nothing in a row can fail to be written.
#[allow(clippy::missing_panics_doc)]
#[must_use]
pub fn to_json(rows: Option<&[Row]>) -> String {
    let mut json = serde_json::to_string_pretty(&rows).expect("rows are numbers, truth values and text");
    json.push('\n');
    json
}
