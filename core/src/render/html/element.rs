//! The pieces of the page: texts that are only texts, and elements around them.

use super::super::words::harmless_lines;
use super::super::xml::escaped;

/// A text from outside; what stands between backticks is code.
pub(super) fn text(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(text);
    }
    let mut marked = String::new();
    for (at, part) in parts.into_iter().enumerate() {
        match (at % 2 == 1, part.is_empty()) {
            (true, false) => marked += &format!("<code>{}</code>", escaped(part)),
            _ => marked += &escaped(part),
        }
    }
    marked
}

/// An element of that class; of none where it is empty.
pub(super) fn element(name: &str, class: &str, inside: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!("<{name}{class}>\n{inside}</{name}>\n")
}

/// Lines of source: one marked part, everything else as it is.
pub(super) fn source(before: &str, marked: &str, after: &str) -> String {
    let lines = |text: &str| {
        let lines = harmless_lines(text);
        lines
            .split('\n')
            .map(|line| line.split('\t').map(escaped).collect::<Vec<_>>().join("\t"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let marked = if marked.is_empty() { String::new() } else { format!("<mark>{}</mark>", lines(marked)) };
    format!("{}{marked}{}", lines(before), lines(after))
}
