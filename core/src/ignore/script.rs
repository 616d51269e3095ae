//! The ignores of a script: its comments, and which statement each is about.
//!
//! A comment is about the statement that it stands in, that it follows on the same line, or else about the next one.
//! In the body of a block the statements of the body are meant.

use super::comment::{Allow, Directive, directive};
use super::{Ignore, Ignores, Misread, Origin, Scope};
use crate::finding::Label;
use crate::sql::{Kind, Options, Script, Statement, Token, read};
use crate::text::Span;

/// Bodies inside of bodies are followed so far.
const DEEPEST: usize = 4;

/// What the comments of a script ask for.
#[must_use]
pub fn of_script(file: &str, text: &str, script: &Script) -> Ignores {
    let mut found = Ignores::default();
    let place = Place { file, text, base: 0 };
    place.collect(script, DEEPEST, &mut found);
    found
}

/// Whether there may be an ignore in these bytes; most scripts have none.
pub(crate) fn mentions(bytes: &[u8]) -> bool {
    let names: [&[u8]; 3] = [b"lightcheck", b"squawk-ignore", b"atlas:nolint"];
    names.iter().any(|name| memchr::memmem::find(bytes, name).is_some())
}

/// A script, or the body of a block in one.
#[derive(Clone, Copy)]
struct Place<'a> {
    file: &'a str,
    text: &'a str,
    /// Where the text begins in the file.
    base: usize,
}

impl Place<'_> {
    fn collect(&self, script: &Script, depth: usize, found: &mut Ignores) {
        for token in &script.tokens {
            match token.kind {
                Kind::LineComment | Kind::BlockComment => self.comment(script, *token, found),
                Kind::DollarString if depth > 0 => self.body(script, *token, depth, found),
                _ => {}
            }
        }
    }

    /// What stands between dollar quotes is SQL more often than not.
    fn body(&self, script: &Script, token: Token, depth: usize, found: &mut Ignores) {
        let literal = token.text(self.text);
        let tag = literal[1..].find('$').map_or(literal.len(), |at| at + 2);
        let Some(body) = literal.get(tag..literal.len().saturating_sub(tag)).filter(|body| mentions(body.as_bytes()))
        else {
            return;
        };
        let inner = Place { text: body, base: self.base + token.start as usize + tag, ..*self };
        inner.collect(&read(body, &Options::new(script.dialect)), depth - 1, found);
    }

    fn comment(&self, script: &Script, token: Token, found: &mut Ignores) {
        let mut at = token.start as usize;
        for line in token.text(self.text).split_inclusive(['\n', '\r']) {
            let (start, inside) = unmarked(line);
            if let Some(directive) = directive(inside) {
                self.directive(script, token, at + start, directive, found);
            }
            at += line.len();
        }
    }

    /// `at` is where the line begins that the ranges of the directive are in.
    fn directive(&self, script: &Script, token: Token, at: usize, directive: Directive, found: &mut Ignores) {
        let place = |range: std::ops::Range<usize>| {
            Label::at(self.file, Span::new(self.base + at + range.start, self.base + at + range.end))
        };
        let allow = match directive {
            Directive::Wrong(range, message, help) => {
                found.misread.push(Misread { place: place(range), message, help });
                return;
            }
            Directive::Allow(allow) => allow,
        };
        let whole = Label::at(self.file, self.outer(token.span()));
        let Some(scope) = self.scope(script, token, &allow) else {
            if !allow.peer {
                let help = "put it before the statement, or use `allow-file` for the whole file".to_owned();
                found.misread.push(Misread { place: whole, message: "no statement follows this ignore".into(), help });
            }
            return;
        };
        found.all.push(Ignore {
            rules: allow.rules.into_iter().map(|(rule, range)| (rule, place(range))).collect(),
            scope,
            reason: allow.reason,
            until: allow.until,
            place: whole,
            origin: if allow.peer { Origin::Peer } else { Origin::Comment },
        });
    }

    fn scope(&self, script: &Script, token: Token, allow: &Allow) -> Option<Scope> {
        let file = || Scope::File(self.file.to_owned());
        if allow.file || allow.heads_file && self.base == 0 && self.heads_file(script, token) {
            return Some(file());
        }
        let span = self.statement(script, token.start as usize)?;
        Some(Scope::Statement(self.file.to_owned(), self.outer(span)))
    }

    /// Whether a blank line stands between a comment and the first statement after it, which no statement is before.
    fn heads_file(&self, script: &Script, token: Token) -> bool {
        let first = script.statements.first().map_or(self.text.len(), |first| first.span.start);
        let between = self.text.get(token.end as usize..first).unwrap_or_default();
        let lines: Vec<&str> = between.split('\n').collect();
        lines.iter().skip(1).rev().skip(1).any(|line| line.trim().is_empty())
    }

    /// The statement that a comment at this offset is about.
    fn statement(&self, script: &Script, offset: usize) -> Option<Span> {
        let after = script.statements.partition_point(|statement| statement.end <= offset);
        let next = script.statements.get(after);
        if let Some(around) = next.filter(|next| next.span.start <= offset) {
            return Some(self.part(script, around, offset));
        }
        let before = after.checked_sub(1).map(|before| &script.statements[before]);
        let same_line = |before: &&Statement| !self.text[before.end..offset].contains(['\n', '\r']);
        before.filter(same_line).or(next).map(|statement| statement.span)
    }

    /// The part between semicolons that a comment inside a statement is about; without any the statement.
    fn part(&self, script: &Script, statement: &Statement, offset: usize) -> Span {
        let mut parts: Vec<Span> = Vec::new();
        let mut open: Option<Span> = None;
        for token in script.significant(statement) {
            if token.kind == Kind::Semicolon {
                parts.extend(open.take());
            } else {
                open = Some(Span::new(open.map_or(token.start as usize, |open| open.start), token.end as usize));
            }
        }
        if parts.is_empty() {
            return statement.span;
        }
        parts.extend(open);
        let after = parts.partition_point(|part| part.end <= offset);
        let before = after.checked_sub(1).map(|before| parts[before]);
        let same_line = |before: &Span| !self.text[before.end..offset].contains(['\n', '\r']);
        let inside = parts.get(after).filter(|part| part.start <= offset);
        inside.copied().or(before.filter(same_line)).or(parts.get(after).copied()).unwrap_or(statement.span)
    }

    fn outer(&self, span: Span) -> Span {
        Span::new(self.base + span.start, self.base + span.end)
    }
}

/// A line of a comment without what makes it one, and where that begins in the line.
fn unmarked(line: &str) -> (usize, &str) {
    let inside = line.trim_start();
    let marks = ["--", "//", "/*", "#", "*"];
    let inside = marks.iter().find_map(|mark| inside.strip_prefix(mark)).unwrap_or(inside);
    let inside = inside.trim_start_matches(['-', '*', '!', '#']);
    let start = line.len() - inside.len();
    let inside = inside.trim_end();
    (start, inside.strip_suffix("*/").unwrap_or(inside))
}
