//! Types, routines, and every other kind of object.

use std::collections::BTreeSet;

use super::data_type::ColumnType;
use super::naming::{ObjectName, ObjectRef, Origin};
use super::relation::{Column, Default};
use crate::change::ObjectKind;

/// A type or domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeObject {
    /// What it is made of.
    pub kind: TypeKind,
    /// The values of an enum that `ADD VALUE` added, and where.
    pub added: Vec<(String, Origin)>,
    /// Where it was made.
    pub made: Option<Origin>,
}

impl TypeObject {
    /// How others speak of it.
    #[must_use]
    pub fn reference(&self, name: &ObjectName) -> ObjectRef {
        let domain = matches!(self.kind, TypeKind::Domain { .. });
        ObjectRef::whole(if domain { ObjectKind::Domain } else { ObjectKind::Type }, name)
    }
}

/// What a type is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeKind {
    /// The values of an enum, in order.
    Enum(Vec<String>),
    /// The attributes of a composite type.
    Composite(Vec<Column>),
    /// A domain.
    Domain {
        /// What it is a domain of.
        data_type: ColumnType,
        /// Whether it takes NULL.
        nullable: bool,
        /// Its default.
        default: Option<Default>,
        /// Its checks: name, condition, whether validated.
        checks: Vec<(String, String, bool)>,
    },
    /// Any other.
    Other,
}

/// A function, procedure, aggregate or package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutineObject {
    /// Its parameters as they are written, once for each overload.
    pub overloads: BTreeSet<String>,
    /// Whether it gives one value for equal arguments, as it says itself: `immutable`, `stable`, `volatile`.
    pub volatility: Option<String>,
    /// Whether only triggers can run it: it returns `trigger` or `event_trigger`.
    pub of_triggers: bool,
    /// What its body makes, alters or removes.
    pub touches: BTreeSet<ObjectName>,
    /// Whether its body runs text that cannot be read.
    pub opaque: bool,
    /// What such text may remove.
    pub removes: Removal,
    /// Where it was made.
    pub made: Option<Origin>,
}

/// What text that is put together when it runs may remove.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removal {
    /// The kinds of objects.
    pub kinds: BTreeSet<ObjectKind>,
    /// The words around it in lower case; the tables that are concerned may be among them.
    pub words: BTreeSet<String>,
}

/// Any other object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherObject {
    /// The tables it is made for: of a publication, of statistics.
    pub tables: Vec<ObjectName>,
    /// Where it was made.
    pub made: Option<Origin>,
}
