//! The character set windows-1252, in which many scripts were saved and even more were misread.

/// What the bytes from 0x80 to 0x9F stand for (WHATWG encoding standard, `index-windows-1252`).
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of some bytes; every byte stands for a character.
pub(super) fn decode(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| match byte {
            0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
            _ => char::from(*byte),
        })
        .collect()
}

/// The bytes of a text; `None` where a character is not in the set.
pub(crate) fn encode(text: &str) -> Option<Vec<u8>> {
    text.chars()
        .map(|char| match (HIGH.iter().position(|high| *high == char), u8::try_from(u32::from(char))) {
            (Some(at), _) => u8::try_from(at).ok().map(|at| at + 0x80),
            (None, Ok(byte)) if !(0x80..=0x9F).contains(&byte) => Some(byte),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_set_of_the_standard() {
        let bytes: Vec<u8> = (0..=255).collect();
        let (text, ..) = encoding_rs::WINDOWS_1252.decode(&bytes);
        assert_eq!(decode(&bytes), text);
        assert_eq!(encode(&text), Some(bytes));
        assert_eq!(encode("ł"), None);
    }
}
