//! The dialects, and the names that people and tools give them.

use std::str::FromStr;

use serde::Serialize;

/// Whose SQL a script is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// PostgreSQL and the servers that speak its language.
    Postgres,
    /// MySQL.
    Mysql,
    /// MariaDB.
    Mariadb,
    /// Microsoft SQL Server and Azure SQL.
    SqlServer,
    /// Oracle Database.
    Oracle,
    /// SQLite.
    Sqlite,
    /// H2.
    H2,
    /// None of these, or not known: what most of them share.
    Generic,
}

/// Every dialect with its name, and further names that are understood.
const NAMES: [(Dialect, &str, &[&str]); 8] = [
    (
        Dialect::Postgres,
        "postgres",
        &["postgresql", "pg", "cockroachdb", "cockroach", "redshift", "yugabytedb", "aurora-postgresql"],
    ),
    (Dialect::Mysql, "mysql", &["tidb", "singlestore", "aurora-mysql"]),
    (Dialect::Mariadb, "mariadb", &[]),
    (Dialect::SqlServer, "sqlserver", &["mssql", "tsql", "azuresql", "sql-server", "jtds"]),
    (Dialect::Oracle, "oracle", &["plsql"]),
    (Dialect::Sqlite, "sqlite", &["sqlite3", "libsql"]),
    (Dialect::H2, "h2", &[]),
    (Dialect::Generic, "generic", &["ansi", "db2", "derby", "hsqldb", "firebird", "snowflake"]),
];

impl FromStr for Dialect {
    type Err = String;

    /// The dialect of a name that a person gives. `Err` says which there are.
    fn from_str(name: &str) -> Result<Self, String> {
        let known = || Self::all().map(Self::as_str).collect::<Vec<_>>().join(", ");
        Self::from_name(name).ok_or_else(|| format!("there is no such dialect; there are {}", known()))
    }
}

impl Dialect {
    /// Every dialect, in the order in which they are listed to people.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(dialect, ..)| *dialect)
    }

    /// The name used in settings and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        NAMES.iter().find(|(dialect, ..)| *dialect == self).map_or("generic", |(_, name, _)| name)
    }

    /// The dialect of that name or further name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        NAMES.iter().find(|(_, own, others)| is(own) || others.iter().any(|other| is(other))).map(|known| known.0)
    }

    /// The dialect that a JDBC URL leads to: `jdbc:postgresql://…`, also behind a wrapper such as
    /// `jdbc:tc:` or `jdbc:p6spy:`.
    #[must_use]
    pub fn from_jdbc_url(url: &str) -> Option<Self> {
        let mut parts = url.trim().split(':');
        parts.next().filter(|scheme| scheme.eq_ignore_ascii_case("jdbc"))?;
        let name = parts.take(3).find_map(Self::from_name)?;
        let in_mode = |mode: &str| url.to_ascii_lowercase().contains(&format!(";mode={mode}"));
        Some(match name {
            Self::H2 if in_mode("mysql") => Self::Mysql,
            Self::H2 if in_mode("mariadb") => Self::Mariadb,
            Self::H2 if in_mode("mssqlserver") => Self::SqlServer,
            other => other,
        })
    }
}
