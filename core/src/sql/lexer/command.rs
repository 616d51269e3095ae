//! Lines that the client reads and the server never sees, and the data it sends as it stands.

use memchr::memmem;

use super::super::problem::Trouble;
use super::super::{Dialect, Kind};
use super::{IN_WORD, Lexer, is_blank};
use crate::text::Span;

/// Commands of SQL*Plus that fill their line. `SET` is one unless it is SQL.
const SQLPLUS: [&str; 29] = [
    "ACCEPT",
    "BREAK",
    "BTITLE",
    "CLEAR",
    "COLUMN",
    "CONN",
    "CONNECT",
    "DEF",
    "DEFINE",
    "DISCONNECT",
    "EXEC",
    "EXECUTE",
    "EXIT",
    "HOST",
    "PAUSE",
    "PRINT",
    "PRO",
    "PROMPT",
    "QUIT",
    "REM",
    "REMARK",
    "SHO",
    "SHOW",
    "SPOOL",
    "START",
    "TTITLE",
    "UNDEFINE",
    "VARIABLE",
    "WHENEVER",
];

/// How much of a line is looked at for the argument of `DELIMITER`.
const LONGEST_ARGUMENT: usize = 64;

/// What follows `SET` in Oracle's SQL; after anything else it is a command of SQL*Plus.
const SET_IN_SQL: [&str; 4] = ["ROLE", "TRANSACTION", "CONSTRAINT", "CONSTRAINTS"];

