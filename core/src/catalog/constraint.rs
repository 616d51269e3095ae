//! Constraints of tables.

use super::naming::{ObjectName, Origin};
use crate::change::ReferentialAction;

/// A constraint of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// Its name, given or as the server makes it; `None` where that cannot be told.
    pub name: Option<String>,
    /// What it demands.
    pub kind: ConstraintKind,
    /// Its columns; those that a check mentions.
    pub columns: Vec<String>,
    /// The column in whose definition it stands, with which SQLite drops it.
    pub host: Option<String>,
    /// Whether the rows that are there fulfil it.
    pub validated: bool,
    /// Whether new rows must fulfil it.
    pub enforced: bool,
    /// `DEFERRABLE`.
    pub deferrable: bool,
    /// `INITIALLY DEFERRED`.
    pub initially_deferred: bool,
    /// Whether it comes from a parent.
    pub inherited: bool,
    /// Where it was made; `None` if it was there before.
    pub made: Option<Origin>,
}

/// What a constraint demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConstraintKind {
    /// `PRIMARY KEY`.
    PrimaryKey,
    /// `UNIQUE`.
    Unique {
        /// `NULLS NOT DISTINCT`.
        nulls_not_distinct: bool,
    },
    /// `FOREIGN KEY`.
    ForeignKey {
        /// The referenced table.
        table: ObjectName,
        /// The referenced columns; none where they are the key of a table that is not known.
        columns: Vec<String>,
        /// `ON DELETE`.
        on_delete: Option<ReferentialAction>,
        /// `ON UPDATE`.
        on_update: Option<ReferentialAction>,
    },
    /// `CHECK`.
    Check {
        /// The condition, blanks made single.
        text: String,
    },
    /// A `NOT NULL` with a name.
    NotNull,
    /// `EXCLUDE`.
    Exclude {
        /// Its elements with their operators.
        text: String,
    },
    /// SQL Server's default.
    Default,
}

impl ConstraintKind {
    /// Its name in listings.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::PrimaryKey => "primary key",
            Self::Unique { .. } => "unique",
            Self::ForeignKey { .. } => "foreign key",
            Self::Check { .. } => "check",
            Self::NotNull => "not null",
            Self::Exclude { .. } => "exclude",
            Self::Default => "default",
        }
    }
}

impl Constraint {
    /// Whether it is the primary key.
    #[must_use]
    pub fn is_primary(&self) -> bool {
        self.kind == ConstraintKind::PrimaryKey
    }

    /// Whether it is kept by an index.
    #[must_use]
    pub fn has_index(&self) -> bool {
        matches!(self.kind, ConstraintKind::PrimaryKey | ConstraintKind::Unique { .. } | ConstraintKind::Exclude { .. })
    }

    /// Whether it is a check that says of a column that it is not NULL, and nothing else.
    #[must_use]
    pub fn demands_value(&self, column: &str) -> bool {
        let ConstraintKind::Check { text } = &self.kind else { return false };
        let words: Vec<&str> = text.split([' ', '(', ')', '"', '`']).filter(|word| !word.is_empty()).collect();
        let demands = |[name, rest @ ..]: &[&str; 4]| {
            name.eq_ignore_ascii_case(column) && rest.join(" ").eq_ignore_ascii_case("IS NOT NULL")
        };
        self.enforced && words.as_slice().try_into().is_ok_and(|words: &[&str; 4]| demands(words))
    }

    /// The table that a foreign key points to.
    #[must_use]
    pub fn referenced(&self) -> Option<&ObjectName> {
        if let ConstraintKind::ForeignKey { table, .. } = &self.kind { Some(table) } else { None }
    }
}
