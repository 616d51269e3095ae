//! Which dialect a script is written in, and what speaks for it.

use super::{Dialect, Kind, Options, Script, Token, read};

/// The dialect that the evidence speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detection {
    /// Generic if there is no evidence, or if it speaks for several dialects alike.
    pub dialect: Dialect,
    /// What speaks for it, in words and in the order it was found.
    pub evidence: Vec<String>,
}

/// A word and the dialects it speaks for, with weights from 1 (others know it too) to 3 (no other does).
type Clue = (&'static str, &'static [(Dialect, u32)]);

const CLUES: &[Clue] = &[
    ("AUTOINCREMENT", &[(Dialect::Sqlite, 3)]),
    ("AUTO_INCREMENT", &[(Dialect::Mysql, 3), (Dialect::Mariadb, 3), (Dialect::H2, 2)]),
    ("BIGSERIAL", &[(Dialect::Postgres, 3)]),
    ("BYTEA", &[(Dialect::Postgres, 3)]),
    ("CHARSET", &[(Dialect::Mysql, 2), (Dialect::Mariadb, 2)]),
    ("CLUSTERED", &[(Dialect::SqlServer, 2)]),
    ("CONCURRENTLY", &[(Dialect::Postgres, 3)]),
    ("DATETIME", &[(Dialect::Mysql, 1), (Dialect::Mariadb, 1), (Dialect::SqlServer, 1), (Dialect::Sqlite, 1)]),
    ("DATETIME2", &[(Dialect::SqlServer, 3)]),
    ("DATETIMEOFFSET", &[(Dialect::SqlServer, 3)]),
    ("DBO", &[(Dialect::SqlServer, 2)]),
    ("DUAL", &[(Dialect::Oracle, 1)]),
    ("ENGINE", &[(Dialect::Mysql, 2), (Dialect::Mariadb, 2)]),
    ("FOREIGN_KEYS", &[(Dialect::Sqlite, 3)]),
    ("ILIKE", &[(Dialect::Postgres, 2)]),
    ("INNODB", &[(Dialect::Mysql, 3), (Dialect::Mariadb, 3)]),
    ("JSONB", &[(Dialect::Postgres, 3)]),
    ("LONGTEXT", &[(Dialect::Mysql, 2), (Dialect::Mariadb, 2)]),
    ("MEDIUMTEXT", &[(Dialect::Mysql, 3), (Dialect::Mariadb, 3)]),
    ("NOCOUNT", &[(Dialect::SqlServer, 3)]),
    ("NONCLUSTERED", &[(Dialect::SqlServer, 3)]),
    ("NVARCHAR", &[(Dialect::SqlServer, 2)]),
    ("NVARCHAR2", &[(Dialect::Oracle, 3)]),
    ("OBJECT_ID", &[(Dialect::SqlServer, 2)]),
    ("PLPGSQL", &[(Dialect::Postgres, 3)]),
    ("PRAGMA", &[(Dialect::Sqlite, 3)]),
    ("ROWID", &[(Dialect::Sqlite, 1), (Dialect::Oracle, 1)]),
    ("RUNSCRIPT", &[(Dialect::H2, 3)]),
    ("SERIAL", &[(Dialect::Postgres, 2)]),
    ("SMALLSERIAL", &[(Dialect::Postgres, 3)]),
    ("SQLITE_MASTER", &[(Dialect::Sqlite, 3)]),
    ("STRFTIME", &[(Dialect::Sqlite, 2)]),
    ("SYSDATE", &[(Dialect::Oracle, 2)]),
    ("SYSOBJECTS", &[(Dialect::SqlServer, 3)]),
    ("SYSTIMESTAMP", &[(Dialect::Oracle, 3)]),
    ("SYS_GUID", &[(Dialect::Oracle, 3)]),
    ("TIMESTAMPTZ", &[(Dialect::Postgres, 3)]),
    ("TSVECTOR", &[(Dialect::Postgres, 3)]),
    ("UNIQUEIDENTIFIER", &[(Dialect::SqlServer, 3)]),
    ("UNSIGNED", &[(Dialect::Mysql, 2), (Dialect::Mariadb, 2)]),
    ("UTF8MB4", &[(Dialect::Mysql, 3), (Dialect::Mariadb, 3)]),
    ("VARCHAR2", &[(Dialect::Oracle, 3)]),
];

/// Words that count only before a number in parentheses.
const SIZED: [Clue; 2] = [("IDENTITY", &[(Dialect::SqlServer, 3)]), ("NUMBER", &[(Dialect::Oracle, 2)])];

/// Signs that are no words: how they are told to people, and the dialects they speak for.
const DOLLAR_QUOTES: Clue = ("dollar quotes", &[(Dialect::Postgres, 2), (Dialect::H2, 1)]);
const BACKTICKS: Clue =
    ("names in backticks", &[(Dialect::Mysql, 2), (Dialect::Mariadb, 2), (Dialect::Sqlite, 1), (Dialect::H2, 1)]);
