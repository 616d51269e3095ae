//! Byte offset ↔ line and column, in bytes and in UTF-16 units.

use serde::Serialize;

/// Where a byte offset lies, for people and for editors. All numbers are zero-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Position {
    /// Line, counted by LF, CR or CRLF.
    pub line: usize,
    /// Column in UTF-8 bytes from the start of the line.
    pub column: usize,
    /// Column in UTF-16 code units from the start of the line, as editors count.
    pub utf16: usize,
}

/// The starts of the lines of one text.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// UTF-16 units before each block of [`BLOCK`] bytes, so that a line of megabytes is not walked for each position in it.
    units: Vec<usize>,
}

/// How many bytes are walked at most to count the UTF-16 units of a line's start or of an offset.
const BLOCK: usize = 256;

impl LineIndex {
    /// Reads the text once; linear in its length.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends_line {
                starts.push(at + 1);
            }
        }
        let units = bytes.chunks(BLOCK).scan(0, |before, block| {
            let these = utf16_units(block);
            *before += these;
            Some(*before - these)
        });
        let units = units.collect();
        Self { starts, units }
    }

    /// Number of lines; a text that ends in a terminator has one empty line after it.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// Byte offset at which a line starts, or `None` past the last line.
    #[must_use]
    pub fn line_start(&self, line: usize) -> Option<usize> {
        self.starts.get(line).copied()
    }

    /// The position of `offset` in `text`, which must be the text the index was made from.
    ///
    /// An offset past the end, or inside a character, is moved back to the nearest boundary.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = floor_char_boundary(text, offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let start = self.starts[line];
        Position {
            line,
            column: offset - start,
            utf16: self.units_before(text, offset) - self.units_before(text, start),
        }
    }

    fn units_before(&self, text: &str, offset: usize) -> usize {
        let block = (offset / BLOCK).min(self.units.len().saturating_sub(1));
        let counted = self.units.get(block).copied().unwrap_or(0);
        counted + utf16_units(&text.as_bytes()[block * BLOCK..offset])
    }
}

/// UTF-16 units of the characters whose first byte is among these bytes of a UTF-8 text: two for those of four bytes.
fn utf16_units(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(*byte >= 0xF0)).sum()
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
