//! Indexes that are created.

use std::sync::Arc;

use super::Replay;
use crate::catalog::expression;
use crate::catalog::index::{Index, IndexPart};
use crate::catalog::naming::{ObjectName, ObjectRef};
use crate::change::{self, ObjectKind};
use crate::sql::Dialect;
use crate::text::Span;

impl Replay<'_> {
    pub(super) fn create_index(&mut self, written: &change::Index) {
        let Some(table) = &written.table else { return };
        let Some(table) = self.needed(table, ObjectKind::Table, false) else { return };
        if let Some(name) = written.name.as_ref().filter(|_| written.or_replace) {
            let name = self.fold(name.last());
            if self.find(&table).is_some_and(|found| found.index(&name).is_present()) {
                self.remove_index(&table, &name);
            }
        }
        self.add_index(&table, written);
    }

    /// Adds an index to a table, and to its partitions.
    pub(super) fn add_index(&mut self, table: &ObjectName, written: &change::Index) {
        let Some(found) = self.find(table) else { return };
        let mut index = self.read_index(table, written);
        if index.name.is_none() {
            index.name = self.implicit_index_name(found, &index);
        }
        let span = written.name.as_ref().map_or(written.span, |name| name.span);
        let gives_way = |other: &Index| other.implicit && other.name == index.name && other.is_served_by(&index);
        self.edit(table).into_iter().for_each(|found| found.indexes.retain(|other| !gives_way(other)));
        if let Some(name) = index.name.clone() {
            let free = if self.catalog.indexes_have_schemas() {
                self.free(&table.beside(&name), ObjectKind::Index, span, written.if_not_exists)
            } else {
                self.free_in_table(table, &name, span, written.if_not_exists)
            };
            if !free {
                return;
            }
        }
        let Some(found) = self.find(table) else { return };
        // What stands in double quotes and is no column is a string in SQLite.
        let sqlite = self.catalog.dialect == Dialect::Sqlite;
        let string = |column: &change::IndexColumn| column.column.as_ref().is_some_and(|name| name.quoted && sqlite);
        let strings: Vec<bool> = written.columns.iter().map(string).collect();
        let parts = index.parts.iter().zip(&strings).filter(|(_, string)| !**string).map(|(part, _)| part);
        let columns = parts.filter_map(|part| part.column.clone()).chain(index.include.iter().cloned());
        let absent = columns.into_iter().find(|column| found.column(column).is_absent());
        if let Some(column) = absent {
            return self.absent_part(ObjectKind::Column, table, &column, span);
        }
        let partitioned = found.partition_key.is_some() && self.is_postgres();
        index.valid = !(partitioned && written.only && !self.catalog.partitions_of(table).is_empty());
        let index = Arc::new(index);
        self.push_index(table, &index);
        if partitioned && !written.only {
            self.index_partitions(table, &index);
        }
    }

    fn free_in_table(&mut self, table: &ObjectName, name: &str, span: Span, if_not_exists: bool) -> bool {
        let taken = self.find(table).is_some_and(|found| found.index(name).is_present());
        if taken && !if_not_exists {
            self.exists(ObjectRef::part(ObjectKind::Index, table, name), span);
        }
        !taken
    }

    fn read_index(&self, table: &ObjectName, written: &change::Index) -> Index {
        let dialect = self.catalog.dialect;
        let mut mentions: Vec<String> = Vec::new();
        let mut mention = |span| {
            if let Some(found) = self.find(table) {
                mentions.extend(expression::columns(self.text, span, dialect, found));
            }
        };
        let parts = written.columns.iter().map(|part| IndexPart {
            column: part.column.as_ref().map(|column| self.fold(column)),
            text: self.part_text(part),
        });
        let parts = parts.collect();
        written.columns.iter().filter(|part| part.column.is_none()).for_each(|part| mention(part.span));
        written.predicate.iter().for_each(|predicate| mention(predicate.span));
        Index {
            name: written.name.as_ref().map(|name| self.fold(name.last())),
            parts,
            include: self.folds(&written.include),
            unique: written.unique,
            method: self.method(written),
            predicate: written.predicate.as_ref().map(|predicate| self.words(predicate.span)),
            mentions,
            valid: true,
            of_constraint: false,
            implicit: false,
            made: Some(self.origin),
        }
    }

    /// The method, if it is not the one an index has anyway.
    fn method(&self, written: &change::Index) -> Option<String> {
        let method = written.method.as_ref().map(|method| self.fold(method)).or_else(|| written.class.clone());
        method.filter(|method| !method.eq_ignore_ascii_case("btree"))
    }

    fn part_text(&self, part: &change::IndexColumn) -> String {
        let Some(column) = &part.column else { return self.words(part.span) };
        let mut text = self.fold(column);
        part.prefix.iter().for_each(|prefix| text.push_str(&format!("({prefix})")));
        if let Some(collation) = &part.collation {
            text.push_str(&format!(" collate {}", self.fold(collation.last())));
        }
        if let Some(class) = &part.operator_class {
            text.push_str(&format!(" {}", self.fold(class.last())));
        }
        if part.descending {
            text.push_str(" desc");
        }
        text
    }

    pub(super) fn push_index(&mut self, table: &ObjectName, index: &Arc<Index>) {
        let name = index.name.clone().filter(|_| self.catalog.indexes_have_schemas());
        if let Some(name) = name {
            self.catalog.state.indexes.put(table.beside(&name), table.clone());
        }
        let Some(found) = self.edit(table) else { return };
        found.indexes.retain(|other| !(other.implicit && other.is_served_by(index)));
        found.indexes.push(Arc::clone(index));
    }

    /// Gives each partition an index like its parent's, if it has none.
    pub(super) fn index_partitions(&mut self, table: &ObjectName, index: &Index) {
        let parts: Vec<ObjectName> =
            self.catalog.partitions_of(table).into_iter().map(|part| part.name.clone()).collect();
        for part in parts {
            self.inherit_index(&part, index);
        }
    }

    /// Gives a partition an index like its parent's, if it has none.
    pub(super) fn inherit_index(&mut self, part: &ObjectName, index: &Index) {
        let Some(found) = self.find(part) else { return };
        if found.indexes.iter().any(|other| is_like(other, index)) {
            return;
        }
        let mut own = Index { name: None, of_constraint: false, made: Some(self.origin), ..index.clone() };
        own.name = self.implicit_index_name(found, &own);
        let own = Arc::new(own);
        self.push_index(part, &own);
        self.index_partitions(part, &own);
    }
}

/// Whether an index serves as another in a partition.
pub(super) fn is_like(index: &Index, other: &Index) -> bool {
    index.parts == other.parts
        && index.unique == other.unique
        && index.method == other.method
        && index.predicate == other.predicate
        && index.include == other.include
}
