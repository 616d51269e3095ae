//! The catalog: what is known of a database at some point of the replay.

use std::sync::Arc;

use super::known::Known;
use super::naming::{ObjectName, default_schema, fold, is_system, temporary_schema};
use super::object::{OtherObject, RoutineObject, TypeObject};
use super::relation::{Persistence, Relation};
use super::shelf::Shelf;
use crate::change::{Identifier, Name, ObjectKind};
use crate::sql::Dialect;

/// What is known of a database at some point of the replay. To clone it costs next to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    pub(super) dialect: Dialect,
    /// The schema where a session begins.
    home: Arc<str>,
    pub(super) state: State,
    /// What a rollback restores: at the begin of the transaction, then at each savepoint.
    saved: Vec<State>,
}

/// What a rollback restores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    /// Whether a name never seen may stand for something.
    pub(super) open: bool,
    /// The schemas that are searched; objects are made in the first.
    pub(super) path: Arc<[Arc<str>]>,
    /// Whether foreign keys are enforced now.
    pub(super) enforces_keys: bool,
    pub(super) relations: Shelf<ObjectName, Relation>,
    /// The tables of indexes, where the names of indexes belong to a schema.
    pub(super) indexes: Shelf<ObjectName, ObjectName>,
    pub(super) types: Shelf<ObjectName, TypeObject>,
    pub(super) routines: Shelf<ObjectName, RoutineObject>,
    pub(super) others: Shelf<(ObjectKind, ObjectName), OtherObject>,
}

