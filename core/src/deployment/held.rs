//! The locks that a transaction holds, relation by relation, as they pile up.

use crate::catalog::{ObjectName, Origin, Tree};
use crate::impact::{Impact, LockMode, Target, Work};

/// The locks that are held at some point, the strongest on each relation. To clone it costs next to nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    locks: Tree<ObjectName, HeldLock>,
}

/// The strongest lock that is held on a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldLock {
    /// Its mode.
    pub mode: LockMode,
    /// What the relation is.
    pub target: Target,
    /// The statement that took it.
    pub since: Origin,
}

impl Held {
    /// The relations in the order of their names, each with its lock.
    pub fn iter(&self) -> impl Iterator<Item = (&ObjectName, &HeldLock)> {
        self.locks.iter()
    }

    /// The lock on a relation.
    #[must_use]
    pub fn on(&self, relation: &ObjectName) -> Option<&HeldLock> {
        self.locks.get(relation)
    }

    /// Whether no lock is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.locks.is_empty()
    }

    /// Adds what a statement takes.
    pub(super) fn take(&mut self, impact: &Impact, since: Origin) {
        for effect in &impact.effects {
            let Work::Lock(mode) = effect.work else { continue };
            if self.on(&effect.relation).is_none_or(|held| held.mode < mode) {
                self.locks.insert(effect.relation.clone(), HeldLock { mode, target: effect.target, since });
            }
        }
    }
}
