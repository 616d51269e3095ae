//! Texts of statements, made comparable.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, ObjectRef, signature};
use crate::change::{Identifier, Name, ObjectKind};
use crate::sql::{Dialect, Kind, Token, significant, tokens};
use crate::text::{Casing, Span};

/// A text with one blank between tokens, words in lower case, without needless quotes and without the schema where objects
/// go if nothing else is said. What stands in quotes, such as the body of a function, stays as it is.
pub(super) fn canonical(text: &str, span: Span, catalog: &Catalog) -> String {
    let Some(text) = text.get(span.start..span.end) else { return String::new() };
    let tokens = significant(text, catalog.dialect());
    let home = catalog.home();
    let mut out = String::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let said = spelled(text, *token, catalog.dialect());
        let begins = at == 0 || tokens[at - 1].kind != Kind::Dot;
        if begins && *said == *home && tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Dot) {
            at += 2;
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&said);
        at += 1;
    }
    out.truncate(out.trim_end_matches([' ', ';']).len());
    out
}

fn spelled(text: &str, token: Token, dialect: Dialect) -> String {
    let whole = token.text(text);
    match token.kind {
        Kind::Word => whole.lower(),
        Kind::Name if dialect == Dialect::Postgres => {
            let inner = whole.trim_matches('"');
            let plain = !inner.is_empty() && inner.chars().all(|char| matches!(char, 'a'..='z' | '0'..='9' | '_'));
            if plain { inner.to_owned() } else { whole.to_owned() }
        }
        Kind::DollarString => {
            let tag = whole[1..].find('$').map_or(2, |end| end + 2).min(whole.len());
            let inner = whole.get(tag..whole.len().saturating_sub(tag)).unwrap_or(whole);
            format!("'{}'", inner.replace('\'', "''"))
        }
        _ => whole.to_owned(),
    }
}

/// A function with the types of its parameters, where they follow its name.
pub(super) fn routine(kind: ObjectKind, name: &Name, text: &str, catalog: &Catalog) -> ObjectRef {
    let full = catalog.full_name(kind, name);
    let rest = text.get(name.span.end..).unwrap_or_default().trim_start();
    let mut depth = 0_usize;
    let end = rest.find(|char: char| {
        depth = match char {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        depth == 0
    });
    match end.filter(|_| rest.starts_with('(')) {
        Some(end) => ObjectRef::part(kind, &full, &signature(&rest[..=end]).join(", ")),
        None => ObjectRef::whole(kind, &full),
    }
}

/// The name that stands in a string, as `nextval('sales.order_seq')` has it.
pub(super) fn name_in_string(string: &str) -> Name {
    let part = |part: &str| {
        let quoted = part.starts_with('"');
        Identifier { text: part.trim_matches('"').to_owned(), quoted, span: Span::new(0, 0) }
    };
    let inner = string.trim_matches('\'');
    Name { parts: inner.split('.').map(part).collect(), span: Span::new(0, 0) }
}

/// What stands in quotes in a text: the values it speaks of.
pub(super) fn literals(text: &str, span: Span, dialect: Dialect) -> BTreeSet<String> {
    let Some(text) = text.get(span.start..span.end) else { return BTreeSet::new() };
    let tokens = tokens(text, dialect);
    let strings = tokens.into_iter().filter(|token| token.kind == Kind::String);
    strings.map(|token| token.text(text).trim_matches('\'').replace("''", "'")).collect()
}

/// The types that a text casts to, and the sequences that it counts on.
pub(super) fn casts_and_sequences(text: &str, span: Span, dialect: Dialect) -> (Vec<Name>, Vec<Name>) {
    let Some(text) = text.get(span.start..span.end) else { return (Vec::new(), Vec::new()) };
    let tokens = significant(text, dialect);
    let (mut types, mut sequences) = (Vec::new(), Vec::new());
    for (at, token) in tokens.iter().enumerate() {
        let counts = ["nextval", "setval", "currval"];
        if token.text(text) == "::" {
            types.extend(name_at(text, &tokens, at + 1));
        } else if token.is_any_word(text, &counts) && tokens.get(at + 1).is_some_and(|next| next.text(text) == "(") {
            let string = tokens.get(at + 2).filter(|next| next.kind == Kind::String);
            sequences.extend(string.map(|string| name_in_string(string.text(text))));
        } else if token.is_word(text, "CAST") {
            let end = tokens[at..].iter().position(|other| other.is_word(text, "AS"));
            types.extend(end.and_then(|end| name_at(text, &tokens, at + end + 1)));
        }
    }
    (types, sequences)
}

/// The name that begins at a token.
fn name_at(text: &str, tokens: &[Token], mut at: usize) -> Option<Name> {
    let mut parts = Vec::new();
    while let Some(token) = tokens.get(at).filter(|token| matches!(token.kind, Kind::Word | Kind::Name)) {
        let quoted = token.kind == Kind::Name;
        let part = token.text(text).trim_matches('"').to_owned();
        parts.push(Identifier { text: part, quoted, span: Span::new(0, 0) });
        if tokens.get(at + 1).is_none_or(|next| next.kind != Kind::Dot) {
            break;
        }
        at += 2;
    }
    (!parts.is_empty()).then(|| Name { parts, span: Span::new(0, 0) })
}
