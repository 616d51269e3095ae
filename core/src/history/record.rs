//! Rows between the form they came in and the types they will have: cells of text with their places.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::columns::{COLUMNS, Column, Heading};
use super::error::{Complaint, Outcome, shown};
use crate::text::Span;

/// How many unknown columns are named before the rest is left out.
const NAMED: usize = 10;

/// The value of one cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// The row does not have the column.
    #[default]
    Absent,
    /// The form says that it is null.
    Null,
    /// Text, number or truth value, of a form that tells null from text.
    Text(Cow<'a, str>),
    /// Text of a form that does not: empty, or a word such as `NULL`, may mean null.
    Loose(Cow<'a, str>),
    /// Something that only a database could evaluate, or no single value; as written.
    Expression(&'a str),
}

/// A value and where it stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell<'a> {
    pub(super) value: Value<'a>,
    pub(super) span: Option<Span>,
}

/// One row as the form gives it.
#[derive(Debug, Clone, Default)]
pub(super) struct Record<'a> {
    cells: [Cell<'a>; COLUMNS],
    /// The whole row, where the form knows it.
    pub(super) span: Option<Span>,
    /// Whether the row says who ran the script. A row that is out of place may hold the name anywhere.
    pub(super) names_somebody: bool,
}

impl<'a> Record<'a> {
    /// The cell of a column.
    pub(super) fn cell(&self, column: Column) -> &Cell<'a> {
        &self.cells[column as usize]
    }

    /// Whether the row has the column.
    pub(super) fn has(&self, column: Column) -> bool {
        self.cell(column).value != Value::Absent
    }

    /// Sets a cell.
    pub(super) fn set(&mut self, column: Column, value: Value<'a>, span: Span) {
        self.cells[column as usize] = Cell { value, span: Some(span) };
    }

    /// A row from values in the order of a header, which must be as many; `number` counts from 0.
    pub(super) fn of(headings: &[Heading], values: Vec<(Value<'a>, Span)>, number: usize, span: Span) -> Outcome<Self> {
        if headings.len() != values.len() {
            let message = format!("has {}, the header names {}", plural(values.len(), "value"), headings.len());
            return Err(Complaint::row(number, message).at(span).into());
        }
        let names_somebody = headings.contains(&Heading::Ignored);
        let mut record = Self { span: Some(span), names_somebody, ..Self::default() };
        for (heading, (value, span)) in headings.iter().zip(values) {
            if let Heading::Read(column) = heading {
                record.set(*column, value, span);
            }
        }
        Ok(record)
    }
}

/// What a snapshot does not say, as sentences for people.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    sentences: Vec<String>,
    unknown: BTreeSet<String>,
}

impl Gaps {
    /// Adds a sentence.
    pub(super) fn say(&mut self, sentence: impl Into<String>) {
        self.sentences.push(sentence.into());
    }

    /// Says once that a column is not Flyway's.
    pub(super) fn unknown_column(&mut self, name: &str) {
        if self.unknown.len() < NAMED && self.unknown.insert(name.to_owned()) {
            self.say(format!("The column {} is not one of Flyway's history table; it was not read.", shown(name)));
        }
    }

    /// The sentences.
    pub(super) fn into_sentences(self) -> Vec<String> {
        self.sentences
    }
}

/// `1 row`, `2 rows`.
pub(super) fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
