//! What was said of each script the last time, and whether it still holds.

use std::sync::Arc;

use super::book::{Key, Note};
use super::whole::Taken;
use crate::deployment::{Played, Undone};

/// One script of a replay, and what came of it.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) played: Arc<Played>,
    pub(super) undone: Option<Arc<Undone>>,
    /// Its version, where it is a versioned migration.
    pub(super) version: Option<String>,
    /// What the book says after it and did not say before; `None` is what it says no more.
    pub(super) noted: Vec<(Key, Option<Note>)>,
    pub(super) taken: Option<Arc<Taken>>,
}

impl Kept {
    /// Whether the same script is taken back by the same one. That alone decides, but where the undo script lacks
    /// something: then every script is asked whether it misses that too.
    pub(super) fn holds(&self, played: &Arc<Played>, undone: Option<&Arc<Undone>>, version: Option<&str>) -> bool {
        let same_undo = match (&self.undone, undone) {
            (None, None) => true,
            (Some(one), Some(two)) => {
                Arc::ptr_eq(one, two) && two.script.steps.iter().all(|step| step.conflicts.is_empty())
            }
            _ => false,
        };
        same_undo && Arc::ptr_eq(&self.played, played) && self.version.as_deref() == version
    }
}
