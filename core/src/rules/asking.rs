//! Which part of a statement asks for an effect, and who waits for it.

use crate::catalog::ObjectName;
use crate::change::{Action, Alter, AlterAction, Change, Request};
use crate::impact::{Effect, LockMode, Stops, Work};
use crate::text::Span;

use super::statement::{Statement, who_waits};

impl<'a> Statement<'a> {
    /// The statement, perhaps inside of this one, that a part of it belongs to.
    pub(super) fn inner(&self, span: Span) -> &'a Request {
        let holds = |request: &&Request| request.span.start <= span.start && span.end <= request.span.end;
        self.requests().into_iter().map(|(request, _)| request).rfind(holds).unwrap_or(self.request)
    }

    /// What to add to the advice to say `ONLINE`: nothing where the edition is known to have it, else that this is assumed;
    /// `None` where the edition is known not to have it.
    pub(super) fn online_note(&self) -> Option<&'static str> {
        let assumed = "; Enterprise Edition is assumed, as no `server-edition` in flightcheck.toml says otherwise: others refuse it and need a quiet hour";
        let note = if self.server().edition.is_some() { "" } else { assumed };
        self.server().runs_online().then_some(note)
    }

    /// The action of an `ALTER` that asks for an effect.
    pub(super) fn action(&self, effect: &Effect) -> Option<&'a Action> {
        let Change::Alter(alter) = &self.inner(effect.span).change else { return None };
        let holds = |action: &&Action| action.span.start <= effect.span.start && effect.span.end <= action.span.end;
        alter.actions.iter().find(holds)
    }

    /// The `ALTER`s in it, each with its statement.
    pub(super) fn alters(&self) -> impl Iterator<Item = (&'a Alter, &'a Request)> {
        self.requests().into_iter().filter_map(|(request, _)| match &request.change {
            Change::Alter(alter) => Some((&**alter, request)),
            _ => None,
        })
    }

    /// The strongest lock on a relation that somebody waits for as long as the statement runs.
    pub(super) fn long_lock(&self, relation: &ObjectName) -> Option<(LockMode, Stops)> {
        let locks = self.step.impact.effects.iter().filter(|effect| effect.relation == *relation);
        let long = locks.filter(|effect| effect.stops != Stops::NOBODY);
        long.filter_map(|effect| if let Work::Lock(mode) = effect.work { Some((mode, effect.stops)) } else { None })
            .max_by_key(|(mode, _)| *mode)
    }

    /// That lock in words: `reads and writes wait (Sch-M)`.
    pub(super) fn long_wait(&self, relation: &ObjectName) -> Option<String> {
        let (mode, stops) = self.long_lock(relation)?;
        Some(format!("{} until it is done ({})", who_waits(stops)?, mode.as_str()))
    }
}

/// The name of the column that an action is about, as it is written.
pub(super) fn column_of(action: Option<&Action>) -> Option<&str> {
    match &action?.what {
        AlterAction::AddColumn { column, .. } | AlterAction::ModifyColumn { column, .. } => Some(&column.name.text),
        AlterAction::AlterColumn { column, .. } | AlterAction::DropColumn { column, .. } => Some(&column.text),
        _ => None,
    }
}
