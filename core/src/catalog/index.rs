//! Indexes of tables and materialised views.

use super::naming::Origin;

/// An index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name, given or as the server makes it; `None` where that cannot be told.
    pub name: Option<String>,
    /// What is indexed.
    pub parts: Vec<IndexPart>,
    /// `INCLUDE`.
    pub include: Vec<String>,
    /// `UNIQUE`.
    pub unique: bool,
    /// The access method or class, if one is said: `gin`, `fulltext`.
    pub method: Option<String>,
    /// The condition of a partial index.
    pub predicate: Option<String>,
    /// The columns that its expressions and its condition mention.
    pub mentions: Vec<String>,
    /// Whether queries may use it.
    pub valid: bool,
    /// Whether it keeps a constraint, of the same name.
    pub of_constraint: bool,
    /// Whether MySQL made it for a foreign key, to let it go once another index serves.
    pub implicit: bool,
    /// Where it was made; `None` if it was there before.
    pub made: Option<Origin>,
}

/// One element of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexPart {
    /// The column; `None` for an expression.
    pub column: Option<String>,
    /// The expression, or the column, with the operator class, collation and order as they are written.
    pub text: String,
}

impl Index {
    /// Its plain columns, in order; `None` if an expression stands among them.
    #[must_use]
    pub fn columns(&self) -> Option<Vec<&str>> {
        self.parts.iter().map(|part| part.column.as_deref()).collect()
    }

    /// Whether another index begins with all its columns.
    #[must_use]
    pub fn is_served_by(&self, other: &Self) -> bool {
        let columns = |index: &Self| index.parts.iter().map(|part| part.column.clone()).collect::<Vec<_>>();
        self.parts.len() <= other.parts.len() && columns(other).starts_with(&columns(self))
    }

    /// Whether it needs the column.
    #[must_use]
    pub fn uses(&self, column: &str) -> bool {
        self.parts.iter().any(|part| part.column.as_deref() == Some(column))
            || self.include.iter().chain(&self.mentions).any(|name| name == column)
    }
}
