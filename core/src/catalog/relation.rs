//! Tables, views and sequences: what has columns or stands among what has.

use std::collections::{BTreeMap, BTreeSet};

use super::constraint::Constraint;
use super::data_type::ColumnType;
use super::index::Index;
use super::known::Known;
use super::mentions::Mentions;
use super::naming::{ObjectName, ObjectRef, Origin};
use super::parts::Parts;
use crate::change::{ObjectKind, Volatility};

/// What a relation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RelationKind {
    /// A table.
    Table,
    /// A foreign, external or virtual table.
    ForeignTable,
    /// A view.
    View,
    /// A materialised view.
    MaterializedView,
    /// A sequence.
    Sequence,
    /// Another name for a relation.
    Synonym,
}

impl RelationKind {
    /// The kind as statements name it.
    #[must_use]
    pub fn object_kind(self) -> ObjectKind {
        match self {
            Self::Table => ObjectKind::Table,
            Self::ForeignTable => ObjectKind::ForeignTable,
            Self::View => ObjectKind::View,
            Self::MaterializedView => ObjectKind::MaterializedView,
            Self::Sequence => ObjectKind::Sequence,
            Self::Synonym => ObjectKind::Synonym,
        }
    }
}

/// How long a table and its rows live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Persistence {
    /// For good.
    Permanent,
    /// `UNLOGGED`: not over a crash.
    Unlogged,
    /// To the end of the session.
    Temporary,
}

/// Whether a table holds rows, by the data statements seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rows {
    /// It was made or emptied, and no statement put rows in.
    None,
    /// A statement put rows in.
    Some,
    /// The scripts do not tell.
    Unknown,
}

/// A table, view or sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its name.
    pub name: ObjectName,
    /// What it is.
    pub kind: RelationKind,
    /// How long it lives.
    pub persistence: Persistence,
    /// Whether all its columns, constraints and indexes are here. If not, others may exist.
    pub complete: bool,
    /// Its columns, in order.
    pub columns: Parts<Column>,
    /// Its constraints, in the order they were made.
    pub constraints: Parts<Constraint>,
    /// Its indexes, those of keys included, in the order they were made.
    pub indexes: Parts<Index>,
    /// Its triggers, policies and rules.
    pub attached: Parts<Attached>,
    /// How it is partitioned.
    pub partition_key: Option<Box<PartitionKey>>,
    /// Which table it is a partition of.
    pub partition_of: Option<Box<Partition>>,
    /// The tables it inherits from.
    pub inherits: Vec<ObjectName>,
    /// The composite type it is a table of.
    pub of_type: Option<ObjectName>,
    /// Its options by name: `engine`, `fillfactor`.
    pub options: BTreeMap<String, String>,
    /// Whether it holds rows.
    pub rows: Rows,
    /// The relations that a view reads, or that `CREATE TABLE AS` read.
    pub reads: Vec<ObjectName>,
    /// The names that a view's query mentions: a column that is not among them is not read.
    pub mentions: Mentions,
    /// The column that a sequence belongs to.
    pub owned_by: Option<(ObjectName, String)>,
    /// Where it was made; `None` if it was there before.
    pub made: Option<Origin>,
    /// Columns, constraints and indexes known to be gone where not all are known.
    pub(super) gone: BTreeSet<(ObjectKind, String)>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type; `None` where it has none, or is not known.
    pub data_type: Option<ColumnType>,
    /// Whether it takes NULL; `None` where that is not known.
    pub nullable: Option<bool>,
    /// Its default.
    pub default: Option<Default>,
    /// How it is generated.
    pub generated: Option<Box<Generation>>,
    /// Whether the server numbers it.
    pub identity: Option<IdentityKind>,
    /// Its collation.
    pub collation: Option<String>,
    /// MySQL's character set, where the column has another than the table.
    pub character_set: Option<String>,
    /// MySQL's `ON UPDATE`.
    pub on_update: Option<String>,
    /// MySQL's `COMMENT`, as it is written.
    pub comment: Option<String>,
    /// Whether it comes from a parent.
    pub inherited: bool,
    /// Whether all of this is known, not only what was said of it since.
    pub complete: bool,
    /// Where it was made; `None` if it was there before.
    pub made: Option<Origin>,
}

/// The default of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Default {
    /// The expression, blanks made single.
    pub text: String,
    /// Whether it gives one value for all rows.
    pub volatility: Volatility,
    /// The functions it calls.
    pub functions: Vec<String>,
}

/// How a column is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generation {
    /// From what.
    pub text: String,
    /// `STORED`; `None` where it is not said.
    pub stored: Option<bool>,
    /// The columns it is computed from.
    pub columns: Vec<String>,
}

