//! One statement of a replay, and everything that surrounds it.

use std::sync::Arc;

use super::held::Held;
use crate::catalog::{Catalog, Conflict, Origin};
use crate::change::{Request, Session};
use crate::impact::Impact;
use crate::sql::Dialect;

/// One statement as it runs.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its position among the requests of its script.
    pub statement: usize,
    /// The schema before it.
    pub before: Catalog,
    /// What in it does not fit that schema.
    pub conflicts: Vec<Conflict>,
    /// What it does.
    pub impact: Impact,
    /// The settings in force before it.
    pub session: Arc<Session>,
    /// The transaction it runs in; `None` if it stands alone.
    pub transaction: Option<OpenTransaction>,
    /// The locks that are held once it has run: its own, and those its transaction took before.
    pub held: Held,
    /// The server refuses it because a transaction is open.
    pub refused_in_transaction: bool,
}

impl Step {
    /// Why the server refuses the statement, in words; `request` is the one it was read as.
    #[must_use]
    pub fn fails(&self, request: &Request, dialect: Dialect) -> Option<String> {
        if let Some(refusal) = &self.impact.fails {
            return Some(refusal.reason.clone());
        }
        if self.refused_in_transaction {
            let around = match self.transaction.map(|open| open.opener) {
                Some(Opener::Server) => "several statements in one string run in one",
                Some(Opener::Script) => "the script has opened one",
                Some(Opener::Runner) | None => "the script runs in one",
            };
            return Some(format!("{} is refused in a transaction, and {around}", request.kind()));
        }
        self.conflicts.first().map(|conflict| conflict.in_words(dialect))
    }
}

/// An open transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenTransaction {
    /// Who opened it.
    pub opener: Opener,
    /// The first statement in it.
    pub begin: Origin,
}

/// Who opened a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opener {
    /// The tool that runs the script.
    Runner,
    /// The script itself.
    Script,
    /// The server, for a string of several statements.
    Server,
}

impl Opener {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Runner => "runner",
            Self::Script => "script",
            Self::Server => "server",
        }
    }
}
