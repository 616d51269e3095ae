//! The legacy `.conf` and `.properties` syntax: text → keys with values and the lines they stand on.
//!
//! Flyway prepares the text (every line trimmed, every backslash doubled, environment variables expanded) and then
//! loads it as Java properties. Both steps, with their surprises, were measured (`conf` recordings, 13.0.0).

use std::collections::BTreeMap;

use crate::text::Span;

/// One key with its value, as the file gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// The key, as written.
    pub key: String,
    /// The value, escapes resolved.
    pub value: String,
    /// The source line that the property starts on.
    pub span: Span,
}

/// A physical line after preparation, with the source line that it comes from.
struct Line {
    text: String,
    span: Span,
}

/// Reads a configuration text. `environment`, where given, resolves `${NAME}`; unset names become empty. Flyway does
/// not expand the configuration files of single scripts.
///
/// Every text has a reading: a line without a separator is a key with an empty value. Keys may repeat; later wins.
#[must_use]
pub fn read(text: &str, environment: Option<&BTreeMap<String, String>>) -> Vec<Property> {
    let lines = prepare(text, environment);
    let mut properties = Vec::new();
    let mut rest = lines.iter();
    while let Some(line) = rest.next() {
        let start = line.text.trim_start_matches(is_blank);
        if start.is_empty() || start.starts_with(['#', '!']) {
            continue;
        }
        let mut logical = start.to_owned();
        while ends_in_lone_backslash(&logical) {
            logical.pop();
            let Some(next) = rest.next() else { break };
            logical.push_str(next.text.trim_start_matches(is_blank));
        }
        let (key, value) = separate(&logical);
        properties.push(Property { key: unescape(key), value: unescape(value), span: line.span });
    }
    properties
}

/// The properties loader's white space.
fn is_blank(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\u{c}')
}

/// Java's `String.trim`: everything up to the space is white.
pub(crate) fn java_trim(text: &str) -> &str {
    text.trim_matches(|char: char| char <= ' ')
}

fn ends_in_lone_backslash(line: &str) -> bool {
    line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// What Flyway does before it hands the text to the properties loader.
fn prepare(text: &str, environment: Option<&BTreeMap<String, String>>) -> Vec<Line> {
    let sources = source_lines(text);
    let mut prepared = Vec::with_capacity(sources.len());
    for (at, (line, span)) in sources.iter().enumerate() {
        let mut doubled = java_trim(line).replace('\\', "\\\\");
        if doubled.ends_with("\\\\") && sources.get(at + 1).is_some_and(|(next, _)| continues(next)) {
            doubled.pop();
        }
        let expanded = environment.map_or_else(|| doubled.clone(), |environment| expand(&doubled, environment));
        for part in expanded.replace("\r\n", "\n").split(['\n', '\r']) {
            prepared.push(Line { text: part.to_owned(), span: *span });
        }
    }
    prepared
}

/// Whether the line after a backslash is a continuation and not a property of its own.
fn continues(next: &str) -> bool {
    if next.is_empty() {
        return false;
    }
    let property = java_trim(next).starts_with("flyway.") && next.contains('=');
    !property || next.contains("==") || next.contains("!=")
}

/// The lines between LF, a CR before it cut off, each with its span.
fn source_lines(text: &str) -> Vec<(&str, Span)> {
    let mut offset = 0;
    text.split('\n')
        .map(|line| {
            let start = offset;
            offset += line.len() + 1;
            let line = line.strip_suffix('\r').unwrap_or(line);
            (line, Span::new(start, start + line.len()))
        })
        .collect()
}

/// Replaces `${NAME}` of letters, digits and underscores.
fn expand(line: &str, environment: &BTreeMap<String, String>) -> String {
    let mut expanded = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("${") {
        let (before, reference) = rest.split_at(at);
        expanded.push_str(before);
        let name = &reference[2..];
        let end = name.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(name.len());
        if end > 0 && name[end..].starts_with('}') {
            expanded.push_str(environment.get(&name[..end]).map_or("", String::as_str));
            rest = &name[end + 1..];
        } else {
            expanded.push_str("${");
            rest = name;
        }
    }
    expanded.push_str(rest);
    expanded
}

/// Splits a logical line at the first unescaped `=`, `:` or blank.
fn separate(line: &str) -> (&str, &str) {
    let mut escaped = false;
    let end = line
        .char_indices()
        .find(|(_, char)| {
            let separates = !escaped && (matches!(char, '=' | ':') || is_blank(*char));
            escaped = *char == '\\' && !escaped;
            separates
        })
        .map_or(line.len(), |(at, _)| at);
    let rest = line[end..].trim_start_matches(is_blank);
    let rest = rest.strip_prefix(['=', ':']).unwrap_or(rest);
    (&line[..end], rest.trim_start_matches(is_blank))
}

/// Resolves the escapes of the properties loader. A broken `\u` escape stays as it is.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            plain.push(char);
            continue;
        }
        match chars.next() {
            None => {}
            Some('t') => plain.push('\t'),
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('f') => plain.push('\u{c}'),
            Some('u') => {
                let rest = chars.as_str();
                let code = rest.get(..4).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
                match code {
                    Some(code) => {
                        plain.push(code);
                        chars = rest[4..].chars();
                    }
                    None => plain.push_str("\\u"),
                }
            }
            Some(other) => plain.push(other),
        }
    }
    plain
}
