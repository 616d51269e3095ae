//! One statement of a replay, and everything that surrounds it.

use std::sync::Arc;

use super::held::Held;
use crate::catalog::{Catalog, Conflict, Origin};
use crate::change::Session;
use crate::impact::Impact;

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
