//! Placeholder replacement as Flyway's reader does it, character by character, with its surprises.
//!
//! Measured (`placeholder` recordings, 13.0.0): a failed match of the prefix is emitted whole and never looked at
//! again, so `$${x}` stays; a missing suffix eats the text to the end.

use crate::text::Casing;

use std::collections::BTreeMap;

/// The marks around a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    /// `placeholderPrefix`, never empty.
    pub prefix: String,
    /// `placeholderSuffix`, never empty.
    pub suffix: String,
    /// Between `flyway` and the name of a default placeholder: `:` in SQL, `_` in script files.
    pub separator: String,
}

/// Values by lower-case name. `None` marks a default placeholder whose value only a live connection knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<String, Option<String>>);

/// Why a text could not be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceholderError {
    /// No value for this name; Flyway refuses. `offset` is where the placeholder starts.
    Undefined {
        /// The placeholder with its marks, as the reader saw it.
        placeholder: String,
        /// Byte offset in the text.
        offset: usize,
    },
    /// The text ends inside the marks; Flyway crashes.
    Unfinished {
        /// Byte offset in the text.
        offset: usize,
    },
    /// A default placeholder that only a live connection can fill.
    Unknowable {
        /// Its name.
        name: String,
        /// Byte offset in the text.
        offset: usize,
    },
}

impl Values {
    /// Sets a value; `None` where only a live connection knows it.
    pub fn set(&mut self, name: &str, value: Option<String>) {
        self.0.insert(name.lower(), value);
    }

    fn get(&self, name: &str) -> Option<&Option<String>> {
        self.0.get(&name.lower())
    }
}

/// The text with every placeholder replaced.
pub fn replace(text: &str, marks: &Marks, values: &Values) -> Result<String, PlaceholderError> {
    let Some(first) = marks.prefix.chars().next() else { return Ok(text.to_owned()) };
    let length = marks.prefix.chars().count();
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(first) {
        let (before, candidate) = rest.split_at(at);
        replaced.push_str(before);
        let end = candidate.char_indices().nth(length).map_or(candidate.len(), |(at, _)| at);
        let (read, after) = candidate.split_at(end);
        if read != marks.prefix {
            replaced.push_str(read);
            rest = after;
            continue;
        }
        let offset = text.len() - candidate.len();
        let (name, after) = name(after, &marks.suffix).ok_or(PlaceholderError::Unfinished { offset })?;
        match values.get(name) {
            Some(Some(value)) => replaced.push_str(value),
            Some(None) => return Err(PlaceholderError::Unknowable { name: name.to_owned(), offset }),
            None => {
                let placeholder = format!("{}{name}{}", marks.prefix, marks.suffix);
                return Err(PlaceholderError::Undefined { placeholder, offset });
            }
        }
        rest = after;
    }
    replaced.push_str(rest);
    Ok(replaced)
}

/// The name up to the suffix and what follows. Without a suffix the reader still cuts as many characters off the end.
fn name<'a>(text: &'a str, suffix: &str) -> Option<(&'a str, &'a str)> {
    if let Some(at) = text.find(suffix) {
        return Some((&text[..at], &text[at + suffix.len()..]));
    }
    let cut = suffix.chars().count();
    let (end, _) = text.char_indices().rev().nth(cut - 1)?;
    Some((&text[..end], ""))
}
