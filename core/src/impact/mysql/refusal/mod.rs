//! Why a server will not do what a statement asks.

mod clauses;
mod columns;
mod keys;
mod partitions;

pub(super) use clauses::{heed, of_clauses};
pub(super) use keys::{of_dropped_index, of_index};

use super::scene::Scene;
use crate::catalog::RelationKind;
use crate::change::{Action, Alter, AlterAction};
use crate::impact::Refusal;
use crate::text::Span;

#[allow(clippy::unnecessary_wraps)] // All who call it may also find nothing wrong.
fn refused(reason: impl Into<String>, span: Span) -> Option<Refusal> {
    Some(Refusal { reason: reason.into(), span })
}

/// Why the schema makes the server refuse `ALTER TABLE`.
pub(super) fn of_schema(alter: &Alter, scene: &Scene<'_>) -> Option<Refusal> {
    if scene.before.is_some_and(|table| table.kind == RelationKind::View) {
        return refused("a view is altered with ALTER VIEW", scene.request.span);
    }
    let table = scene.before.filter(|table| table.complete)?;
    let of_action = |action: &Action| {
        columns::of_action(action, alter, scene)
            .or_else(|| keys::of_action(action, alter, scene))
            .or_else(|| partitions::of_action(action, table, scene))
    };
    alter.actions.iter().find_map(of_action).or_else(|| keys::of_numbers(scene))
}

/// Whether the statement drops a column too.
fn drops_column(alter: &Alter, column: &str, scene: &Scene<'_>) -> bool {
    alter.actions.iter().any(|action| {
        matches!(&action.what, AlterAction::DropColumn { column: dropped, .. } if scene.situation.catalog.fold(dropped) == column)
    })
}

/// The constraints that the statement drops.
fn dropped_constraints(alter: &Alter, scene: &Scene<'_>) -> Vec<String> {
    let dropped = |action: &Action| match &action.what {
        AlterAction::DropConstraint { name, .. } => Some(scene.situation.catalog.fold(name.last())),
        _ => None,
    };
    alter.actions.iter().filter_map(dropped).collect()
}