/// How the server numbers a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentityKind {
    /// `GENERATED ALWAYS AS IDENTITY`.
    Always,
    /// `GENERATED BY DEFAULT AS IDENTITY`.
    ByDefault,
    /// `serial`.
    Serial,
    /// `AUTO_INCREMENT`.
    AutoIncrement,
}

/// How a table is partitioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionKey {
    /// `range`, `list`, `hash`.
    pub method: String,
    /// The key as it is written.
    pub text: String,
    /// Its plain columns.
    pub columns: Vec<String>,
}

/// What a partition is a part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    /// The partitioned table.
    pub parent: ObjectName,
    /// Whether it takes the rows that no other partition takes.
    pub default: bool,
    /// `FOR VALUES …`, as it is written.
    pub bound: String,
}

/// A trigger, policy or rule of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Which of them.
    pub kind: ObjectKind,
    /// Its name.
    pub name: String,
    /// The function a trigger calls.
    pub function: Option<ObjectName>,
    /// The names that a policy mentions, and those that the expressions of a trigger of SQLite do.
    pub mentions: Mentions,
    /// Where it was made.
    pub made: Option<Origin>,
}

impl Relation {
    /// A relation of which nothing is known but its name.
    pub(super) fn new(name: &ObjectName, kind: RelationKind) -> Self {
        Self {
            name: name.clone(),
            kind,
            persistence: Persistence::Permanent,
            complete: false,
            columns: Parts::default(),
            constraints: Parts::default(),
            indexes: Parts::default(),
            attached: Parts::default(),
            partition_key: None,
            partition_of: None,
            inherits: Vec::new(),
            of_type: None,
            options: BTreeMap::new(),
            rows: Rows::Unknown,
            reads: Vec::new(),
            mentions: Mentions::default(),
            owned_by: None,
            made: None,
            gone: BTreeSet::new(),
        }
    }

    /// How others speak of it.
    #[must_use]
    pub fn reference(&self) -> ObjectRef {
        ObjectRef::whole(self.kind.object_kind(), &self.name)
    }

    /// A column by its name.
    #[must_use]
    pub fn column(&self, name: &str) -> Known<&Column> {
        let found = self.columns.iter().find(|column| column.name == name);
        self.part(ObjectKind::Column, name, found)
    }

    /// A constraint by its name.
    #[must_use]
    pub fn constraint(&self, name: &str) -> Known<&Constraint> {
        let found = self.constraints.iter().find(|constraint| constraint.name.as_deref() == Some(name));
        self.part(ObjectKind::Constraint, name, found)
    }

    /// An index by its name.
    #[must_use]
    pub fn index(&self, name: &str) -> Known<&Index> {
        let found = self.indexes.iter().find(|index| index.name.as_deref() == Some(name));
        self.part(ObjectKind::Index, name, found)
    }

    /// A trigger, policy or rule by its name.
    #[must_use]
    pub fn attached(&self, kind: ObjectKind, name: &str) -> Known<&Attached> {
        let found = self.attached.iter().find(|attached| attached.kind == kind && attached.name == name);
        self.part(kind, name, found)
    }

    /// The columns of the primary key.
    #[must_use]
    pub fn primary_key(&self) -> Option<&Constraint> {
        self.constraints.iter().find(|constraint| constraint.is_primary())
    }

    fn part<'a, T>(&self, kind: ObjectKind, name: &str, found: Option<&'a T>) -> Known<&'a T> {
        match found {
            Some(found) => Known::Present(found),
            None if self.complete || self.gone.contains(&(kind, name.to_owned())) => Known::Absent,
            None => Known::Unknown,
        }
    }

    /// Notes that a part is gone.
    pub(super) fn lose(&mut self, kind: ObjectKind, name: &str) {
        if !self.complete {
            self.gone.insert((kind, name.to_owned()));
        }
    }

    /// The column, to be changed. One that is not known is made, with nothing known of it.
    pub(super) fn column_mut(&mut self, name: &str) -> Option<&mut Column> {
        if self.column(name) == Known::Unknown {
            self.columns.push(Column::unknown(name));
        }
        self.columns.iter_mut_where(|column| column.name == name).next()
    }
}

impl Column {
    /// A column of which nothing is known but its name.
    pub(super) fn unknown(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            data_type: None,
            nullable: None,
            default: None,
            generated: None,
            identity: None,
            collation: None,
            character_set: None,
            on_update: None,
            comment: None,
            inherited: false,
            complete: false,
            made: None,
        }
    }
}
