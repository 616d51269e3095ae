//! Texts of definitions in one spelling, so that they can be compared.

use crate::sql::{Dialect, Kind, significant};
use crate::text::{Casing, Span};

/// A text without comments and blanks, its words in lower case: two texts that are equal here say the same.
pub(super) fn canonical(text: &str, dialect: Dialect) -> String {
    let mut out = String::new();
    for token in significant(text, dialect) {
        let said = token.text(text);
        if !out.is_empty() && said != ";" {
            out.push(' ');
        }
        match token.kind {
            Kind::Word => out.push_str(&said.lower()),
            Kind::Semicolon => {}
            // Nobody minds how the body of a routine is indented.
            Kind::DollarString => out.push_str(&body(said)),
            _ => out.push_str(said),
        }
    }
    out
}

/// A string in dollar quotes with each run of blanks made one blank, whatever the quotes are.
fn body(text: &str) -> String {
    let quote = text.get(1..).and_then(|rest| rest.find('$')).map_or(0, |end| end + 2);
    let inner = text.get(quote..text.len().saturating_sub(quote)).unwrap_or(text);
    format!("$${}$$", inner.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A default in one spelling: PostgreSQL casts a literal to the type of its column anyway.
pub(super) fn default(text: &str, dialect: Dialect) -> String {
    let said = canonical(text, dialect);
    match said.split_once(" :: ") {
        Some((literal, _)) if dialect == Dialect::Postgres && is_literal(literal) => literal.to_owned(),
        _ => said,
    }
}

fn is_literal(text: &str) -> bool {
    let inner = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    inner.is_some_and(|inner| !inner.replace("''", "").contains('\''))
}

/// The piece of a text under a span; nothing where there is none.
pub(super) fn piece(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_default()
}
