//! What runs together, in which transactions, replayed: the facts that rules ask.
//!
//! A [`Run`] is one database session. It replays scripts statement by statement; a [`Step`] is one statement with the
//! schema before it, the settings in force, the transaction around it, what it does, and the locks held by then.
//! Bodies of functions and triggers do not run here; anonymous blocks do.

mod held;
mod meeting;
mod order;
mod plain;
mod replay;
mod run;
mod selection;
mod step;
mod undo;

pub use held::{Held, HeldLock};
pub use meeting::Meeting;
pub use order::{Input, Mixed, Role, Turn};
pub use replay::{Deployment, Played};
pub use run::{Run, Runner};
pub use selection::{Choice, Selection};
pub use step::{OpenTransaction, Opener, Step};
pub use undo::Undone;
