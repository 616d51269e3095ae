//! The tokens of one value in an `INSERT` statement → the value, if it is written there.

use std::borrow::Cow;

use super::lexer::{Kind, Token, content};
use super::record::Value;

/// How deep parentheses and wrappers may be nested; no export goes deeper than two.
const DEEPEST: usize = 8;

/// Functions that exports put around a literal.
const WRAPPERS: [&str; 8] =
    ["cast", "convert", "try_cast", "try_convert", "to_timestamp", "to_date", "str_to_date", "unistr"];

/// Keywords before a string that say its type.
const TYPES: [&str; 4] = ["date", "time", "timestamp", "datetime"];

/// The value of an expression, or the expression where it is no literal.
pub(super) fn value<'a>(tokens: &[Token], source: &'a str) -> Value<'a> {
    literal(tokens, source, 0).unwrap_or_else(|| match tokens {
        [first, .., last] => Value::Expression(&source[first.span.start..last.span.end]),
        [only] => Value::Expression(only.text(source)),
        [] => Value::Expression(""),
    })
}

fn literal<'a>(tokens: &[Token], source: &'a str, depth: usize) -> Option<Value<'a>> {
    if depth > DEEPEST {
        return None;
    }
    match uncast(tokens) {
        [word] if word.kind == Kind::Word => keyword_or_number(*word, source),
        [text] if matches!(text.kind, Kind::Text(_)) => string(*text, source),
        [sign, number] if sign.is(b'-') || sign.is(b'+') => {
            keyword_or_number(*number, source).filter(is_number)?;
            let from = if sign.is(b'-') { sign.span.start } else { number.span.start };
            let joined = source[from..number.span.end].split_whitespace().collect::<String>();
            Some(Value::Text(Cow::Owned(joined)))
        }
        [word, text] if is_introducer(*word, source) && matches!(text.kind, Kind::Text(_)) => string(*text, source),
        [open, inner @ .., close] if open.is(b'(') && close.is(b')') => literal(inner, source, depth + 1),
        [wrapper, open, inner @ .., close] if open.is(b'(') && close.is(b')') && is_wrapper(*wrapper, source) => {
            wrapped(inner, source, depth)
        }
        _ => None,
    }
}

/// The first argument that is a literal: `CAST(x AS type)` has it in front, `CONVERT(type, x)` behind.
fn wrapped<'a>(inner: &[Token], source: &'a str, depth: usize) -> Option<Value<'a>> {
    let mut nesting = 0usize;
    let mut arguments = inner.split(|token| {
        match token.kind {
            Kind::Punct(b'(') => nesting += 1,
            Kind::Punct(b')') => nesting = nesting.saturating_sub(1),
            _ => {}
        }
        nesting == 0 && (token.is(b',') || token.is_word(source, "as"))
    });
    arguments.find_map(|argument| literal(argument, source, depth + 1))
}

/// Without PostgreSQL's `::type`.
fn uncast(tokens: &[Token]) -> &[Token] {
    let cast = tokens.windows(2).position(|pair| pair[0].is(b':') && pair[1].is(b':'));
    &tokens[..cast.unwrap_or(tokens.len())]
}

fn keyword_or_number(word: Token, source: &str) -> Option<Value<'_>> {
    if word.kind != Kind::Word {
        return None;
    }
    let text = word.text(source);
    if text.eq_ignore_ascii_case("null") {
        return Some(Value::Null);
    }
    let truth = text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false");
    let number = text.starts_with(|char: char| char.is_ascii_digit() || char == '.');
    (truth || number).then_some(Value::Text(Cow::Borrowed(text)))
}

fn is_number(value: &Value<'_>) -> bool {
    matches!(value, Value::Text(text) if text.starts_with(|char: char| char.is_ascii_digit()))
}

/// A string, or the number that `b'…'` and `x'…'` stand for.
fn string(token: Token, source: &str) -> Option<Value<'_>> {
    let content = content(token, source);
    let radix = match token.text(source).as_bytes().first() {
        Some(b'b' | b'B') => 2,
        Some(b'x' | b'X') => 16,
        _ => return Some(Value::Text(content)),
    };
    let number = u64::from_str_radix(&content, radix).ok()?;
    Some(Value::Text(Cow::Owned(number.to_string())))
}

fn is_introducer(token: Token, source: &str) -> bool {
    let is_type = TYPES.iter().any(|word| token.is_word(source, word));
    is_type || (token.kind == Kind::Word && token.text(source).starts_with('_'))
}

fn is_wrapper(token: Token, source: &str) -> bool {
    WRAPPERS.iter().any(|word| token.is_word(source, word))
}
