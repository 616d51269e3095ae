//! Tables that are created.

use super::Replay;
use crate::catalog::known::Known;
use crate::catalog::naming::{ObjectName, ObjectRef};
use crate::catalog::object::TypeKind;
use crate::catalog::relation::{Column, PartitionKey, Persistence, Relation, RelationKind, Rows};
use crate::change::{self, CreateTable, Like, ObjectKind, PartitionBy};
use crate::sql::Dialect;
use crate::text::Casing;

impl Replay<'_> {
    pub(super) fn create_table(&mut self, table: &CreateTable) {
        let temporary = table.temporary && self.catalog.dialect != Dialect::Oracle;
        let name = if temporary { self.catalog.place_temporary(&table.name) } else { self.catalog.place(&table.name) };
        if table.or_replace && self.find(&name).is_some() {
            self.remove_relation(&name);
        }
        if !self.free(&name, ObjectKind::Table, table.name.span, table.if_not_exists) {
            return;
        }
        let doubtful = table.if_not_exists && self.catalog.relation(&name) == Known::Unknown;
        let relation = self.bare(table, &name);
        self.catalog.state.relations.put(name.clone(), relation);
        self.take_over(table, &name);
        self.define_columns(&name, &table.columns);
        let mysql = self.is_mysql();
        let keys = |key: &&change::Constraint| matches!(key.kind, change::ConstraintKind::ForeignKey(_));
        for constraint in table.constraints.iter().filter(|constraint| !keys(constraint)) {
            self.add_constraint(&name, constraint, None, None);
        }
        for index in &table.indexes {
            self.add_index(&name, index);
        }
        for constraint in table.constraints.iter().filter(keys) {
            self.add_constraint(&name, constraint, None, None);
        }
        for like in table.like.iter().filter(|like| mysql || copies(like, "INDEXES")) {
            self.like_indexes(&name, like);
        }
        if let Some(of) = &table.partition_of {
            let parent = self.catalog.relation_name(&of.parent);
            self.inherit_keys(&parent, &name);
        }
        for parent in self.find(&name).map(|found| found.inherits.clone()).unwrap_or_default() {
            self.inherit_checks(&parent, &name);
        }
        if doubtful {
            self.catalog.state.relations.doubt(&name);
        }
    }

    /// A table with all but its columns, constraints and indexes.
    fn bare(&self, table: &CreateTable, name: &ObjectName) -> Relation {
        let kind = if table.foreign { RelationKind::ForeignTable } else { RelationKind::Table };
        let mut relation = Relation::new(name, kind);
        relation.complete = table.query.is_none() && !(table.foreign && table.columns.is_empty());
        relation.rows = match &table.query {
            Some(_) if !table.no_data => Rows::Unknown,
            _ if table.foreign => Rows::Unknown,
            _ => Rows::None,
        };
        relation.persistence = match (table.temporary, table.unlogged) {
            (true, _) => Persistence::Temporary,
            (_, true) => Persistence::Unlogged,
            _ => Persistence::Permanent,
        };
        relation.partition_key = table.partition_by.as_ref().map(|by| self.partition_key(by).into());
        relation.inherits = table.inherits.iter().map(|parent| self.catalog.relation_name(parent)).collect();
        if let Some(query) = &table.query {
            if table.columns.is_empty() {
                self.fill_from(&mut relation, query);
            }
            relation.reads = query.relations.iter().map(|source| self.catalog.relation_name(source)).collect();
        }
        let value = |option: &change::TableOption| option.value.clone().unwrap_or_default().lower();
        relation.options = table.options.iter().map(|option| (option.name.clone(), value(option))).collect();
        relation.made = Some(self.origin);
        relation
    }

    /// Gives a table the columns of the query that it is made of, as far as they are known.
    pub(super) fn fill_from(&self, relation: &mut Relation, query: &change::Query) {
        let columns = self.catalog.columns_made_of(query, self.text);
        relation.complete = columns.is_some();
        let made = Some(self.origin);
        relation.columns = columns.into_iter().flatten().map(|column| Column { made, ..column }).collect();
    }

    pub(super) fn partition_key(&self, by: &PartitionBy) -> PartitionKey {
        PartitionKey {
            method: by.method.clone(),
            text: by.key.map(|key| self.words(key)).unwrap_or_default(),
            columns: self.folds(&by.columns),
        }
    }

    /// What a table has from others: parents, a partitioned table, the tables it is made like, its type.
    fn take_over(&mut self, table: &CreateTable, name: &ObjectName) {
        let parents: Vec<change::Name> =
            table.inherits.iter().chain(table.partition_of.iter().map(|of| &of.parent)).cloned().collect();
        for parent in &parents {
            let Some(parent) = self.needed(parent, ObjectKind::Table, false) else {
                self.edit(name).into_iter().for_each(|found| found.complete = false);
                continue;
            };
            self.copy_columns(&parent, name, true);
        }
        if let Some(of) = &table.partition_of {
            let parent = self.catalog.relation_name(&of.parent);
            let partition = self.partition(&parent, of.default, Some(of.bound));
            if let Some(found) = self.edit(name) {
                found.partition_of = Some(partition.into());
            }
        }
        for like in &table.like {
            match self.needed(&like.table, ObjectKind::Table, false) {
                Some(other) => self.like(&other, name, like),
                None => self.edit(name).into_iter().for_each(|found| found.complete = false),
            }
        }
        if let Some(of_type) = &table.of_type {
            let full = self.catalog.type_name(of_type);
            let columns = match self.catalog.state.types.find(&full).map(|found| &found.kind) {
                Some(TypeKind::Composite(columns)) => Some(columns.clone()),
                _ => None,
            };
            let made = Some(self.origin);
            let Some(found) = self.edit(name) else { return };
            found.complete = columns.is_some();
            found.of_type = Some(full);
            let columns = columns.into_iter().flatten();
            found.columns.extend(columns.map(|column| Column { nullable: Some(true), made, ..column }));
        }
    }

    /// Copies columns from another table; those of a parent become inherited.
    fn copy_columns(&mut self, from: &ObjectName, to: &ObjectName, inherited: bool) {
        let Some(source) = self.find(from) else { return };
        let (complete, columns) = (source.complete, source.columns.clone());
        let made = Some(self.origin);
        let Some(found) = self.edit(to) else { return };
        found.complete &= complete;
        for column in &columns {
            if found.columns.iter().all(|other| other.name != column.name) {
                found.columns.push(Column { inherited, made, ..column.clone() });
            }
        }
    }

    fn like(&mut self, from: &ObjectName, to: &ObjectName, like: &Like) {
        self.copy_columns(from, to, false);
        let whole = !self.is_postgres() && !matches!(self.catalog.dialect, Dialect::Generic);
        let (defaults, identity) = (whole || copies(like, "DEFAULTS"), whole || copies(like, "IDENTITY"));
        let generated = whole || copies(like, "GENERATED");
        let Some(found) = self.edit(to) else { return };
        for column in found.columns.iter_mut() {
            let counted = column.identity.is_some_and(|kind| kind != crate::catalog::IdentityKind::Serial);
            if !(identity && counted) {
                column.identity = None;
            }
            if !defaults {
                column.default = None;
            }
            if !generated {
                column.generated = None;
            }
        }
        let checks = whole || copies(like, "CONSTRAINTS");
        let source = self.find(from).map(|source| source.constraints.clone()).unwrap_or_default();
        for constraint in source.iter().filter(|constraint| checks && !constraint.has_index()) {
            if constraint.referenced().is_none() {
                let own =
                    crate::catalog::Constraint { inherited: false, made: Some(self.origin), ..constraint.clone() };
                let index = self.index_of(to, &own, None, true);
                self.push_constraint(to, own.into(), index);
            }
        }
        let numbered = self.find(to).map(|found| found.columns.clone()).unwrap_or_default();
        for column in &numbered {
            self.make_sequence(to, column);
        }
    }

    /// The keys and indexes that `LIKE … INCLUDING INDEXES` copies; MySQL copies them always.
    fn like_indexes(&mut self, to: &ObjectName, like: &Like) {
        let from = self.catalog.relation_name(&like.table);
        let Some(source) = self.find(&from).cloned() else { return };
        for constraint in source.constraints.iter().filter(|constraint| constraint.has_index()) {
            let Some(found) = self.find(to) else { return };
            let mut own = constraint.clone();
            if self.is_postgres() {
                own.name = self.constraint_name(found, &own.kind, &own.columns);
            }
            (own.inherited, own.made) = (false, Some(self.origin));
            let index = self.index_of(to, &own, None, true);
            self.push_constraint(to, own.into(), index);
        }
        for index in source.indexes.iter().filter(|index| !index.of_constraint) {
            let Some(found) = self.find(to) else { return };
            let mut own = crate::catalog::Index { made: Some(self.origin), ..index.clone() };
            if self.is_postgres() {
                own.name = self.implicit_index_name(found, &own);
            }
            self.push_index(to, &own.into());
        }
    }

    /// Columns of a definition, and then their constraints.
    fn define_columns(&mut self, table: &ObjectName, columns: &[change::ColumnDefinition]) {
        for definition in columns {
            let name = self.fold(&definition.name);
            let known = self.find(table).map(|found| found.column(&name).present().cloned());
            match known {
                Some(Some(column)) if column.inherited => self.merge_column(table, definition),
                Some(Some(_)) => self.exists(ObjectRef::part(ObjectKind::Column, table, &name), definition.name.span),
                _ => {
                    let column = self.column(table, definition);
                    self.make_sequence(table, &column);
                    self.insert_column(table, column, None);
                }
            }
        }
        for definition in columns.iter().filter(|definition| !definition.constraints.is_empty()) {
            let name = self.fold(&definition.name);
            for constraint in &definition.constraints {
                self.add_constraint(table, constraint, Some(&name), None);
            }
        }
    }

    /// A column that the parent has too: what is said of it counts.
    fn merge_column(&mut self, table: &ObjectName, definition: &change::ColumnDefinition) {
        let own = self.column(table, definition);
        let Some(found) = self.edit(table) else { return };
        let Some(column) = found.columns.iter_mut_where(|column| column.name == own.name).next() else { return };
        if own.nullable == Some(false) {
            column.nullable = Some(false);
        }
        if own.default.is_some() {
            column.default = own.default;
        }
    }
}

/// Whether a copy takes over some part.
fn copies(like: &Like, part: &str) -> bool {
    like.including.iter().any(|included| included == "ALL" || included == part)
}
