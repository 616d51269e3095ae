//! What statements about rows read and write.

use super::{HARMLESS, Touch};
use crate::catalog::{ObjectRef, calls};
use crate::change::{Change, Delete, Identifier, Insert, Merge, Name, ObjectKind, Query, RowSource, Update};
use crate::dependency::access::{How, RowChange, Use, Verb};
use crate::dependency::definition::{canonical, casts_and_sequences};
use crate::text::{Casing, Span};

impl Touch<'_> {
    pub(super) fn rows(&mut self, change: &Change, span: Span) {
        match change {
            Change::Insert(insert) => self.insert(insert, span),
            Change::Update(update) => self.update(update, span),
            Change::Delete(delete) => self.delete(delete, span),
            Change::Merge(merge) => self.merge(merge, span),
            Change::Copy(copy) => {
                if let Some(table) = copy.table.as_ref().filter(|_| copy.into) {
                    let columns = self.folded(&copy.columns);
                    self.writes(table, self.row_change(Verb::Insert, columns, span));
                }
            }
            Change::Truncate(truncate) => {
                for table in &truncate.tables {
                    self.writes(table, self.row_change(Verb::Truncate, Vec::new(), span));
                }
            }
            Change::Select(query) => self.select(query, span),
            Change::Prepare { request: Some(request), .. } => self.change(&request.change, request.span),
            _ => {}
        }
    }

    fn folded(&self, names: &[Identifier]) -> Vec<String> {
        names.iter().map(|name| self.fold(name)).collect()
    }

    fn row_change(&self, verb: Verb, columns: Vec<String>, span: Span) -> RowChange {
        let text = canonical(self.text, span, self.catalog);
        RowChange { verb, columns, reads: None, filtered: false, rows: None, tolerant: false, text }
    }

    fn writes(&mut self, table: &Name, rows: RowChange) {
        let object = self.table(table);
        self.reads(object.clone(), Use::Name);
        for column in &rows.columns {
            self.reads(Self::part(ObjectKind::Column, &object.name, column), Use::Name);
        }
        if rows.verb == Verb::Insert && rows.columns.is_empty() {
            self.add(object.clone(), How::Reads(Use::Perhaps), false);
        }
        self.add(object, How::Writes(Box::new(rows)), false);
    }

    fn insert(&mut self, insert: &Insert, span: Span) {
        let mut rows = self.row_change(Verb::Insert, self.folded(&insert.columns), span);
        rows.tolerant = insert.conflict.is_some();
        if insert.source == RowSource::Values {
            rows.rows = values(self.text, insert.rows);
        }
        if let Some(conflict) = insert.conflict {
            let said = self.text.get(conflict.start..conflict.end).unwrap_or_default().upper();
            if said.contains("UPDATE") {
                rows.verb = Verb::Any;
            }
        }
        self.writes(&insert.table, rows);
        self.sources(&insert.query, &insert.table);
    }

    /// What is read besides the table that is written.
    fn sources(&mut self, query: &Query, target: &Name) {
        let own = self.catalog.relation_name(target);
        let mut others = query.clone();
        others.relations.retain(|name| self.catalog.relation_name(name) != own);
        if !others.relations.is_empty() {
            self.query(&others, Use::Rows);
        }
    }

    fn update(&mut self, update: &Update, span: Span) {
        let mut rows = self.row_change(Verb::Update, self.folded(&update.columns), span);
        rows.filtered = update.filter.is_some() || update.limited;
        let owner = self.catalog.relation_name(&update.table);
        let own = self.catalog.relation_if_applied(&owner);
        let names = crate::catalog::names(self.text, span, self.catalog.dialect());
        let is_set = |name: &String| rows.columns.contains(name);
        let reads = names.iter().filter(|name| own.is_none_or(|own| !own.column(name).is_absent()));
        rows.reads = Some(reads.filter(|name| !is_set(name) || self.reads_it(name, span)).cloned().collect());
        self.columns_in(span, &owner, Use::Name);
        self.writes(&update.table, rows);
        self.sources(&update.query, &update.table);
    }

    /// Whether a column that is set stands elsewhere in the statement, too.
    fn reads_it(&self, name: &str, span: Span) -> bool {
        let text = self.text.get(span.start..span.end).unwrap_or_default().lower();
        let words = text.split(|char: char| !(char.is_alphanumeric() || char == '_'));
        words.filter(|word| *word == name).count() > 1
    }

    fn delete(&mut self, delete: &Delete, span: Span) {
        let mut rows = self.row_change(Verb::Delete, Vec::new(), span);
        rows.filtered = delete.filter.is_some() || delete.limited;
        let owner = self.catalog.relation_name(&delete.table);
        let own = self.catalog.relation_if_applied(&owner);
        let names = crate::catalog::names(self.text, span, self.catalog.dialect());
        rows.reads = own.map(|own| names.into_iter().filter(|name| !own.column(name).is_absent()).collect());
        self.columns_in(span, &owner, Use::Name);
        self.writes(&delete.table, rows);
        self.sources(&delete.query, &delete.table);
    }

    fn merge(&mut self, merge: &Merge, span: Span) {
        self.writes(&merge.table, self.row_change(Verb::Any, Vec::new(), span));
        self.sources(&merge.query, &merge.table);
    }

    fn select(&mut self, query: &Query, span: Span) {
        // What is only shown to the client changes nothing.
        self.query(query, if query.into.is_some() { Use::Rows } else { Use::Name });
        for table in &query.writes {
            self.writes(table, self.row_change(Verb::Any, Vec::new(), span));
        }
        if let Some(into) = &query.into {
            let full = self.catalog.place(into);
            self.makes(ObjectRef::whole(ObjectKind::Table, &full), false);
        }
        if query.functions.iter().any(|function| function.last().is("setval") || function.last().is("nextval")) {
            let row = self.row_change(Verb::Any, Vec::new(), span);
            let (_, sequences) = casts_and_sequences(self.text, span, self.catalog.dialect());
            for sequence in sequences {
                let full = self.catalog.relation_name(&sequence);
                self.add(ObjectRef::whole(ObjectKind::Sequence, &full), How::Writes(Box::new(row.clone())), false);
            }
        }
        let known = |name: &Name| {
            HARMLESS.iter().any(|known| name.last().is(known)) || name.parts.len() > 1 && name.parts[0].is("pg_catalog")
        };
        let unknown = calls(self.text, span, self.catalog.dialect()).into_iter().find(|name| !known(name));
        if let Some(function) = unknown.filter(|_| query.relations.is_empty() && query.into.is_none()) {
            self.opaque(&format!("it runs {function}, whose effect is not known"));
        }
    }
}

