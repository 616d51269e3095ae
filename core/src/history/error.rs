//! What can be wrong with a snapshot, and where.

use serde::Serialize;

use super::columns::Column;
use crate::finding::Label;
use crate::text::{LineIndex, Span};

/// How many errors of one snapshot are told; a file that is broken throughout is broken for one reason.
const LIMIT: usize = 20;

/// How much of a value is repeated in a message.
const SHOWN: usize = 40;

/// What to do about most broken snapshots.
pub(super) const TAKE_AGAIN: &str =
    "take the snapshot again with one of the commands in docs/history-snapshot.md, and do not edit it";

/// Why a snapshot cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SnapshotError {
    /// One line that names the row and the column, where there are such.
    pub message: String,
    /// What to do, as an imperative.
    pub help: String,
    /// The snapshot under its shown name, and the part of the text that [`super::decode`] gives.
    pub place: Label,
    /// Number of the row in the order of the file, from 1.
    pub row: Option<usize>,
    /// The column of the history table.
    pub column: Option<String>,
    /// Number of the line, from 1.
    pub line: usize,
}

/// An error before it knows the name of its file and the lines.
#[derive(Debug, Clone)]
pub(super) struct Complaint {
    message: String,
    help: String,
    span: Option<Span>,
    row: Option<usize>,
    column: Option<Column>,
}

impl Complaint {
    /// A complaint about the snapshot as a whole.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: TAKE_AGAIN.into(), span: None, row: None, column: None }
    }

    /// A complaint about one row, counted from 0.
    pub(super) fn row(row: usize, message: impl Into<String>) -> Self {
        Self::new(message).in_row(row)
    }

    /// Puts the row's number, counted from 0, before the message.
    pub(super) fn in_row(mut self, row: usize) -> Self {
        self.message = format!("row {}: {}", row + 1, self.message);
        self.row = Some(row + 1);
        self
    }

    /// A complaint about one value, its row counted from 0.
    pub(super) fn value(row: usize, column: Column, message: impl AsRef<str>) -> Self {
        let message = format!("row {}, column `{}`: {}", row + 1, column.name(), message.as_ref());
        Self { row: Some(row + 1), column: Some(column), ..Self::new(message) }
    }

    /// A complaint about a column that no row has.
    pub(super) fn missing(column: Column) -> Self {
        let message = format!("the column `{}` is missing", column.name());
        let help = "select every column of the history table; only `installed_by` may be left out";
        Self { column: Some(column), ..Self::new(message) }.help(help)
    }

    /// Says where.
    pub(super) fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Says what to do, where taking the snapshot again is not it.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The row that lacks a place, counted from 0.
    pub(super) fn unplaced_row(&self) -> Option<usize> {
        if self.span.is_some() { None } else { self.row.map(|row| row - 1) }
    }

    /// The error for people: with the file's name and the line.
    pub(super) fn locate(self, name: &str, line: usize) -> SnapshotError {
        SnapshotError {
            message: self.message,
            help: self.help,
            place: Label { file: name.to_owned(), span: self.span, message: String::new() },
            row: self.row,
            column: self.column.map(|column| column.name().to_owned()),
            line,
        }
    }
}

/// The complaints of one snapshot, up to the limit.
#[derive(Debug, Default)]
pub(super) struct Complaints(Vec<Complaint>);

impl Complaints {
    /// Adds one, unless there are enough.
    pub(super) fn push(&mut self, complaint: Complaint) {
        if !self.is_full() {
            self.0.push(complaint);
        }
    }

    /// Adds several.
    pub(super) fn extend(&mut self, complaints: Vec<Complaint>) {
        for complaint in complaints {
            self.push(complaint);
        }
    }

    /// Whether reading on would tell nothing more.
    pub(super) fn is_full(&self) -> bool {
        self.0.len() >= LIMIT
    }

    /// The value, if nothing is wrong with it.
    pub(super) fn or<T>(self, value: T) -> Outcome<T> {
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }
}

/// What the reader of a form gives.
pub(super) type Outcome<T> = Result<T, Vec<Complaint>>;

impl From<Complaint> for Vec<Complaint> {
    fn from(complaint: Complaint) -> Self {
        vec![complaint]
    }
}

/// Gives the complaints about `text` their lines.
pub(super) fn locate(name: &str, text: &str, complaints: Vec<Complaint>) -> Vec<SnapshotError> {
    let lines = LineIndex::new(text);
    let line = |span: Option<Span>| span.map_or(1, |span| lines.position(text, span.start).line + 1);
    complaints
        .into_iter()
        .map(|complaint| {
            let line = line(complaint.span);
            complaint.locate(name, line)
        })
        .collect()
}

/// A value as a message shows it: one line, cut where it is long.
pub(super) fn shown(value: &str) -> String {
    if value.is_empty() {
        return "the empty text".to_owned();
    }
    let mut shown = value.chars().take(SHOWN).flat_map(char::escape_debug).collect::<String>();
    if value.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}
