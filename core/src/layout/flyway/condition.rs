//! `shouldExecute`: whether a script's own condition lets it run (Redgate, as documented).

use crate::settings::Flyway;
use crate::settings::placeholders::replace;

/// Evaluates `true`, `false`, `a==b`, `a!=b`, `&&`, `||` and parentheses after placeholder replacement.
///
/// `None` where the text is no such expression; nothing is concluded from it then.
#[must_use]
pub fn condition_holds(condition: &str, settings: &Flyway) -> Option<bool> {
    let values = settings.placeholder_values(&settings.marks, "", &std::collections::BTreeMap::new());
    let text = replace(condition, &settings.marks, &values).ok()?;
    let (value, rest) = either(&text, 0)?;
    rest.trim().is_empty().then_some(value)
}

/// Deeper nesting than this is no expression that a person wrote.
const DEEPEST: usize = 64;

fn either(text: &str, depth: usize) -> Option<(bool, &str)> {
    let (mut value, mut rest) = both(text, depth)?;
    while let Some(after) = rest.trim_start().strip_prefix("||") {
        let (right, after) = both(after, depth)?;
        value |= right;
        rest = after;
    }
    Some((value, rest))
}

fn both(text: &str, depth: usize) -> Option<(bool, &str)> {
    let (mut value, mut rest) = term(text, depth)?;
    while let Some(after) = rest.trim_start().strip_prefix("&&") {
        let (right, after) = term(after, depth)?;
        value &= right;
        rest = after;
    }
    Some((value, rest))
}

fn term(text: &str, depth: usize) -> Option<(bool, &str)> {
    let text = text.trim_start();
    if let Some(inner) = text.strip_prefix('(') {
        if depth == DEEPEST {
            return None;
        }
        let (value, rest) = either(inner, depth + 1)?;
        return Some((value, rest.trim_start().strip_prefix(')')?));
    }
    let (left, rest) = operand(text);
    for (operator, equal) in [("==", true), ("!=", false)] {
        if let Some(after) = rest.strip_prefix(operator) {
            let (right, rest) = operand(after);
            return Some(((left == right) == equal, rest));
        }
    }
    match left.to_ascii_lowercase().as_str() {
        "true" => Some((true, rest)),
        "false" => Some((false, rest)),
        _ => None,
    }
}

fn operand(text: &str) -> (&str, &str) {
    let ends = ["==", "!=", "&&", "||", ")"];
    let end = ends.iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len());
    (text[..end].trim(), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Configuration, Source};

    #[test]
    fn conditions_follow_the_reference() {
        let sources = vec![Source::Options(vec![("placeholders.env".into(), "prod".into())])];
        let settings = Configuration { sources, ..Configuration::default() }.read();
        for (condition, expected) in [
            ("true", Some(true)),
            ("FALSE", Some(false)),
            ("${env}==prod", Some(true)),
            ("${env} != prod && true", Some(false)),
            ("(${env}==dev) || ${env}==prod", Some(true)),
            ("perhaps", None),
            ("(true", None),
            ("${unknown}==1", None),
        ] {
            assert_eq!(condition_holds(condition, &settings.flyway), expected, "{condition}");
        }
    }
}
