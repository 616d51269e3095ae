//! Metadata locks, by the names of `performance_schema.metadata_locks`.

use crate::impact::lock_mode::{LockMode, Stops};

/// A query.
pub(super) const SHARED_READ: LockMode = LockMode::new("SHARED_READ", 1, Stops::NOBODY);
/// `INSERT`, `UPDATE`, `DELETE`.
pub(super) const SHARED_WRITE: LockMode = LockMode::new("SHARED_WRITE", 2, Stops::NOBODY);
/// An `ALTER TABLE` that lets others read and write.
pub(super) const SHARED_UPGRADABLE: LockMode = LockMode::new("SHARED_UPGRADABLE", 3, Stops::NOBODY);
/// `LOCK TABLES … READ`.
pub(super) const SHARED_READ_ONLY: LockMode = LockMode::new("SHARED_READ_ONLY", 4, Stops::WRITERS);
/// An `ALTER TABLE` that lets others read.
pub(super) const SHARED_NO_WRITE: LockMode = LockMode::new("SHARED_NO_WRITE", 5, Stops::WRITERS);
/// `LOCK TABLES … WRITE`.
pub(super) const SHARED_NO_READ_WRITE: LockMode = LockMode::new("SHARED_NO_READ_WRITE", 6, Stops::EVERYBODY);
/// The definition of the table changes.
pub(super) const EXCLUSIVE: LockMode = LockMode::new("EXCLUSIVE", 7, Stops::EVERYBODY);