/// The rows of `VALUES (…), (…)`, each value as it is written; `None` where one cannot be read.
fn values(text: &str, span: Span) -> Option<Vec<Vec<String>>> {
    const MOST: usize = 2_000;
    let text = text.get(span.start..span.end).filter(|text| !text.contains("--") && !text.contains("/*"))?;
    let (mut rows, mut row, mut value) = (Vec::new(), Vec::new(), String::new());
    let (mut depth, mut quoted) = (0_u32, false);
    for char in text.get(text.find('(')?..)?.chars() {
        quoted ^= char == '\'';
        match char {
            '(' if depth == 0 && !quoted => depth = 1,
            ')' if depth == 1 && !quoted => {
                depth = 0;
                row.push(std::mem::take(&mut value).trim().to_owned());
                rows.push(std::mem::take(&mut row));
            }
            ',' if depth == 1 && !quoted => row.push(std::mem::take(&mut value).trim().to_owned()),
            ',' | ';' | ' ' | '\n' | '\r' | '\t' if depth == 0 => {}
            _ if depth == 0 => break,
            _ => {
                if !quoted {
                    depth = match char {
                        '(' => depth + 1,
                        ')' => depth - 1,
                        _ => depth,
                    };
                }
                value.push(char);
            }
        }
    }
    (!rows.is_empty() && rows.len() <= MOST).then_some(rows)
}
