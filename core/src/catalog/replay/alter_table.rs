//! `ALTER` of tables, views and sequences.

use super::Replay;
use crate::catalog::conflict::ConflictKind;
use crate::catalog::naming::{ObjectName, ObjectRef};
use crate::catalog::relation::{Persistence, Relation, Rows};
use crate::change::{Alter, AlterAction, ColumnDefinition, Identifier, Name, ObjectKind, TableOption};
use crate::sql::{Kind, significant};
use crate::text::{Casing, Span};

impl Replay<'_> {
    pub(super) fn alter(&mut self, alter: &Alter) {
        let Some(name) = &alter.name else { return };
        match alter.kind {
            ObjectKind::Table
            | ObjectKind::ForeignTable
            | ObjectKind::View
            | ObjectKind::MaterializedView
            | ObjectKind::Sequence => {}
            _ => return self.alter_object(alter, name),
        }
        if alter.kind == ObjectKind::Table && self.renames_index(alter, name) {
            return;
        }
        let Some(mut table) = self.needed(name, alter.kind, alter.if_exists) else { return };
        for action in &alter.actions {
            if let Some(renamed) = self.alter_whole(&table, &action.what, action.span) {
                table = renamed;
            } else {
                self.alter_part(&table, &action.what, action.span, alter.only);
            }
        }
    }

    /// PostgreSQL's `ALTER TABLE index RENAME TO …`.
    fn renames_index(&mut self, alter: &Alter, name: &Name) -> bool {
        let full = self.catalog.index_name(name);
        let known = self.is_postgres() && self.catalog.state.indexes.find(&full).is_some();
        if known {
            self.alter_object(&Alter { kind: ObjectKind::Index, ..alter.clone() }, name);
        }
        known
    }

    /// Does what changes the table as a whole; gives the new name of one that gets another.
    fn alter_whole(&mut self, table: &ObjectName, action: &AlterAction, span: Span) -> Option<ObjectName> {
        let old = table.clone();
        match action {
            AlterAction::Rename(to) => {
                let mut new = table.beside(&self.catalog.place(to).name);
                if to.schema().is_some() {
                    new = self.catalog.place(to);
                }
                return Some(self.rename_relation(table, new, to.span));
            }
            AlterAction::SetSchema(schema) => {
                let schema = crate::catalog::naming::fold(self.catalog.dialect, schema, true);
                return Some(self.rename_relation(table, ObjectName::new(&schema, &table.name), span));
            }
            AlterAction::AttachPartition { partition, default, bound } => {
                self.attach_partition(table, partition, *default, *bound);
            }
            AlterAction::DetachPartition { partition, finalize: false, .. } => self.detach_partition(table, partition),
            AlterAction::Inherit(parent) => self.inherit(table, parent, true),
            AlterAction::NoInherit(parent) => self.inherit(table, parent, false),
            AlterAction::PartitionBy(by) => {
                let key = self.partition_key(by);
                self.edit(table)?.partition_key = Some(key.into());
            }
            AlterAction::RemovePartitioning => self.edit(table)?.partition_key = None,
            AlterAction::SetLogged(logged) => {
                self.edit(table)?.persistence = if *logged { Persistence::Permanent } else { Persistence::Unlogged };
            }
            AlterAction::SetOption(option) => self.set_option(table, option),
            AlterAction::SetSequence(options) => self.set_owner(table, *options),
            AlterAction::ConvertCharacterSet { character_set, collation } => {
                self.convert(table, character_set, collation.as_ref());
            }
            AlterAction::ExchangePartition { table: other, .. } => {
                let other = self.catalog.relation_name(other);
                self.edit(&other).into_iter().for_each(|found| found.rows = Rows::Unknown);
                self.edit(table)?.rows = Rows::Unknown;
            }
            AlterAction::Opaque(_) => self.unknown_action(table, span),
            _ => return None,
        }
        Some(old)
    }

    /// `ALTER SEQUENCE … OWNED BY table.column`, or `NONE`.
    fn set_owner(&mut self, sequence: &ObjectName, options: Span) {
        let Some(said) = self.text.get(options.start..options.end) else { return };
        let mut tokens = significant(said, self.catalog.dialect).into_iter().peekable();
        while tokens.next_if(|token| token.is_word(said, "OWNED")).is_none() {
            if tokens.next().is_none() {
                return;
            }
        }
        let mut parts = Vec::new();
        for token in tokens.skip(1).take_while(|token| matches!(token.kind, Kind::Word | Kind::Name | Kind::Dot)) {
            let (text, quoted) = (token.text(said), token.kind == Kind::Name);
            let text = if quoted { text.trim_matches('"').replace("\"\"", "\"") } else { text.to_owned() };
            if token.kind != Kind::Dot {
                parts.push(Identifier { text, quoted, span: options });
            }
        }
        let owner = (!parts.is_empty()).then_some(Name { parts, span: options });
        let owner = owner.filter(|owner| !owner.is("NONE")).and_then(|owner| self.owner(&owner));
        self.edit(sequence).into_iter().for_each(|found| found.owned_by.clone_from(&owner));
    }

    fn set_option(&mut self, table: &ObjectName, option: &TableOption) {
        let value = option.value.clone().unwrap_or_default().lower();
        let Some(found) = self.edit(table) else { return };
        if matches!(option.name.as_str(), "charset" | "collate") {
            keep_character_sets(found);
        }
        found.options.insert(option.name.clone(), value);
    }

    /// `CONVERT TO CHARACTER SET`: all columns follow the table again.
    fn convert(&mut self, table: &ObjectName, character_set: &Identifier, collation: Option<&Name>) {
        let set = self.fold(character_set);
        let collation = collation.map(|collation| self.fold(collation.last()));
        let Some(found) = self.edit(table) else { return };
        found.options.remove("collate");
        found.options.insert("charset".to_owned(), set);
        found.options.extend(collation.map(|collation| ("collate".to_owned(), collation)));
        for column in found.columns.iter_mut() {
            (column.character_set, column.collation) = (None, None);
        }
    }

    fn alter_part(&mut self, table: &ObjectName, action: &AlterAction, span: Span, only: bool) {
        match action {
            AlterAction::AddColumn { column, if_not_exists } => self.add_column(table, column, *if_not_exists),
            AlterAction::DropColumn { column, if_exists, cascade } => {
                self.drop_column(table, column, *if_exists, *cascade);
            }
            AlterAction::AlterColumn { column, change } => self.alter_column(table, column, change, only),
            AlterAction::ModifyColumn { from, column, if_exists } => {
                self.modify_column(table, from.as_ref(), column, *if_exists);
            }
            AlterAction::RenameColumn { from, to } => self.rename_column(table, from, to),
            AlterAction::SetUnused { columns, .. } => {
                for column in columns {
                    self.drop_column(table, column, false, true);
                }
            }
            AlterAction::AddConstraint { constraint, checked, if_not_exists } => {
                let quiet = self.quiet;
                self.quiet |= *if_not_exists;
                self.add_default(table, constraint);
                // On a partitioned table alone it brings none to the partitions: they have one of their own, or get it.
                if only && self.find(table).is_some_and(|found| found.partition_key.is_some()) {
                    self.add_own_constraint(table, constraint, None, *checked);
                } else {
                    self.add_constraint(table, constraint, None, *checked);
                }
                self.quiet = quiet;
            }
            AlterAction::AddIndex(index) => self.add_index(table, index),
            AlterAction::RenameConstraint { from, to } => self.rename_constraint(table, from, to),
            AlterAction::RenameIndex { from, to } => self.rename_index(table, from, to),
            other => self.alter_key(table, other, span),
        }
    }

    /// What is done to constraints and indexes that are there.
    fn alter_key(&mut self, table: &ObjectName, action: &AlterAction, span: Span) {
        match action {
            AlterAction::ValidateConstraint(name) => {
                self.edit_constraint(table, name, |constraint| constraint.validated = true);
            }
            AlterAction::AlterConstraint { name, deferrable, enforced, .. } => {
                self.edit_constraint(table, name, |constraint| {
                    constraint.deferrable = deferrable.unwrap_or(constraint.deferrable);
                    constraint.enforced = enforced.unwrap_or(constraint.enforced);
                });
            }
            AlterAction::SwitchConstraint { name, enabled, validated } => {
                let switch = |constraint: &mut crate::catalog::Constraint| {
                    constraint.enforced = *enabled;
                    constraint.validated = *enabled && validated.unwrap_or(constraint.validated);
                };
                match name {
                    Some(name) => self.edit_constraint(table, name, switch),
                    None => {
                        self.edit(table).into_iter().for_each(|found| found.constraints.iter_mut().for_each(switch));
                    }
                }
            }
            AlterAction::DropConstraint { name, if_exists, cascade } => {
                self.drop_constraint(table, name.last(), *if_exists, *cascade);
            }
            AlterAction::DropPrimaryKey => {
                let Some(found) = self.find(table) else { return };
                match found.primary_key().cloned() {
                    Some(key) => self.remove_constraint(table, &key),
                    None if found.complete => self.absent_part(ObjectKind::Constraint, table, "PRIMARY", span),
                    None => {}
                }
            }
            AlterAction::DropIndex { name, if_exists } => self.drop_index_of(table, name, *if_exists),
            _ => {}
        }
    }

    fn edit_constraint(
        &mut self,
        table: &ObjectName,
        name: &Identifier,
        change: impl Fn(&mut crate::catalog::Constraint),
    ) {
        let wanted = self.fold(name);
        let Some(found) = self.find(table) else { return };
        if found.constraint(&wanted).is_absent() {
            return self.absent_part(ObjectKind::Constraint, table, &wanted, name.span);
        }
        let tables: Vec<ObjectName> = std::iter::once(table.clone())
            .chain(self.catalog.children_of(table).into_iter().map(|child| child.name.clone()))
            .collect();
        for table in tables {
            let Some(found) = self.edit(&table) else { continue };
            let named = found.constraints.iter_mut_where(|other| other.name.as_deref() == Some(&wanted));
            named.for_each(&change);
        }
    }

    fn add_column(&mut self, table: &ObjectName, definition: &ColumnDefinition, if_not_exists: bool) {
        let name = self.fold(&definition.name);
        let Some(found) = self.find(table) else { return };
        if found.column(&name).is_present() {
            if !if_not_exists {
                let object = ObjectRef::part(ObjectKind::Column, table, &name);
                self.conflict(ConflictKind::AlreadyExists, object, definition.name.span);
            }
            return;
        }
        let doubtful = if_not_exists && !found.column(&name).is_absent();
        let mut column = self.column(table, definition);
        if doubtful {
            column.nullable = None;
            column.complete = false;
        }
        self.make_sequence(table, &column);
        self.insert_column(table, column.clone(), definition.position.as_ref());
        self.hand_down(table, &column);
        for constraint in &definition.constraints {
            self.add_constraint(table, constraint, Some(&name), None);
        }
    }

    /// Gives a new column to the tables that inherit.
    fn hand_down(&mut self, table: &ObjectName, column: &crate::catalog::Column) {
        let children: Vec<ObjectName> =
            self.catalog.children_of(table).into_iter().map(|child| child.name.clone()).collect();
        for child in children {
            let Some(found) = self.edit(&child) else { continue };
            if found.columns.iter().all(|other| other.name != column.name) {
                found.columns.push(column.clone());
            }
            let own = found.columns.iter_mut_where(|other| other.name == column.name);
            own.for_each(|own| own.inherited = true);
            self.hand_down(&child, column);
        }
    }
}

/// A new default of the table is for new columns: the others keep the character set that they had from it.
fn keep_character_sets(table: &mut Relation) {
    let (set, collation) = (table.options.get("charset").cloned(), table.options.get("collate").cloned());
    let holds_text = |column: &crate::catalog::Column| {
        let name = column.data_type.as_ref().map_or("", |data_type| &data_type.name);
        name.ends_with("char") || name.ends_with("text") || matches!(name, "enum" | "set")
    };
    let own = |column: &crate::catalog::Column| column.character_set.is_some() || column.collation.is_some();
    for column in table.columns.iter_mut_where(|column| holds_text(column) && !own(column)) {
        (column.character_set, column.collation) = (set.clone(), collation.clone());
    }
}
