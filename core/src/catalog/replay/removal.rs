//! What goes with an object that is removed. Nothing here asks whether it may.

use super::Replay;
use crate::catalog::constraint::Constraint;
use crate::catalog::naming::{ObjectName, ObjectRef};
use crate::catalog::object::RoutineObject;
use crate::catalog::relation::Relation;
use crate::change::ObjectKind;

impl Replay<'_> {
    /// Removes what depends on something that goes.
    pub(super) fn remove(&mut self, object: &ObjectRef) {
        let Some(part) = object.part.as_deref() else { return self.remove_relation(&object.name) };
        match object.kind {
            ObjectKind::Column => self.remove_column(&object.name, part),
            ObjectKind::Constraint => {
                let found = self.find(&object.name).and_then(|owner| {
                    owner.constraints.iter().find(|constraint| constraint.name.as_deref() == Some(part)).cloned()
                });
                if let Some(constraint) = &found {
                    self.remove_constraint(&object.name, constraint);
                }
            }
            ObjectKind::Index => self.remove_index(&object.name, part),
            kind => self.edit(&object.name).into_iter().for_each(|owner| {
                owner.attached.retain(|attached| !(attached.kind == kind && attached.name == part));
            }),
        }
    }

    /// Removes a relation with its indexes, sequences and partitions, and with what cannot be without it.
    pub(super) fn remove_relation(&mut self, name: &ObjectName) {
        let object = ObjectRef::whole(ObjectKind::Table, name);
        let dependents = self.in_the_way(&self.catalog.dependents_of(&object));
        let parts: Vec<ObjectName> =
            self.catalog.partitions_of(name).into_iter().map(|part| part.name.clone()).collect();
        let removed = self.catalog.state.relations.take(name);
        let indexes = removed.iter().flat_map(|relation| &relation.indexes).filter_map(|index| index.name.as_deref());
        for index in indexes {
            let full = name.beside(index);
            if self.catalog.state.indexes.find(&full) == Some(name) {
                self.catalog.state.indexes.take(&full);
            }
        }
        self.remove_sequences_of(name, None);
        for part in &parts {
            self.remove_relation(part);
        }
        for dependent in dependents.iter().filter(|dependent| dependent.kind != ObjectKind::Column) {
            self.remove(dependent);
        }
    }

    /// Removes a type with what is made of it.
    pub(super) fn remove_type(&mut self, name: &ObjectName) {
        let dependents = self.in_the_way(&self.catalog.dependents_of(&ObjectRef::whole(ObjectKind::Type, name)));
        let removed = self.catalog.state.types.take(name);
        for dependent in dependents.iter().filter(|_| removed.is_some()) {
            let state = &mut self.catalog.state;
            match dependent.kind {
                ObjectKind::Domain => self.remove_type(&dependent.name),
                // Of a composite type only the attribute goes.
                ObjectKind::Type => {
                    state.types.edit(&dependent.name).into_iter().for_each(|found| found.lose_attributes(name));
                }
                // Which overload goes is not looked at.
                ObjectKind::Routine if overloaded(state.routines.find(&dependent.name)) => {
                    state.routines.doubt(&dependent.name);
                }
                ObjectKind::Routine => drop(state.routines.take(&dependent.name)),
                _ => self.remove(dependent),
            }
        }
    }

    pub(super) fn remove_sequences_of(&mut self, table: &ObjectName, column: Option<&str>) {
        let owned = |sequence: &&Relation| {
            sequence.owned_by.as_ref().is_some_and(|(_, own)| column.is_none_or(|column| column == own))
        };
        let sequences = self.catalog.sequences_of(table).into_iter().filter(owned);
        let names: Vec<ObjectName> = sequences.map(|sequence| sequence.name.clone()).collect();
        for name in names {
            self.catalog.state.relations.take(&name);
        }
    }

    pub(super) fn remove_index(&mut self, table: &ObjectName, name: &str) {
        let Some(found) = self.edit(table) else { return };
        found.indexes.retain(|index| index.name.as_deref() != Some(name));
        found.constraints.retain(|constraint| !(constraint.has_index() && constraint.name.as_deref() == Some(name)));
        found.lose(ObjectKind::Index, name);
        if self.catalog.indexes_have_schemas() {
            self.catalog.state.indexes.take(&table.beside(name));
        }
    }

    pub(super) fn remove_constraint(&mut self, table: &ObjectName, constraint: &Constraint) {
        let Some(found) = self.edit(table) else { return };
        let mut first = true;
        found.constraints.retain(|other| other != constraint || !std::mem::take(&mut first));
        if constraint.kind == crate::catalog::ConstraintKind::Default {
            let columns = found.columns.iter_mut_where(|column| constraint.columns.contains(&column.name));
            columns.for_each(|column| column.default = None);
        }
        if constraint.kind == crate::catalog::ConstraintKind::NotNull {
            let columns = found.columns.iter_mut_where(|column| constraint.columns.contains(&column.name));
            columns.for_each(|column| column.nullable = Some(true));
        }
        let Some(name) = &constraint.name else { return };
        found.lose(ObjectKind::Constraint, name);
        if constraint.has_index() {
            self.remove_index(table, name);
        }
        self.remove_from_children(table, constraint);
    }

    /// What children have from a constraint that goes, goes too.
    fn remove_from_children(&mut self, table: &ObjectName, constraint: &Constraint) {
        let children: Vec<ObjectName> =
            self.catalog.children_of(table).into_iter().map(|child| child.name.clone()).collect();
        for child in children {
            let Some(found) = self.find(&child) else { continue };
            let same = |other: &&Constraint| {
                other.inherited && other.kind == constraint.kind && other.columns == constraint.columns
            };
            if let Some(own) = found.constraints.iter().find(same).cloned() {
                self.remove_constraint(&child, &own);
            }
        }
    }

    /// Removes a column with its indexes, constraints and sequence. MySQL shortens an index that has other columns.
    pub(super) fn remove_column(&mut self, table: &ObjectName, name: &str) {
        let shortens = self.is_mysql();
        let Some(found) = self.edit(table) else { return };
        found.columns.retain(|column| column.name != name);
        found.lose(ObjectKind::Column, name);
        let uses = |columns: &[String]| columns.iter().any(|column| column == name);
        if shortens {
            for index in found.indexes.iter_mut() {
                index.parts.retain(|part| part.column.as_deref() != Some(name));
            }
            for constraint in found.constraints.iter_mut_where(Constraint::has_index) {
                constraint.columns.retain(|column| column != name);
            }
            found.constraints.retain(|constraint| !constraint.has_index() || !constraint.columns.is_empty());
        }
        found.constraints.retain(|constraint| !uses(&constraint.columns));
        let goes = |index: &crate::catalog::Index| index.uses(name) || index.parts.is_empty();
        let gone: Vec<String> =
            found.indexes.iter().filter(|index| goes(index)).filter_map(|index| index.name.clone()).collect();
        found.indexes.retain(|index| !goes(index));
        if self.catalog.indexes_have_schemas() {
            for index in &gone {
                self.catalog.state.indexes.take(&table.beside(index));
            }
        }
        self.remove_sequences_of(table, Some(name));
    }
}

fn overloaded(routine: Option<&RoutineObject>) -> bool {
    routine.is_some_and(|routine| routine.overloads.len() > 1)
}
