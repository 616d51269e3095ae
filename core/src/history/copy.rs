//! The `COPY … FROM stdin` block of a PostgreSQL dump.
//!
//! Escapes: PostgreSQL's manual, `COPY`, "Text Format". `pg_dump` always writes the list of columns and ends a block
//! with `\.`.

use std::borrow::Cow;

use super::columns::{Column, Heading, header};
use super::error::{Complaint, Complaints, Outcome, shown};
use super::record::{Gaps, Record, Value};
use super::tables::{choose, has_default_name};
use super::{Form, Snapshot, rows};
use crate::text::Span;

/// A block of a dump.
struct Block<'a> {
    table: &'a str,
    columns: Vec<(&'a str, Span)>,
    /// The lines of data, without their terminators.
    lines: Vec<(&'a str, Span)>,
    /// Whether `\.` was there.
    ended: bool,
}

/// Reads the block of the history table, or nothing where there are no blocks.
pub(super) fn read(text: &str) -> Outcome<Option<Snapshot>> {
    let blocks = blocks(text);
    let Some(last) = blocks.last() else { return Ok(None) };
    let fits = |block: &&Block<'_>| has_default_name(block.table) || names_rank(&block.columns);
    let tables = blocks.iter().filter(fits).map(|block| block.table).collect::<Vec<_>>();
    let Some(table) = choose(&tables)? else {
        let message = format!("none of the `COPY` blocks holds a history table; the last is {}", shown(last.table));
        return Err(Complaint::new(message).into());
    };
    let mut records = Vec::new();
    let mut gaps = Gaps::default();
    for block in blocks.iter().filter(|block| block.table == table) {
        block_records(text, block, &mut gaps, &mut records)?;
    }
    rows::snapshot(Form::Copy, &records, gaps).map(Some)
}

fn names_rank(columns: &[(&str, Span)]) -> bool {
    columns.iter().any(|(name, _)| Heading::of(name) == Heading::Read(Column::InstalledRank))
}

/// All blocks of a dump. Lines inside a block are data, whatever they look like.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for (line, span) in lines(text) {
        match &mut open {
            None => open = head(line, span.start),
            Some(block) if line == r"\." => {
                block.ended = true;
                blocks.extend(open.take());
            }
            Some(block) => {
                // Data of tables that cannot be meant is not kept: a dump may be large.
                if has_default_name(block.table) || names_rank(&block.columns) {
                    block.lines.push((line, span));
                }
            }
        }
    }
    blocks.extend(open);
    blocks
}

/// The lines between LF, without CR: inside the data a CR is written as an escape.
fn lines(text: &str) -> impl Iterator<Item = (&str, Span)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |whole| {
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let span = Span::new(start, start + line.len());
        start += whole.len();
        (line, span)
    })
}

/// The head `COPY table (columns) FROM stdin;` if the line is one.
fn head(line: &str, start: usize) -> Option<Block<'_>> {
    let is = |text: Option<&str>, word: &str| text.is_some_and(|text| text.eq_ignore_ascii_case(word));
    let trimmed = line.trim_end().strip_suffix(';')?;
    let source = trimmed.len().checked_sub("from stdin".len())?;
    if !is(line.get(..5), "copy ") || !is(trimmed.get(source..), "from stdin") {
        return None;
    }
    let body = &trimmed[5..source];
    let (table, list) = match body.find('(') {
        Some(open) => (&body[..open], body[open + 1..].trim_end().strip_suffix(')')?),
        None => (body, ""),
    };
    let mut at = start + 5 + table.len() + 1;
    let columns = list.split(',').filter(|_| !list.is_empty()).map(|name| {
        let span = Span::new(at, at + name.len());
        at += name.len() + 1;
        (name.trim(), span)
    });
    Some(Block { table: table.trim(), columns: columns.collect(), lines: Vec::new(), ended: false })
}

fn block_records<'a>(text: &str, block: &Block<'a>, gaps: &mut Gaps, records: &mut Vec<Record<'a>>) -> Outcome<()> {
    let mut complaints = Complaints::default();
    let named = match block.columns.as_slice() {
        [] => None,
        columns => Some(header(columns.iter().copied(), gaps, &mut complaints)),
    };
    for (line, span) in &block.lines {
        let number = records.len();
        let values = line_values(line, *span);
        let headings = named.as_deref().or(Heading::in_table_order(values.len())).unwrap_or_default();
        match Record::of(headings, values, number, *span) {
            Ok(record) => records.push(record),
            Err(wrong) => {
                records.push(Record::default());
                complaints.extend(wrong);
            }
        }
        if complaints.is_full() {
            break;
        }
    }
    if !block.ended {
        let message = format!("the text ends inside the `COPY` block of {}", shown(block.table));
        let complaint = Complaint::new(message).at(Span::new(text.len(), text.len()));
        complaints.push(complaint.help("take the snapshot again: this file was cut off"));
    }
    complaints.or(())
}

fn line_values(line: &str, span: Span) -> Vec<(Value<'_>, Span)> {
    let mut start = span.start;
    let fields = line.split('\t').map(|field| {
        let span = Span::new(start, start + field.len());
        start += field.len() + 1;
        (value(field), span)
    });
    fields.collect()
}

fn value(field: &str) -> Value<'_> {
    if field == r"\N" {
        return Value::Null;
    }
    if !field.contains('\\') {
        return Value::Text(Cow::Borrowed(field));
    }
    unescaped(field).map_or(Value::Expression(field), |text| Value::Text(Cow::Owned(text)))
}

/// Resolves escapes, or `None` where octal and hexadecimal ones make no UTF-8.
fn unescaped(field: &str) -> Option<String> {
    let mut plain = Vec::with_capacity(field.len());
    let mut rest = field.as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        if *first != b'\\' {
            plain.push(*first);
            continue;
        }
        let Some((escape, behind)) = rest.split_first() else {
            plain.push(b'\\');
            break;
        };
        let (byte, used) = match escape {
            b'b' => (8, 1),
            b'f' => (12, 1),
            b'n' => (b'\n', 1),
            b'r' => (b'\r', 1),
            b't' => (b'\t', 1),
            b'v' => (11, 1),
            b'0'..=b'7' => digits(rest, 8, 3),
            b'x' if behind.first().is_some_and(u8::is_ascii_hexdigit) => {
                let (byte, used) = digits(behind, 16, 2);
                (byte, used + 1)
            }
            other => (*other, 1),
        };
        plain.push(byte);
        rest = &rest[used..];
    }
    String::from_utf8(plain).ok()
}

/// The byte that up to `most` digits stand for, and how many they are.
fn digits(bytes: &[u8], radix: u32, most: usize) -> (u8, usize) {
    let digits = bytes.iter().take(most).map_while(|byte| char::from(*byte).to_digit(radix));
    let (value, used) = digits.fold((0u32, 0), |(value, used), digit| (value * radix + digit, used + 1));
    (value.to_le_bytes()[0], used)
}
