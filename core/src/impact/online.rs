//! `ONLINE` where the edition does not have it: SQL Server's error 1712, Oracle's ORA-00439.

use super::{Refusal, Situation};
use crate::change::{Alter, AlterAction, Change, ColumnChange, Request};
use crate::sql::Dialect;
use crate::text::Span;

/// Why the edition does not run a statement that asks for `ONLINE`; nothing where the edition is not known.
pub(super) fn refusal(request: &Request, situation: &Situation<'_>) -> Option<Refusal> {
    let edition = situation.server.edition.filter(|edition| !edition.runs_online())?;
    let span = asked(request)?;
    let server = if situation.server.dialect == Dialect::Oracle { "Oracle" } else { "SQL Server" };
    Some(Refusal { reason: format!("{server} {} runs nothing ONLINE", edition.title()), span })
}

/// The part of a statement that asks for `ONLINE`.
fn asked(request: &Request) -> Option<Span> {
    match &request.change {
        Change::CreateIndex(index) if index.concurrently => Some(request.span),
        Change::Drop(drop) if drop.concurrently => Some(request.span),
        Change::Alter(alter) => in_alter(alter),
        _ => None,
    }
}

fn in_alter(alter: &Alter) -> Option<Span> {
    let asks = |what: &AlterAction| match what {
        AlterAction::Rebuild { online }
        | AlterAction::Move { online }
        | AlterAction::AlterColumn { change: ColumnChange::SetType { online, .. }, .. } => *online,
        AlterAction::AddConstraint { constraint, .. } => constraint.online,
        _ => false,
    };
    alter.actions.iter().find(|action| asks(&action.what)).map(|action| action.span)
}
