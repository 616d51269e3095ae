//! One line of a comment → what it asks for.
//!
//! `flightcheck: allow(rule, rule) until=2027-01-31 reason`, `flightcheck: allow-file(rule) reason`,
//! `squawk-ignore rule, rule -- reason`, `squawk-ignore-file …`, `atlas:nolint CODE class …`.

use std::ops::Range;

use super::peers;
use crate::settings::{Date, nearest};

/// What a line asks for. All ranges are in the line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Directive {
    Allow(Allow),
    /// It is meant for us and cannot be read: what is wrong, and what to do.
    Wrong(Range<usize>, String, String),
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Allow {
    pub(super) rules: Vec<(String, Range<usize>)>,
    pub(super) file: bool,
    pub(super) until: Option<Date>,
    pub(super) reason: String,
    /// Whether it is meant for another tool.
    pub(super) peer: bool,
    /// Whether a blank line after it makes it stand for the whole file, as for Atlas.
    pub(super) heads_file: bool,
}

/// How an ignore is written, for messages.
const FORM: &str = "write `flightcheck: allow(rule) reason`, or `allow-file(rule)` for the whole file";

/// Reads a line of a comment without its marks. `None` where it asks for nothing.
pub(super) fn directive(line: &str) -> Option<Directive> {
    let start = line.len() - line.trim_start().len();
    let words = &line[start..];
    if let Some(rest) = words.strip_prefix("squawk-ignore-file").and_then(end_of_word) {
        return Some(Directive::Allow(squawk(rest, true)));
    }
    if let Some(rest) = words.strip_prefix("squawk-ignore").and_then(end_of_word) {
        return Some(Directive::Allow(squawk(rest, false)));
    }
    if let Some(rest) = words.strip_prefix("atlas:nolint").and_then(end_of_word) {
        let names: Vec<&str> = rest.split_whitespace().collect();
        let rules = unplaced(peers::rules_of(peers::ATLAS, &names));
        return Some(Directive::Allow(Allow { rules, peer: true, heads_file: true, ..Allow::default() }));
    }
    let name = words.get(..NAME.len()).filter(|name| name.eq_ignore_ascii_case(NAME))?;
    ours(line, start + name.len())
}

/// Our own name, with which an ignore begins.
const NAME: &str = "flightcheck";

/// Reads what follows our name at `at`.
fn ours(line: &str, at: usize) -> Option<Directive> {
    let rest = &line[at..];
    let colon = rest.trim_start().starts_with(':');
    let verb_at = at + rest.len() - rest.trim_start_matches(|char: char| char.is_whitespace() || char == ':').len();
    let verb_length = line[verb_at..].find(|char: char| !char.is_alphanumeric() && !matches!(char, '-' | '_'));
    let verb = &line[verb_at..verb_length.map_or(line.len(), |length| verb_at + length)];
    let after = &line[verb_at + verb.len()..];
    let is_call = after.trim_start().starts_with('(');
    let whole = line.len() - line.trim_start().len()..line.trim_end().len();
    let wrong = |message: String, help: &str| Some(Directive::Wrong(whole.clone(), message, help.to_owned()));
    let file = match verb {
        "allow" => false,
        "allow-file" => true,
        // Prose that begins with our name.
        _ if !colon && !is_call => return None,
        other => {
            let near = nearest(other, ["allow", "allow-file"].into_iter());
            let help = near.map_or_else(|| FORM.to_owned(), |near| format!("did you mean `{near}`?"));
            return wrong(format!("`{other}` is nothing that flightcheck can be told in a comment"), &help);
        }
    };
    if !colon {
        return is_call.then(|| wrong("there is no colon after `flightcheck`".into(), FORM)).flatten();
    }
    let open = verb_at + verb.len() + (after.len() - after.trim_start().len());
    let Some(close) = line[open..].find(')').filter(|_| is_call).map(|close| open + close) else {
        return wrong("an ignore names its rules in parentheses".into(), FORM);
    };
    let rules = names(line, open + 1..close);
    if rules.is_empty() {
        return wrong("an ignore without a rule ignores nothing".into(), FORM);
    }
    let (until, reason) = match until(&line[close + 1..]) {
        Ok(read) => read,
        Err(day) => return wrong(format!("`{day}` is no day"), "write it as `until=2027-01-31`"),
    };
    Some(Directive::Allow(Allow { rules, file, until, reason, ..Allow::default() }))
}

