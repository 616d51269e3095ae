//! Lock modes by the names of the manual's "Transaction locking and row versioning guide".

use crate::impact::lock_mode::{LockMode, Stops};

/// A statement that is compiled or runs.
pub(super) const SCH_S: LockMode = LockMode::new("Sch-S", 1, Stops::NOBODY);
/// Rows below are read.
pub(super) const IS: LockMode = LockMode::new("IS", 2, Stops::NOBODY);
/// Rows below are changed.
pub(super) const IX: LockMode = LockMode::new("IX", 3, Stops::NOBODY);
/// The whole table is read.
pub(super) const S: LockMode = LockMode::new("S", 4, Stops::WRITERS);
/// The whole table is changed.
pub(super) const X: LockMode = LockMode::new("X", 5, Stops::EVERYBODY);
/// The definition of the table changes.
pub(super) const SCH_M: LockMode = LockMode::new("Sch-M", 6, Stops::EVERYBODY);
