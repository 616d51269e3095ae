//! The `type` column of the history table.
//!
//! Source: `CoreMigrationType.java` and `BaselineMigrationType.java` of Flyway 13.0.0, and the `fixed-TY…` recordings.

use crate::finding::Refusal;
use crate::layout::{Kind, Language, Migration};
use crate::settings::Edition;

/// What a row records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowType {
    /// A SQL script.
    Sql,
    /// A Java class.
    Jdbc,
    /// A shell or other script.
    Script,
    /// A migration of a custom resolver.
    Custom,
    /// The marker that `baseline` writes.
    Baseline,
    /// The marker for created schemas.
    Schema,
    /// The marker that `repair` writes for a missing migration.
    Delete,
    /// A baseline migration in SQL.
    SqlBaseline,
    /// A baseline migration in Java.
    JdbcBaseline,
    /// An undo in SQL (Redgate).
    UndoSql,
    /// An undo in Java (Redgate).
    UndoJdbc,
    /// An undo by a script.
    UndoScript,
}

/// The stored name of each type, and whether only Redgate's builds read it.
const NAMES: [(&str, RowType, bool); 14] = [
    ("SQL", RowType::Sql, false),
    ("JDBC", RowType::Jdbc, false),
    ("SPRING_JDBC", RowType::Jdbc, false),
    ("SCRIPT", RowType::Script, false),
    ("CUSTOM", RowType::Custom, false),
    ("BASELINE", RowType::Baseline, false),
    ("SCHEMA", RowType::Schema, false),
    ("DELETE", RowType::Delete, false),
    ("SQL_BASELINE", RowType::SqlBaseline, false),
    ("JDBC_BASELINE", RowType::JdbcBaseline, false),
    ("UNDO_SQL", RowType::UndoSql, true),
    ("UNDO_JDBC", RowType::UndoJdbc, true),
    ("UNDO_SPRING_JDBC", RowType::UndoJdbc, true),
    ("UNDO_SCRIPT", RowType::UndoScript, false),
];

impl RowType {
    /// Reads the stored name. A name that the build does not know aborts every command; one in another case crashes it.
    pub fn parse(name: &str, edition: Edition) -> Result<Self, Refusal> {
        let known = |redgate: bool| !redgate || edition == Edition::Redgate;
        let find = |same: fn(&str, &str) -> bool| {
            NAMES.iter().find(|(stored, _, redgate)| same(stored, name) && known(*redgate)).map(|(_, kind, _)| *kind)
        };
        if let Some(kind) = find(|stored, name| stored == name) {
            return Ok(kind);
        }
        if find(str::eq_ignore_ascii_case).is_some() {
            return Err(Refusal::crash(format!("the history holds the type `{name}`, which must be in upper case")));
        }
        let needs_redgate = NAMES.iter().any(|(stored, _, redgate)| *stored == name && *redgate);
        let hint = if needs_redgate { ": only Redgate's builds read it" } else { "" };
        Err(Refusal::new("ERROR", format!("the history holds the type `{name}`, which this build does not know{hint}")))
    }

    /// The type that a migration's row has.
    #[must_use]
    pub fn of(migration: &Migration) -> Self {
        match (migration.kind, migration.language) {
            (Kind::Baseline, Language::Java) => Self::JdbcBaseline,
            (Kind::Baseline, _) => Self::SqlBaseline,
            (Kind::Undo, Language::Sql) => Self::UndoSql,
            (Kind::Undo, Language::Java) => Self::UndoJdbc,
            (Kind::Undo, Language::Script) => Self::UndoScript,
            (_, Language::Sql) => Self::Sql,
            (_, Language::Java) => Self::Jdbc,
            (_, Language::Script) => Self::Script,
        }
    }

    /// The name that is stored and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        NAMES.iter().find(|(_, kind, _)| *kind == self).map_or("", |(name, _, _)| name)
    }

    /// Whether the row stands for no migration of the project.
    #[must_use]
    pub fn is_synthetic(self) -> bool {
        matches!(self, Self::Baseline | Self::Schema | Self::Delete)
    }

    /// Whether the row takes a migration back.
    #[must_use]
    pub fn is_undo(self) -> bool {
        matches!(self, Self::UndoSql | Self::UndoJdbc | Self::UndoScript)
    }

    /// Whether the row sets a baseline.
    #[must_use]
    pub fn is_baseline(self) -> bool {
        self == Self::Baseline || self.is_baseline_migration()
    }

    /// Whether the row is that of a baseline migration, not of the `baseline` command.
    #[must_use]
    pub fn is_baseline_migration(self) -> bool {
        matches!(self, Self::SqlBaseline | Self::JdbcBaseline)
    }
}
