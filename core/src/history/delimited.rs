//! Tables with a header: CSV in all its kinds, and what database clients print on a terminal.
//!
//! What the clients print: section 7.4 of the Flyway reference. `psql` draws `a | b`, `mysql` frames the same with `|`,
//! `mysql --batch` writes tabs, `sqlcmd` pads columns over a line of dashes.

use super::columns::{Heading, header, known};
use super::error::{Complaint, Complaints, Outcome};
use super::fields::{Field, Layout, line};
use super::record::{Gaps, Record, Value, plural};
use super::{Form, Snapshot, rows};
use crate::text::Span;

/// How many of Flyway's columns make a line a header.
const ENOUGH: usize = 3;

/// What `sqlcmd` says before the table after `USE`.
const PREAMBLE: &str = "Changed database context to";

/// A recognised table.
pub(super) struct Table<'a> {
    layout: Layout,
    header: Vec<Field<'a>>,
    /// Offset of the first row.
    body: usize,
}

/// The table whose header is the first line that says something, if there is one.
pub(super) fn recognise(text: &str) -> Option<Table<'_>> {
    let (mut start, mut after) = (0, 0);
    let mut first = "";
    while first.trim().is_empty() || is_rule(first) || first.starts_with(PREAMBLE) {
        if after >= text.len() {
            return None;
        }
        start = after;
        (first, after) = line(text, start);
    }
    let (rule, after_rule) = line(text, after);
    let rule = Some(rule).filter(|line| is_rule(line));
    let body = if rule.is_some() { after_rule } else { after };
    let layouts = [b',', b';', b'\t', b'|'].into_iter().map(|delimiter| layout(delimiter, first, rule, &text[body..]));
    layouts.chain(rule.map(ruler)).find_map(|layout| {
        let (header, _) = layout.split(text, start).ok()?;
        is_header(&header).then_some(Table { layout, header, body })
    })
}

/// Reads the rows of a recognised table.
pub(super) fn read(text: &str, table: &Table<'_>) -> Outcome<Snapshot> {
    let mut gaps = Gaps::default();
    let mut complaints = Complaints::default();
    let names = table.header.iter().map(|field| (field.text.as_ref(), field.span));
    let headings = header(names, &mut gaps, &mut complaints);
    let mut records = complaints.or(Vec::new())?;
    let mut complaints = Complaints::default();
    let mut at = table.body;
    while at < text.len() && !complaints.is_full() {
        let (whole, behind) = line(text, at);
        if whole.trim().is_empty() || is_rule(whole) {
            at = behind;
            continue;
        }
        if let Some(count) = footer(whole) {
            complain_of_count(count, records.len(), Span::new(at, at + whole.len()), &mut complaints);
            break;
        }
        let number = records.len();
        let (fields, next) = table.layout.split(text, at).map_err(|complaint| complaint.in_row(number))?;
        let end = at + text[at..next].trim_end().len();
        match record(&headings, fields, number, Span::new(at, end)) {
            Ok(record) => records.push(record),
            Err(wrong) => {
                records.push(Record::default());
                complaints.extend(wrong);
            }
        }
        at = next;
    }
    rows::snapshot(Form::Csv, &complaints.or(records)?, gaps)
}

fn record<'a>(headings: &[Heading], fields: Vec<Field<'a>>, number: usize, span: Span) -> Outcome<Record<'a>> {
    let values = fields.into_iter().map(|field| (Value::Loose(field.text), field.span)).collect();
    Record::of(headings, values, number, span)
}

fn complain_of_count(said: usize, found: usize, span: Span, complaints: &mut Complaints) {
    if said != found {
        let message = format!("the last line counts {}, but {found} are here", plural(said, "row"));
        complaints.push(Complaint::new(message).at(span).help("take the snapshot again: rows are missing"));
    }
}

/// Names only, enough of them Flyway's: a line of SQL has other things in it.
fn is_header(fields: &[Field<'_>]) -> bool {
    let name =
        |field: &Field<'_>| field.text.chars().all(|char| char.is_alphanumeric() || "_ \"[]`'#$.".contains(char));
    fields.iter().all(name) && known(fields.iter().map(|field| field.text.as_ref())) >= ENOUGH
}

/// How lines with this delimiter are laid out.
fn layout(delimiter: u8, header: &str, rule: Option<&str>, body: &str) -> Layout {
    let framed = delimiter == b'|' && header.trim_start().starts_with('|');
    let names = header.split(char::from(delimiter));
    let padded = rule.is_some() || framed || names.into_iter().any(|name| name != name.trim_matches(' '));
    let quotes = match delimiter {
        b'\t' | b'|' => !padded && has_quotes(header, body, delimiter),
        _ => true,
    };
    let escapes = delimiter == b'\t' && !quotes && has_batch_escapes(body);
    Layout::Delimited { delimiter, quotes, escapes, padded, framed }
}

/// Whether a header is quoted, or a field of the body is, for the sake of quotes inside, which are doubled then.
///
/// Clients that write tabs or bars do not quote, spreadsheets do. Quotes around a field alone say nothing: Flyway
/// itself stores the names of created schemas in quotes.
fn has_quotes(header: &str, body: &str, delimiter: u8) -> bool {
    let is_end = |char: char| char == char::from(delimiter) || matches!(char, '\n' | '\r');
    let inner = |field: &'_ str| field.strip_prefix('"')?.strip_suffix('"').map(|inner| inner.contains("\"\""));
    header.split(is_end).any(|field| inner(field).is_some())
        || body.split(is_end).any(|field| inner(field) == Some(true))
}

/// Whether every backslash could be an escape of `mysql --batch`, or of PostgreSQL's `COPY` with a header.
fn has_batch_escapes(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        if !rest[at + 1..].starts_with(['\\', 't', 'n', '0', 'N', 'b', 'f', 'r', 'v']) {
            return false;
        }
        rest = &rest[at + 2..];
    }
    true
}

/// A line that only draws: dashes below the header, or a frame.
fn is_rule(line: &str) -> bool {
    line.contains("--") && line.chars().all(|char| matches!(char, '-' | '+' | '|' | ',' | ';' | '\t' | ' '))
}

/// The columns that stand above the dashes of a line.
fn ruler(rule: &str) -> Layout {
    let dashes = rule.char_indices().filter(|(at, char)| {
        let before = rule[..*at].chars().next_back();
        *char == '-' && before != Some('-')
    });
    // A rule holds ASCII only, so that offsets are characters.
    Layout::Ruled(dashes.map(|(at, _)| at).collect())
}

/// The number in a line such as `(3 rows)`, `(3 rows affected)`, `3 rows in set (0.00 sec)` or `3 rows selected.`
fn footer(line: &str) -> Option<usize> {
    let mut words = line.trim().trim_start_matches('(').split([' ', ')']);
    let count = words.next()?.parse().ok()?;
    matches!(words.next()?, "row" | "rows" | "row(s").then_some(count)
}
