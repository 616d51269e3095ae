//! A script with its text and everything that was read of it.

use super::request::Request;
use crate::sql::{self, Options, Script};

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
}
