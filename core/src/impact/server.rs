//! Which server a statement runs on.

use std::fmt;

use crate::sql::Dialect;

/// A version of a server: `15`, `8.0.29`, `3.40.1`. SQL Server's is its year, Oracle's its release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release(pub u16, pub u16, pub u16);

impl Release {
    /// Reads `15`, `v8.0.29`, `19c`, `11.8.6-MariaDB`. `None` if it does not begin with a number, or one is too large.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches(['v', 'V']);
        let mut parts = text.split('.').map(|part| {
            let digits = part.len() - part.trim_start_matches(|char: char| char.is_ascii_digit()).len();
            part[..digits].parse::<u16>().ok()
        });
        let first = parts.next()??;
        let mut next = || parts.next().flatten().unwrap_or(0);
        Some(Self(first, next(), next()))
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self(major, 0, 0) => write!(f, "{major}"),
            Self(major, minor, 0) => write!(f, "{major}.{minor}"),
            Self(major, minor, patch) => write!(f, "{major}.{minor}.{patch}"),
        }
    }
}

/// A server: whose it is, and its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Server {
    /// Whose.
    pub dialect: Dialect,
    /// Its version.
    pub version: Release,
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
        Self { dialect, version }
    }

    /// Whether its version is that one or later.
    #[must_use]
    pub fn is_at_least(self, major: u16, minor: u16, patch: u16) -> bool {
        self.version >= Release(major, minor, patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_people_write_them() {
        let read = |text| Release::parse(text).map(|version| version.to_string());
        assert_eq!(read("15").as_deref(), Some("15"));
        assert_eq!(read("11.8.6-MariaDB").as_deref(), Some("11.8.6"));
        assert_eq!(read("19c").as_deref(), Some("19"));
        assert_eq!(read("v3.40.1").as_deref(), Some("3.40.1"));
        assert_eq!(read("latest"), None);
        assert_eq!(read("99999999"), None);
    }
}
