//! The scripts of a project as they are compared with others.

use crate::dependency::Script;
use crate::deployment::Role;

use super::{Checked, Project};

impl Project {
    /// The scripts that were applied or would be, in the order in which they run, callbacks left out.
    #[must_use]
    pub fn scripts(&self, checked: &Checked) -> Vec<Script> {
        let deployment = self.deployment(checked);
        let turns = deployment.scripts.iter().map(|played| &played.turn);
        let counted = turns.filter(|turn| matches!(turn.role, Role::Applied | Role::Pending));
        counted.map(|turn| Script { name: turn.path.clone(), reading: turn.reading.clone() }).collect()
    }
}
