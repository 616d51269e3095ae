//! `Change`s replayed in order → the schema at any point, cheap to snapshot.
//!
//! The catalog is three-valued: a name that was never seen is absent from a database that began empty, and unknown in one
//! that a baseline, a statement that was not understood, or a lone script leaves open. Nothing here fails: what a server
//! would refuse is a [`Conflict`], and the replay goes on as if the statement had not been there.

mod conflict;
mod constraint;
mod data_type;
mod describe;
mod diff;
mod expression;
mod index;
mod known;
mod links;
mod mentions;
mod naming;
mod narrowing;
mod object;
mod output;
mod parts;
mod presence;
mod queries;
mod relation;
mod replay;
mod shelf;
mod signature;
mod spelling;
mod state;
mod tree;
mod types;

pub use conflict::{Conflict, ConflictKind};
pub use constraint::{Constraint, ConstraintKind};
pub use data_type::ColumnType;
pub use diff::{Difference, DifferenceKind, diff, diff_of};
pub use index::{Index, IndexPart};
pub use known::Known;
pub use mentions::Mentions;
pub use naming::{ObjectName, ObjectRef, Origin};
pub use narrowing::Narrowing;
pub use object::{OtherObject, RoutineObject, TypeKind, TypeObject};
pub use parts::{Iter, Parts};
pub use relation::{
    Attached, Column, Default, Generation, IdentityKind, Partition, PartitionKey, Persistence, Relation, RelationKind,
    Rows,
};
pub use state::Catalog;

pub(crate) use describe::Facts;
pub(crate) use expression::{calls, names};
pub(crate) use signature::signature;
pub(crate) use tree::Tree;
