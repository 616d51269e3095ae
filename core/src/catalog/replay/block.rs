//! Anonymous blocks, guards, and calls.

use super::Replay;
use crate::change::{AlterAction, Block, Change, Guard, GuardKind, Name, Step};
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
        let quiet = std::mem::replace(&mut self.quiet, true);
        let guarded = std::mem::replace(&mut self.guarded, true);
        self.change(&step.request.change, step.request.span);
        (self.quiet, self.guarded) = (quiet, guarded);
        if let Some(before) = before {
            let state = &mut self.catalog.state;
            state.relations.doubt_changes(&before.relations);
            state.indexes.doubt_changes(&before.indexes);
            state.types.doubt_changes(&before.types);
            state.routines.doubt_changes(&before.routines);
            state.others.doubt_changes(&before.others);
        }
    }

    /// A procedure runs: what its body makes, alters or removes may be so now.
    pub(super) fn call(&mut self, name: Option<&Name>) {
        let Some(name) = name else { return };
        let full = self.catalog.routine_name(name);
        let Some(routine) = self.catalog.state.routines.find(&full).cloned() else {
            let system = ["sp_", "xp_", "dbms_", "sys", "utl_", "rdsadmin"];
            let written = name.to_string().to_ascii_lowercase();
            let known = system.iter().any(|start| written.starts_with(start) || written.contains(&format!(".{start}")));
            if !known {
                self.catalog.doubt_absences();
            }
            return;
        };
        for touched in &routine.touches {
            self.catalog.state.relations.doubt(touched);
        }
        if routine.opaque {
            self.catalog.doubt_absences();
        }
    }

    /// Text that is put together when it runs. One that begins as a statement about rows or privileges changes nothing
    /// here; any other may change anything.
    pub(super) fn unchecked(&mut self, span: Span) {
        const HARMLESS: [&str; 9] =
            ["grant", "revoke", "insert", "update", "delete", "select", "analyze", "comment", "set"];
        let text = self.text.get(span.start..span.end).unwrap_or_default().to_lowercase();
        let defines = ["create", "alter", "drop", "rename"].iter().any(|verb| text.contains(verb));
        let begins = text.split(|char: char| !char.is_alphanumeric()).any(|word| HARMLESS.contains(&word));
        if defines || !begins {
            self.catalog.doubt_absences();
        }
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
