//! The catalog: what is known of a database at some point of the replay.

use std::sync::Arc;

use super::known::Known;
use super::links::{Links, speak_alike};
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
    /// The one of its temporary tables.
    temporary: Arc<str>,
    pub(super) state: State,
    /// What a rollback restores: at the begin of the transaction, then at each savepoint.
    saved: Arc<Vec<(Option<String>, State)>>,
}

/// How many points of a transaction are kept: no honest script has more, and each costs when the catalog is cloned.
const MOST_POINTS: usize = 64;

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
    pub(super) links: Links,
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
            relations: Shelf::noted(),
            links: Links::default(),
            indexes: Shelf::default(),
            types: Shelf::default(),
            routines: Shelf::default(),
            others: Shelf::default(),
        };
        Self { dialect, home, temporary: Arc::from(temporary_schema(dialect)), state, saved: Arc::default() }
    }

    /// The schema where a session begins.
    pub(crate) fn home(&self) -> Arc<str> {
        Arc::clone(&self.home)
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
    pub fn doubt_absences(&mut self) {
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
            self.saved = Arc::new(vec![(None, self.state.clone())]);
        }
    }

    /// Whether a transaction is open.
    #[must_use]
    pub fn is_in_transaction(&self) -> bool {
        !self.saved.is_empty()
    }

    /// The transaction ends well.
    pub fn commit(&mut self) {
        self.saved = Arc::default();
    }

    /// The transaction ends, and what it did is undone.
    pub fn rollback(&mut self) {
        if let Some((_, first)) = self.saved.first() {
            self.state = first.clone();
            self.saved = Arc::default();
        }
    }

    /// A point in the transaction to which it can be rolled back.
    pub(super) fn save(&mut self, name: Option<String>) {
        if !self.saved.is_empty() && self.saved.len() < MOST_POINTS {
            Arc::make_mut(&mut self.saved).push((name, self.state.clone()));
        }
    }

    /// The last point of that name; without one the last point.
    fn point(&self, name: Option<&str>) -> Option<usize> {
        let is = |saved: &(Option<String>, State)| name.is_none() || saved.0.as_deref() == name;
        self.saved.iter().skip(1).rposition(is).map(|at| at + 1)
    }

    /// The transaction goes back to a point. The points after it are gone, the point itself stays.
    pub(super) fn back_to(&mut self, name: Option<&str>) {
        if let Some(at) = self.point(name) {
            self.state = self.saved[at].1.clone();
            Arc::make_mut(&mut self.saved).truncate(at + 1);
        }
    }

    /// A point of the transaction is forgotten, with those after it.
    pub(super) fn release(&mut self, name: Option<&str>) {
        if let Some(at) = self.point(name) {
            Arc::make_mut(&mut self.saved).truncate(at);
        }
    }

    /// Statements that change the schema end the transaction before them.
    pub(super) fn commits_implicitly(&self) -> bool {
        matches!(self.dialect, Dialect::Mysql | Dialect::Mariadb | Dialect::Oracle | Dialect::H2)
    }

    /// The search path is the one that a session begins with, and foreign keys are enforced.
    pub fn restore_settings(&mut self) {
        if self.state.path.as_ref() != [Arc::clone(&self.home)] {
            self.state.path = Arc::from([Arc::clone(&self.home)]);
        }
        self.state.enforces_keys = true;
    }

    /// A session ends: temporary tables are gone, and the search path is the first one.
    pub fn end_session(&mut self) {
        self.rollback();
        self.restore_settings();
        let passing = |relation: &Relation| relation.persistence == Persistence::Temporary && self.passes(relation);
        let relations = &self.state.relations;
        // All but Oracle's stand in a schema of their own.
        let mut names = match self.dialect {
            Dialect::Oracle => relations.iter().map(|(name, _)| name.clone()).collect(),
            dialect => relations.names_in(temporary_schema(dialect)),
        };
        names.retain(|name| relations.find(name).is_some_and(passing));
        for name in names {
            if let Some(relation) = self.state.relations.take(&name) {
                for index in relation.indexes.iter().filter_map(|index| index.name.as_deref()) {
                    self.state.indexes.take(&name.beside(index));
                }
            }
        }
    }

    /// Takes note of what the relations that were changed speak of.
    pub(super) fn note_links(&mut self) {
        let relations = &self.state.relations;
        for (name, before) in relations.touched() {
            let found = relations.find(name);
            if let Some(changed) =
                found.filter(|found| before.as_ref().is_none_or(|before| !speak_alike(before, found)))
            {
                self.state.links.note(changed);
            }
        }
        self.state.relations.forget_touched();
    }

    /// Whether a temporary table itself, not only its rows, ends with the session.
    fn passes(&self, relation: &Relation) -> bool {
        self.dialect != Dialect::Oracle || relation.name.name.starts_with("ORA$PTT_")
    }

    /// A part of a name as the server compares it.
    #[must_use]
    pub fn fold(&self, identifier: &Identifier) -> String {
        fold(self.dialect, identifier, false).into_owned()
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
        let schema = match name.schema() {
            Some(schema) => Arc::from(fold(self.dialect, schema, true)),
            None => Arc::clone(&self.state.path[0]),
        };
        ObjectName { schema, name: Arc::from(fold(self.dialect, name.last(), true)) }
    }

    /// The name under which a new temporary object would stand.
    pub(super) fn place_temporary(&self, name: &Name) -> ObjectName {
        let name = Arc::from(fold(self.dialect, name.last(), true));
        ObjectName { schema: Arc::clone(&self.temporary), name }
    }

    /// What an unqualified or qualified name stands for among those objects: the first in the search path.
    pub(super) fn seek<'a, T: Clone>(&self, among: &'a Shelf<ObjectName, T>, name: &Name) -> Option<&'a ObjectName> {
        if among.is_empty() {
            return None;
        }
        let own = fold(self.dialect, name.last(), true);
        match name.schema() {
            // SQLite's and PostgreSQL's own name for the schema of temporary tables.
            Some(schema) if schema.is(&self.temporary) => among.name_of(&self.temporary, &own),
            Some(schema) => among.name_of(&fold(self.dialect, schema, true), &own),
            None => {
                let mut path = std::iter::once(&self.temporary).chain(&*self.state.path);
                path.find_map(|schema| among.name_of(schema, &own))
            }
        }
    }

    /// The full name of what a name stands for; where there is no such object, the one it would have.
    fn full<T: Clone>(&self, among: &Shelf<ObjectName, T>, name: &Name) -> ObjectName {
        let temporary = || name.schema().is_some_and(|schema| schema.is(&self.temporary));
        match self.seek(among, name) {
            Some(found) => found.clone(),
            None if temporary() => self.place_temporary(name),
            None => self.place(name),
        }
    }

    /// The full name of a table, view or sequence.
    #[must_use]
    pub fn relation_name(&self, name: &Name) -> ObjectName {
        self.full(&self.state.relations, name)
    }

    /// The full name of a type or domain.
    #[must_use]
    pub fn type_name(&self, name: &Name) -> ObjectName {
        self.full(&self.state.types, name)
    }

    /// The full name of a function or procedure.
    #[must_use]
    pub fn routine_name(&self, name: &Name) -> ObjectName {
        self.full(&self.state.routines, name)
    }

    /// The full name of an index, where indexes have names of their own.
    #[must_use]
    pub fn index_name(&self, name: &Name) -> ObjectName {
        self.full(&self.state.indexes, name)
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
