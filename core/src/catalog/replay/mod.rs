//! The replay: what each change makes of the catalog.

mod alter_column;
mod alter_object;
mod alter_table;
mod block;
mod column;
mod constraint;
mod create;
mod create_table;
mod drop;
mod dynamic;
mod implicit;
mod index;
mod partition;
mod removal;
mod rename;
mod rows;
mod session;

use super::conflict::{Conflict, ConflictKind};
use super::expression;
use super::known::Known;
use super::naming::{ObjectName, ObjectRef, Origin};
use super::relation::{Relation, RelationKind};
use super::state::Catalog;
use crate::change::{Change, Identifier, Name, ObjectKind, Request};
use crate::sql::Dialect;
use crate::text::Span;

impl Catalog {
    /// Whether the server commits the open transaction before a change, whatever the script says.
    #[must_use]
    pub fn commits_before(&self, change: &Change) -> bool {
        self.commits_implicitly() && is_definition(change)
    }

    /// Takes over what a statement asks for, and says what in it does not fit. `text` must be the script it was read
    /// from; `origin` is what the objects it makes will say of where they were made.
    pub fn apply(&mut self, request: &Request, text: &str, origin: Origin) -> Vec<Conflict> {
        self.apply_within(request, text, origin, request.span)
    }

    /// The same for a step of a statement that reaches further.
    pub(crate) fn apply_within(
        &mut self,
        request: &Request,
        text: &str,
        origin: Origin,
        statement: Span,
    ) -> Vec<Conflict> {
        let conflicts = Vec::new();
        let mut replay = Replay { catalog: self, text, origin, statement, conflicts, quiet: false, guarded: false };
        // A placeholder before the first word may make a comment of the statement.
        if request.opaque.first().is_some_and(|opaque| opaque.start == request.span.start) {
            replay.uncertain(&request.change, request.span);
        } else {
            replay.change(&request.change, request.span);
        }
        replay.conflicts
    }
}

/// One statement as it is taken over.
struct Replay<'a> {
    catalog: &'a mut Catalog,
    text: &'a str,
    origin: Origin,
    /// The whole statement.
    statement: Span,
    conflicts: Vec<Conflict>,
    /// What does not fit is nobody's fault: a condition or a handler takes care of it.
    quiet: bool,
    /// Whether a condition decides that the step runs.
    guarded: bool,
}

