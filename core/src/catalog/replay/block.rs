//! Anonymous blocks and guards.

use super::Replay;
use crate::catalog::state::State;
use crate::change::{AlterAction, Block, Change, Guard, GuardKind, Step};
use crate::text::Span;

impl Replay<'_> {
    /// The steps of a block run now. A handler of errors, and any condition, makes what does not fit nobody's fault.
    pub(super) fn block(&mut self, block: &Block, span: Span) {
        let handles = block.handles_errors(self.text, span);
        let outside = (self.quiet, self.guarded);
        (self.quiet, self.guarded) = (self.quiet || handles, self.guarded || handles);
        for step in &block.steps {
            self.step(step);
        }
        (self.quiet, self.guarded) = outside;
    }

    fn step(&mut self, step: &Step) {
        let Some(guard) = &step.guard else {
            return self.change(&step.request.change, step.request.span);
        };
        let before = (!is_decided(guard, &step.request.change)).then(|| self.catalog.state.clone());
        self.guarded(&step.request.change, step.request.span);
        if let Some(before) = before {
            self.doubt_since(&before);
        }
    }

    /// A change that may run or not, for a reason that the script does not tell.
    pub(super) fn uncertain(&mut self, change: &Change, span: Span) {
        let before = self.catalog.state.clone();
        self.guarded(change, span);
        self.doubt_since(&before);
    }

    fn guarded(&mut self, change: &Change, span: Span) {
        let quiet = std::mem::replace(&mut self.quiet, true);
        let guarded = std::mem::replace(&mut self.guarded, true);
        self.change(change, span);
        (self.quiet, self.guarded) = (quiet, guarded);
    }

    fn doubt_since(&mut self, before: &State) {
        let state = &mut self.catalog.state;
        state.relations.doubt_changes(&before.relations);
        state.indexes.doubt_changes(&before.indexes);
        state.types.doubt_changes(&before.types);
        state.routines.doubt_changes(&before.routines);
        state.others.doubt_changes(&before.others);
    }
}

/// Whether a step does the same, or nothing is left to do, whatever its condition says: `IF NOT EXISTS` before what
/// makes, `IF EXISTS` before what removes.
fn is_decided(guard: &Guard, change: &Change) -> bool {
    match guard.kind {
        GuardKind::Absent => adds(change),
        GuardKind::Exists => removes(change),
        _ => false,
    }
}

fn adds(change: &Change) -> bool {
    match change {
        Change::CreateTable(_)
        | Change::CreateIndex(_)
        | Change::CreateView(_)
        | Change::CreateType(_)
        | Change::CreateDomain(_)
        | Change::CreateRoutine(_)
        | Change::CreateTrigger(_)
        | Change::CreatePolicy(_)
        | Change::CreateRule(_)
        | Change::Create(_) => true,
        Change::Alter(alter) => alter.actions.iter().all(|action| {
            matches!(
                action.what,
                AlterAction::AddColumn { .. }
                    | AlterAction::AddConstraint { .. }
                    | AlterAction::AddIndex(_)
                    | AlterAction::AddValue { .. }
            )
        }),
        _ => false,
    }
}

fn removes(change: &Change) -> bool {
    match change {
        Change::Drop(_) | Change::Rename(_) => true,
        Change::Alter(alter) => alter.actions.iter().all(|action| {
            matches!(
                action.what,
                AlterAction::DropColumn { .. }
                    | AlterAction::DropConstraint { .. }
                    | AlterAction::DropIndex { .. }
                    | AlterAction::Rename(_)
                    | AlterAction::RenameColumn { .. }
                    | AlterAction::RenameConstraint { .. }
                    | AlterAction::RenameIndex { .. }
            )
        }),
        _ => false,
    }
}
