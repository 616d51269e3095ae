//! Reading SQL: the recordings of Flyway's own splitting, scripts with marked boundaries, and properties.

mod conformance;
mod fixtures;
mod properties;
