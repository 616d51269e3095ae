//! `ALTER COLUMN`, `MODIFY` and their like.

use super::Replay;
use crate::catalog::constraint::ConstraintKind;
use crate::catalog::naming::{ObjectName, ObjectRef};
use crate::catalog::relation::{Column, IdentityKind};
use crate::change::{self, ColumnChange, ColumnDefinition, Identifier, ObjectKind};
use crate::sql::Dialect;

impl Replay<'_> {
    pub(super) fn alter_column(&mut self, table: &ObjectName, column: &Identifier, change: &ColumnChange, only: bool) {
        let name = self.fold(column);
        if self.find(table).is_none_or(|found| found.column(&name).is_absent()) {
            return self.missing(ObjectRef::part(ObjectKind::Column, table, &name), column.span);
        }
        let mut tables = vec![table.clone()];
        let mut at = 0;
        while at < tables.len() && !only {
            let children = self.catalog.children_of(&tables[at]).into_iter().map(|child| child.name.clone());
            tables.extend(children);
            at += 1;
            if at > 10_000 {
                break;
            }
        }
        for table in &tables {
            self.change_column(table, &name, change);
        }
    }

    fn change_column(&mut self, table: &ObjectName, name: &str, change: &ColumnChange) {
        let new_type = match change {
            ColumnChange::SetType { data_type, .. } => Some(self.data_type(data_type)),
            _ => None,
        };
        let default = match change {
            ColumnChange::SetDefault(value) => Some(self.default(value)),
            _ => None,
        };
        let text = match change {
            ColumnChange::SetExpression(span) => self.words(*span),
            _ => String::new(),
        };
        let sql_server = self.catalog.dialect == Dialect::SqlServer;
        let collated = match change {
            ColumnChange::SetType { collation, .. } => collation.as_ref().map(|name| self.fold(name.last())),
            _ => None,
        };
        let Some(column) = self.edit(table).and_then(|found| found.column_mut(name)) else { return };
        match change {
            ColumnChange::SetType { nullable, .. } => {
                column.data_type = new_type;
                column.collation = collated;
                let silent = if sql_server { Some(true) } else { column.nullable };
                column.nullable = nullable.or(silent);
            }
            ColumnChange::SetDefault(_) => column.default = default,
            ColumnChange::DropDefault => column.default = None,
            ColumnChange::SetNotNull => column.nullable = Some(false),
            ColumnChange::DropNotNull => column.nullable = Some(true),
            ColumnChange::SetExpression(_) => {
                if let Some(generated) = &mut column.generated {
                    generated.text = text;
                }
            }
            ColumnChange::DropExpression { .. } => column.generated = None,
            ColumnChange::AddIdentity { always } => {
                column.identity = Some(if *always { IdentityKind::Always } else { IdentityKind::ByDefault });
                column.nullable = Some(false);
                let column = column.clone();
                self.make_sequence(table, &column);
            }
            ColumnChange::DropIdentity { .. } => {
                column.identity = None;
                self.remove_sequences_of(table, Some(name));
            }
            _ => {}
        }
        if matches!(change, ColumnChange::DropNotNull) {
            let Some(found) = self.edit(table) else { return };
            let named = |kind: &ConstraintKind| *kind == ConstraintKind::NotNull;
            found.constraints.retain(|other| !(named(&other.kind) && other.columns == [name]));
        }
    }

    /// SQL Server's `ADD [CONSTRAINT …] DEFAULT … FOR column`.
    pub(super) fn add_default(&mut self, table: &ObjectName, constraint: &change::Constraint) {
        let change::ConstraintKind::Default(value, Some(column)) = &constraint.kind else { return };
        let (default, name) = (self.default(value), self.fold(column));
        if let Some(column) = self.edit(table).and_then(|found| found.column_mut(&name)) {
            column.default = Some(default);
        }
    }

    /// `MODIFY` and `CHANGE`: MySQL forgets what is not said again, Oracle keeps it.
    pub(super) fn modify_column(
        &mut self,
        table: &ObjectName,
        from: Option<&Identifier>,
        definition: &ColumnDefinition,
        if_exists: bool,
    ) {
        let old = from.unwrap_or(&definition.name);
        let name = self.fold(old);
        if self.find(table).is_none_or(|found| found.column(&name).is_absent()) {
            if !if_exists {
                self.missing(ObjectRef::part(ObjectKind::Column, table, &name), old.span);
            }
            return;
        }
        if let Some(from) = from.filter(|from| self.fold(from) != self.fold(&definition.name)) {
            self.rename_column(table, from, &definition.name);
        }
        let new = self.column(table, definition);
        let keeps = !self.is_mysql();
        let keyed =
            self.find(table).and_then(|found| found.primary_key()).is_some_and(|key| key.columns.contains(&new.name));
        let said = definition.nullable.is_some()
            || definition.constraints.iter().any(|other| matches!(other.kind, change::ConstraintKind::NotNull(_)));
        let Some(column) = self.edit(table).and_then(|found| found.column_mut(&new.name)) else { return };
        let before = column.clone();
        *column = Column { made: before.made, inherited: before.inherited, ..new };
        if keeps {
            column.data_type = column.data_type.take().or(before.data_type);
            column.default = column.default.take().or(before.default);
            column.nullable = if said { column.nullable } else { before.nullable };
            column.complete = before.complete;
        }
        if keyed {
            column.nullable = Some(false);
        }
        let new = column.name.clone();
        if let Some(position) = &definition.position {
            let Some(found) = self.edit(table) else { return };
            let Some(column) = found.columns.iter().find(|column| column.name == new).cloned() else { return };
            found.columns.retain(|column| column.name != new);
            self.insert_column(table, column, Some(position));
        }
        for constraint in &definition.constraints {
            self.add_constraint(table, constraint, Some(&new), None);
        }
    }
}
