//! How a tool runs a script.

use serde::Serialize;

/// What a script's statements share a transaction with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TransactionModel {
    /// All statements of one script run in one transaction.
    Script,
    /// Every statement commits by itself.
    Statement,
    /// The script is sent as one string: an implicit transaction, where the server has those.
    Batch,
    /// All scripts of one run share a transaction.
    Run,
    /// Nobody knows.
    Unknown,
}
