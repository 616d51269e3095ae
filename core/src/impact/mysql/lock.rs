//! Metadata locks, by the names of `performance_schema.metadata_locks`.

use crate::impact::lock_mode::{LockMode, Stops};
use crate::impact::server::Server;
use crate::sql::Dialect;

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

/// The lock of the table at the other end of a foreign key that comes or goes. MySQL keeps foreign keys in its dictionary
/// and locks both tables; MariaDB leaves them to the storage engine.
pub(super) fn of_tie(server: Server) -> LockMode {
    if server.dialect == Dialect::Mariadb { SHARED_READ } else { EXCLUSIVE }
}