impl Replay<'_> {
    fn change(&mut self, change: &Change, span: Span) {
        if self.catalog.commits_before(change) {
            self.catalog.commit();
        }
        match change {
            Change::CreateTable(table) => self.create_table(table),
            Change::CreateIndex(index) => self.create_index(index),
            Change::CreateView(view) => self.create_view(view),
            Change::CreateType(found) => self.create_type(found),
            Change::CreateDomain(domain) => self.create_domain(domain),
            Change::CreateRoutine(routine) => self.create_routine(routine),
            Change::CreateTrigger(trigger) => self.create_trigger(trigger, span),
            Change::CreatePolicy(policy) => self.create_policy(policy),
            Change::CreateRule(rule) => self.attach(ObjectKind::Rule, &rule.name, &rule.table, true),
            Change::Create(object) => self.create_other(object),
            Change::Alter(alter) => self.alter(alter),
            Change::Drop(drop) => self.drop(drop),
            Change::Rename(renames) => renames.iter().for_each(|rename| self.rename(rename)),
            Change::Comment { kind, name, table } => self.comment(*kind, name.as_ref(), table.as_ref()),
            Change::Transaction(transaction) => self.transaction(transaction),
            Change::Set(setting) => self.set(setting),
            Change::Explain { request, analyze: true } => self.change(&request.change, request.span),
            Change::Call(name) => self.call(name.as_ref()),
            Change::Block(block) => self.block(block, span),
            Change::Opaque(_) => self.catalog.doubt_absences(),
            Change::Unchecked(text) => self.unchecked(*text),
            other => self.rows(other),
        }
        self.catalog.note_links();
    }

    /// A name as the server compares it.
    fn fold(&self, identifier: &Identifier) -> String {
        self.catalog.fold(identifier)
    }

    fn folds(&self, identifiers: &[Identifier]) -> Vec<String> {
        identifiers.iter().map(|identifier| self.fold(identifier)).collect()
    }

    /// A piece of the script, blanks made single.
    fn words(&self, span: Span) -> String {
        expression::normalised(self.text, span, self.catalog.dialect)
    }

    fn is_mysql(&self) -> bool {
        matches!(self.catalog.dialect, Dialect::Mysql | Dialect::Mariadb)
    }

    fn is_postgres(&self) -> bool {
        self.catalog.dialect == Dialect::Postgres
    }

    fn conflict(&mut self, kind: ConflictKind, object: ObjectRef, span: Span) {
        if !self.quiet {
            let made = self.catalog.made(&object);
            self.conflicts.push(Conflict { kind, object, span, made });
        }
    }

    fn missing(&mut self, object: ObjectRef, span: Span) {
        self.conflict(ConflictKind::Missing, object, span);
    }

    fn exists(&mut self, object: ObjectRef, span: Span) {
        self.conflict(ConflictKind::AlreadyExists, object, span);
    }

    /// The full name of a relation that a statement needs. One that may exist is made known, as far as that goes: the
    /// statement would not run without it.
    fn needed(&mut self, name: &Name, kind: ObjectKind, if_exists: bool) -> Option<ObjectName> {
        let full = self.catalog.relation_name(name);
        match self.catalog.relation(&full) {
            Known::Present(_) => Some(full),
            Known::Absent => {
                if !if_exists {
                    self.missing(ObjectRef::whole(kind, &full), name.span);
                }
                None
            }
            Known::Unknown if self.catalog.state.relations.find(&full).is_some() => Some(full),
            Known::Unknown if if_exists || super::naming::is_system(self.catalog.dialect, &full) => None,
            Known::Unknown => {
                let kind = match kind {
                    ObjectKind::View => RelationKind::View,
                    ObjectKind::MaterializedView => RelationKind::MaterializedView,
                    ObjectKind::Sequence => RelationKind::Sequence,
                    ObjectKind::ForeignTable => RelationKind::ForeignTable,
                    _ => RelationKind::Table,
                };
                self.catalog.state.relations.put(full.clone(), Relation::new(&full, kind));
                Some(full)
            }
        }
    }

    /// Whether a new relation or index can stand under a name; if not, and the statement does not expect that, it is a
    /// conflict.
    fn free(&mut self, name: &ObjectName, kind: ObjectKind, span: Span, if_not_exists: bool) -> bool {
        let state = &self.catalog.state;
        let taken = match state.relations.look(name, state.open) {
            Known::Present(relation) => Some(relation.reference()),
            _ if self.catalog.indexes_are_relations() || kind == ObjectKind::Index => state
                .indexes
                .look(name, state.open)
                .present()
                .map(|table| ObjectRef::part(ObjectKind::Index, table, &name.name)),
            _ => None,
        };
        let Some(taken) = taken else { return true };
        if !if_not_exists {
            self.exists(taken, span);
        }
        false
    }

    fn find(&self, name: &ObjectName) -> Option<&Relation> {
        self.catalog.state.relations.find(name)
    }

    fn edit(&mut self, name: &ObjectName) -> Option<&mut Relation> {
        self.catalog.state.relations.edit(name)
    }

    /// `COMMENT ON`: it changes nothing that is kept here, but what it is about must exist.
    fn comment(&mut self, kind: ObjectKind, name: Option<&Name>, table: Option<&Name>) {
        let Some(name) = name else { return };
        match (kind, table) {
            (ObjectKind::Table | ObjectKind::View | ObjectKind::MaterializedView, _) => {
                self.needed(name, kind, false);
            }
            (ObjectKind::Column | ObjectKind::Constraint, Some(table)) => {
                let Some(owner) = self.needed(table, ObjectKind::Table, false) else { return };
                let part = self.fold(name.last());
                let Some(found) = self.find(&owner) else { return };
                let absent = match kind {
                    ObjectKind::Column => found.column(&part).is_absent(),
                    _ => found.constraint(&part).is_absent(),
                };
                if absent && found.kind != RelationKind::View {
                    self.missing(ObjectRef::part(kind, &owner, &part), name.span);
                }
            }
            _ => {}
        }
    }
}

/// Whether a change is about the schema, so that some servers commit before it.
fn is_definition(change: &Change) -> bool {
    let passing = match change {
        Change::CreateTable(table) => table.temporary,
        Change::Drop(drop) => drop.temporary,
        _ => false,
    };
    !passing
        && matches!(
            change,
            Change::CreateTable(_)
                | Change::CreateIndex(_)
                | Change::CreateView(_)
                | Change::CreateType(_)
                | Change::CreateDomain(_)
                | Change::CreateRoutine(_)
                | Change::CreateTrigger(_)
                | Change::Create(_)
                | Change::Alter(_)
                | Change::Drop(_)
                | Change::Rename(_)
                | Change::Truncate(_)
                | Change::Comment { .. }
                | Change::Grant(_)
        )
}
