//! The tables that the program brings.

use encoding_rs::{DecoderResult, Encoding};

/// A character set with a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table(&'static Encoding);

impl Table {
    /// The set of a label of the standard, any case.
    pub(in crate::text) fn for_label(label: &str) -> Option<Self> {
        Encoding::for_label(label.as_bytes()).map(Self)
    }

    /// The name that the standard gives it, in lower case.
    pub(in crate::text) fn name(self) -> String {
        self.0.name().to_ascii_lowercase()
    }

    /// The text of all bytes, or the offset of the last byte of the first malformed sequence.
    pub(in crate::text) fn decode(self, bytes: &[u8]) -> Result<String, usize> {
        let mut decoder = self.0.new_decoder_without_bom_handling();
        let length = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0);
        let mut text = String::with_capacity(length);
        match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
            (DecoderResult::InputEmpty, _) => Ok(text),
            (_, read) => Err(read.saturating_sub(1)),
        }
    }
}
