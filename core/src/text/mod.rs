//! Bytes → text: decoding with the encodings that migration tools accept, spans, and the line index.

mod casing;
mod encoding;
mod line_index;
mod table;
#[cfg(test)]
mod tests;
pub(crate) mod windows_1252;

pub use casing::Casing;
pub use encoding::{DecodeError, Encoding, detect};
pub use line_index::{LineIndex, Position};
pub use table::Table;

use serde::Serialize;

/// A half-open range of byte offsets into a UTF-8 text.
///
/// Both ends lie on character boundaries and `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just after the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, but not including, `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span must not end before it starts");
        Self { start, end }
    }

    /// Whether another span lies in this one.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The lines of a text as migration tools count them: split at LF, CR or CRLF only.
///
/// A terminator at the end of the text does not start another line (measured: Flyway 13.0.0, `BufferedReader`).
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(at) = memchr::memchr2(b'\n', b'\r', rest.as_bytes()) else {
            return Some(std::mem::take(&mut rest));
        };
        let line = &rest[..at];
        let terminator = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[at + terminator..];
        Some(line)
    })
}
