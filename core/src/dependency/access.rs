//! What a statement does to an object.

use crate::catalog::{ObjectName, ObjectRef};
use crate::change::ObjectKind;

/// One thing that a statement does to one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// The object, or the part of one.
    pub object: ObjectRef,
    /// What is done to it.
    pub how: How,
    /// Whether it is no failure if the object is, or is not, there: `IF EXISTS`, `IF NOT EXISTS`, `OR REPLACE`.
    pub tolerant: bool,
    /// Whether it surely happens: a condition may decide, or a clause was not understood.
    pub certain: bool,
    /// The statement, counted from zero.
    pub statement: usize,
}

/// What is done to an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// It has to be there.
    Reads(Use),
    /// It is made.
    Makes,
    /// One side of it is set anew: `type`, `owner`, `comment`.
    Alters(Aspect),
    /// It is removed, or gets another name.
    Removes,
    /// Rows of it are written.
    Writes(Box<RowChange>),
}

/// A side of an object that can be set by itself.
pub type Aspect = String;

/// What an object is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// It has to be there, whatever it is like.
    Name,
    /// A name stands in an expression that may mean it.
    Perhaps,
    /// Something is bound to it, so that it cannot become of another type: a view, a rule, a policy, a generated column.
    Bound,
    /// A check or a default is computed from it.
    Computed,
    /// All its columns are taken as they are now: `*`, `LIKE`.
    Whole,
    /// It must have the shape of another: a table that becomes a partition.
    Shape,
    /// Its rows are read.
    Rows,
    /// Everything of a kind that is in the schema now: `ON ALL TABLES IN SCHEMA`; without a kind all of it.
    Everything(Option<ObjectKind>),
}

/// How rows are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange {
    /// In which way.
    pub verb: Verb,
    /// The columns that are filled or set; none of an `INSERT` means all.
    pub columns: Vec<String>,
    /// The columns that decide which rows and values; `None` where any may.
    pub reads: Option<Vec<String>>,
    /// Whether a condition chooses the rows.
    pub filtered: bool,
    /// The rows of `VALUES` as they are written, where all can be read.
    pub rows: Option<Vec<Vec<String>>>,
    /// Whether a row that is there already is no failure.
    pub tolerant: bool,
    /// The statement, made comparable.
    pub text: String,
}

/// In which way rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Verb {
    Insert,
    Update,
    Delete,
    Truncate,
    /// `MERGE`, `COPY`, `setval`, or several of the others.
    Any,
}

/// Objects that exclude each other's names have one key.
pub(super) type Key = (Space, ObjectName, Option<String>);

/// Kinds whose names exclude each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Space {
    /// Relations, indexes and types.
    Relation,
    /// Functions and their like.
    Routine,
    /// All others by themselves.
    Kind(ObjectKind),
}

/// Under which key an object stands.
#[must_use]
pub(super) fn key(object: &ObjectRef) -> Key {
    let space = match object.kind {
        kind if kind.is_routine() => Space::Routine,
        kind if object.part.is_some() => Space::Kind(kind),
        ObjectKind::Index | ObjectKind::Type | ObjectKind::Domain => Space::Relation,
        kind if kind.is_relation() => Space::Relation,
        ObjectKind::User | ObjectKind::Group => Space::Kind(ObjectKind::Role),
        kind => Space::Kind(kind),
    };
    (space, object.name.clone(), object.part.as_deref().map(str::to_owned))
}

/// Whether two objects are the same, as far as that is said: a function may be named without its parameters.
pub(super) fn is_same(one: &ObjectRef, other: &ObjectRef) -> bool {
    let (one, other) = (key(one), key(other));
    one == other
        || one.0 == Space::Routine
            && other.0 == Space::Routine
            && one.1 == other.1
            && (one.2.is_none() || other.2.is_none())
}

impl Access {
    /// Whether it leaves the object as it is.
    #[must_use]
    pub fn only_reads(&self) -> bool {
        matches!(self.how, How::Reads(_))
    }

    /// Whether the object has to be there.
    #[must_use]
    pub fn needs(&self) -> bool {
        !matches!(self.how, How::Makes | How::Reads(Use::Everything(_)))
    }
}
