//! What every terminal rendering shares: colours and widths.

use anstyle::{AnsiColor, Style};

use crate::finding::Severity;

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
