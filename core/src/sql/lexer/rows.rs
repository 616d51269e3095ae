//! The rows of a `VALUES` list, skimmed: a dump of data is one token, not millions.

use super::super::syntax::{Backslash, Syntax};
use super::super::{Dialect, Kind};
use super::{IN_WORD, Lexer, is_blank};

/// What a byte means inside a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Meaning {
    /// Part of a plain value.
    Plain,
    /// Begins a string.
    Quote,
    /// Ends the row.
    Close,
    /// Harmless unless it begins a comment, a line command or a parameter.
    Perhaps,
    /// Not for a plain row.
    Stop,
}

/// The meanings in one dialect; `lead` begins a placeholder.
fn meanings(dialect: Dialect, syntax: &Syntax, lead: Option<u8>) -> Vec<Meaning> {
    let mut table = vec![Meaning::Stop; 256];
    for byte in b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ \t\n\r,.+*%=<>" {
        table[*byte as usize] = Meaning::Plain;
    }
    for byte in b"-/:" {
        table[*byte as usize] = Meaning::Perhaps;
    }
    table[b'\'' as usize] = Meaning::Quote;
    table[b')' as usize] = Meaning::Close;
    if syntax.double_quoted_strings {
        table[b'"' as usize] = Meaning::Quote;
    }
    if dialect == Dialect::SqlServer {
        table[b'\n' as usize] = Meaning::Stop;
        table[b'\r' as usize] = Meaning::Stop;
    }
    if let Some(lead) = lead {
        table[lead as usize] = Meaning::Stop;
    }
    table
}

impl Lexer<'_> {
    /// Reads the rows that follow a comma of a `VALUES` list as one token, up to the first that is not plain.
    pub(in super::super) fn rows(&mut self) {
        if self.delimiter.is_some() {
            return;
        }
        if self.row_bytes.is_empty() {
            self.row_bytes = meanings(self.dialect, self.syntax, self.placeholder.lead());
        }
        let start = self.at;
        let mut end = start;
        while self.plain_row() {
            end = self.at;
            self.skip_blanks();
            if self.peek(0) != Some(b',') {
                break;
            }
            self.at += 1;
        }
        self.at = end;
        if end > start {
            self.push(start, Kind::Rows);
            self.fresh = false;
        }
    }

    fn skip_blanks(&mut self) {
        while self.peek(0).is_some_and(is_blank) {
            self.at += 1;
        }
    }

    /// Moves past a row in parentheses if all its values are plain.
    fn plain_row(&mut self) -> bool {
        self.skip_blanks();
        if self.peek(0) != Some(b'(') {
            return false;
        }
        self.at += 1;
        loop {
            while self.peek(0).is_some_and(|byte| self.row_bytes[byte as usize] == Meaning::Plain) {
                self.at += 1;
            }
            let Some(byte) = self.peek(0) else { return false };
            match self.row_bytes[byte as usize] {
                Meaning::Close => {
                    self.at += 1;
                    return true;
                }
                Meaning::Quote if !IN_WORD[self.bytes[self.at - 1] as usize] => {
                    self.at += 1;
                    if !self.close_quote(byte, self.syntax.backslash == Backslash::Always) {
                        return false;
                    }
                }
                Meaning::Perhaps if self.is_harmless(byte) => self.at += if byte == b':' { 2 } else { 1 },
                _ => return false,
            }
        }
    }

    /// Whether `-`, `/` or `:` is an operator here: no comment, no lone slash, a cast `::`.
    fn is_harmless(&self, byte: u8) -> bool {
        match self.peek(1) {
            None => false,
            Some(next) if byte == b'-' => next != b'-',
            Some(next) if byte == b'/' => !matches!(next, b'*' | b'/') && !is_blank(next),
            Some(next) => next == b':',
        }
    }
}
