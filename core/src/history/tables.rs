//! Which table of a dump is the history table.

use super::columns::unquoted;
use super::error::{Complaint, shown};

/// The default names: since Flyway 5.0, and before.
const DEFAULT_NAMES: [&str; 2] = ["flyway_schema_history", "schema_version"];

/// Whether the last part of a table's name is one of the default names.
pub(super) fn has_default_name(table: &str) -> bool {
    let last = table.rsplit('.').next().unwrap_or_default();
    DEFAULT_NAMES.iter().any(|name| name.eq_ignore_ascii_case(unquoted(last)))
}

/// Whether two spellings name one table: quotes and case do not count.
pub(super) fn same(left: &str, right: &str) -> bool {
    bare(left).eq_ignore_ascii_case(&bare(right))
}

/// The name without quotes.
fn bare(table: &str) -> String {
    table.split('.').map(unquoted).collect::<Vec<_>>().join(".")
}

/// The one table that is meant, out of those whose columns fit: those with a default name go first.
pub(super) fn choose<'a>(tables: &[&'a str]) -> Result<Option<&'a str>, Complaint> {
    let named = tables.iter().copied().filter(|table| has_default_name(table)).collect::<Vec<_>>();
    let candidates = if named.is_empty() { tables } else { &named };
    let Some(first) = candidates.first() else { return Ok(None) };
    match candidates.iter().find(|table| !same(table, first)) {
        None => Ok(Some(first)),
        Some(other) => {
            let message = format!("there are two history tables: {} and {}", shown(&bare(first)), shown(&bare(other)));
            Err(Complaint::new(message).help("keep only the one that Flyway uses for these scripts"))
        }
    }
}
