//! Decoding, lines and positions at their edges.

use super::*;

#[test]
fn lines_end_at_lf_cr_and_crlf_only() {
    let split = |text| lines(text).collect::<Vec<_>>();
    assert_eq!(split("a\r\nb\rc\n"), ["a", "b", "c"]);
    assert_eq!(split("\n\rx"), ["", "", "x"]);
    assert_eq!(split("a\u{b}b\u{85}c\u{2028}d"), ["a\u{b}b\u{85}c\u{2028}d"]);
    assert_eq!(split(""), [""; 0]);
}

#[test]
fn positions_count_bytes_and_utf16() {
    let text = "é\r\n😀x\ry";
    let index = LineIndex::new(text);
    assert_eq!(index.line_count(), 3);
    let at = |offset| {
        let Position { line, column, utf16 } = index.position(text, offset);
        (line, column, utf16)
    };
    assert_eq!(at(0), (0, 0, 0));
    assert_eq!(at(4), (1, 0, 0));
    assert_eq!(at(8), (1, 4, 2));
    assert_eq!(at(6), (1, 0, 0), "inside a character");
    assert_eq!(at(usize::MAX), (2, 1, 1));
}

#[test]
fn malformed_bytes_are_located() {
    let offset = |name: &str, bytes: &[u8]| Encoding::for_name(name).unwrap().decode(bytes).unwrap_err().offset;
    assert_eq!(offset("UTF-8", b"abc\xff"), 3);
    assert_eq!(offset("US-ASCII", b"ab\x80"), 2);
    assert_eq!(offset("UTF-16LE", b"a\0b"), 2);
    assert_eq!(offset("windows-1252", b"a\x81"), 1);
    assert_eq!(offset("UTF-32BE", &[0, 0, 0, 65, 0, 0x11, 0, 0]), 4);
}

#[test]
fn positions_of_a_long_line_are_those_of_a_walk() {
    let text = "aé€😀".repeat(200) + "\n" + &"x".repeat(255) + "😀";
    let index = LineIndex::new(&text);
    for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let expected = text[start..offset].encode_utf16().count();
        assert_eq!(index.position(&text, offset).utf16, expected, "at {offset}");
    }
}
