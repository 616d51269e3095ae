//! Configuration texts → settings.

mod conf;
mod keys;
mod pattern;
mod target;

pub(crate) use conf::java_trim;
pub use conf::{Property, read as read_conf};
pub use pattern::IgnorePattern;
pub use target::Target;
