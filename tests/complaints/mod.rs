//! What is said of the statements of a block of SQL.

use flightcheck_core::finding::Finding;

use crate::sql;

/// The findings of a block, but for what is said once for a project and what the application has to know: neither is an
/// answer to a statement.
pub(crate) fn findings(block: &str) -> Vec<Finding> {
    let mut found = sql::scripts(block).findings();
    found.retain(|finding| !["missing-lock-timeout", "new-write-restriction"].contains(&finding.rule));
    found
}

/// Their rules.
pub(crate) fn rules(block: &str) -> Vec<&'static str> {
    findings(block).into_iter().map(|finding| finding.rule).collect()
}
