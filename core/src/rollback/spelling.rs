//! Texts of definitions in one spelling, so that they can be compared.

use crate::sql::{Dialect, Kind, Options, Token, read};
use crate::text::Span;

/// A text without comments and blanks, its words in lower case: two texts that are equal here say the same.
pub(super) fn canonical(text: &str, dialect: Dialect) -> String {
    let mut out = String::new();
    for token in significant(text, dialect) {
        let said = token.text(text);
        if !out.is_empty() && said != ";" {
            out.push(' ');
        }
        match token.kind {
            Kind::Word => out.push_str(&said.to_lowercase()),
            Kind::Semicolon => {}
            _ => out.push_str(said),
        }
    }
    out
}

/// The tokens of a text that say something.
pub(super) fn significant(text: &str, dialect: Dialect) -> Vec<Token> {
    let tokens = read(text, &Options::new(dialect)).tokens;
    tokens.into_iter().filter(|token| !token.kind.is_trivia()).collect()
}

/// The piece of a text under a span; nothing where there is none.
pub(super) fn piece(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_default()
}
