//! Scripts of other tools than Flyway: each in the transactions that its tool puts around it, and those that take others
//! back right after them.

use std::sync::Arc;

use super::order::{Role, Turn};
use super::replay::Deployment;
use super::run::Runner;
use super::undo;
use crate::branch::Branch;
use crate::catalog::Catalog;
use crate::change::Reading;
use crate::impact::Server;
use crate::layout::plain::{Direction, Script};
use crate::text::Span;

/// Gives a part of a file as SQL.
type Parts<'a> = &'a dyn Fn(&str, Span) -> Option<Arc<Reading>>;

impl Deployment {
    /// Replays what leads to the newer schema, each script as a deployment of its own: no history says what is pending.
    /// `reading` gives a part of a file as SQL ([`Reading::part`]); of a `branch`, what
    /// it adds is one deployment, and all else was applied; `before` is the replay before an edit.
    #[must_use]
    pub fn plain(
        scripts: &[Script],
        server: Server,
        assumed: bool,
        (reading, branch): (Parts<'_>, Option<&Branch>),
        before: Option<&Self>,
    ) -> Self {
        let mut turns: Vec<Turn> = Vec::new();
        let mut since = None;
        for script in scripts {
            let is_merged = branch.is_some_and(|branch| !branch.adds(&script.path));
            for section in script.sections.iter().filter(|section| section.direction == Direction::Up) {
                let next = u32::try_from(turns.len()).unwrap_or(u32::MAX);
                let together = branch.is_some() && !is_merged;
                turns.push(Turn {
                    path: script.path.clone(),
                    role: if is_merged { Role::Applied } else { Role::Pending },
                    since: if together { *since.get_or_insert(next) } else { next },
                    runner: Runner::from(section.transaction),
                    // Tools that put all pending scripts into one transaction have one pending script at a time here.
                    commits: true,
                    connects: true,
                    keeps: false,
                    restores: false,
                    mixed: None,
                    reading: reading(&script.path, section.span),
                });
            }
        }
        let mut deployment = Self::replay_all(turns, Catalog::new(server.dialect), server, assumed, before);
        deployment.undos =
            undo::of_sections(&deployment, scripts, reading, before.map_or(&[][..], |before| &before.undos));
        deployment.meetings = super::meeting::meetings(&deployment, branch);
        deployment
    }
}
