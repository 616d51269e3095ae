//! Texts that no format can be broken with, and numbers in words.

use std::fmt::Write as _;

/// A text in which nothing can steer a terminal, break a line or turn the reading direction.
///
/// Names and messages come from strangers' pull requests.
#[must_use]
pub fn harmless(text: &str) -> String {
    let mut harmless = String::with_capacity(text.len());
    for char in text.chars() {
        if is_harmful(char) {
            let _ = write!(harmless, "\\u{{{:x}}}", u32::from(char));
        } else {
            harmless.push(char);
        }
    }
    harmless
}

/// The same for a text of several lines: line breaks and tabs stay.
pub(super) fn harmless_lines(text: &str) -> String {
    let line = |line: &str| line.split('\t').map(harmless).collect::<Vec<_>>().join("\t");
    text.split('\n').map(|text| line(text.trim_end_matches('\r'))).collect::<Vec<_>>().join("\n")
}

fn is_harmful(char: char) -> bool {
    let turns = matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}');
    let is_no_character = matches!(char, '\u{fffe}' | '\u{ffff}');
    char.is_control()
        || turns
        || is_no_character
        || matches!(char, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{200b}'..='\u{200d}')
}

/// `1 error`, `2 errors`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// The first `most` of some texts, and how many more there are.
pub(super) fn joined(texts: impl IntoIterator<Item = String>, most: usize) -> String {
    let mut texts = texts.into_iter();
    let shown = texts.by_ref().take(most).collect::<Vec<_>>().join(", ");
    let more = texts.count();
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}
