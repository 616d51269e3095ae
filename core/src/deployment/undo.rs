//! Scripts that take others back, replayed on the schema that those leave.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::order::{Input, Role, Turn};
use super::replay::{Deployment, Played, play};
use super::run::Runner;
use crate::change::{Reading, TransactionModel};
use crate::layout::Kind;
use crate::layout::plain::{Direction, Script};
use crate::text::Span;

/// A script that takes another one back.
#[derive(Debug)]
pub struct Undone {
    /// The script that it takes back.
    pub of: Arc<Played>,
    /// It, right after that script, as a deployment of its own.
    pub script: Played,
}

impl Undone {
    /// A script that is not among the files, played right after the one that it takes back.
    #[must_use]
    pub fn after(path: &str, of: &Arc<Played>, reading: Arc<Reading>, model: TransactionModel) -> Self {
        let mut run = of.session();
        run.commit();
        let turn = Turn {
            path: path.to_owned(),
            role: Role::Undo,
            since: run.played(),
            runner: Runner { model, begins_again: true },
            commits: true,
            connects: true,
            keeps: false,
            restores: false,
            mixed: None,
            reading: Some(reading),
        };
        Self { of: Arc::clone(of), script: play(turn, run) }
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.script.turn.path
    }
}

/// The undo scripts of Flyway's migrations, each right after its migration. `before` is the replay before an edit.
pub(super) fn of_flyway(deployment: &Deployment, input: &Input<'_>, before: &[Arc<Undone>]) -> Vec<Arc<Undone>> {
    let versions: BTreeMap<_, _> = input
        .layout
        .migrations
        .iter()
        .filter(|migration| migration.kind == Kind::Versioned)
        .filter_map(|migration| Some((migration.version.as_ref()?, migration.path.as_str())))
        .collect();
    let played: BTreeMap<&str, &Arc<Played>> =
        deployment.scripts.iter().map(|played| (played.turn.path.as_str(), played)).collect();
    let mut found = Vec::new();
    for rollback in &input.layout.rollbacks {
        let of = versions.get(&rollback.version).and_then(|path| played.get(path));
        let Some(of) = of.filter(|played| played.turn.reading.is_some()) else { continue };
        let is_sql = rollback.path.to_ascii_lowercase().ends_with(".sql");
        let Some(reading) = (input.reading)(&rollback.path).filter(|_| is_sql) else { continue };
        found.push(undone(&rollback.path, of, reading, TransactionModel::Script, before));
    }
    found
}

/// The parts of other tools' scripts that lead back, each right after the script of its version. `reading` gives a part of a
/// file as SQL.
pub(super) fn of_sections(
    deployment: &Deployment,
    scripts: &[Script],
    reading: &dyn Fn(&str, Span) -> Option<Arc<Reading>>,
    before: &[Arc<Undone>],
) -> Vec<Arc<Undone>> {
    let has = |script: &Script, wanted: Direction| script.sections.iter().any(|section| section.direction == wanted);
    let up: BTreeMap<&str, &str> = scripts
        .iter()
        .filter(|script| has(script, Direction::Up))
        .map(|script| (script.version.as_str(), script.path.as_str()))
        .collect();
    let last: BTreeMap<&str, &Arc<Played>> =
        deployment.scripts.iter().map(|played| (played.turn.path.as_str(), played)).collect();
    let mut found = Vec::new();
    for script in scripts {
        let of = up.get(script.version.as_str()).and_then(|path| last.get(path));
        let Some(of) = of.filter(|played| played.turn.reading.is_some()) else { continue };
        for section in script.sections.iter().filter(|section| section.direction == Direction::Down) {
            if let Some(reading) = reading(&script.path, section.span) {
                found.push(undone(&script.path, of, reading, section.transaction, before));
            }
        }
    }
    found
}

/// An undo script right after what it takes back; the one of the replay before where nothing changed.
fn undone(
    path: &str,
    of: &Arc<Played>,
    reading: Arc<Reading>,
    model: TransactionModel,
    before: &[Arc<Undone>],
) -> Arc<Undone> {
    let same = |known: &&Arc<Undone>| {
        let read = known.script.turn.reading.as_ref();
        known.path() == path && Arc::ptr_eq(&known.of, of) && read.is_some_and(|known| Arc::ptr_eq(known, &reading))
    };
    if let Some(known) = before.iter().find(same) {
        return Arc::clone(known);
    }
    Arc::new(Undone::after(path, of, reading, model))
}
