//! What `flightcheck parse` lists: every statement of some scripts, and how much of it was understood.

use serde::Serialize;

use super::request::{Request, Understood};
use crate::sql::{Options, Terminator, read};
use crate::text::{LineIndex, Span};

/// The statements of some scripts, and totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Listing {
    /// Every statement, in the order of the files.
    pub statements: Vec<Row>,
    /// How many were understood.
    pub totals: Totals,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Row {
    /// The script.
    pub file: String,
    /// The line on which it begins, counted from one.
    pub line: usize,
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it asks for.
    pub kind: String,
    /// The objects it speaks of.
    pub objects: Vec<Named>,
    /// What ends it: `semicolon`, `go`, `slash`, `delimiter`, `command`, `line`, `end`.
    pub terminator: &'static str,
    /// `understood`, `partly` or `opaque`.
    pub understood: &'static str,
    /// The clauses that were not understood, those of a block's statements included.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opaque: Vec<Span>,
    /// All of it in one line, for people.
    #[serde(skip)]
    pub summary: String,
}

/// An object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Named {
    /// What kind of object.
    pub kind: &'static str,
    /// Its name as it is written, without quotes.
    pub name: String,
    /// What it is to the statement: `target`, `referenced`, `owner` …
    pub role: &'static str,
}

/// How many statements were understood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Totals {
    /// Entirely.
    pub understood: usize,
    /// But for some clauses.
    pub partly: usize,
    /// Not at all.
    pub opaque: usize,
}

impl Listing {
    /// Reads scripts, each with its name.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>, options: &Options) -> Self {
        let mut listing = Self { statements: Vec::new(), totals: Totals::default() };
        for (file, text) in files {
            let script = read(text, options);
            let lines = LineIndex::new(text);
            for statement in &script.statements {
                let request = super::read(text, &script, statement, options);
                let line = lines.position(text, statement.span.start).line + 1;
                listing.totals.count(request.understood());
                listing.statements.push(row(file, line, &request, terminator(statement.terminator)));
            }
        }
        listing
    }
}

impl Named {
    /// The objects that a statement speaks of.
    #[must_use]
    pub fn all(request: &Request) -> Vec<Self> {
        let named = |object: super::object::Object| Self {
            kind: object.kind.as_str(),
            name: object.name.to_string(),
            role: object.role.as_str(),
        };
        request.objects().into_iter().map(named).collect()
    }
}

impl Totals {
    /// Counts one more.
    pub fn count(&mut self, understood: Understood) {
        match understood {
            Understood::Understood => self.understood += 1,
            Understood::Partly => self.partly += 1,
            Understood::Opaque => self.opaque += 1,
        }
    }
}

fn row(file: &str, line: usize, request: &Request, terminator: &'static str) -> Row {
    Row {
        file: file.to_owned(),
        line,
        span: request.span,
        kind: request.kind().into_owned(),
        objects: Named::all(request),
        terminator,
        understood: request.understood().as_str(),
        opaque: request.opaque_spans(),
        summary: request.to_string(),
    }
}

fn terminator(terminator: Terminator) -> &'static str {
    match terminator {
        Terminator::Semicolon => "semicolon",
        Terminator::Delimiter => "delimiter",
        Terminator::Go(_) => "go",
        Terminator::Slash => "slash",
        Terminator::Command => "command",
        Terminator::Line => "line",
        Terminator::End => "end",
    }
}
