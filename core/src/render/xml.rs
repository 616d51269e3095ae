//! Texts and attributes of XML.

use super::words::harmless;

/// A text in which nothing is markup, and no character that XML does not allow.
pub(super) fn escaped(text: &str) -> String {
    harmless(text).chars().fold(String::new(), |mut escaped, char| {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            char => escaped.push(char),
        }
        escaped
    })
}

/// Attributes, each with a blank before it.
pub(super) fn attributes(attributes: &[(&str, &str)]) -> String {
    attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", escaped(value))).collect()
}