impl Lexer<'_> {
    /// What the word before the reader is if it makes its line a command, or ends a batch.
    pub(super) fn command_word(&mut self, start: usize, fresh: bool) -> Option<Kind> {
        let word = &self.text[start..self.at];
        match self.dialect {
            Dialect::SqlServer if fresh && word.eq_ignore_ascii_case("GO") => self.go(),
            Dialect::Oracle if fresh && self.idle => {
                let is = |command: &str| command.eq_ignore_ascii_case(word);
                let command = SQLPLUS.iter().any(|command| is(command)) || is("SET") && !self.sets_in_sql();
                command.then(|| self.command_line())
            }
            _ if self.syntax.delimiter_command && word.eq_ignore_ascii_case("DELIMITER") => self.delimiter_command(),
            _ => None,
        }
    }

    /// The rest of the line.
    pub(super) fn command_line(&mut self) -> Kind {
        self.at = self.line_end();
        Kind::Command
    }

    /// psql reads a backslash command up to the line's end wherever it stands outside quotes.
    pub(super) fn backslash(&mut self, fresh: bool) -> Kind {
        let command = self.syntax.psql
            && (fresh || self.dialect == Dialect::Postgres)
            && self.peek(1).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'.' | b'!' | b'?'));
        if command { self.command_line() } else { self.single(Kind::Operator) }
    }

    /// `GO` with an optional count and nothing else but a comment on its line.
    fn go(&mut self) -> Option<Kind> {
        let end = self.line_end();
        let line = &self.text[self.at..end];
        let count = line.trim_ascii_start();
        let after = count.trim_start_matches(|char: char| char.is_ascii_digit());
        let rest = after.trim_ascii_start();
        if !(rest.is_empty() || rest.starts_with("--") || rest.starts_with("/*")) {
            return None;
        }
        self.at += if after.len() < count.len() { line.len() - after.len() } else { 0 };
        Some(Kind::Go)
    }

    fn sets_in_sql(&mut self) -> bool {
        let end = self.line_end();
        let line = self.text[self.at..end].trim_ascii_start();
        let word = line.split(|char: char| !char.is_ascii_alphabetic()).next().unwrap_or_default();
        SET_IN_SQL.iter().any(|known| known.eq_ignore_ascii_case(word))
    }

    /// `DELIMITER //`: inside a statement, and in scripts of unknown dialect, only with signs as its argument.
    fn delimiter_command(&mut self) -> Option<Kind> {
        let end = self.line_end().min(self.at + LONGEST_ARGUMENT);
        let end = (self.at..=end).rev().find(|end| self.text.is_char_boundary(*end)).unwrap_or(self.at);
        let text = self.text;
        let argument = text[self.at..end].trim_ascii();
        let quoted = argument.strip_prefix(['\'', '"', '`']).and_then(|rest| rest.split(['\'', '"', '`']).next());
        let delimiter = quoted.unwrap_or_else(|| argument.split_ascii_whitespace().next().unwrap_or_default());
        let signs =
            |byte: u8| matches!(byte, b';' | b'$' | b'/' | b'|' | b'\\' | b'!' | b'#' | b'@' | b'~' | b'^' | b'&');
        let sure = delimiter.len() == argument.len() && !delimiter.is_empty() && delimiter.bytes().all(signs);
        if !(sure || self.idle && self.dialect != Dialect::Generic) {
            return None;
        }
        if !delimiter.is_empty() {
            self.delimiter = Some(delimiter.as_bytes()).filter(|delimiter| *delimiter != b";");
        }
        Some(self.command_line())
    }

    /// Whether `;` no longer ends a statement.
    pub(in super::super) fn has_delimiter(&self) -> bool {
        self.delimiter.is_some()
    }

    pub(super) fn starts_delimiter(&self) -> bool {
        self.delimiter.is_some_and(|delimiter| self.starts_custom(delimiter))
    }

    /// Whether the custom terminator stands here; one made of letters is not found inside words.
    pub(super) fn starts_custom(&self, delimiter: &[u8]) -> bool {
        let whole = || {
            let after = self.peek(delimiter.len());
            !delimiter.last().is_some_and(|byte| IN_WORD[*byte as usize])
                || after.is_none_or(|byte| !IN_WORD[byte as usize])
        };
        self.rest().starts_with(delimiter) && whole()
    }

    /// Gives back what an operator or a number took of the custom terminator.
    pub(super) fn cut_at_delimiter(&mut self, start: usize, kind: Kind) {
        let Some(delimiter) = self.delimiter else { return };
        let inside = matches!(kind, Kind::Number | Kind::Operator | Kind::Parameter);
        if !inside || IN_WORD[delimiter[0] as usize] {
            return;
        }
        let end = self.bytes.len().min(self.at + delimiter.len() - 1);
        if let Some(ahead) = memmem::find(&self.bytes[start + 1..end], delimiter) {
            self.at = start + 1 + ahead;
        }
    }

    /// Whether the reader stands at a `/` that is alone on its line, the line's start being known to be blank.
    pub(super) fn is_slash_line(&self) -> bool {
        matches!(self.dialect, Dialect::Oracle | Dialect::Generic) && is_rest_of_line_blank(&self.rest()[1..])
    }

    /// The rows after `COPY … FROM stdin;`, which begin on the next line and end before a line `\.`.
    ///
    /// Nothing is read if more SQL follows on the line of the `;`.
    pub(in super::super) fn copy_data(&mut self) -> Option<Span> {
        let blanks = self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let comment = match &self.rest()[blanks..] {
            [] | [b'\n' | b'\r', ..] => 0,
            [b'-', b'-', ..] => self.line_end() - self.at - blanks,
            _ => return None,
        };
        self.take(blanks, Kind::Blank);
        self.take(comment, Kind::LineComment);
        let newline = if self.rest().starts_with(b"\r\n") { 2 } else { 1 };
        self.take(newline.min(self.rest().len()), Kind::Blank);
        let start = self.at;
        let ended = |at: &usize| matches!(self.bytes.get(at + 3), None | Some(b'\n' | b'\r'));
        let before = start - usize::from(self.bytes.get(start.wrapping_sub(1)) == Some(&b'\n'));
        let end = memmem::find_iter(&self.bytes[before..], b"\n\\.").map(|ahead| before + ahead).find(ended);
        if end.is_none() {
            self.complain(Trouble::OpenCopyData, start, start);
        }
        self.take(end.map_or(self.bytes.len(), |at| at + 1) - start, Kind::CopyData);
        let data = Span::new(start, self.at);
        self.take(if end.is_some() { 2 } else { 0 }, Kind::CopyEnd);
        self.fresh = false;
        Some(data)
    }

    /// What stands between here and the next lone `/`, as it is.
    pub(in super::super) fn foreign(&mut self) {
        let is_slash = |at: &usize| is_rest_of_line_blank(&self.bytes[at + 2..]);
        let at = self.at;
        let end = memmem::find_iter(self.rest(), b"\n/").map(|ahead| at + ahead).find(is_slash);
        self.take(end.unwrap_or(self.bytes.len()) - at, Kind::Foreign);
    }

    fn take(&mut self, length: usize, kind: Kind) {
        if length > 0 {
            let start = self.at;
            self.at += length;
            self.push(start, kind);
        }
    }
}

fn is_rest_of_line_blank(rest: &[u8]) -> bool {
    let first = rest.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    first.is_none_or(|byte| is_blank(*byte))
}
