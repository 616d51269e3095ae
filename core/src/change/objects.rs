//! The objects that a change speaks of.

use std::collections::BTreeSet;

use super::alteration::{Alter, AlterAction};
use super::column::ColumnDefinition;
use super::constraint::{Constraint, ConstraintKind};
use super::name::Name;
use super::object::{Object, ObjectKind, Role};
use super::request::{Change, Request};
use super::table::CreateTable;

/// Objects as they are collected, each once.
#[derive(Default)]
struct Objects {
    found: Vec<Object>,
    seen: BTreeSet<(ObjectKind, Role, String)>,
}

impl Request {
    /// The objects it targets and those it needs, in the order of the statement; those of a block's steps included.
    #[must_use]
    pub fn objects(&self) -> Vec<Object> {
        let mut objects = Objects::default();
        objects.change(&self.change);
        objects.found
    }
}

impl Objects {
    fn add(&mut self, kind: ObjectKind, name: &Name, role: Role) {
        if self.seen.insert((kind, role, name.to_string())) {
            self.found.push(Object { kind, name: name.clone(), role });
        }
    }

    fn maybe(&mut self, kind: ObjectKind, name: Option<&Name>, role: Role) {
        if let Some(name) = name {
            self.add(kind, name, role);
        }
    }

    fn all(&mut self, kind: ObjectKind, names: &[Name], role: Role) {
        for name in names {
            self.add(kind, name, role);
        }
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::CreateTable(table) => self.table(table),
            Change::CreateIndex(index) => {
                self.maybe(ObjectKind::Index, index.name.as_ref(), Role::Target);
                self.maybe(ObjectKind::Table, index.table.as_ref(), Role::Owner);
            }
            Change::CreateView(view) => {
                let kind = if view.materialized { ObjectKind::MaterializedView } else { ObjectKind::View };
                self.add(kind, &view.name, Role::Target);
                self.all(ObjectKind::Table, &view.query.relations, Role::Source);
            }
            Change::CreateType(found) => self.add(ObjectKind::Type, &found.name, Role::Target),
            Change::CreateDomain(found) => self.add(ObjectKind::Domain, &found.name, Role::Target),
            Change::CreateRoutine(found) => self.add(found.kind, &found.name, Role::Target),
            Change::CreateTrigger(found) => {
                self.add(ObjectKind::Trigger, &found.name, Role::Target);
                self.maybe(ObjectKind::Table, found.table.as_ref(), Role::Owner);
                self.maybe(ObjectKind::Table, found.referenced.as_ref(), Role::Referenced);
                self.maybe(ObjectKind::Function, found.function.as_ref(), Role::Referenced);
            }
            Change::CreatePolicy(found) => {
                self.add(ObjectKind::Policy, &found.name, Role::Target);
                self.add(ObjectKind::Table, &found.table, Role::Owner);
                self.all(ObjectKind::Table, &found.query.relations, Role::Source);
            }
            Change::CreateRule(found) => {
                self.add(ObjectKind::Rule, &found.name, Role::Target);
                self.add(ObjectKind::Table, &found.table, Role::Owner);
            }
            Change::Create(found) => {
                self.maybe(found.kind, found.name.as_ref(), Role::Target);
                self.all(ObjectKind::Table, &found.tables, Role::Part);
                found.elements.iter().for_each(|element| self.change(&element.change));
            }
            Change::Alter(alter) => self.alter(alter),
            Change::Drop(drop) => {
                self.all(drop.kind, &drop.names, Role::Target);
                self.maybe(ObjectKind::Table, drop.table.as_ref(), Role::Owner);
            }
            Change::Rename(renames) => {
                for rename in renames {
                    self.add(rename.kind, &rename.from, Role::Target);
                    self.add(rename.kind, &rename.to, Role::NewName);
                }
            }
            other => self.rest(other),
        }
    }

    fn rest(&mut self, change: &Change) {
        match change {
            Change::Comment { kind, name, table } => {
                self.maybe(*kind, name.as_ref(), Role::Target);
                self.maybe(ObjectKind::Table, table.as_ref(), Role::Owner);
            }
            Change::Grant(grant) => {
                let kind =
                    if grant.all_in_schema { ObjectKind::Schema } else { grant.kind.unwrap_or(ObjectKind::Table) };
                self.all(kind, &grant.objects, Role::Target);
            }
            Change::Lock(lock) => self.all(ObjectKind::Table, &lock.tables, Role::Target),
            Change::Maintenance(upkeep) => self.all(upkeep.kind, &upkeep.objects, Role::Target),
            Change::Insert(insert) => self.rows(&insert.table, &insert.query),
            Change::Update(update) => self.rows(&update.table, &update.query),
            Change::Delete(delete) => self.rows(&delete.table, &delete.query),
            Change::Merge(merge) => self.rows(&merge.table, &merge.query),
            Change::Truncate(truncate) => self.all(ObjectKind::Table, &truncate.tables, Role::Target),
            Change::Copy(copy) => {
                self.maybe(ObjectKind::Table, copy.table.as_ref(), Role::Target);
                copy.query.iter().for_each(|query| self.all(ObjectKind::Table, &query.relations, Role::Source));
            }
            Change::Select(query) | Change::DeclareCursor(query) => {
                self.maybe(ObjectKind::Table, query.into.as_ref(), Role::Target);
                self.all(ObjectKind::Table, &query.writes, Role::Target);
                self.all(ObjectKind::Table, &query.relations, Role::Source);
            }
            Change::Explain { request, .. } | Change::Prepare { request: Some(request), .. } => {
                self.change(&request.change);
            }
            Change::Call(Some(name)) => self.add(ObjectKind::Procedure, name, Role::Target),
            Change::Block(block) => block.steps.iter().for_each(|step| self.change(&step.request.change)),
            _ => {}
        }
    }

    fn rows(&mut self, table: &Name, query: &super::query::Query) {
        self.add(ObjectKind::Table, table, Role::Target);
        self.all(ObjectKind::Table, &query.writes, Role::Target);
        self.all(ObjectKind::Table, &query.relations, Role::Source);
    }

    fn table(&mut self, table: &CreateTable) {
        self.add(ObjectKind::Table, &table.name, Role::Target);
        table.columns.iter().for_each(|column| self.column(column));
        table.constraints.iter().for_each(|constraint| self.constraint(constraint));
        table.like.iter().for_each(|like| self.add(ObjectKind::Table, &like.table, Role::Source));
        self.all(ObjectKind::Table, &table.inherits, Role::Parent);
        table.partition_of.iter().for_each(|of| self.add(ObjectKind::Table, &of.parent, Role::Parent));
        self.maybe(ObjectKind::Type, table.of_type.as_ref(), Role::Source);
        table.query.iter().for_each(|query| self.all(ObjectKind::Table, &query.relations, Role::Source));
    }

    fn column(&mut self, column: &ColumnDefinition) {
        column.constraints.iter().for_each(|constraint| self.constraint(constraint));
    }

    fn constraint(&mut self, constraint: &Constraint) {
        if let ConstraintKind::ForeignKey(key) = &constraint.kind {
            self.add(ObjectKind::Table, &key.table, Role::Referenced);
        }
        self.maybe(ObjectKind::Index, constraint.using_index.as_ref(), Role::Part);
    }

    fn alter(&mut self, alter: &Alter) {
        self.maybe(alter.kind, alter.name.as_ref(), Role::Target);
        self.maybe(ObjectKind::Table, alter.table.as_ref(), Role::Owner);
        for action in &alter.actions {
            match &action.what {
                AlterAction::AddColumn { column, .. } | AlterAction::ModifyColumn { column, .. } => self.column(column),
                AlterAction::AddConstraint { constraint, .. } => self.constraint(constraint),
                AlterAction::AttachPartition { partition, .. } | AlterAction::DetachPartition { partition, .. } => {
                    self.add(alter.kind, partition, Role::Partition);
                }
                AlterAction::ExchangePartition { table, .. } => self.add(ObjectKind::Table, table, Role::Partition),
                AlterAction::Inherit(parent) | AlterAction::NoInherit(parent) => {
                    self.add(ObjectKind::Table, parent, Role::Parent);
                }
                AlterAction::OfType(Some(name)) => self.add(ObjectKind::Type, name, Role::Source),
                AlterAction::Members { members, .. } => self.all(ObjectKind::Table, members, Role::Part),
                AlterAction::Rename(name) => self.add(alter.kind, name, Role::NewName),
                _ => {}
            }
        }
    }
}
