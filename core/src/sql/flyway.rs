//! What Flyway makes of a script: its statements, and which of them it runs outside a transaction.
//!
//! Flyway looks at the keywords outside parentheses only, the first ten but for SQL Server, and knows nothing of
//! the server's own rules. Observed on Flyway 13.0.0 (`split` recordings).

use std::ops::Range;

use super::{Dialect, Kind, Script, Token};

/// How Flyway runs a script, its configuration aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// In one transaction.
    Transaction,
    /// Statement by statement, without a transaction.
    NoTransaction,
    /// Not at all: it holds statements of both kinds, and `mixed` is off.
    Refused {
        /// Index of the first statement of the unit that makes it mixed.
        statement: usize,
    },
}

/// The mode of a script. `mixed` is the setting of that name, `server` the major version of PostgreSQL if known.
#[must_use]
pub fn mode(text: &str, script: &Script, mixed: bool, server: Option<u32>) -> Mode {
    let (mut inside, mut outside) = (false, false);
    for unit in units(script) {
        let transactional = runs_in_transaction(text, script, &unit, server);
        inside |= transactional;
        outside |= !transactional;
        if inside && outside && !mixed {
            return Mode::Refused { statement: unit.start };
        }
    }
    if outside { Mode::NoTransaction } else { Mode::Transaction }
}

/// What Flyway sends as one: a statement, in SQL Server a batch. Each is a range of statements.
pub fn units(script: &Script) -> impl Iterator<Item = Range<usize>> {
    let statements = &script.statements;
    let mut start = 0;
    std::iter::from_fn(move || {
        let first = statements.get(start)?;
        let same = |batch: u32| script.dialect == Dialect::SqlServer && batch == first.batch;
        let more = statements[start + 1..].iter().take_while(|statement| same(statement.batch)).count();
        let unit = start..start + 1 + more;
        start = unit.end;
        Some(unit)
    })
}

/// Whether Flyway would run a unit in a transaction.
#[must_use]
pub fn runs_in_transaction(text: &str, script: &Script, unit: &Range<usize>, server: Option<u32>) -> bool {
    let [first, .., last] = &script.statements[unit.clone()] else {
        return script.statements.get(unit.start).is_none_or(|only| runs(text, script, &only.tokens, server));
    };
    runs(text, script, &(first.tokens.start..last.tokens.end), server)
}

fn runs(text: &str, script: &Script, tokens: &Range<usize>, server: Option<u32>) -> bool {
    let mut words = keywords(text, &script.tokens[tokens.clone()]);
    match script.dialect {
        Dialect::Postgres => !is_outside_in_postgres(words, server),
        Dialect::Sqlite => !begins(words, &["PRAGMA", "FOREIGN_KEYS"]),
        Dialect::SqlServer => {
            let mut previous = "";
            !words.any(|word| is_outside_in_sql_server(std::mem::replace(&mut previous, word), word))
        }
        _ => true,
    }
}

/// How many keywords Flyway looks at.
const LONGEST_TRAIL: usize = 10;

/// What Flyway takes for keywords: words of letters and underscores outside parentheses that no dot touches.
fn keywords<'a>(text: &'a str, tokens: &'a [Token]) -> impl Iterator<Item = &'a str> + Clone {
    let mut depth = 0_u32;
    let is_dot = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_some_and(|token| token.kind == Kind::Dot);
    tokens.iter().enumerate().filter_map(move |(at, token)| {
        match token.kind {
            Kind::OpenParenthesis => depth += 1,
            Kind::CloseParenthesis => depth = depth.saturating_sub(1),
            Kind::Word if depth == 0 && !is_dot(at.checked_sub(1)) && !is_dot(Some(at + 1)) => {
                let word = token.text(text);
                return word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_').then_some(word);
            }
            _ => {}
        }
        None
    })
}

fn begins<'a>(mut words: impl Iterator<Item = &'a str>, known: &[&str]) -> bool {
    known.iter().all(|known| words.next().is_some_and(|word| word.eq_ignore_ascii_case(known)))
}

/// Beginnings of statements that Flyway runs outside a transaction on PostgreSQL: first words, and what follows them.
const POSTGRES: [(&str, &[&[&str]]); 6] = [
    (
        "CREATE",
        &[
            &["DATABASE"],
            &["TABLESPACE"],
            &["SUBSCRIPTION"],
            &["INDEX", "CONCURRENTLY"],
            &["UNIQUE", "INDEX", "CONCURRENTLY"],
        ],
    ),
    ("ALTER", &[&["SYSTEM"]]),
    ("DROP", &[&["DATABASE"], &["TABLESPACE"], &["SUBSCRIPTION"], &["INDEX", "CONCURRENTLY"]]),
    (
        "REINDEX",
        &[
            &["SCHEMA"],
            &["DATABASE"],
            &["SYSTEM"],
            &["VERBOSE", "SCHEMA"],
            &["VERBOSE", "DATABASE"],
            &["VERBOSE", "SYSTEM"],
        ],
    ),
    ("VACUUM", &[&[]]),
    ("DISCARD", &[&["ALL"]]),
];

/// The first version of PostgreSQL that adds values to a type inside a transaction.
const ADDS_VALUES: u32 = 12;

fn is_outside_in_postgres<'a>(mut words: impl Iterator<Item = &'a str> + Clone, server: Option<u32>) -> bool {
    let Some(first) = words.next() else { return false };
    let Some((first, outside)) = POSTGRES.iter().find(|(known, _)| known.eq_ignore_ascii_case(first)) else {
        return false;
    };
    if outside.iter().any(|known| begins(words.clone(), known)) {
        return true;
    }
    if *first != "ALTER" || !begins(words.clone(), &["TYPE"]) {
        return false;
    }
    let trail: Vec<&str> = words.take(LONGEST_TRAIL - 1).skip(1).collect();
    let adds_value = trail.windows(2).any(|pair| begins(pair.iter().copied(), &["ADD", "VALUE"]));
    adds_value && server.is_none_or(|version| version < ADDS_VALUES)
}

/// Procedures of SQL Server that Flyway does not call in a transaction.
const PROCEDURES: [&str; 13] = [
    "sp_addsubscription",
    "sp_dropsubscription",
    "sp_adddistributor",
    "sp_dropdistributor",
    "sp_adddistpublisher",
    "sp_dropdistpublisher",
    "sp_addlinkedserver",
    "sp_droplinkedserver",
    "sp_addlinkedsrvlogin",
    "sp_droplinkedsrvlogin",
    "sp_serveroption",
    "sp_replicationdboption",
    "sp_fulltext_database",
];

fn is_outside_in_sql_server(previous: &str, word: &str) -> bool {
    let is_any = |word: &str, known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(word));
    is_any(word, &["BACKUP", "RESTORE", "RECONFIGURE"])
        || is_any(previous, &["CREATE", "ALTER", "DROP"]) && is_any(word, &["DATABASE", "FULLTEXT"])
        || is_any(previous, &["EXEC"]) && is_any(word, &PROCEDURES)
}
