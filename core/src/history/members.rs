//! JSON values of which only the outermost level is taken apart; what is inside stays a slice of the source.
//!
//! So every value knows its place, and a large snapshot is read in one pass.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::error::{Complaint, Outcome, TAKE_AGAIN};
use super::record::Value;
use crate::text::Span;

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct Member<'a> {
    /// The key.
    pub(super) key: Cow<'a, str>,
    /// The value, as written.
    pub(super) value: &'a RawValue,
}

/// A JSON value of which members matter, if it has any.
#[derive(Debug, Clone)]
pub(super) enum Element<'a> {
    /// An object.
    Object(Vec<Member<'a>>),
    /// The literal `null`.
    Null,
    /// Any other value.
    Other,
}

impl<'de> Deserialize<'de> for Element<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ElementVisitor)
    }
}

struct ElementVisitor;

impl<'de> Visitor<'de> for ElementVisitor {
    type Value = Element<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::with_capacity(10);
        while let Some(Key(key)) = map.next_key()? {
            members.push(Member { key, value: map.next_value()? });
        }
        Ok(Element::Object(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Element::Other)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Element::Null)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Element::Other)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Element::Other)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Element::Other)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Element::Other)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Element::Other)
    }
}

/// A key, borrowed from the source where it has no escapes.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Key(Cow::Borrowed(key)))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Key(Cow::Owned(key.to_owned())))
    }
}

/// The values that stand one after the other in a text, usually one.
pub(super) fn values(text: &str) -> Outcome<Vec<Element<'_>>> {
    let stream = serde_json::Deserializer::from_str(text).into_iter();
    stream.collect::<Result<Vec<_>, _>>().map_err(|error| syntax(text, text, &error).into())
}

/// The same values as slices of the text.
pub(super) fn slices(text: &str) -> Vec<&RawValue> {
    serde_json::Deserializer::from_str(text).into_iter().map_while(Result::ok).collect()
}

/// The one value that `json`, a slice of `text`, consists of.
pub(super) fn one<'a, T: Deserialize<'a>>(text: &str, json: &'a str) -> Outcome<T> {
    serde_json::from_str(json).map_err(|error| syntax(text, json, &error).into())
}

/// Hands the elements of the array that `json`, a slice of `text`, consists of to `take`, without keeping them.
pub(super) fn each<'a>(text: &str, json: &'a str, take: impl FnMut(Element<'a>)) -> Outcome<()> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let read = deserializer.deserialize_seq(EachVisitor(take)).and_then(|()| deserializer.end());
    read.map_err(|error| syntax(text, json, &error).into())
}

struct EachVisitor<F>(F);

impl<'de, F: FnMut(Element<'de>)> Visitor<'de> for EachVisitor<F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        while let Some(element) = seq.next_element()? {
            (self.0)(element);
        }
        Ok(())
    }
}

/// The place of a slice in the text that it was cut from.
pub(super) fn span_in(text: &str, slice: &str) -> Span {
    let start = (slice.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    Span::new(start, (start + slice.len()).min(text.len()))
}

/// The value of a cell. Nothing is rounded: a number stays the text that it is.
pub(super) fn cell(raw: &RawValue) -> Value<'_> {
    let json = raw.get();
    match json.as_bytes() {
        b"null" => Value::Null,
        [b'"', inner @ .., b'"'] if !inner.contains(&b'\\') => Value::Text(Cow::Borrowed(&json[1..json.len() - 1])),
        [b'"', ..] => serde_json::from_str(json).map_or(Value::Expression(json), |text| Value::Text(Cow::Owned(text))),
        [b'{' | b'[', ..] => Value::Expression(json),
        _ => Value::Text(Cow::Borrowed(json)),
    }
}

/// The parser's own words, with the place it gives as line and column of bytes.
fn syntax(text: &str, json: &str, error: &serde_json::Error) -> Complaint {
    let base = span_in(text, json).start;
    let line_start: usize = json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut start = (base + line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    let (message, help) = match error.classify() {
        Category::Eof => ("the JSON ends in the middle".to_owned(), "take the snapshot again: this file was cut off"),
        Category::Data => (format!("this JSON has another form: {words}"), TAKE_AGAIN),
        Category::Syntax | Category::Io => (format!("this is no valid JSON: {words}"), TAKE_AGAIN),
    };
    Complaint::new(message).at(Span::new(start, end)).help(help)
}
