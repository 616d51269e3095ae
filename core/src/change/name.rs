//! Names as they are written: parts, quotes, places. Folding their case is the catalog's business.

use std::fmt;

use crate::text::Span;

/// One part of a name: a column, a table without its schema.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identifier {
    /// Its text without quotes, doubled quotes made single.
    pub text: String,
    /// Whether it stands in quotes, brackets or backticks, so that its case counts.
    pub quoted: bool,
    /// Where it stands, quotes included.
    pub span: Span,
}

impl Identifier {
    /// Whether it is this keyword or plain name, in any case.
    #[must_use]
    pub fn is(&self, word: &str) -> bool {
        !self.quoted && self.text.eq_ignore_ascii_case(word)
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A name of one or several parts: `users`, `public.users`, `[db]..[users]` (whose middle part is empty).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Name {
    /// Its parts, never none.
    pub parts: Vec<Identifier>,
    /// Where it stands.
    pub span: Span,
}

impl Name {
    /// The part that names the object itself.
    #[must_use]
    pub fn last(&self) -> &Identifier {
        &self.parts[self.parts.len() - 1]
    }

    /// The schema it is qualified with.
    #[must_use]
    pub fn schema(&self) -> Option<&Identifier> {
        self.parts.len().checked_sub(2).map(|at| &self.parts[at]).filter(|part| !part.text.is_empty())
    }

    /// Whether it is this one keyword or plain name, in any case.
    #[must_use]
    pub fn is(&self, word: &str) -> bool {
        self.parts.len() == 1 && self.parts[0].is(word)
    }
}

impl From<Identifier> for Name {
    fn from(part: Identifier) -> Self {
        Self { span: part.span, parts: vec![part] }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.parts.iter().enumerate() {
            if at > 0 {
                f.write_str(".")?;
            }
            f.write_str(&part.text)?;
        }
        Ok(())
    }
}
