//! What kind of change an edit of a script is.

use super::side::{Script, Side};
use crate::change::Reading;
use crate::settings::Tool;
use crate::sql::Kind;
use crate::text::Casing;

/// What an edit changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// Blanks, comments and the case of keywords only.
    Cosmetic,
    /// What the script asks the database to do, for all that can be told.
    Meaning,
}

/// Whether the tool compares the text of scripts with what was applied. Flyway stores a checksum of the lines; sqlx, Prisma,
/// Atlas and graphile-migrate store hashes (their sources). The others take a script that ran for done.
pub(super) fn compares_text(tool: Tool) -> bool {
    matches!(tool, Tool::Flyway | Tool::Sqlx | Tool::Prisma | Tool::Atlas | Tool::GraphileMigrate)
}

/// What the branch changes in a script; `None` where nothing depends on it: line ends, a byte order mark, and whatever
/// neither the tool nor the database sees.
pub(super) fn kind_of_change(own: (&Side<'_>, &Script), other: (&Side<'_>, &Script)) -> Option<ChangeKind> {
    let ((own, script), (before, was)) = (own, other);
    let (now, then) = (own.files.get(&script.path), before.files.get(&was.path));
    if now.zip(then).is_some_and(|(now, then)| now.is_same(then)) {
        return None;
    }
    let (Some(now), Some(then)) = ((own.text)(&script.path), (before.text)(&was.path)) else {
        return Some(ChangeKind::Meaning);
    };
    if lines(&now) == lines(&then) {
        return None;
    }
    let readings = (own.reading)(&script.path).zip((before.reading)(&was.path));
    let readings = readings.filter(|_| script.is_sql && was.is_sql);
    if !readings.is_some_and(|(now, then)| words(&now) == words(&then)) {
        return Some(ChangeKind::Meaning);
    }
    let unseen = match own.tool {
        // Its checksum is over the lines without their ends, so a blank line more is no change.
        Tool::Flyway => script.checksum.is_some() && script.checksum == was.checksum,
        tool => !compares_text(tool),
    };
    (!unseen).then_some(ChangeKind::Cosmetic)
}

/// A text without what editors and Git change unasked.
fn lines(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n")
}

/// The tokens that count, plain words in lower case.
fn words(reading: &Reading) -> Vec<(Kind, String)> {
    let tokens = reading.script.tokens.iter().filter(|token| !token.kind.is_trivia());
    let word = |token: &crate::sql::Token| {
        let text = reading.text.get(token.start as usize..token.end as usize).unwrap_or_default();
        (token.kind, if token.kind == Kind::Word { text.lower() } else { lines(text) })
    };
    tokens.map(word).collect()
}
