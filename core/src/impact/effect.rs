//! What a statement does, relation by relation.

use std::collections::{BTreeMap, BTreeSet};

use super::lock_mode::{LockMode, Stops};
use crate::catalog::ObjectName;
use crate::text::Span;

/// What is known of a server's behaviour: one row of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Fact {
    /// A name in kebab-case, the same on all servers where the hazard is the same: `volatile-default`.
    pub name: &'static str,
    /// Why the server does so, as the end of a sentence: "its default gives another value for each row".
    pub reason: &'static str,
    /// Where it was measured or read: the manual's page, or "measured".
    pub source: &'static str,
}

/// What kind of relation an effect is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A table that holds rows, a partition among them.
    Table,
    /// A partitioned table.
    Partitioned,
    /// A foreign or virtual table.
    Foreign,
    /// A materialised view.
    MaterializedView,
    /// A view.
    View,
    /// An index.
    Index,
    /// A sequence.
    Sequence,
    /// A composite type.
    Type,
    /// The whole database.
    Database,
}

/// What is done to a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// It is locked.
    Lock(LockMode),
    /// All its rows, or all its pages, are locked against other writers, one by one.
    LockRows,
    /// All its rows are written anew.
    Rewrite,
    /// An index is built anew.
    IndexRebuild,
    /// All its rows are read.
    Scan,
    /// It is emptied.
    Truncate,
}

/// One thing that a statement does to one relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The relation; an index goes by its own name.
    pub relation: ObjectName,
    /// What it is.
    pub target: Target,
    /// What is done to it.
    pub work: Work,
    /// Who waits for it.
    pub stops: Stops,
    /// Why.
    pub fact: &'static Fact,
    /// The clause that asks for it.
    pub span: Span,
}

/// Whether the server takes a statement in a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transactional {
    /// It does.
    #[default]
    Yes,
    /// It commits the open transaction before it.
    Commits,
    /// It refuses the statement in a transaction block, and in a string of several statements.
    Refused,
}

/// Why the server will not run a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What the server would say, in our words.
    pub reason: String,
    /// The clause.
    pub span: Span,
}

/// What a statement does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Impact {
    /// What it does to relations that others may use.
    pub effects: Vec<Effect>,
    /// Whether the server takes it in a transaction.
    pub transactional: Transactional,
    /// The cheapest `ALGORITHM` that MySQL or MariaDB takes for it.
    pub algorithm: Option<&'static str>,
    /// The weakest `LOCK` that MySQL or MariaDB takes with that algorithm.
    pub lock: Option<&'static str>,
    /// Why the server will not run it, where the schema, the version or the statement itself decides that.
    pub fails: Option<Refusal>,
}

impl Impact {
    /// The strongest lock on each relation.
    #[must_use]
    pub fn locks(&self) -> BTreeMap<&ObjectName, LockMode> {
        let mut locks = BTreeMap::new();
        for effect in &self.effects {
            if let Work::Lock(mode) = effect.work {
                let held = locks.entry(&effect.relation).or_insert(mode);
                *held = (*held).max(mode);
            }
        }
        locks
    }

    /// The relations to which this is done.
    #[must_use]
    pub fn relations(&self, work: Work) -> BTreeSet<&ObjectName> {
        self.effects.iter().filter(|effect| effect.work == work).map(|effect| &effect.relation).collect()
    }

    /// Who waits for any of it.
    #[must_use]
    pub fn stops(&self) -> Stops {
        self.effects.iter().fold(Stops::NOBODY, |stops, effect| stops.or(effect.stops))
    }

    /// Whether nothing is said of anything.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.effects.is_empty() && self.fails.is_none() && self.transactional == Transactional::Yes
    }
}
