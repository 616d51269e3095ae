//! flightcheck's core: bytes in, report out. It knows no files, clock, environment, threads or network.
//!
//! The modules stand in the order of the data, and each may use only those above it.

pub mod text;
pub mod finding;
pub mod version;
pub mod sql;
pub mod settings;
pub mod change;
pub mod catalog;
pub mod impact;
pub mod dependency;
pub mod layout;
pub mod history;
pub mod seal;
pub mod ratchet;
pub mod status;
pub mod environment;
pub mod repository;
pub mod branch;
pub mod deployment;
pub mod rollback;
pub mod ignore;
pub mod rules;
pub mod project;
pub mod report;
pub mod render;
