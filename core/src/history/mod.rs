//! A snapshot of Flyway's schema history table → its rows. The form is recognised by content, not by file name.
//!
//! Columns, types and what clients print: sections 3 and 7 of the Flyway reference. Nothing is judged here: a version is
//! text, a type is text, and a rank may occur twice. Who ran a script (`installed_by`) is read over and never kept.

mod canonical;
mod columns;
mod copy;
mod delimited;
mod error;
mod fields;
mod info;
mod insert;
mod json;
mod lexer;
mod literal;
mod members;
mod record;
mod rows;
mod tables;

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use crate::text::{Encoding, LineIndex, Span};

use error::{Complaint, Outcome};

pub use canonical::to_json;
pub use error::SnapshotError;

/// The snapshot that a project's folder holds where no other is given.
pub const FILE_NAME: &str = "flightcheck.history.json";

/// One row of the schema history table.
///
/// The fields stand in the order of the table's columns, without `installed_by`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The order in which rows were written. Schema creation has 0, the first migration 1.
    pub installed_rank: i64,
    /// The version as stored; `None` for repeatable migrations and schema creation.
    pub version: Option<String>,
    /// The description; null, which SQL Server allows, is read as empty.
    pub description: String,
    /// The type as stored, in any case, known or not.
    #[serde(rename = "type")]
    pub kind: String,
    /// Path of the script relative to its location.
    pub script: String,
    /// The CRC-32 of the script as a signed number; `None` where none was stored.
    pub checksum: Option<i32>,
    /// When it was applied, in the words of the client that wrote the snapshot.
    pub installed_on: Option<String>,
    /// How long it ran, in milliseconds.
    pub execution_time: Option<i64>,
    /// Whether it succeeded.
    pub success: bool,
}

/// The form that a snapshot came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// One JSON value: an array of row objects, an object around one, or a single row.
    JsonRows,
    /// A row object after the other.
    JsonLines,
    /// A table with a header: CSV and TSV, or what a client prints on the terminal.
    Csv,
    /// The `COPY … FROM stdin` block of a PostgreSQL dump.
    Copy,
    /// `INSERT` statements.
    Insert,
    /// The output of `flyway info -outputType=json`.
    InfoJson,
    /// The literal `null`: there is no history table.
    Absent,
}

impl Form {
    /// The name for people.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::JsonRows => "JSON rows",
            Self::JsonLines => "JSON lines",
            Self::Csv => "table with a header",
            Self::Copy => "`COPY` block",
            Self::Insert => "`INSERT` statements",
            Self::InfoJson => "`flyway info` JSON",
            Self::Absent => "no history table",
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The history table at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// The form that it came in.
    pub form: Form,
    /// The rows by ascending rank, rows of equal rank in the order of the file. `None`: the table does not exist.
    pub rows: Option<Vec<Row>>,
    /// What the snapshot does not carry, or what of it was not read, as sentences for people.
    pub gaps: Vec<String>,
    /// Whether checksums are known at all; only `flyway info` does not print them.
    pub has_checksums: bool,
}

/// How to make a snapshot, for those who have none.
const MAKE_ONE: &str = "make a snapshot with `psql -At -c \"select coalesce(json_agg(h), '[]') from \
    flyway_schema_history h\"`, or with the command for your database in docs/history-snapshot.md";

/// Reads a snapshot; `name` is how errors call it.
///
/// A snapshot is read whole or not at all: a file that was cut off is an error.
pub fn read(name: &str, bytes: &[u8]) -> Result<Snapshot, Vec<SnapshotError>> {
    let text = decode(name, bytes)?;
    read_text(&text).map_err(|complaints| error::locate(name, &text, complaints))
}

/// The text of a snapshot, without a byte order mark; spans of errors are offsets into it.
///
/// PowerShell writes UTF-16 when output is redirected, so its byte order mark is understood.
pub fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, Vec<SnapshotError>> {
    let (encoding, skipped) = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
        [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
        [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
        _ => (Encoding::Utf8, 0),
    };
    let body = &bytes[skipped..];
    encoding.decode(body).map_err(|error| {
        let before = encoding.decode(&body[..error.offset]).unwrap_or_default();
        let message = format!("byte {} is not text", skipped + error.offset + 1);
        let help = "save the snapshot as UTF-8";
        vec![Complaint::new(message).help(help).locate(name, LineIndex::new(&before).line_count())]
    })
}

/// Recognises the form and reads it.
fn read_text(text: &str) -> Outcome<Snapshot> {
    if let Some(at) = text.find('\0') {
        let complaint = Complaint::new("there is a NUL character: this is no text, or UTF-16 without a mark");
        return Err(complaint.at(Span::new(at, at + 1)).help("save the snapshot as UTF-8").into());
    }
    if text.trim().is_empty() {
        return Err(Complaint::new("the snapshot is empty").help(MAKE_ONE).into());
    }
    if json::is_json(text) {
        return json::read(text);
    }
    if let Some(table) = delimited::recognise(text) {
        return delimited::read(text, &table);
    }
    match copy::read(text).transpose().or_else(|| insert::read(text).transpose()) {
        Some(outcome) => outcome,
        None => Err(Complaint::new("this is no snapshot of a history table").help(MAKE_ONE).into()),
    }
}
