//! A name for a finding that stays when lines move, statements are renumbered, or other parts of the file change.
//!
//! It is a hash of the rule, the file, and the words of the statement that the finding points into. Comments, blanks and
//! the case of keywords do not count, nor does where the statement stands. Messages do not count where there is a
//! statement: they name numbers that change, such as how long a scan takes.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::finding::Finding;
use crate::sql::{Kind, Script, Token};
use crate::text::{Casing, Span};

/// How many bytes of the hash are kept: as many as a UUID has.
const KEPT: usize = 16;

/// What a finding is about, as far as it stays: the words of the statement at its place, and those it points at.
///
/// `text` must be masked, because a hash of a short secret can be guessed. `script` is what was read of it; without one
/// the lines at the place stand for the statement, and without a place the message stands for everything.
#[must_use]
pub fn context(finding: &Finding, text: Option<&str>, script: Option<&Script>) -> String {
    let (Some(span), Some(text)) = (finding.primary.span, text) else { return finding.message.clone() };
    match script.and_then(|script| Some(script.tokens_of(script.statement_at(span.start)?))) {
        Some(tokens) => {
            let inside = |token: &&Token| (token.start as usize) < span.end && span.start < token.end as usize;
            let pointed: Vec<Token> = tokens.iter().filter(inside).copied().collect();
            words(text, tokens) + "\n" + &words(text, &pointed)
        }
        None => lines(text, span).split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// The fingerprints of findings, each given by rule, file and context, in 32 hexadecimal digits.
///
/// Where several have all three in common, each gets one of its own: the first is the same however many follow.
#[must_use]
pub fn fingerprints<'a>(findings: impl IntoIterator<Item = (&'a str, &'a str, String)>) -> Vec<String> {
    let mut seen: BTreeMap<(&str, &str, String), u32> = BTreeMap::new();
    let mut fingerprint = |(rule, file, context): (&'a str, &'a str, String)| {
        let hash = Sha256::new().chain_update(rule).chain_update([0]).chain_update(file).chain_update([0]);
        let hash = hash.chain_update(&context);
        let count = seen.entry((rule, file, context)).or_default();
        let hash = if *count == 0 { hash } else { hash.chain_update([0]).chain_update(count.to_string()) };
        *count += 1;
        hex(&hash.finalize()[..KEPT])
    };
    findings.into_iter().map(&mut fingerprint).collect()
}

/// The tokens that count, one blank between two, plain words in lower case.
fn words(text: &str, tokens: &[Token]) -> String {
    let mut words = String::new();
    for token in tokens.iter().filter(|token| !token.kind.is_trivia()) {
        let word = text.get(token.start as usize..token.end as usize).unwrap_or_default();
        words += if words.is_empty() { "" } else { " " };
        if token.kind == Kind::Word { words += &word.lower() } else { words += word }
    }
    words
}

/// The lines that a span touches.
fn lines(text: &str, span: Span) -> &str {
    let before = text.get(..span.start).unwrap_or(text);
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = text.get(span.end..).and_then(|rest| rest.find(['\n', '\r'])).map_or(text.len(), |at| span.end + at);
    text.get(start..end).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Label;
    use crate::sql::{Dialect, Options, read};

    /// The context of a finding on the words `drop column x`.
    fn of(text: &str) -> String {
        let start = text.lower().find("drop column x").unwrap();
        let finding = Finding::new("a message", Label::at("V1__a.sql", Span::new(start, start + 13)));
        context(&finding, Some(text), Some(&read(text, &Options::new(Dialect::Postgres))))
    }

    #[test]
    fn what_is_around_a_statement_does_not_count() {
        let plain = of("alter table a drop column x;");
        for same in [
            "select 1;\n\nALTER TABLE a\r\n  DROP COLUMN x;",
            "alter table a -- why\n drop column x ; drop table b;",
            "/* first */ alter table a drop column x",
        ] {
            assert_eq!(of(same), plain, "{same}");
        }
        for other in
            ["alter table b drop column x;", "alter table \"A\" drop column x;", "alter table a drop column xy"]
        {
            assert_ne!(of(other), plain, "{other}");
        }
    }

    #[test]
    fn two_places_in_a_statement_differ() {
        let text = "alter table a drop column x, drop column y;";
        let script = read(text, &Options::new(Dialect::Postgres));
        let at = |start: usize| Finding::new("", Label::at("a", Span::new(start, start + 13)));
        assert_ne!(context(&at(14), Some(text), Some(&script)), context(&at(29), Some(text), Some(&script)));
    }

    #[test]
    fn the_same_again_gets_a_fingerprint_of_its_own() {
        let one = || ("rule", "file", "context".to_owned());
        let [first, second] = fingerprints([one(), one()]).try_into().unwrap();
        assert_ne!(first, second);
        assert_eq!(fingerprints([one()])[0], first);
        assert_eq!(first.len(), 2 * KEPT);
        assert_ne!(fingerprints([("rul", "efile", "context".to_owned())])[0], first);
    }
}
