//! A written reason why a migration is not taken back: a comment in it or in its undo script.

use crate::change::Reading;
use crate::text::Casing;

/// Words with which a reason says that there is no way back.
const PHRASES: [&str; 14] = [
    "irreversible",
    "not reversible",
    "cannot be undone",
    "can't be undone",
    "cannot be reverted",
    "cannot be reversed",
    "cannot be rolled back",
    "can't be rolled back",
    "cannot be restored",
    "cannot come back",
    "cannot be brought back",
    "cannot undo",
    "no way back",
    "one-way migration",
];

/// The reason that one of the scripts gives. A phrase alone is none: it has to say why.
pub(super) fn of<'a>(readings: impl IntoIterator<Item = &'a Reading>) -> Option<String> {
    readings.into_iter().find_map(|reading| {
        let comments = reading.script.tokens.iter().filter(|token| token.kind.is_comment());
        let texts: Vec<&str> = comments.map(|token| token.text(&reading.text)).collect();
        texts.iter().enumerate().find_map(|(at, text)| {
            // A reason may go on in the comment lines below.
            let said = texts[at..].iter().take(4).map(|text| bare(text)).collect::<Vec<_>>().join(" ");
            reason(&bare(text), said.trim())
        })
    })
}

fn reason(first: &str, whole: &str) -> Option<String> {
    let lower = first.lower();
    let phrase = PHRASES.iter().find(|phrase| lower.contains(**phrase))?;
    let others = whole.lower().replacen(phrase, " ", 1);
    let words =
        others.split(|char: char| !char.is_alphanumeric()).filter(|word| word.len() > 1 && *word != "flightcheck");
    let own = if first.split_whitespace().count() > phrase.split_whitespace().count() + 1 { first } else { whole };
    (words.count() >= 2).then(|| own.trim().to_owned())
}

/// A comment without its signs.
fn bare(comment: &str) -> String {
    let text = comment.trim_start_matches("/*").trim_end_matches("*/");
    text.trim_start_matches(['-', '#', ' ', '*', '!']).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::{Dialect, Options};

    fn of_text(text: &str) -> Option<String> {
        of([&Reading::new(text.to_owned(), &Options::new(Dialect::Postgres))])
    }

    #[test]
    fn a_reason_says_why() {
        assert_eq!(
            of_text("-- irreversible: the rows are gone\nselect 1;").as_deref(),
            Some("irreversible: the rows are gone")
        );
        assert!(of_text("-- This cannot be undone because the values were merged.").is_some());
        assert!(of_text("/* flightcheck: irreversible\n   old totals were rounded */").is_some());
        assert_eq!(of_text("-- irreversible"), None);
        assert_eq!(of_text("-- undoes V7\ndrop table a;"), None);
    }
}
