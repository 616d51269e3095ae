//! The names in a text: most are kept for a question that nobody asks, so they are found when somebody does.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::expression;
use crate::sql::Dialect;
use crate::text::Span;

/// The names that a text mentions, as the server compares them.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    /// Where they stand, until a name is added or taken away.
    text: Option<(Arc<str>, Dialect)>,
    names: OnceLock<BTreeSet<String>>,
}

impl Mentions {
    /// Those of a piece of a text.
    pub(super) fn of(text: &str, span: Span, dialect: Dialect) -> Self {
        let text = text.get(span.start..span.end).map(|text| (Arc::from(text), dialect));
        Self { text, names: OnceLock::new() }
    }

    /// Whether a name is among them.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.names().contains(name)
    }

    /// Adds a name.
    pub(super) fn insert(&mut self, name: &str) {
        self.edit(|names| names.insert(name.to_owned()));
    }

    /// Puts a name in the place of another, if that is among them.
    pub(super) fn rename(&mut self, old: &str, new: &str) {
        if self.contains(old) {
            self.edit(|names| names.remove(old) && names.insert(new.to_owned()));
        }
    }

    fn edit(&mut self, change: impl FnOnce(&mut BTreeSet<String>) -> bool) {
        let mut names = self.names().clone();
        change(&mut names);
        *self = Self::from(names);
    }

    fn names(&self) -> &BTreeSet<String> {
        self.names.get_or_init(|| match &self.text {
            Some((text, dialect)) => expression::names(text, Span::new(0, text.len()), *dialect),
            None => BTreeSet::new(),
        })
    }
}

impl From<BTreeSet<String>> for Mentions {
    fn from(names: BTreeSet<String>) -> Self {
        Self { text: None, names: OnceLock::from(names) }
    }
}

impl PartialEq for Mentions {
    fn eq(&self, other: &Self) -> bool {
        self.text.is_some() && self.text == other.text || self.names() == other.names()
    }
}

impl Eq for Mentions {}
