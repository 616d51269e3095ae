//! Lines of a table with a header → fields, for each way that clients lay them out.

use std::borrow::Cow;

use super::error::Complaint;
use crate::text::Span;

/// How the fields of a line are told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layout {
    /// Fields between delimiters.
    Delimited {
        /// The character between two fields.
        delimiter: u8,
        /// Whether double quotes enclose fields that hold delimiters or line breaks.
        quotes: bool,
        /// Whether `\t`, `\n` and `\\` are escapes, as `mysql --batch` writes them.
        escapes: bool,
        /// Whether blanks only pad the fields.
        padded: bool,
        /// Whether lines start and end with a delimiter, as `mysql` draws its tables.
        framed: bool,
    },
    /// Columns that start at these characters, as a line of dashes says.
    Ruled(Vec<usize>),
}

/// A field of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) span: Span,
}

impl<'a> Field<'a> {
    fn plain(text: &'a str, start: usize) -> Self {
        Self { text: Cow::Borrowed(text), span: Span::new(start, start + text.len()) }
    }

    /// Without the blanks around it.
    fn trimmed(self) -> Self {
        let Cow::Borrowed(text) = self.text else { return self };
        let start = self.span.start + text.len() - text.trim_start().len();
        Self::plain(text.trim(), start)
    }
}

/// The line at an offset, without its terminator, and the offset of the next.
pub(super) fn line(text: &str, at: usize) -> (&str, usize) {
    let rest = &text[at..];
    match rest.find(['\n', '\r']) {
        None => (rest, text.len()),
        Some(end) => {
            let terminator = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
            (&rest[..end], at + end + terminator)
        }
    }
}

impl Layout {
    /// The fields of the row at an offset, and the offset behind it. Quoted rows may span lines.
    pub(super) fn split<'a>(&self, text: &'a str, at: usize) -> Result<(Vec<Field<'a>>, usize), Complaint> {
        match self {
            Self::Ruled(starts) => {
                let (line, next) = line(text, at);
                Ok((ruled(line, at, starts)?, next))
            }
            Self::Delimited { delimiter, quotes: true, padded, .. } => quoted(text, at, *delimiter, *padded),
            Self::Delimited { delimiter, escapes, padded, framed, .. } => {
                let (line, next) = line(text, at);
                let mut fields = delimited(line, at, *delimiter);
                if *framed && fields.len() > 2 {
                    fields.pop();
                    fields.remove(0);
                }
                if *padded {
                    fields = fields.into_iter().map(Field::trimmed).collect();
                }
                if *escapes {
                    for field in &mut fields {
                        field.text = unescaped(std::mem::take(&mut field.text));
                    }
                }
                Ok((fields, next))
            }
        }
    }
}

fn delimited(line: &str, at: usize, delimiter: u8) -> Vec<Field<'_>> {
    let mut start = at;
    let fields = line.split(char::from(delimiter)).map(|field| {
        let field = Field::plain(field, start);
        start = field.span.end + 1;
        field
    });
    fields.collect()
}

/// Splits a row whose fields may be quoted, as RFC 4180 says.
fn quoted(text: &str, at: usize, delimiter: u8, padded: bool) -> Result<(Vec<Field<'_>>, usize), Complaint> {
    let bytes = text.as_bytes();
    let blanks = |from: usize| bytes[from..].iter().take_while(|byte| **byte == b' ').count();
    let mut fields = Vec::with_capacity(10);
    let mut start = at;
    loop {
        let open = if padded { start + blanks(start) } else { start };
        let end = if bytes.get(open) == Some(&b'"') {
            let (field, end) = enclosed(text, open)?;
            fields.push(field);
            end + blanks(end)
        } else {
            let length = bytes[start..].iter().position(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'));
            let end = length.map_or(text.len(), |length| start + length);
            let field = Field::plain(&text[start..end], start);
            fields.push(if padded { field.trimmed() } else { field });
            end
        };
        match bytes.get(end) {
            Some(byte) if *byte == delimiter => start = end + 1,
            None | Some(b'\n' | b'\r') => return Ok((fields, line(text, end).1)),
            Some(_) => {
                let message = "there is text behind a closing quote; quotes inside a field must be doubled";
                return Err(Complaint::new(message).at(Span::new(open, end)));
            }
        }
    }
}

/// The field between two quotes, and the offset behind the closing one.
fn enclosed(text: &str, open: usize) -> Result<(Field<'_>, usize), Complaint> {
    let bytes = text.as_bytes();
    let mut at = open + 1;
    let mut doubled = false;
    loop {
        match text[at..].find('"').map(|end| at + end) {
            None => {
                let complaint = Complaint::new("the text ends inside a quoted field that starts here");
                let complaint = complaint.at(Span::new(open, open + 1));
                return Err(complaint.help("take the snapshot again: this file was cut off"));
            }
            Some(end) if bytes.get(end + 1) == Some(&b'"') => {
                doubled = true;
                at = end + 2;
            }
            Some(end) => {
                let inner = &text[open + 1..end];
                let text = if doubled { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) };
                return Ok((Field { text, span: Span::new(open, end + 1) }, end + 1));
            }
        }
    }
}

/// Cuts a line at fixed characters. A value that reaches over a border means that the columns do not line up.
fn ruled<'a>(line: &'a str, at: usize, starts: &[usize]) -> Result<Vec<Field<'a>>, Complaint> {
    let offsets = line.char_indices().map(|(offset, _)| offset).chain([line.len()]).collect::<Vec<_>>();
    let mut fields = Vec::with_capacity(starts.len());
    for (index, start) in starts.iter().enumerate() {
        let Some(from) = offsets.get(*start).copied() else { break };
        let border =
            start.checked_sub(1).and_then(|before| offsets.get(before)).map_or("", |before| &line[*before..from]);
        if !border.trim().is_empty() {
            let complaint = Complaint::new("a value reaches over the border of its column");
            let help = "export without wrapping lines, or as JSON: see docs/history-snapshot.md";
            return Err(complaint.at(Span::new(at, at + line.len())).help(help));
        }
        let to = starts.get(index + 1).and_then(|next| offsets.get(*next).copied()).unwrap_or(line.len());
        fields.push(Field::plain(&line[from..to], at + from).trimmed());
    }
    Ok(fields)
}

/// Resolves the escapes of `mysql --batch` and of PostgreSQL's text format, where `\N` is null.
fn unescaped(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\\') || text == r"\N" {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        plain.push(match char {
            '\\' => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('0') => '\0',
                Some('b') => '\u{8}',
                Some('f') => '\u{c}',
                Some('r') => '\r',
                Some('v') => '\u{b}',
                Some(other) => other,
                None => '\\',
            },
            _ => char,
        });
    }
    Cow::Owned(plain)
}
