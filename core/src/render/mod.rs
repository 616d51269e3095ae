//! A report in the formats that people and programs read. One pure function and one file for each.

mod human;
mod impact;
mod json;
mod plan;
mod table;
mod terminal;

pub use human::human;
pub use impact::impact;
pub use json::json;
pub use plan::plan;
pub use table::table;
pub use terminal::harmless;
