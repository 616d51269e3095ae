//! Up and down scripts × catalog → whether each migration can be taken back: coverage, proof, a drafted undo.
//!
//! A migration is played, then its undo script, and the schema after both is compared with the one before. What the catalog
//! does not keep (texts, comments, grants, settings) stands in a book beside it. What is not known proves nothing, and
//! accuses nobody.

mod book;
mod draft;
mod effect;
mod failure;
mod grant;
mod half;
mod kept;
mod note;
mod presence;
mod proof;
mod reason;
mod rename;
mod rows;
mod setting;
mod spelling;
mod whole;
mod wording;

pub use draft::{Draft, Request, draft};
pub use effect::Loss;
pub use failure::{Failure, Order, failure};
pub use half::Half;
pub use proof::{Flaw, FlawKind};
pub use whole::{Class, Coverage, Effect, Rollback, Share, Taken};
