//! A script with its text and everything that was read of it.

use super::request::Request;
use crate::sql::{self, Options, Script};
use crate::text::Span;

/// A script as SQL.
#[derive(Debug)]
pub struct Reading {
    /// The text that all spans point into.
    pub text: String,
    /// Tokens and statements.
    pub script: Script,
    /// What each statement asks for, in order.
    pub requests: Vec<Request>,
}

impl Reading {
    /// Reads a script.
    #[must_use]
    pub fn new(text: String, options: &Options) -> Self {
        let script = sql::read(&text, options);
        let requests = super::read_all(&text, &script, options);
        Self { text, script, requests }
    }

    /// Reads a part of a text. All else is read as blanks, so that spans point into the whole text.
    #[must_use]
    pub fn part(text: &str, part: Span, options: &Options) -> Self {
        let blank = |text: &str| -> String {
            let keeps = |byte: u8| matches!(byte, b'\n' | b'\r');
            text.bytes().map(|byte| if keeps(byte) { char::from(byte) } else { ' ' }).collect()
        };
        let (before, rest) = text.split_at_checked(part.start).unwrap_or((text, ""));
        let (inside, after) = rest.split_at_checked(part.end.saturating_sub(part.start)).unwrap_or((rest, ""));
        Self::new(blank(before) + inside + &blank(after), options)
    }
}
