//! Configuration texts as they may be shown: a message about a misspelt `passwrod` must not draw the password.

use super::{flightcheck, keys};

/// A configuration of Flyway with every value masked whose key is not known to hold nothing secret. All byte positions
/// stay.
pub(crate) fn masked(text: &str) -> String {
    masked_unless(text, |name| keys::is_public(name.strip_prefix("flyway.").unwrap_or(name)))
}

/// The same for `flightcheck.toml`, where placeholders may hold secrets.
pub(crate) fn masked_own(text: &str) -> String {
    masked_unless(text, flightcheck::is_public)
}

fn masked_unless(text: &str, is_public: fn(&str) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    // A value may go on in the next lines.
    let mut hiding = false;
    for line in text.split_inclusive(['\n', '\r']) {
        let (key, value) = split(line);
        if is_header(line) {
            hiding = false;
        } else if !value.trim().is_empty() {
            let name = key.trim_start_matches('\u{feff}').trim().trim_matches(['"', '\'']);
            hiding = !is_public(name);
        } else if hiding {
            mask(key, &mut shown);
            shown.push_str(value);
            continue;
        }
        shown.push_str(key);
        if hiding { mask(value, &mut shown) } else { shown.push_str(value) }
    }
    shown
}

/// Splits a line after its key, in either syntax; what follows begins with the separator.
fn split(line: &str) -> (&str, &str) {
    let indent = line.len() - line.trim_start().len();
    let separator = line[indent..].find(|char: char| matches!(char, '=' | ':') || char.is_whitespace());
    line.split_at(separator.map_or(line.len(), |at| indent + at))
}

fn is_header(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('[') && line.ends_with(']') && !line.contains(['=', ','])
}

/// Adds the text with a star for each byte of what is not white space, a separator or a quote.
fn mask(text: &str, shown: &mut String) {
    for char in text.chars() {
        if char.is_whitespace() || matches!(char, '=' | ':' | '"' | '\'') {
            shown.push(char);
        } else {
            shown.extend(std::iter::repeat_n('*', char.len_utf8()));
        }
    }
}

/// A JDBC URL up to its parameters, user and password cut out.
pub(super) fn without_secrets(url: &str) -> String {
    let url = url.split(['?', ';']).next().unwrap_or(url);
    match (url.find("//"), url.rfind('@')) {
        (Some(start), Some(at)) if at > start => format!("{}//{}", &url[..start], &url[at + 1..]),
        (None, Some(at)) => url[at + 1..].to_owned(),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn only_values_of_harmless_keys_are_shown() {
        for (text, shown) in [
            ("flyway.outOfOrder=true\n", "flyway.outOfOrder=true\n"),
            ("\u{feff}flyway.target=2\n", "\u{feff}flyway.target=2\n"),
            ("flyway.password=abc\r\nflyway.target=2", "flyway.password=***\r\nflyway.target=2"),
            ("  flyway.passwrod : a b", "  flyway.passwrod : * *"),
            ("flyway.url jdbc:x://u:pä@h", "flyway.url ****:*:***:*****"),
            ("[flyway]\n\"password\" = \"abc\"", "[flyway]\n\"password\" = \"***\""),
            (
                "password = \"\"\"\nabc\n\"\"\"\n[flyway]\ntable = \"t\"",
                "password = \"\"\"\n***\n\"\"\"\n[flyway]\ntable = \"t\"",
            ),
            ("flyway.placeholders.key=abc", "flyway.placeholders.key=***"),
            ("default = { password = \"abc\" }", "default = * ******** = \"***\" *"),
            ("flyway.password=a\\\nbc", "flyway.password=**\n**"),
        ] {
            assert_eq!(masked(text), shown, "{text}");
            assert_eq!(masked(text).len(), text.len());
        }
    }
}
