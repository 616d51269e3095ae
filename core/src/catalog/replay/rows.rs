//! Statements about rows: whether a table holds any.

use super::Replay;
use crate::catalog::expression;
use crate::catalog::naming::{ObjectName, ObjectRef, is_system};
use crate::catalog::object::RoutineObject;
use crate::catalog::relation::{Persistence, Relation, RelationKind, Rows};
use crate::change::{Change, Name, ObjectKind, Query, read_all};
use crate::sql::{Dialect, Kind, Options, read};
use crate::text::Span;

impl Replay<'_> {
    pub(super) fn rows(&mut self, change: &Change) {
        match change {
            Change::Insert(insert) => {
                let schema = ["sqlite_schema", "sqlite_master"].iter().any(|name| insert.table.is(name));
                if schema && self.catalog.dialect == Dialect::Sqlite {
                    self.schema_row(insert.query.span);
                }
                self.fill(&insert.table);
            }
            Change::Merge(merge) => self.fill(&merge.table),
            Change::Copy(copy) if copy.into => copy.table.iter().for_each(|table| self.fill(table)),
            Change::Update(update) => self.written(&update.table),
            Change::Delete(delete) => {
                self.written(&delete.table);
                // Even without any row left, the file is as large as before until it is emptied otherwise.
                if delete.filter.is_none() && !delete.limited {
                    self.set_rows(&delete.table, Rows::Unknown);
                }
            }
            Change::Truncate(truncate) => {
                for table in &truncate.tables {
                    self.written(table);
                    self.set_rows(table, Rows::None);
                }
            }
            Change::Select(query) => self.select(query),
            _ => {}
        }
    }

    /// SQLite's `.dump` writes a virtual table into the schema itself: the text that made it is one of the values.
    fn schema_row(&mut self, row: Span) {
        let options = Options::new(Dialect::Sqlite);
        let Some(row) = self.text.get(row.start..row.end) else { return };
        let strings = read(row, &options).tokens.into_iter().filter(|token| token.kind == Kind::String);
        let texts = strings.map(|token| token.text(row).trim_matches('\'').replace("''", "'"));
        let Some(text) = texts.into_iter().find(|text| text.to_ascii_uppercase().starts_with("CREATE VIRTUAL")) else {
            return;
        };
        let requests = read_all(&text, &read(&text, &options), &options);
        for request in requests.iter().filter(|request| matches!(request.change, Change::CreateTable(_))) {
            self.conflicts.extend(self.catalog.apply(request, &text, self.origin));
        }
    }

    fn fill(&mut self, table: &Name) {
        self.written(table);
        self.set_rows(table, Rows::Some);
    }

    /// A table whose rows are written must exist.
    fn written(&mut self, table: &Name) {
        let full = self.catalog.relation_name(table);
        if self.catalog.relation(&full).is_absent() && !table.last().text.starts_with(['@', '$', ':', '#']) {
            self.missing(ObjectRef::whole(ObjectKind::Table, &full), table.span);
        }
    }

    fn set_rows(&mut self, table: &Name, rows: Rows) {
        let full = self.catalog.relation_name(table);
        let Some(found) = self.find(&full) else { return };
        if found.rows != rows && !matches!(found.kind, RelationKind::View | RelationKind::Sequence) {
            let parent = found.partition_of.as_ref().map(|of| of.parent.clone());
            let parts: Vec<ObjectName> =
                self.catalog.partitions_of(&full).into_iter().map(|part| part.name.clone()).collect();
            self.edit(&full).into_iter().for_each(|found| found.rows = rows);
            // Rows of a partitioned table stand in one of its partitions, those of a partition are the parent's too.
            for part in parts {
                let rows = if rows == Rows::Some { Rows::Unknown } else { rows };
                self.edit(&part).into_iter().for_each(|found| found.rows = rows);
            }
            if let Some(parent) = parent.filter(|_| rows == Rows::Some) {
                self.edit(&parent).into_iter().for_each(|found| found.rows = rows);
            }
        }
    }

    /// Functions that scripts made run with the query; what their bodies alter may be so now.
    fn run_functions(&mut self, query: &Query) {
        let acts = |routine: &RoutineObject| routine.opaque || !routine.touches.is_empty();
        if !self.catalog.state.routines.iter().any(|(_, routine)| acts(routine)) {
            return;
        }
        for name in expression::calls(self.text, query.span, self.catalog.dialect) {
            let full = self.catalog.routine_name(&name);
            if self.catalog.state.routines.find(&full).is_some() {
                self.call(Some(&name));
            }
        }
    }

    fn select(&mut self, query: &Query) {
        self.run_functions(query);
        for table in &query.writes {
            self.set_rows(table, Rows::Some);
        }
        let Some(into) = &query.into else { return };
        let starts = into.last().text.starts_with('#');
        let name = if starts { self.catalog.place_temporary(into) } else { self.catalog.place(into) };
        if is_system(self.catalog.dialect, &name) && !starts || !self.free(&name, ObjectKind::Table, into.span, false) {
            return;
        }
        let mut relation = Relation::new(&name, RelationKind::Table);
        if starts {
            relation.persistence = Persistence::Temporary;
        }
        relation.made = Some(self.origin);
        self.fill_from(&mut relation, query);
        relation.reads = query.relations.iter().map(|source| self.catalog.relation_name(source)).collect();
        self.catalog.state.relations.put(name, relation);
    }
}
