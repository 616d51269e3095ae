//! Reading names.

use super::name::{Identifier, Name};
use super::reader::Reader;
use crate::sql::{Dialect, Kind};
use crate::text::Span;

impl Reader<'_> {
    /// Whether a name can begin here.
    pub(super) fn is_identifier(&self) -> bool {
        self.peek().is_some_and(|token| self.names(token.kind))
    }

    fn names(&self, kind: Kind) -> bool {
        match kind {
            Kind::Word | Kind::Name | Kind::Placeholder | Kind::Template | Kind::Parameter | Kind::Variable => true,
            Kind::String => !matches!(self.dialect(), Dialect::Postgres | Dialect::Oracle),
            _ => false,
        }
    }

    /// One part of a name. Pieces that touch a placeholder are one: `${prefix}_users`.
    pub(super) fn identifier(&mut self) -> Option<Identifier> {
        let mark = self.mark();
        let first = self.peek().filter(|token| self.names(token.kind))?;
        self.next();
        if matches!(first.kind, Kind::Name | Kind::String) {
            let text = unquoted(self.text_of(first));
            return Some(Identifier { text, quoted: true, span: self.span_of(first) });
        }
        let filled = |kind| matches!(kind, Kind::Placeholder | Kind::Template);
        let mut last = first;
        while let Some(next) = self.peek().filter(|next| next.start == last.end) {
            let joins = filled(next.kind) || (filled(last.kind) && matches!(next.kind, Kind::Word | Kind::Number));
            if !joins {
                break;
            }
            last = next;
            self.next();
        }
        Some(Identifier { text: self.slice(mark, self.mark()).to_owned(), quoted: false, span: self.span_from(mark) })
    }

    /// A name of any number of parts.
    pub(super) fn name(&mut self) -> Option<Name> {
        let mark = self.mark();
        let mut parts = vec![self.identifier()?];
        while let Some(dot) = self.kind(Kind::Dot) {
            if let Some(part) = self.identifier() {
                parts.push(part);
            } else if self.is_kind(Kind::Dot) {
                let place = Span::new(dot.end as usize + self.base, dot.end as usize + self.base);
                parts.push(Identifier { text: String::new(), quoted: false, span: place });
            } else {
                self.operator("*");
                break;
            }
        }
        Some(Name { parts, span: self.span_from(mark) })
    }

    /// A name, if the next word is none of these keywords.
    pub(super) fn name_but(&mut self, keywords: &[&str]) -> Option<Name> {
        if self.is_any(keywords) { None } else { self.name() }
    }

    /// Names between commas, up to the first thing that is none.
    pub(super) fn names_list(&mut self) -> Vec<Name> {
        let mut names = Vec::new();
        while let Some(name) = self.name() {
            names.push(name);
            if !self.comma() {
                break;
            }
        }
        names
    }

    /// Columns in parentheses.
    pub(super) fn columns(&mut self) -> Vec<Identifier> {
        self.inside(|inner| inner.list(Self::identifier)).unwrap_or_default()
    }

    /// A string's contents.
    pub(super) fn string(&mut self) -> Option<Identifier> {
        let token = self.peek().filter(|token| matches!(token.kind, Kind::String | Kind::DollarString))?;
        self.next();
        Some(Identifier { text: unquoted(self.text_of(token)), quoted: true, span: self.span_of(token) })
    }
}

/// The text without the quotes around it, and with doubled quotes made single.
pub(super) fn unquoted(text: &str) -> String {
    if let Some(tagged) = text.strip_prefix('$') {
        let tag = tagged.find('$').map_or(1, |at| at + 2);
        return text.get(tag..text.len().saturating_sub(tag)).unwrap_or_default().to_owned();
    }
    let Some(open) = text.find(['"', '`', '[', '\'']) else { return text.to_owned() };
    let close = match text.as_bytes()[open] {
        b'[' => ']',
        quote => char::from(quote),
    };
    let inner = &text[open + 1..];
    let inner = inner.strip_suffix(close).unwrap_or(inner);
    if inner.contains(close) { inner.replace(&format!("{close}{close}"), &close.to_string()) } else { inner.to_owned() }
}
