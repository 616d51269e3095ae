//! Character sets by the names that Java accepts, decoded strictly: malformed input is an error, never a replacement.
//!
//! Flyway decodes with a `CharsetDecoder` that reports errors (measured, 13.0.0: `checksum` recordings).

use std::borrow::Cow;

use super::table::Table;
use super::windows_1252;

/// A character set that a script can be decoded with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `UTF-8`.
    Utf8,
    /// `UTF-16`: the byte order mark decides, big-endian without one.
    Utf16,
    /// `UTF-16LE`; a byte order mark is kept as U+FEFF.
    Utf16Le,
    /// `UTF-16BE`; a byte order mark is kept as U+FEFF.
    Utf16Be,
    /// `UTF-32`: the byte order mark decides, big-endian without one.
    Utf32,
    /// `UTF-32LE`.
    Utf32Le,
    /// `UTF-32BE`.
    Utf32Be,
    /// `US-ASCII`: a byte above 127 is malformed.
    Ascii,
    /// `ISO-8859-1`: every byte is the code point of the same number.
    Latin1,
    /// `windows-1252`.
    Windows1252,
    /// Any other set, by the tables of the WHATWG encoding standard.
    Other(Table),
}

/// Why bytes could not be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeError {
    /// Offset of the first malformed byte, where it is known exactly.
    pub offset: usize,
}

impl Encoding {
    /// The set of a Java charset name or alias, any case; `None` where this build has no table for it.
    #[must_use]
    pub fn for_name(name: &str) -> Option<Self> {
        let folded = name.to_ascii_lowercase();
        Some(match folded.as_str() {
            "utf-8" | "utf8" | "unicode-1-1-utf-8" => Self::Utf8,
            "utf-16" | "utf16" | "utf_16" | "unicode" | "unicodebig" => Self::Utf16,
            "utf-16le" | "utf_16le" | "x-utf-16le" | "unicodelittleunmarked" => Self::Utf16Le,
            "utf-16be" | "utf_16be" | "x-utf-16be" | "unicodebigunmarked" => Self::Utf16Be,
            "utf-32" | "utf32" | "utf_32" => Self::Utf32,
            "utf-32le" | "utf_32le" | "x-utf-32le" => Self::Utf32Le,
            "utf-32be" | "utf_32be" | "x-utf-32be" => Self::Utf32Be,
            "us-ascii" | "ascii" | "iso646-us" | "ascii7" | "646" | "cp367" | "ansi_x3.4-1968" => Self::Ascii,
            "iso-8859-1" | "iso8859-1" | "iso8859_1" | "iso_8859-1" | "iso_8859_1" | "latin1" | "l1" | "cp819"
            | "ibm819" | "819" | "8859_1" => Self::Latin1,
            other => {
                let table = Table::for_label(&whatwg_label(other))?;
                if table.name() == "windows-1252" { Self::Windows1252 } else { Self::Other(table) }
            }
        })
    }

    /// Decodes all bytes, or says where the first malformed one is. A byte order mark is kept unless the set
    /// itself consumes it (`UTF-16`, `UTF-32`).
    pub fn decode(self, bytes: &[u8]) -> Result<Cow<'_, str>, DecodeError> {
        match self {
            Self::Utf8 => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Cow::Borrowed(text)),
                Err(error) => Err(DecodeError { offset: error.valid_up_to() }),
            },
            Self::Ascii => match bytes.iter().position(|byte| !byte.is_ascii()) {
                None => Self::Utf8.decode(bytes),
                Some(offset) => Err(DecodeError { offset }),
            },
            Self::Latin1 => Ok(match Self::Ascii.decode(bytes) {
                Ok(text) => text,
                Err(_) => Cow::Owned(bytes.iter().copied().map(char::from).collect()),
            }),
            Self::Utf16 => match bytes {
                [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes, 2),
                [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes, 2),
                _ => utf16(bytes, u16::from_be_bytes, 0),
            },
            Self::Utf16Le => utf16(bytes, u16::from_le_bytes, 0),
            Self::Utf16Be => utf16(bytes, u16::from_be_bytes, 0),
            Self::Utf32 => match bytes {
                [0xFF, 0xFE, 0, 0, rest @ ..] => utf32(rest, u32::from_le_bytes, 4),
                [0, 0, 0xFE, 0xFF, rest @ ..] => utf32(rest, u32::from_be_bytes, 4),
                _ => utf32(bytes, u32::from_be_bytes, 0),
            },
            Self::Utf32Le => utf32(bytes, u32::from_le_bytes, 0),
            Self::Utf32Be => utf32(bytes, u32::from_be_bytes, 0),
            Self::Windows1252 => assigned(windows_1252::decode(bytes)),
            Self::Other(table) => {
                let text = table.decode(bytes).map_err(|offset| DecodeError { offset })?;
                if table.name().starts_with("windows-") { assigned(text) } else { Ok(Cow::Owned(text)) }
            }
        }
    }
}

/// Java's names for the Windows and IBM sets, as the WHATWG labels.
fn whatwg_label(name: &str) -> String {
    match name.strip_prefix("cp").or_else(|| name.strip_prefix("ibm")) {
        Some(number) if number.starts_with("125") => format!("windows-{number}"),
        _ => name.replace("iso8859_", "iso-8859-").replace('_', "-"),
    }
}

/// What `detectEncoding` of Flyway chooses, or `None` where it falls back to the configured set.
///
/// The order is Flyway's (`EncodingDetector`): marks, then the first of UTF-8, ISO-8859-1 and UTF-16 that decodes,
/// then UTF-16 where more than half of the odd bytes are zero.
#[must_use]
pub fn detect(bytes: &[u8]) -> Option<Encoding> {
    let even = bytes.len().is_multiple_of(2);
    match bytes {
        [0xFE, 0xFF, ..] if even => return Some(Encoding::Utf16Be),
        [0xFF, 0xFE, ..] if even => return Some(Encoding::Utf16Le),
        _ => {}
    }
    let zeros = bytes.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
    if even && zeros > bytes.len() / 4 {
        return Some(Encoding::Utf16);
    }
    [Encoding::Utf8, Encoding::Latin1].into_iter().find(|encoding| encoding.decode(bytes).is_ok())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, skipped: usize) -> Result<Cow<'static, str>, DecodeError> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut offset = skipped;
    for char in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let char = char.map_err(|_| DecodeError { offset })?;
        offset += char.len_utf16() * 2;
        text.push(char);
    }
    if odd.is_empty() { Ok(Cow::Owned(text)) } else { Err(DecodeError { offset }) }
}

fn utf32(bytes: &[u8], unit: fn([u8; 4]) -> u32, skipped: usize) -> Result<Cow<'static, str>, DecodeError> {
    let (quads, odd) = bytes.as_chunks::<4>();
    let mut text = String::with_capacity(bytes.len() / 4);
    for (index, quad) in quads.iter().enumerate() {
        let offset = skipped + index * 4;
        text.push(char::from_u32(unit(*quad)).ok_or(DecodeError { offset })?);
    }
    let offset = skipped + quads.len() * 4;
    if odd.is_empty() { Ok(Cow::Owned(text)) } else { Err(DecodeError { offset }) }
}

/// The text of one-byte sets. Bytes that the WHATWG tables map to C1 controls are unassigned in Java's and so malformed.
fn assigned(text: String) -> Result<Cow<'static, str>, DecodeError> {
    match text.chars().position(|char| ('\u{80}'..='\u{9f}').contains(&char)) {
        Some(offset) => Err(DecodeError { offset }),
        None => Ok(Cow::Owned(text)),
    }
}
