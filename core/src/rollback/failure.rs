//! The first statement of an undo script that the server would refuse, and whether only its place is wrong.

use crate::catalog::{Conflict, ConflictKind, ObjectRef};
use crate::deployment::{Deployment, Step, Undone};
use crate::text::Span;

use super::presence::exists;

/// A statement of an undo script that fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Why, in words.
    pub reason: String,
    /// Where.
    pub span: Span,
    /// Where the order is to blame: the statement that should have come before it, or that should have come after it.
    pub order: Option<Order>,
}

/// What an order of statements makes fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// What stands in the way goes only later, with this statement.
    TooEarly(Span),
    /// What is needed went before, with this statement.
    TooLate(Span),
}

/// The first statement of an undo script that fails right after its migration. `history` is the name of the table in which
/// the tool keeps what was applied; it is always there.
#[must_use]
pub fn failure(deployment: &Deployment, undone: &Undone, history: &str) -> Option<Failure> {
    // What comes after the first failure does not run, and may fail only because of it.
    undone.script.steps.iter().find_map(|step| failing(deployment, undone, step, history))
}

fn failing(deployment: &Deployment, undone: &Undone, step: &Step, history: &str) -> Option<Failure> {
    let dialect = deployment.server.dialect;
    if let Some(refusal) = &step.impact.fails {
        return Some(Failure { reason: refusal.reason.clone(), span: refusal.span, order: None });
    }
    let own = |conflict: &&Conflict| {
        !conflict.object.name.name.eq_ignore_ascii_case(history) && !is_missed_before(deployment, conflict)
    };
    let conflict = step.conflicts.iter().find(own)?;
    let order = order(undone, step, conflict);
    Some(Failure { reason: conflict.in_words(dialect), span: conflict.span, order })
}

/// Whether a migration misses the same object: then the scripts do not say all of the schema, and that is told there.
fn is_missed_before(deployment: &Deployment, conflict: &Conflict) -> bool {
    let same = |other: &Conflict| other.kind == ConflictKind::Missing && other.object.name == conflict.object.name;
    let mut steps = deployment.scripts.iter().flat_map(|played| &played.steps);
    conflict.kind == ConflictKind::Missing && steps.any(|step| step.conflicts.iter().any(same))
}

fn order(undone: &Undone, step: &Step, conflict: &Conflict) -> Option<Order> {
    let requests = &undone.script.turn.reading.as_ref()?.requests;
    let concerns = |request: &&crate::change::Request, object: &ObjectRef| {
        request.objects().iter().any(|named| {
            let last = &named.name.last().text;
            last.eq_ignore_ascii_case(&object.name.name)
                || object.part.as_deref().is_some_and(|part| last.eq_ignore_ascii_case(part))
        })
    };
    let is_drop = |request: &&crate::change::Request| {
        let kind = request.kind();
        kind.starts_with("drop") || kind.starts_with("alter") || kind.starts_with("rename")
    };
    match &conflict.kind {
        ConflictKind::NeededBy(others) => {
            let mut later = requests.iter().skip(step.statement + 1).filter(is_drop);
            later.find(|request| others.iter().any(|other| concerns(request, other))).map(|it| Order::TooEarly(it.span))
        }
        ConflictKind::Missing => {
            let before = requests.iter().take(step.statement).filter(is_drop);
            let was_there = exists(undone.of.after(), &conflict.object).is_present();
            let mut before = before.filter(|_| was_there);
            before.find(|request| concerns(request, &conflict.object)).map(|it| Order::TooLate(it.span))
        }
        _ => None,
    }
}
