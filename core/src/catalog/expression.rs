//! The text of expressions, and the names in it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::naming::fold_text;
use super::relation::Relation;
use crate::change::{Identifier, Name};
use crate::sql::{Dialect, Kind, Token, significant, tokens};
use crate::text::{Casing, Span};

/// An expression with each run of blanks and comments made one blank.
pub(super) fn normalised(text: &str, span: Span, dialect: Dialect) -> String {
    let Some(text) = text.get(span.start..span.end) else { return String::new() };
    if !text.contains(['\n', '\t', '-', '/', '#']) && !text.contains("  ") {
        return text.to_owned();
    }
    let mut out = String::new();
    for token in tokens(text, dialect) {
        if token.kind.is_trivia() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push_str(token.text(text));
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The names in a text as the server compares them; those of functions and those that
/// `AS` gives are left out.
pub(crate) fn names(text: &str, span: Span, dialect: Dialect) -> BTreeSet<String> {
    text.get(span.start..span.end)
        .map(|text| mentioned(text, dialect).into_iter().map(Cow::into_owned).collect())
        .unwrap_or_default()
}

/// The same as a list, sorted, each name once.
fn mentioned(text: &str, dialect: Dialect) -> Vec<Cow<'_, str>> {
    let tokens = significant(text, dialect);
    let mut found = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| tokens[before]);
        let calls = || tokens.get(at + 1).is_some_and(|next| next.kind == Kind::OpenParenthesis);
        let given = || before.is_some_and(|before| before.is_word(text, "AS"));
        match token.kind {
            Kind::Name if !given() => {
                let name = unquoted(token.text(text));
                found.push(Cow::Owned(fold_text(dialect, &name, true, false).into_owned()));
            }
            Kind::Word if !calls() && !given() => found.push(fold_text(dialect, token.text(text), false, false)),
            Kind::Operator if token.text(text) == "*" && before.is_some_and(|before| lists(text, before)) => {
                found.push(Cow::Borrowed("*"));
            }
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// A name without the quotes around it.
fn unquoted(name: &str) -> Cow<'_, str> {
    let inner = name.get(1..name.len().saturating_sub(1)).unwrap_or_default();
    if inner.contains("\"\"") { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) }
}

/// The names in a trigger, without those of the columns that it sets, fills or fires for: what SQLite reads again when a
/// column goes.
pub(super) fn values(text: &str, span: Span, dialect: Dialect) -> BTreeSet<String> {
    let Some(own) = text.get(span.start..span.end) else { return BTreeSet::new() };
    let tokens = significant(own, dialect);
    let (mut found, mut at, mut sets) = (BTreeSet::new(), 0, false);
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token: &Token| token.is_word(own, word));
    while let Some(token) = tokens.get(at) {
        sets |= token.is_word(own, "SET");
        sets &= !token.is_any_word(own, &["WHERE", "FROM"]) && token.kind != Kind::Semicolon;
        let target = sets
            && tokens.get(at + 1).is_some_and(|next| next.text(own) == "=")
            && at > 0
            && (is(at - 1, "SET") || tokens[at - 1].kind == Kind::Comma);
        if is(at, "UPDATE") && is(at + 1, "OF") {
            at += tokens[at..].iter().position(|token| token.is_word(own, "ON")).unwrap_or(1);
        } else if at > 1 && is(at - 2, "INTO") && tokens[at].kind == Kind::OpenParenthesis {
            at += tokens[at..].iter().position(|token| token.kind == Kind::CloseParenthesis).unwrap_or(1);
        } else if !target && tokens.get(at + 1).is_none_or(|next| next.kind != Kind::OpenParenthesis) {
            found.extend(names(own, token.span(), dialect));
        }
        at += 1;
    }
    found
}

/// The functions that a text calls, with their schemas where those are written.
pub(crate) fn calls(text: &str, span: Span, dialect: Dialect) -> Vec<Name> {
    let Some(text) = text.get(span.start..span.end) else { return Vec::new() };
    let tokens = tokens(text, dialect);
    let is = |at: Option<usize>, kind: Kind| at.and_then(|at| tokens.get(at)).is_some_and(|token| token.kind == kind);
    let part = |at: usize| Identifier { text: tokens[at].text(text).to_owned(), quoted: false, span };
    let mut found = Vec::new();
    for at in (0..tokens.len()).filter(|at| is(Some(*at), Kind::Word) && is(Some(at + 1), Kind::OpenParenthesis)) {
        let qualified = is(at.checked_sub(1), Kind::Dot) && is(at.checked_sub(2), Kind::Word);
        let parts = if qualified { vec![part(at - 2), part(at)] } else { vec![part(at)] };
        found.push(Name { parts, span });
    }
    found
}

/// Whether a `*` after this token stands for all columns.
fn lists(text: &str, before: Token) -> bool {
    matches!(before.kind, Kind::Comma | Kind::Dot) || before.is_any_word(text, &["SELECT", "DISTINCT", "ALL"])
}

/// The columns of a relation that a text mentions, in the relation's order.
pub(super) fn columns(text: &str, span: Span, dialect: Dialect, relation: &Relation) -> Vec<String> {
    let names = text.get(span.start..span.end).map(|text| mentioned(text, dialect)).unwrap_or_default();
    let is_mentioned = |name: &str| names.binary_search_by(|other| (**other).cmp(name)).is_ok();
    let columns = relation.columns.iter().map(|column| &column.name);
    columns.filter(|name| is_mentioned(name)).cloned().collect()
}

/// A text in which a column has another name.
pub(super) fn renamed(text: &str, dialect: Dialect, old: &str, new: &str) -> String {
    if !text.lower().contains(&old.lower()) {
        return text.to_owned();
    }
    let mut out = String::new();
    for token in tokens(text, dialect) {
        let whole = token.text(text);
        let quoted = token.kind == Kind::Name;
        let inner = if quoted { unquoted(whole) } else { Cow::Borrowed(whole) };
        let is = (quoted || token.kind == Kind::Word) && fold_text(dialect, &inner, quoted, false) == old;
        out.push_str(if is { new } else { whole });
    }
    out
}
