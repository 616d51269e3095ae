//! What each script reads, makes, alters and removes, and so which scripts need others, and which may change places.
//!
//! Two scripts are independent where both orders work and leave the same schema. That is found by replaying both orders,
//! and where the catalog does not model what happens, by comparing what the scripts touch.

mod access;
mod bounds;
mod clash;
mod definition;
mod entries;
mod equality;
mod extension;
mod ledger;
mod pair;
mod prefix;
mod row_clash;
mod row_pairs;
mod row_values;
mod schema;
mod sets;
mod taken;
mod touch;

pub use access::{Access, Aspect, How, RowChange, Use, Verb};
pub use equality::{Equality, Unlike, equality};
pub use pair::{Numbered, Pair, Verdict, pair};
pub use prefix::{Prefix, prefixes};
pub use schema::{Failure, Opaque, Played, Schema, Script};
pub use sets::{Crossing, crossings};
