//! Texts from outside in GitHub's Markdown: nothing in them is markup, a link, a mention or a reference.

use super::super::words::{harmless, harmless_lines};

/// Prose in which what stands between backticks is code, and everything else is only itself.
pub(super) fn prose(text: &str) -> String {
    let text = harmless(text);
    let parts: Vec<&str> = text.split('`').collect();
    // Without its partner a backtick is one.
    let paired = parts.len() % 2 == 1;
    let mut escaped = String::with_capacity(text.len() * 2);
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        if at % 2 == 1 && (paired || !last) && !part.is_empty() {
            escaped += &code(part);
        } else {
            if at > 0 && !paired && last {
                escaped += "\\`";
            }
            escaped += &plain(part);
        }
    }
    escaped
}

/// Text in which no character means anything. It never stands at the beginning of a line. GitHub makes links of addresses,
/// mentions and numbers even without markup; a blank of no width keeps it from that.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() * 2);
    for char in text.chars() {
        match char {
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '&' => escaped += "&amp;",
            '@' | '#' => escaped += &format!("{char}&#8203;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => escaped += &format!("\\{char}"),
            char => escaped.push(char),
        }
    }
    escaped.replace("://", ":&#8203;//").replace("www.", "www&#8203;.").replace("WWW.", "WWW&#8203;.")
}

/// A span of code.
pub(super) fn code(text: &str) -> String {
    let text = harmless(text);
    if text.trim().is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let edge = |char: Option<char>| char.is_some_and(|char| char == '`' || char == ' ');
    let blank = if edge(text.chars().next()) || edge(text.chars().next_back()) { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// Markdown in a cell of a table, where a bar has to be escaped even in code.
pub(super) fn cell(markdown: &str) -> String {
    markdown.replace('|', "\\|")
}

/// A block of code.
pub(super) fn code_block(text: &str, language: &str) -> String {
    let text = harmless_lines(text);
    let fence = "`".repeat(longest_run(&text).max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end_matches('\n'))
}

/// Text inside of HTML.
pub(super) fn html(text: &str) -> String {
    super::super::xml::escaped(text)
}

fn longest_run(text: &str) -> usize {
    text.split(|char| char != '`').map(str::len).max().unwrap_or(0)
}