impl Catalog {
    /// An empty database: what was never made is absent.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self::with_schema(dialect, default_schema(dialect))
    }

    /// A database of which nothing is known: what was never seen is unknown.
    #[must_use]
    pub fn open(dialect: Dialect) -> Self {
        let mut catalog = Self::new(dialect);
        catalog.make_open();
        catalog
    }

    /// An empty database where objects go to a schema if nothing else is said.
    #[must_use]
    pub fn with_schema(dialect: Dialect, schema: &str) -> Self {
        let home: Arc<str> = Arc::from(schema);
        let state = State {
            open: false,
            path: Arc::from([Arc::clone(&home)]),
            enforces_keys: true,
            relations: Shelf::default(),
            indexes: Shelf::default(),
            types: Shelf::default(),
            routines: Shelf::default(),
            others: Shelf::default(),
        };
        Self { dialect, home, state, saved: Vec::new() }
    }

    /// The schema where a session begins.
    pub(super) fn home(&self) -> Arc<str> {
        Arc::clone(&self.home)
    }

    /// A catalog that knows one relation of this one, and of the others nothing: to see what a statement makes of it at
    /// a cost that does not grow with the schema.
    #[must_use]
    pub fn around(&self, relation: &ObjectName) -> Self {
        let relations = self.state.relations.only(relation);
        let state = State { open: true, relations, ..self.state.clone() };
        Self { dialect: self.dialect, home: Arc::clone(&self.home), state, saved: Vec::new() }
    }

    /// Its dialect.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Whether a name that was never seen may stand for something.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state.open
    }

    /// A statement that was not understood may have changed anything: what is known to exist stays, but nothing is known
    /// to be absent any more.
    pub(super) fn doubt_absences(&mut self) {
        self.make_open();
        self.state.relations.edit_where(|relation| relation.complete, |relation| relation.complete = false);
    }

    /// From now on a name that was never seen may stand for something: after a baseline.
    pub fn make_open(&mut self) {
        self.state.open = true;
        self.state.relations.open();
        self.state.indexes.open();
        self.state.types.open();
        self.state.routines.open();
        self.state.others.open();
    }

    /// A transaction begins.
    pub fn begin(&mut self) {
        if self.saved.is_empty() {
            self.saved.push(self.state.clone());
        }
    }

    /// The transaction ends well.
    pub fn commit(&mut self) {
        self.saved.clear();
    }

    /// The transaction ends, and what it did is undone.
    pub fn rollback(&mut self) {
        if let Some(first) = self.saved.drain(..).next() {
            self.state = first;
        }
    }

    /// A point in the transaction to which it can be rolled back.
    pub(super) fn save(&mut self) {
        if !self.saved.is_empty() {
            self.saved.push(self.state.clone());
        }
    }

    /// The transaction goes back to its last point.
    pub(super) fn back_to_last(&mut self) {
        if self.saved.len() > 1 {
            self.state = self.saved[self.saved.len() - 1].clone();
        }
    }

    /// The last point of the transaction is forgotten.
    pub(super) fn release(&mut self) {
        if self.saved.len() > 1 {
            self.saved.pop();
        }
    }

    /// Statements that change the schema end the transaction before them.
    pub(super) fn commits_implicitly(&self) -> bool {
        matches!(self.dialect, Dialect::Mysql | Dialect::Mariadb | Dialect::Oracle | Dialect::H2)
    }

    /// A session ends: temporary tables are gone, and the search path is the first one.
    pub fn end_session(&mut self) {
        self.rollback();
        self.state.path = Arc::from([Arc::clone(&self.home)]);
        self.state.enforces_keys = true;
        let passing: Vec<ObjectName> = self
            .state
            .relations
            .iter()
            .filter(|(_, relation)| relation.persistence == Persistence::Temporary && self.passes(relation))
            .map(|(name, _)| name.clone())
            .collect();
        for name in passing {
            if let Some(relation) = self.state.relations.take(&name) {
                for index in relation.indexes.iter().filter_map(|index| index.name.as_deref()) {
                    self.state.indexes.take(&name.beside(index));
                }
            }
        }
    }

    /// Whether a temporary table itself, not only its rows, ends with the session.
    fn passes(&self, relation: &Relation) -> bool {
        self.dialect != Dialect::Oracle || relation.name.name.starts_with("ORA$PTT_")
    }

    /// A part of a name as the server compares it.
    #[must_use]
    pub fn fold(&self, identifier: &Identifier) -> String {
        fold(self.dialect, identifier, false)
    }

    /// Whether indexes have names of their own in a schema, not in a table.
    pub(super) fn indexes_have_schemas(&self) -> bool {
        !matches!(self.dialect, Dialect::Mysql | Dialect::Mariadb | Dialect::SqlServer)
    }

    /// Whether the names of indexes and those of tables exclude each other.
    pub(super) fn indexes_are_relations(&self) -> bool {
        matches!(self.dialect, Dialect::Postgres | Dialect::Sqlite)
    }

    /// The name under which a new object would stand.
    #[must_use]
    pub fn place(&self, name: &Name) -> ObjectName {
        let schema = name.schema().map(|schema| Arc::from(fold(self.dialect, schema, true)));
        let schema = schema.unwrap_or_else(|| Arc::clone(&self.state.path[0]));
        ObjectName { schema, name: Arc::from(fold(self.dialect, name.last(), true)) }
    }

    /// The name under which a new temporary object would stand.
    pub(super) fn place_temporary(&self, name: &Name) -> ObjectName {
        ObjectName::new(temporary_schema(self.dialect), &fold(self.dialect, name.last(), true))
    }

    /// The name that an unqualified or qualified name stands for: the first in the search path that exists.
    pub(super) fn seek(&self, name: &Name, exists: impl Fn(&ObjectName) -> bool) -> ObjectName {
        let placed = self.place(name);
        if let Some(schema) = name.schema() {
            // SQLite's and PostgreSQL's own name for the schema of temporary tables.
            let own = schema.is(temporary_schema(self.dialect));
            return if own { self.place_temporary(name) } else { placed };
        }
        let temporary = self.place_temporary(name);
        if exists(&temporary) {
            return temporary;
        }
        let in_path = self.state.path.iter().map(|schema| ObjectName { schema: Arc::clone(schema), ..placed.clone() });
        in_path.into_iter().find(exists).unwrap_or(placed)
    }

    /// The full name of a table, view or sequence.
    #[must_use]
    pub fn relation_name(&self, name: &Name) -> ObjectName {
        self.seek(name, |name| self.state.relations.find(name).is_some())
    }

    /// The full name of a type or domain.
    #[must_use]
    pub fn type_name(&self, name: &Name) -> ObjectName {
        self.seek(name, |name| self.state.types.find(name).is_some())
    }

    /// The full name of a function or procedure.
    #[must_use]
    pub fn routine_name(&self, name: &Name) -> ObjectName {
        self.seek(name, |name| self.state.routines.find(name).is_some())
    }

    /// The full name of an index, where indexes have names of their own.
    #[must_use]
    pub fn index_name(&self, name: &Name) -> ObjectName {
        self.seek(name, |name| self.state.indexes.find(name).is_some())
    }

    /// A table, view or sequence by its full name.
    #[must_use]
    pub fn relation(&self, name: &ObjectName) -> Known<&Relation> {
        if is_system(self.dialect, name) {
            return Known::Unknown;
        }
        self.state.relations.look(name, self.state.open)
    }
}