const BRACKETS: Clue = ("names in brackets", &[(Dialect::SqlServer, 2), (Dialect::Sqlite, 1)]);
const CASTS: Clue = ("casts with `::`", &[(Dialect::Postgres, 2)]);
const GO_LINES: Clue = ("`GO` on a line of its own", &[(Dialect::SqlServer, 3)]);
const SLASH_LINES: Clue = ("`/` on a line of its own", &[(Dialect::Oracle, 3)]);
const DECLARED_VARIABLES: Clue = ("`DECLARE @…`", &[(Dialect::SqlServer, 3)]);
const DELIMITERS: Clue = ("`DELIMITER` commands", &[(Dialect::Mysql, 3), (Dialect::Mariadb, 3)]);
const CONDITIONALS: Clue = ("`/*! … */` comments", &[(Dialect::Mysql, 3), (Dialect::Mariadb, 3)]);
const MARIADB_CONDITIONALS: Clue = ("`/*M! … */` comments", &[(Dialect::Mariadb, 3)]);
const NOT_ATOMIC: Clue = ("`BEGIN NOT ATOMIC`", &[(Dialect::Mariadb, 3)]);
const COPY_DATA: Clue = ("`COPY … FROM stdin` with rows", &[(Dialect::Postgres, 3)]);

/// Weighs the evidence of some scripts of one project. Each kind of evidence counts once.
pub fn detect<'a>(texts: impl IntoIterator<Item = &'a str>) -> Detection {
    let options = Options::new(Dialect::Generic);
    let mut found: Vec<Clue> = Vec::new();
    for text in texts {
        let script = read(text, &options);
        for at in 0..script.tokens.len() {
            if let Some(clue) = clue_at(text, &script, at)
                && !found.iter().any(|known| known.0 == clue.0)
            {
                found.push(clue);
            }
        }
    }
    weigh(&found)
}

fn weigh(found: &[Clue]) -> Detection {
    let score = |dialect: Dialect| -> u32 {
        found.iter().flat_map(|(_, weights)| weights.iter()).filter(|(of, _)| *of == dialect).map(|(_, by)| by).sum()
    };
    let best = Dialect::all().map(score).max().unwrap_or(0);
    let mut leaders = Dialect::all().filter(|dialect| score(*dialect) == best && best > 0);
    let dialect = match (leaders.next(), leaders.next(), leaders.next()) {
        (Some(only), None, _) => only,
        (Some(Dialect::Mysql), Some(Dialect::Mariadb), None) => Dialect::Mysql,
        _ => Dialect::Generic,
    };
    let speaks = |(_, weights): &&Clue| dialect == Dialect::Generic || weights.iter().any(|(of, _)| *of == dialect);
    let in_words = |(clue, _): &Clue| {
        if clue.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_') {
            format!("`{clue}`")
        } else {
            (*clue).to_owned()
        }
    };
    Detection { dialect, evidence: found.iter().filter(speaks).map(in_words).collect() }
}

/// What the token at this index speaks for.
fn clue_at(text: &str, script: &Script, at: usize) -> Option<Clue> {
    let token = script.tokens[at];
    let sign = |ahead: usize, sign: &str| script.tokens.get(at + ahead).is_some_and(|token| token.text(text) == sign);
    match token.kind {
        Kind::Word => word_clue(text, script, at),
        Kind::DollarString => Some(DOLLAR_QUOTES),
        Kind::Name if token.text(text).starts_with('`') => Some(BACKTICKS),
        Kind::Operator if sign(0, "::") => Some(CASTS),
        Kind::Operator if sign(0, "[") && sign(2, "]") && !follows_name(script, at) => Some(BRACKETS),
        Kind::Variable => follows_word(text, script, at, "DECLARE").then_some(DECLARED_VARIABLES),
        Kind::Slash => Some(SLASH_LINES),
        Kind::CopyData => Some(COPY_DATA),
        Kind::BlockComment if token.text(text).starts_with("/*!") => Some(CONDITIONALS),
        Kind::BlockComment if token.text(text).starts_with("/*M!") => Some(MARIADB_CONDITIONALS),
        Kind::Command if token.text(text).as_bytes()[0].eq_ignore_ascii_case(&b'D') => Some(DELIMITERS),
        _ => None,
    }
}

fn word_clue(text: &str, script: &Script, at: usize) -> Option<Clue> {
    let word = script.tokens[at].text(text);
    if word.eq_ignore_ascii_case("GO") {
        return is_alone_on_line(text, script, at).then_some(GO_LINES);
    }
    if word.eq_ignore_ascii_case("ATOMIC") {
        return follows_word(text, script, at, "NOT").then_some(NOT_ATOMIC);
    }
    let next = |ahead: usize| script.tokens.get(at + ahead).map(|token| token.kind);
    if next(1) == Some(Kind::OpenParenthesis)
        && next(2) == Some(Kind::Number)
        && let Some(clue) = SIZED.iter().find(|clue| clue.0.eq_ignore_ascii_case(word))
    {
        return Some(*clue);
    }
    CLUES.iter().find(|(clue, _)| clue.eq_ignore_ascii_case(word)).copied()
}

/// Whether this word and a blank stand before the token.
fn follows_word(text: &str, script: &Script, at: usize, word: &str) -> bool {
    at.checked_sub(2).is_some_and(|before| script.tokens[before].is_word(text, word))
}

fn follows_name(script: &Script, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| script.tokens[before].kind);
    matches!(before, Some(Kind::Word | Kind::Name | Kind::CloseParenthesis | Kind::String))
}

fn is_alone_on_line(text: &str, script: &Script, at: usize) -> bool {
    let breaks = |token: Option<&Token>| token.is_none_or(|token| token.text(text).contains(['\n', '\r']));
    let after = &script.tokens[at + 1..];
    breaks(at.checked_sub(1).map(|before| &script.tokens[before])) && breaks(after.first())
}