/// The names in a list with commas, each with its place.
fn names(line: &str, inside: Range<usize>) -> Vec<(String, Range<usize>)> {
    let mut at = inside.start;
    let mut names = Vec::new();
    for part in line[inside].split(',') {
        let start = at + part.len() - part.trim_start().len();
        let name = part.trim();
        if !name.is_empty() {
            names.push((name.to_owned(), start..start + name.len()));
        }
        at += part.len() + 1;
    }
    names
}

/// The day of `until=…` and the rest of the words; the error is what is no day.
fn until(text: &str) -> Result<(Option<Date>, String), String> {
    let mut day = None;
    let mut reason = Vec::new();
    for word in text.split_whitespace() {
        match word.strip_prefix("until=") {
            Some(text) => day = Some(Date::parse(text.trim_end_matches([',', ';', ':'])).ok_or(text)?),
            None => reason.push(word),
        }
    }
    let reason = reason.join(" ");
    Ok((day, reason.trim_start_matches(['-', ':', '–', '—', ' ']).to_owned()))
}

/// The rest after a word, if the word ends there.
fn end_of_word(rest: &str) -> Option<&str> {
    rest.chars().next().is_none_or(|char| char.is_whitespace() || char == ':').then_some(rest)
}

/// squawk separates names with commas or blanks, and stops at `--`.
fn squawk(rest: &str, file: bool) -> Allow {
    let (names, reason) = rest.split_once("--").unwrap_or((rest, ""));
    let names = names.split(|char: char| char == ',' || char == ':' || char.is_whitespace());
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    let rules = unplaced(peers::rules_of(peers::SQUAWK, &names));
    Allow { rules, file, reason: reason.trim().to_owned(), peer: true, ..Allow::default() }
}

/// Nobody is told about the names that another tool gives its rules, so that they need no place.
fn unplaced(rules: Vec<&str>) -> Vec<(String, Range<usize>)> {
    rules.into_iter().map(|rule| (rule.to_owned(), 0..0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(line: &str) -> Allow {
        match directive(line) {
            Some(Directive::Allow(allow)) => allow,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn an_ignore_has_rules_a_day_and_a_reason() {
        let allow = allowed(" flightcheck: allow(dropped-column, dropped-table) until=2027-01-31 nobody reads it");
        assert_eq!(allow.rules, [("dropped-column".into(), 20..34), ("dropped-table".into(), 36..49)]);
        assert_eq!((allow.until, allow.reason.as_str()), (Date::parse("2027-01-31"), "nobody reads it"));
        assert!(!allow.file && !allow.peer);
        for line in ["flightcheck:allow-file( a ) - why", "Flightcheck : allow-file (a): why"] {
            let allow = allowed(line);
            assert!(allow.file, "{line}");
            assert_eq!((allow.rules[0].0.as_str(), allow.reason.as_str()), ("a", "why"), "{line}");
        }
    }

    #[test]
    fn what_is_nearly_an_ignore_is_not_passed_over() {
        for (line, help) in [
            ("flightcheck: alow(a)", "did you mean `allow`?"),
            ("flightcheck: allow_file(a)", "did you mean `allow-file`?"),
            ("flightcheck: ignore(a)", FORM),
            ("flightcheck: disable a", FORM),
            ("flightcheck allow(a)", FORM),
            ("flightcheck:", FORM),
            ("flightcheck: allow a", FORM),
            ("flightcheck: allow(a", FORM),
            ("flightcheck: allow()", FORM),
            ("flightcheck: allow(,)", FORM),
            ("flightcheck: allow(a) until=tomorrow", "write it as `until=2027-01-31`"),
        ] {
            assert!(matches!(directive(line), Some(Directive::Wrong(_, _, said)) if said == help), "{line}");
        }
        for prose in ["flightcheck found nothing here", "flightchecker: x(", "we allow(a)", "squawk-ignored", ""] {
            assert_eq!(directive(prose), None, "{prose}");
        }
    }

    #[test]
    fn comments_of_peers_are_understood() {
        let named = |line: &str| allowed(line).rules.into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
        assert_eq!(
            named("squawk-ignore ban-drop-column, renaming-column -- why"),
            ["dropped-column", "renamed-column"]
        );
        assert_eq!(allowed("squawk-ignore ban-drop-column -- why").reason, "why");
        assert!(named("squawk-ignore prefer-text-field").is_empty());
        assert!(named("squawk-ignore").len() > 20 && allowed("squawk-ignore-file").file);
        assert_eq!(named("atlas:nolint DS103"), ["dropped-column"]);
        assert!(named("atlas:nolint destructive").contains(&"dropped-table".to_owned()));
        assert!(named("atlas:nolint").len() > 20);
    }
}
