//! Scripts that take others back, replayed on the schema that those leave.

use std::sync::Arc;

use super::order::Input;
use super::replay::{Deployment, Played};
use super::run::Runner;
use super::step::Step;
use crate::change::{Reading, TransactionModel};

/// A script that takes another one back.
#[derive(Debug)]
pub struct Undone {
    /// Its path.
    pub path: String,
    /// The script that it takes back.
    pub of: Arc<Played>,
    /// What it says.
    pub reading: Arc<Reading>,
    /// Its statements, right after that script.
    pub steps: Vec<Step>,
}

/// The undo scripts of Flyway's migrations, each right after its migration. `before` is the replay before an edit.
pub(super) fn of_flyway(deployment: &Deployment, input: &Input<'_>, before: &[Arc<Undone>]) -> Vec<Arc<Undone>> {
    let mut found = Vec::new();
    for rollback in &input.layout.rollbacks {
        let mut own =
            input.layout.migrations.iter().filter(|migration| migration.version.as_ref() == Some(&rollback.version));
        let Some(migration) = own.next() else { continue };
        let of = deployment.scripts.iter().find(|played| played.turn.path == migration.path);
        let Some(of) = of.filter(|played| played.turn.reading.is_some()) else { continue };
        let is_sql = rollback.path.to_ascii_lowercase().ends_with(".sql");
        let Some(reading) = (input.reading)(&rollback.path).filter(|_| is_sql) else { continue };
        found.push(undone(&rollback.path, of, reading, TransactionModel::Script, before));
    }
    found
}

/// An undo script right after what it takes back; the one of the replay before where nothing changed.
pub(super) fn undone(
    path: &str,
    of: &Arc<Played>,
    reading: Arc<Reading>,
    model: TransactionModel,
    before: &[Arc<Undone>],
) -> Arc<Undone> {
    let same = |known: &&Arc<Undone>| {
        known.path == path && Arc::ptr_eq(&known.of, of) && Arc::ptr_eq(&known.reading, &reading)
    };
    if let Some(known) = before.iter().find(same) {
        return Arc::clone(known);
    }
    let mut run = of.session();
    run.commit();
    run.reconnect();
    let steps = run.play(&reading, Runner { model, begins_again: true });
    Arc::new(Undone { path: path.to_owned(), of: Arc::clone(of), reading, steps })
}
