//! What every terminal rendering shares: harmless text and colours.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::finding::Severity;

/// A text in which nothing can steer the terminal or turn the reading direction.
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

fn is_harmful(char: char) -> bool {
    let turns = matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}');
    char.is_control() || turns || matches!(char, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{200b}'..='\u{200d}')
}

/// A text in a style.
pub(super) fn styled(text: &str, style: Style) -> String {
    format!("{style}{text}{style:#}")
}

/// Bold.
pub(super) fn bold() -> Style {
    Style::new().bold()
}

/// Faint.
pub(super) fn faint() -> Style {
    Style::new().dimmed()
}

/// A colour.
pub(super) fn colour(colour: AnsiColor) -> Style {
    colour.on_default()
}

/// The colour of a severity.
pub(super) fn of_severity(severity: Severity) -> Style {
    match severity {
        Severity::Error => colour(AnsiColor::Red).bold(),
        Severity::Warning => colour(AnsiColor::Yellow).bold(),
        Severity::Info => colour(AnsiColor::Blue).bold(),
    }
}

/// How many columns a text takes up in a terminal.
pub(super) fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// `1 error`, `2 errors`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
