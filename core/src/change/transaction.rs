//! Transactions: those that runners open, and the statements about them.

use super::name::Identifier;
use super::reader::Reader;

/// Which transactions the runner puts around a script's statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TransactionModel {
    /// One transaction around each script.
    Script,
    /// Each statement alone, sent one by one.
    Statement,
    /// A script is sent as one string; the server makes it one implicit transaction.
    Batch,
    /// One transaction around all scripts of a deployment.
    Deployment,
    /// Nobody knows.
    Unknown,
}

/// A statement about transactions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Transaction {
    /// `BEGIN`, `START TRANSACTION`.
    Begin,
    /// `COMMIT`, `END`.
    Commit,
    /// `ROLLBACK`, `ABORT`.
    Rollback,
    /// `SAVEPOINT`, with its name.
    Savepoint(Option<Identifier>),
    /// `RELEASE SAVEPOINT`.
    Release(Option<Identifier>),
    /// `ROLLBACK TO SAVEPOINT`.
    RollbackTo(Option<Identifier>),
    /// `PREPARE TRANSACTION` and what ends one.
    TwoPhase,
}

impl Transaction {
    /// Its name as reports spell it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Commit => "commit",
            Self::Rollback => "rollback",
            Self::Savepoint(_) => "savepoint",
            Self::Release(_) => "release-savepoint",
            Self::RollbackTo(_) => "rollback-to-savepoint",
            Self::TwoPhase => "two-phase-transaction",
        }
    }
}

/// Reads a statement about transactions by its first word, which is behind the reader.
pub(super) fn read(r: &mut Reader<'_>, verb: &str) -> Option<Transaction> {
    let found = match verb {
        "BEGIN" | "START" => Transaction::Begin,
        "COMMIT" | "END" if r.is("PREPARED") => Transaction::TwoPhase,
        "COMMIT" | "END" => Transaction::Commit,
        "SAVEPOINT" | "SAVE" => Transaction::Savepoint(savepoint(r)),
        "RELEASE" => Transaction::Release(savepoint(r)),
        _ => {
            r.any(&["WORK", "TRANSACTION", "TRAN"]);
            if r.word("TO") { Transaction::RollbackTo(savepoint(r)) } else { Transaction::Rollback }
        }
    };
    let words = [
        "WORK",
        "TRANSACTION",
        "TRAN",
        "ISOLATION",
        "READ",
        "AND",
        "NO",
        "CHAIN",
        "RELEASE",
        "WITH",
        "CONSISTENT",
        "SNAPSHOT",
        "DEFERRED",
        "IMMEDIATE",
        "EXCLUSIVE",
        "CONCURRENT",
        "DEFERRABLE",
        "NOT",
        "PREPARED",
        "TO",
        "SAVEPOINT",
        "DISTRIBUTED",
        "WRITE",
        "FORCE",
        "COMMENT",
        "DELAYED_DURABILITY",
    ];
    let plain = r.is_end() || r.is_any(&words) || found != Transaction::Begin;
    r.finish();
    plain.then_some(found)
}

/// The name of a savepoint, which stands at the end.
fn savepoint(r: &mut Reader<'_>) -> Option<Identifier> {
    r.any(&["TRANSACTION", "TRAN", "SAVEPOINT"]);
    r.identifier()
}
