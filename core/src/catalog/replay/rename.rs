//! Objects that get other names, and all that speaks of them.

use super::Replay;
use crate::catalog::constraint::{Constraint, ConstraintKind};
use crate::catalog::expression;
use crate::catalog::naming::{ObjectName, ObjectRef};
use crate::catalog::relation::Relation;
use crate::change::{Identifier, Name, ObjectKind, Rename};
use crate::sql::Dialect;
use crate::text::Span;

impl Replay<'_> {
    /// `RENAME TABLE`, `sp_rename`.
    pub(super) fn rename(&mut self, rename: &Rename) {
        let to = rename.to.last();
        let kind = self.catalog.renamed_kind(rename);
        match kind {
            ObjectKind::Column | ObjectKind::Index => {
                let Some((part, table)) = rename.from.parts.split_last().filter(|(_, table)| !table.is_empty()) else {
                    return self.rename_lone_index(rename);
                };
                let table = Name { parts: table.to_vec(), span: rename.from.span };
                let Some(table) = self.needed(&table, ObjectKind::Table, false) else { return };
                if kind == ObjectKind::Column {
                    self.rename_column(&table, part, to);
                } else {
                    self.rename_index(&table, part, to);
                }
            }
            ObjectKind::Type => {
                let from = self.catalog.type_name(&rename.from);
                let to = self.fold(to);
                self.rename_type(&from, &from.beside(&to));
            }
            kind => {
                if self.catalog.dialect == Dialect::SqlServer && self.rename_nameless(rename) {
                    return;
                }
                let Some(from) = self.needed(&rename.from, kind, false) else { return };
                let place = self.catalog.place(&rename.to);
                let new = if rename.to.schema().is_some() { place } else { from.beside(&place.name) };
                self.rename_relation(&from, new, rename.to.span);
            }
        }
    }

    fn rename_lone_index(&mut self, rename: &Rename) {
        let full = self.catalog.index_name(&rename.from);
        if let Some(table) = self.catalog.state.indexes.find(&full).cloned() {
            self.rename_index(&table, rename.from.last(), rename.to.last());
        }
    }

    /// `sp_rename` of a constraint, which has no kind of its own there.
    fn rename_nameless(&mut self, rename: &Rename) -> bool {
        let full = self.catalog.relation_name(&rename.from);
        if self.find(&full).is_some() {
            return false;
        }
        let name = self.fold(rename.from.last());
        let owner = self.catalog.relations().find(|relation| relation.constraint(&name).is_present());
        let Some(owner) = owner.map(|owner| owner.name.clone()) else { return false };
        self.rename_constraint(&owner, rename.from.last(), rename.to.last());
        true
    }

    /// Renames a relation, and says its name afterwards.
    pub(super) fn rename_relation(&mut self, from: &ObjectName, to: ObjectName, span: Span) -> ObjectName {
        let Some(relation) = self.find(from) else { return from.clone() };
        if *from == to {
            return to;
        }
        let kind = relation.kind.object_kind();
        let indexes: Vec<String> = relation.indexes.iter().filter_map(|index| index.name.clone()).collect();
        if !self.free(&to, kind, span, false) {
            return from.clone();
        }
        let mysql = self.is_mysql();
        let state = &mut self.catalog.state;
        state.relations.rename(from, &to);
        if let Some(relation) = state.relations.edit(&to) {
            relation.name = to.clone();
            // The names that MySQL finds for foreign keys follow the table.
            let (old, new) = (format!("{}_ibfk_", from.name), format!("{}_ibfk_", to.name));
            for name in relation.constraints.iter_mut_where(|_| mysql).filter_map(|key| key.name.as_mut()) {
                if let Some(number) = name.strip_prefix(&old) {
                    *name = format!("{new}{number}");
                }
            }
        }
        for index in indexes {
            let (old, new) = (from.beside(&index), to.beside(&index));
            if state.indexes.find(&old).is_some() {
                state.indexes.rename(&old, &new);
                state.indexes.put(new, to.clone());
            }
        }
        state.relations.edit_where(|other| speaks_of(other, from), |other| say(other, from, &to));
        self.move_sequences(from, &to);
        to
    }

    /// The sequences of a table follow it into another schema.
    fn move_sequences(&mut self, from: &ObjectName, to: &ObjectName) {
        if from.schema == to.schema {
            return;
        }
        let names: Vec<ObjectName> =
            self.catalog.sequences_of(to).into_iter().map(|sequence| sequence.name.clone()).collect();
        for name in names.into_iter().filter(|name| name.schema == from.schema) {
            let new = ObjectName::new(&to.schema, &name.name);
            self.catalog.state.relations.rename(&name, &new);
            self.edit(&new).into_iter().for_each(|sequence| sequence.name = new.clone());
        }
    }

    pub(super) fn rename_column(&mut self, table: &ObjectName, from: &Identifier, to: &Identifier) {
        let (old, new) = (self.fold(from), self.fold(to));
        let Some(found) = self.find(table) else { return };
        if found.column(&old).is_absent() {
            return self.missing(ObjectRef::part(ObjectKind::Column, table, &old), from.span);
        }
        if found.column(&new).is_present() && old != new {
            return self.exists(ObjectRef::part(ObjectKind::Column, table, &new), to.span);
        }
        self.rename_column_to(table, &old, &new);
        let children: Vec<ObjectName> =
            self.catalog.children_of(table).into_iter().map(|child| child.name.clone()).collect();
        for child in &children {
            self.rename_column_to(child, &old, &new);
        }
    }

    fn rename_column_to(&mut self, table: &ObjectName, old: &str, new: &str) {
        let swap = |name: &mut String| {
            if name == old {
                new.clone_into(name);
            }
        };
        let dialect = self.catalog.dialect;
        let reword = |text: &mut String| *text = expression::renamed(text, dialect, old, new);
        let Some(found) = self.edit(table) else { return };
        if let Some(column) = found.column_mut(old) {
            new.clone_into(&mut column.name);
        }
        found.lose(ObjectKind::Column, old);
        for constraint in found.constraints.iter_mut() {
            if let ConstraintKind::Check { text } | ConstraintKind::Exclude { text } = &mut constraint.kind {
                reword(text);
            }
            constraint.columns.iter_mut().for_each(swap);
            constraint.host.iter_mut().for_each(swap);
        }
        for index in found.indexes.iter_mut() {
            index.include.iter_mut().chain(&mut index.mentions).for_each(swap);
            index.predicate.iter_mut().for_each(reword);
            for part in &mut index.parts {
                reword(&mut part.text);
                part.column.iter_mut().for_each(swap);
            }
        }
        let computed = found.columns.iter_mut_where(|column| column.generated.is_some());
        for generated in computed.filter_map(|column| column.generated.as_mut()) {
            reword(&mut generated.text);
            generated.columns.iter_mut().for_each(swap);
        }
        if let Some(key) = &mut found.partition_key {
            reword(&mut key.text);
            key.columns.iter_mut().for_each(swap);
        }
        for attached in found.attached.iter_mut() {
            attached.mentions.rename(old, new);
        }
        self.catalog.state.relations.edit_where(
            |other| speaks_of(other, table),
            |other| {
                for constraint in other.constraints.iter_mut() {
                    if let ConstraintKind::ForeignKey { table: target, columns, .. } = &mut constraint.kind
                        && target == table
                    {
                        columns.iter_mut().for_each(swap);
                    }
                }
                if other.reads.contains(table) && other.mentions.contains(old) {
                    other.mentions.insert(new);
                }
                if let Some((owner, column)) = &mut other.owned_by
                    && owner == table
                {
                    swap(column);
                }
            },
        );
    }

    pub(super) fn rename_constraint(&mut self, table: &ObjectName, from: &Identifier, to: &Identifier) {
        let (old, new) = (self.fold(from), self.fold(to));
        let Some(found) = self.find(table) else { return };
        if found.constraint(&old).is_absent() {
            return self.missing(ObjectRef::part(ObjectKind::Constraint, table, &old), from.span);
        }
        if found.constraint(&new).is_present() {
            return self.exists(ObjectRef::part(ObjectKind::Constraint, table, &new), to.span);
        }
        let Some(found) = self.edit(table) else { return };
        let named = found.constraints.iter_mut_where(|constraint| constraint.name.as_deref() == Some(&old));
        named.for_each(|constraint| constraint.name = Some(new.clone()));
        self.call_index(table, &old, &new);
    }

    pub(super) fn rename_index(&mut self, table: &ObjectName, from: &Identifier, to: &Identifier) {
        let (old, new) = (self.fold(from), self.fold(to));
        let Some(found) = self.find(table) else { return };
        if found.index(&old).is_absent() {
            return self.missing(ObjectRef::part(ObjectKind::Index, table, &old), from.span);
        }
        if found.index(&new).is_present() {
            return self.exists(ObjectRef::part(ObjectKind::Index, table, &new), to.span);
        }
        let Some(found) = self.edit(table) else { return };
        let is_its = |other: &Constraint| other.has_index() && other.name.as_deref() == Some(&old);
        for constraint in found.constraints.iter_mut_where(is_its) {
            constraint.name = Some(new.clone());
        }
        self.call_index(table, &old, &new);
    }

    /// Gives an index its new name, in its table and among all.
    fn call_index(&mut self, table: &ObjectName, old: &str, new: &str) {
        let Some(found) = self.edit(table) else { return };
        let mut any = false;
        for index in found.indexes.iter_mut_where(|index| index.name.as_deref() == Some(old)) {
            index.name = Some(new.to_owned());
            any = true;
        }
        if any && self.catalog.state.indexes.find(&table.beside(old)).is_some() {
            self.catalog.state.indexes.rename(&table.beside(old), &table.beside(new));
        }
    }

    pub(super) fn rename_type(&mut self, from: &ObjectName, to: &ObjectName) {
        if self.catalog.state.types.find(from).is_none() {
            return;
        }
        self.catalog.state.types.rename(from, to);
        let is = |data_type: &crate::catalog::ColumnType| {
            data_type.name == *from.name && data_type.schema.as_deref() == Some(&*from.schema)
        };
        let uses =
            |relation: &Relation| relation.columns.iter().any(|column| column.data_type.as_ref().is_some_and(is));
        self.catalog.state.relations.edit_where(uses, |relation| {
            let own = relation.columns.iter_mut_where(|column| column.data_type.as_ref().is_some_and(is));
            for data_type in own.filter_map(|column| column.data_type.as_mut()) {
                data_type.name = to.name.to_string();
                data_type.schema = Some(to.schema.to_string());
            }
        });
    }
}

/// Whether a relation names another.
fn speaks_of(relation: &Relation, other: &ObjectName) -> bool {
    relation.constraints.iter().any(|constraint| constraint.referenced() == Some(other))
        || relation.reads.contains(other)
        || relation.inherits.contains(other)
        || relation.partition_of.as_ref().is_some_and(|of| of.parent == *other)
        || relation.owned_by.as_ref().is_some_and(|(table, _)| table == other)
}

/// Makes a relation call another by its new name.
fn say(relation: &mut Relation, from: &ObjectName, to: &ObjectName) {
    let swap = |name: &mut ObjectName| {
        if name == from {
            name.clone_from(to);
        }
    };
    for constraint in relation.constraints.iter_mut() {
        if let ConstraintKind::ForeignKey { table, .. } = &mut constraint.kind {
            swap(table);
        }
    }
    relation.reads.iter_mut().chain(&mut relation.inherits).for_each(swap);
    relation.partition_of.iter_mut().for_each(|of| swap(&mut of.parent));
    relation.owned_by.iter_mut().for_each(|(table, _)| swap(table));
}
