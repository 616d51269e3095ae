//! What a server would refuse, or what a later step would miss: facts for rules.

use super::naming::{ObjectRef, Origin};
use crate::sql::Dialect;
use crate::text::Span;

/// A statement that does not fit the schema before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Why.
    pub kind: ConflictKind,
    /// The object it is about.
    pub object: ObjectRef,
    /// Where the statement names it.
    pub span: Span,
    /// Where the object was made, if it exists and that is known.
    pub made: Option<Origin>,
}

/// Why a statement does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictKind {
    /// What it would make is there.
    AlreadyExists,
    /// What it needs is known to be absent.
    Missing,
    /// What it would remove is needed by these.
    NeededBy(Vec<ObjectRef>),
    /// The name stands for another kind of object.
    WrongKind,
}

impl ConflictKind {
    /// Its name as reports and fixtures spell it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::AlreadyExists => "already-exists",
            Self::Missing => "missing",
            Self::NeededBy(_) => "needed-by",
            Self::WrongKind => "wrong-kind",
        }
    }
}

impl Conflict {
    /// Why the server refuses the statement, in a few words: `there is no table public.users`.
    #[must_use]
    pub fn in_words(&self, dialect: Dialect) -> String {
        let words = |object: &ObjectRef| object.in_words(dialect);
        match &self.kind {
            ConflictKind::AlreadyExists => format!("{} exists already", words(&self.object)),
            ConflictKind::Missing => format!("there is no {}", words(&self.object)),
            ConflictKind::NeededBy(others) => {
                let needing: Vec<String> = others.iter().map(words).collect();
                let verb = if needing.len() == 1 { "needs" } else { "need" };
                format!("{} {verb} {}", needing.join(", "), words(&self.object))
            }
            ConflictKind::WrongKind => format!("{} is another kind of object", self.object.name.spelled(dialect)),
        }
    }
}
