//! Scripts of other tools than Flyway: each in the transactions that its tool puts around it, and those that take others
//! back right after them.

use std::sync::Arc;

use super::order::{Role, Turn};
use super::replay::Deployment;
use super::run::Runner;
use super::undo;
use crate::catalog::Catalog;
use crate::change::Reading;
use crate::impact::Server;
use crate::layout::plain::{Direction, Script};
use crate::text::Span;

impl Deployment {
    /// Replays what leads to the newer schema, each script as a deployment of its own: no history says what is pending.
    /// `reading` gives a part of a file as SQL ([`Reading::part`]); `before` is the replay before an edit.
    #[must_use]
    pub fn plain(
        scripts: &[Script],
        server: Server,
        assumed: bool,
        reading: &dyn Fn(&str, Span) -> Option<Arc<Reading>>,
        before: Option<&Self>,
    ) -> Self {
        let mut turns: Vec<Turn> = Vec::new();
        for script in scripts {
            for section in script.sections.iter().filter(|section| section.direction == Direction::Up) {
                turns.push(Turn {
                    path: script.path.clone(),
                    role: Role::Pending,
                    since: u32::try_from(turns.len()).unwrap_or(u32::MAX),
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
        deployment
    }
}
