//! Constraints that are added, with the indexes that keep them.

use std::sync::Arc;

use super::Replay;
use crate::catalog::constraint::{Constraint, ConstraintKind};
use crate::catalog::expression;
use crate::catalog::index::{Index, IndexPart};
use crate::catalog::known::Known;
use crate::catalog::naming::{ObjectName, ObjectRef};
use crate::catalog::relation::{Column, RelationKind};
use crate::change::{self, ForeignKey, IndexColumn, ObjectKind};
use crate::sql::Dialect;
use crate::text::Span;

impl Replay<'_> {
    /// Adds a constraint to a table. `column` is the one in whose definition it stands; `checked` says whether existing
    /// rows are checked, where that is said apart.
    pub(super) fn add_constraint(
        &mut self,
        table: &ObjectName,
        written: &change::Constraint,
        column: Option<&str>,
        checked: Option<bool>,
    ) {
        // MySQL forgets REFERENCES in the definition of a column.
        let is_key = matches!(written.kind, change::ConstraintKind::ForeignKey(_));
        if is_key && column.is_some() && self.catalog.dialect == Dialect::Mysql {
            return;
        }
        let added = self.add_own_constraint(table, written, column, checked);
        if let Some(constraint) = added.filter(|_| !written.no_inherit) {
            self.clone_to_children(table, &constraint);
        }
    }

    /// Adds a constraint to a table alone, not to its partitions and children.
    pub(super) fn add_own_constraint(
        &mut self,
        table: &ObjectName,
        written: &change::Constraint,
        column: Option<&str>,
        checked: Option<bool>,
    ) -> Option<Arc<Constraint>> {
        let mut constraint = self.read_constraint(table, written, column)?;
        constraint.validated = !written.not_valid && checked != Some(false) && written.enforced != Some(false);
        let method = self.adopt_index(table, written, &mut constraint);
        let found = self.find(table)?;
        if self.catalog.dialect != Dialect::Mariadb && is_redundant(found, &constraint) {
            return None;
        }
        let named = constraint.name.is_some();
        if constraint.name.is_none() {
            constraint.name = self.constraint_name(found, &constraint.kind, &constraint.columns);
        }
        if !self.fits(table, written, &constraint) {
            return None;
        }
        let index = self.index_of(table, &constraint, method, named);
        let constraint = Arc::new(constraint);
        self.push_constraint(table, Arc::clone(&constraint), index);
        Some(constraint)
    }

    /// A constraint as it is written, its columns filled in.
    fn read_constraint(
        &self,
        table: &ObjectName,
        written: &change::Constraint,
        column: Option<&str>,
    ) -> Option<Constraint> {
        let own = |columns: Vec<String>| {
            if columns.is_empty() { column.map(str::to_owned).into_iter().collect() } else { columns }
        };
        let keys = |keys: &[IndexColumn]| keys.iter().filter_map(|key| Some(self.fold(key.column.as_ref()?))).collect();
        let (kind, columns) = match &written.kind {
            change::ConstraintKind::PrimaryKey(columns) => (ConstraintKind::PrimaryKey, own(keys(columns))),
            change::ConstraintKind::Unique { columns, nulls_not_distinct } => {
                (ConstraintKind::Unique { nulls_not_distinct: *nulls_not_distinct }, own(keys(columns)))
            }
            change::ConstraintKind::ForeignKey(key) => (self.foreign_key(table, key), own(self.folds(&key.columns))),
            change::ConstraintKind::Check(expression) => {
                let found = self.find(table)?;
                let columns = expression::columns(self.text, expression.span, self.catalog.dialect, found);
                (ConstraintKind::Check { text: parenthesised(&self.words(expression.span)) }, columns)
            }
            change::ConstraintKind::NotNull(named) => {
                if written.name.is_none() && !written.not_valid && column.is_some() {
                    return None;
                }
                (ConstraintKind::NotNull, own(named.iter().map(|named| self.fold(named)).collect()))
            }
            change::ConstraintKind::Exclude { elements, .. } => {
                let columns = expression::columns(self.text, *elements, self.catalog.dialect, self.find(table)?);
                (ConstraintKind::Exclude { text: self.words(*elements) }, columns)
            }
            change::ConstraintKind::Default(_, named) => {
                (ConstraintKind::Default, own(named.iter().map(|named| self.fold(named)).collect()))
            }
        };
        let mysql_key = self.is_mysql() && kind == ConstraintKind::PrimaryKey;
        Some(Constraint {
            name: written.name.as_ref().filter(|_| !mysql_key).map(|name| self.fold(name)),
            kind,
            columns,
            host: column.map(str::to_owned),
            validated: true,
            enforced: written.enforced.unwrap_or(true),
            deferrable: written.deferrable == Some(true) || written.initially_deferred,
            initially_deferred: written.initially_deferred,
            inherited: false,
            made: Some(self.origin),
        })
    }

    fn foreign_key(&self, table: &ObjectName, key: &ForeignKey) -> ConstraintKind {
        let mut target = self.catalog.relation_name(&key.table);
        let home = self.is_mysql() || matches!(self.catalog.dialect, Dialect::Oracle | Dialect::Sqlite);
        if home && key.table.schema().is_none() {
            target = table.beside(&target.name);
        }
        let mut columns = self.folds(&key.referenced);
        if columns.is_empty() {
            let primary = self.find(&target).and_then(|target| target.primary_key());
            columns = primary.map(|primary| primary.columns.clone()).unwrap_or_default();
        }
        ConstraintKind::ForeignKey { table: target, columns, on_delete: key.on_delete, on_update: key.on_update }
    }

    /// `USING INDEX`: the index becomes the constraint's and takes its name. Otherwise the method for a new one.
    fn adopt_index(
        &mut self,
        table: &ObjectName,
        written: &change::Constraint,
        constraint: &mut Constraint,
    ) -> Option<String> {
        if let change::ConstraintKind::Exclude { method, .. } = &written.kind {
            return Some(method.as_ref().map_or_else(|| "gist".to_owned(), |method| self.fold(method)));
        }
        let index = self.fold(written.using_index.as_ref()?.last());
        if !constraint.columns.is_empty() {
            return None;
        }
        let name = constraint.name.get_or_insert_with(|| index.clone()).clone();
        let found = self.edit(table)?.indexes.iter_mut_where(|found| found.name.as_deref() == Some(&*index)).next()?;
        constraint.columns = found.parts.iter().filter_map(|part| part.column.clone()).collect();
        found.of_constraint = true;
        found.name = Some(name.clone());
        self.catalog.state.indexes.rename(&table.beside(&index), &table.beside(&name));
        None
    }

    /// Whether a constraint can be added; if not, it is a conflict.
    fn fits(&mut self, table: &ObjectName, written: &change::Constraint, constraint: &Constraint) -> bool {
        let Some(found) = self.find(table) else { return false };
        let span = written.name.as_ref().map_or(written.span, |name| name.span);
        let part = |kind, name: &str| ObjectRef::part(kind, table, name);
        if let Some(name) = constraint.name.as_deref()
            && found.constraint(name).is_present()
        {
            self.exists(part(ObjectKind::Constraint, name), span);
            return false;
        }
        if constraint.is_primary()
            && let Some(other) = found.primary_key()
        {
            let name = other.name.clone().unwrap_or_default();
            self.exists(part(ObjectKind::Constraint, &name), span);
            return false;
        }
        let absent = constraint.columns.iter().find(|column| found.column(column).is_absent()).cloned();
        if let Some(column) = absent.filter(|_| found.kind == RelationKind::Table) {
            self.missing(part(ObjectKind::Column, &column), written.span);
            return false;
        }
        self.target_exists(written, constraint)
    }

    /// Whether what a foreign key points to exists, where the server asks for that.
    fn target_exists(&mut self, written: &change::Constraint, constraint: &Constraint) -> bool {
        let ConstraintKind::ForeignKey { table, columns, .. } = &constraint.kind else { return true };
        if self.catalog.dialect == Dialect::Sqlite || !self.catalog.state.enforces_keys {
            return true;
        }
        let change::ConstraintKind::ForeignKey(key) = &written.kind else { return true };
        match self.catalog.relation(table) {
            Known::Present(target) => {
                let absent = columns.iter().find(|column| target.column(column).is_absent()).cloned();
                if let Some(column) = absent {
                    self.missing(ObjectRef::part(ObjectKind::Column, table, &column), key.table.span);
                    return false;
                }
                true
            }
            Known::Absent => {
                self.missing(ObjectRef::whole(ObjectKind::Table, table), key.table.span);
                false
            }
            Known::Unknown => true,
        }
    }

    /// Puts a constraint into a table, with its index and what it means for its columns.
    pub(super) fn push_constraint(&mut self, table: &ObjectName, constraint: Arc<Constraint>, index: Option<Index>) {
        let sqlite = self.catalog.dialect == Dialect::Sqlite;
        let rowid = sqlite && !self.find(table).is_some_and(|found| found.options.contains_key("without rowid"));
        let strict =
            constraint.is_primary() && !rowid || constraint.kind == ConstraintKind::NotNull && constraint.validated;
        let takes_null =
            |column: &Column| strict && column.nullable != Some(false) && constraint.columns.contains(&column.name);
        let Some(found) = self.edit(table) else { return };
        for column in found.columns.iter_mut_where(takes_null) {
            column.nullable = Some(false);
        }
        let name = constraint.name.clone().filter(|_| index.is_some());
        if constraint.kind != ConstraintKind::Default || constraint.name.is_some() {
            found.constraints.push(constraint);
        }
        if let Some(index) = index {
            found.indexes.retain(|other| !(other.implicit && other.is_served_by(&index)));
            found.indexes.push(index);
        }
        if let Some(name) = name.filter(|_| self.catalog.indexes_have_schemas()) {
            self.catalog.state.indexes.put(table.beside(&name), table.clone());
        }
    }

    /// The index that a new constraint brings. `named` says whether the constraint has its name from the script.
    pub(super) fn index_of(
        &self,
        table: &ObjectName,
        constraint: &Constraint,
        method: Option<String>,
        named: bool,
    ) -> Option<Index> {
        let found = self.find(table)?;
        let adopted = found.indexes.iter().any(|index| index.name.is_some() && index.name == constraint.name);
        let rowid = self.catalog.dialect == Dialect::Sqlite && constraint.is_primary() && is_rowid(found, constraint);
        let is_key = matches!(constraint.kind, ConstraintKind::ForeignKey { .. });
        if adopted || rowid || !(constraint.has_index() || is_key && self.is_mysql()) {
            return None;
        }
        let part = |column: &String| IndexPart { column: Some(column.clone()), text: column.clone() };
        let mut index = Index {
            name: constraint.name.clone(),
            parts: constraint.columns.iter().map(part).collect(),
            include: Vec::new(),
            unique: matches!(constraint.kind, ConstraintKind::PrimaryKey | ConstraintKind::Unique { .. }),
            method: method.filter(|_| !is_key),
            predicate: None,
            mentions: Vec::new(),
            valid: true,
            of_constraint: !is_key,
            implicit: is_key,
            made: constraint.made,
        };
        if is_key {
            let covers = |other: &Index| {
                let columns = other.parts.iter().map(|part| part.column.as_ref());
                columns.take(constraint.columns.len()).eq(constraint.columns.iter().map(Some))
            };
            let lasting = |other: &&Index| !other.implicit || other.parts.len() > constraint.columns.len();
            if found.indexes.iter().filter(lasting).any(covers) || constraint.columns.is_empty() {
                return None;
            }
            if !named {
                index.name = self.implicit_index_name(found, &index);
            }
        }
        Some(index)
    }

    /// A constraint of a partitioned table stands in its partitions too, a check in the tables that inherit.
    fn clone_to_children(&mut self, table: &ObjectName, constraint: &Constraint) {
        let Some(found) = self.find(table) else { return };
        let checks = matches!(constraint.kind, ConstraintKind::Check { .. } | ConstraintKind::NotNull);
        let children = if found.partition_key.is_some() || checks {
            self.catalog.children_of(table).into_iter().map(|child| child.name.clone()).collect()
        } else {
            Vec::new()
        };
        for child in children {
            self.inherit_constraint(&child, constraint);
            self.clone_to_children(&child, constraint);
        }
    }

    /// Gives a child what its parent demands, if it has nothing equal.
    pub(super) fn inherit_constraint(&mut self, child: &ObjectName, constraint: &Constraint) {
        let Some(found) = self.find(child) else { return };
        let mut own = Constraint { inherited: true, ..constraint.clone() };
        if found.constraints.iter().any(|other| other.kind == own.kind && other.columns == own.columns) {
            return;
        }
        let taken = own.name.as_deref().is_some_and(|name| found.constraint(name).is_present());
        if own.has_index() || taken {
            own.name = self.constraint_name(found, &own.kind, &own.columns);
        }
        own.made = Some(self.origin);
        let index = self.index_of(child, &own, None, true);
        self.push_constraint(child, Arc::new(own), index);
    }

    /// A part of the table was not understood, or a statement names what is not there.
    pub(super) fn absent_part(&mut self, kind: ObjectKind, table: &ObjectName, part: &str, span: Span) {
        self.missing(ObjectRef::part(kind, table, part), span);
    }
}

/// An unnamed key on the columns of the primary key brings nothing in PostgreSQL and MySQL.
fn is_redundant(table: &crate::catalog::Relation, constraint: &Constraint) -> bool {
    let same = |key: &Constraint| key.columns == constraint.columns && key.made == constraint.made;
    constraint.name.is_none()
        && matches!(constraint.kind, ConstraintKind::Unique { .. })
        && table.primary_key().is_some_and(same)
}

/// Whether a primary key of SQLite is the number of the row itself.
fn is_rowid(table: &crate::catalog::Relation, key: &Constraint) -> bool {
    let [column] = key.columns.as_slice() else { return false };
    let column = table.column(column).present().and_then(|column| column.data_type.as_ref());
    column.is_some_and(|data_type| data_type.name == "integer") && !table.options.contains_key("without rowid")
}

/// The condition of a check in parentheses.
fn parenthesised(text: &str) -> String {
    format!("({text})")
}
