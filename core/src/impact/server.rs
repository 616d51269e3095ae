//! Which server a statement runs on.

use crate::sql::Dialect;
pub use crate::version::{Release, ServerEdition};

/// A server: whose it is, and its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Server {
    /// Whose.
    pub dialect: Dialect,
    /// Its version.
    pub version: Release,
    /// Its edition, where it is known.
    pub edition: Option<ServerEdition>,
}

/// The oldest release that its vendor supports in November 2026, from each vendor's own page on support: PostgreSQL's
/// "Versioning Policy", MySQL's and Oracle's "Lifetime Support Policy", MariaDB's "Maintenance Policy", SQL Server's
/// "Lifecycle". SQLite and H2 have no such page: theirs are the ones that the oldest supported Debian brings, and the last
/// major one.
const OLDEST: [(Dialect, Release); 8] = [
    (Dialect::Postgres, Release(15, 0, 0)),
    (Dialect::Mysql, Release(8, 4, 0)),
    (Dialect::Mariadb, Release(10, 11, 0)),
    (Dialect::SqlServer, Release(2017, 0, 0)),
    (Dialect::Oracle, Release(19, 0, 0)),
    (Dialect::Sqlite, Release(3, 40, 0)),
    (Dialect::H2, Release(2, 0, 0)),
    (Dialect::Generic, Release(0, 0, 0)),
];

impl Server {
    /// The oldest release that is still supported: what is assumed where nobody says which it is.
    #[must_use]
    pub fn oldest(dialect: Dialect) -> Self {
        let version = OLDEST.iter().find(|(known, _)| *known == dialect).map_or(Release(0, 0, 0), |known| known.1);
        Self { dialect, version, edition: None }
    }

    /// Whether its edition runs `ONLINE`; where the edition is not known, Enterprise is assumed.
    #[must_use]
    pub fn runs_online(self) -> bool {
        self.edition.is_none_or(ServerEdition::runs_online)
    }

    /// Whether its version is that one or later.
    #[must_use]
    pub fn is_at_least(self, major: u16, minor: u16, patch: u16) -> bool {
        self.version >= Release(major, minor, patch)
    }
}
