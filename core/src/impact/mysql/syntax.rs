//! What a server or a release does not know at all.

use crate::change::{Alter, AlterAction, Change, ColumnDefinition, ConstraintKind, Index, IndexColumn, Request};
use crate::impact::server::{Release, Server};
use crate::impact::{Refusal, Situation};
use crate::sql::{Dialect, Kind, Token, significant};
use crate::text::Span;

/// Words that a server does not take.
struct Unknown {
    dialect: Dialect,
    /// The first release that takes them; `None` if none does.
    until: Option<Release>,
    /// In which statements; none means all.
    kinds: &'static [&'static str],
    words: &'static [&'static str],
}

const fn never(dialect: Dialect, kinds: &'static [&'static str], words: &'static [&'static str]) -> Unknown {
    Unknown { dialect, until: None, kinds, words }
}

const fn until(
    dialect: Dialect,
    release: Release,
    kinds: &'static [&'static str],
    words: &'static [&'static str],
) -> Unknown {
    Unknown { dialect, until: Some(release), kinds, words }
}

const TABLE: &[&str] = &["alter-table"];
const TABLES: &[&str] = &["alter-table", "create-table"];
const INDEXED: &[&str] = &["alter-table", "create-index", "drop-index"];
const MADE: &[&str] = &[
    "create-table",
    "create-index",
    "create-trigger",
    "create-function",
    "create-procedure",
    "create-user",
    "create-role",
    "create-database",
    "create-schema",
    "create-event",
];
const BODIES: &[&str] = &["create-trigger", "create-function", "create-procedure"];
const ROWS: &[&str] = &["insert", "delete", "replace"];

/// From the manuals' pages on each statement, and measured.
#[rustfmt::skip]
const UNKNOWN: &[Unknown] = &[
    never(Dialect::Mysql, INDEXED, &["IF", "EXISTS"]),
    never(Dialect::Mysql, INDEXED, &["IF", "NOT", "EXISTS"]),
    never(Dialect::Mysql, &["rename"], &["IF", "EXISTS"]),
    never(Dialect::Mysql, MADE, &["OR", "REPLACE"]),
    never(Dialect::Mysql, TABLES, &["PAGE_COMPRESSED"]),
    never(Dialect::Mysql, TABLES, &["PAGE_COMPRESSION_LEVEL"]),
    never(Dialect::Mysql, TABLES, &["ENCRYPTED"]),
    never(Dialect::Mysql, TABLES, &["SYSTEM", "VERSIONING"]),
    never(Dialect::Mysql, TABLES, &["PERIOD", "FOR"]),
    never(Dialect::Mysql, TABLE, &["CONVERT", "PARTITION"]),
    never(Dialect::Mysql, TABLE, &["CONVERT", "TABLE"]),
    never(Dialect::Mysql, INDEXED, &["NOCOPY"]),
    never(Dialect::Mysql, INDEXED, &["IGNORED"]),
    never(Dialect::Mysql, INDEXED, &["NOWAIT"]),
    never(Dialect::Mysql, INDEXED, &["WAIT"]),
    never(Dialect::Mysql, &["drop-table", "truncate", "rename"], &["NOWAIT"]),
    never(Dialect::Mysql, TABLE, &["PERSISTENT"]),
    never(Dialect::Mysql, TABLE, &["ALTER", "ONLINE"]),
    never(Dialect::Mysql, TABLE, &["ALTER", "IGNORE"]),
    never(Dialect::Mysql, ROWS, &["RETURNING"]),
    never(Dialect::Mysql, &["create-sequence", "alter-sequence", "drop-sequence"], &["SEQUENCE"]),
    until(Dialect::Mysql, Release(8, 0, 12), INDEXED, &["INSTANT"]),
    until(Dialect::Mysql, Release(8, 0, 0), TABLE, &["RENAME", "COLUMN"]),
    until(Dialect::Mysql, Release(8, 0, 19), TABLE, &["DROP", "CONSTRAINT"]),
    until(Dialect::Mysql, Release(8, 0, 16), TABLE, &["NOT", "ENFORCED"]),
    until(Dialect::Mysql, Release(8, 0, 16), TABLE, &["DROP", "CHECK"]),
    until(Dialect::Mysql, Release(8, 0, 23), TABLE, &["SET", "INVISIBLE"]),
    until(Dialect::Mysql, Release(8, 0, 29), BODIES, &["IF", "NOT", "EXISTS"]),
    never(Dialect::Mariadb, TABLE, &["SET", "INVISIBLE"]),
    never(Dialect::Mariadb, TABLE, &["SET", "VISIBLE"]),
    never(Dialect::Mariadb, TABLES, &["ENFORCED"]),
    never(Dialect::Mariadb, TABLE, &["DROP", "CHECK"]),
    never(Dialect::Mariadb, TABLE, &["ALTER", "CHECK"]),
    never(Dialect::Mariadb, TABLE, &["ALTER", "CONSTRAINT"]),
    never(Dialect::Mariadb, TABLES, &["SRID"]),
    never(Dialect::Mariadb, &["set"], &["PERSIST"]),
    never(Dialect::Mariadb, &["set"], &["PERSIST_ONLY"]),
    until(Dialect::Mariadb, Release(10, 3, 7), INDEXED, &["NOCOPY"]),
    until(Dialect::Mariadb, Release(10, 3, 7), INDEXED, &["INSTANT"]),
    until(Dialect::Mariadb, Release(10, 5, 2), TABLE, &["RENAME", "COLUMN"]),
    until(Dialect::Mariadb, Release(10, 5, 2), TABLE, &["RENAME", "INDEX"]),
    until(Dialect::Mariadb, Release(10, 5, 2), TABLE, &["RENAME", "KEY"]),
    until(Dialect::Mariadb, Release(10, 6, 0), TABLE, &["ALTER", "INDEX"]),
    until(Dialect::Mariadb, Release(10, 7, 1), TABLE, &["CONVERT", "PARTITION"]),
    until(Dialect::Mariadb, Release(10, 3, 2), TABLES, &["SYSTEM", "VERSIONING"]),
];

/// Options of MySQL's tables that MariaDB does not know; `sql_mode` may make it pass over them.
const OPTIONS: [&str; 7] = [
    "compression",
    "encryption",
    "autoextend_size",
    "engine_attribute",
    "secondary_engine",
    "start",
    "secondary_engine_attribute",
];

/// Types that one of the two does not have, and the first release of each that has: MySQL's, MariaDB's.
const TYPES: [(&str, Option<Release>, Option<Release>); 5] = [
    ("inet6", None, Some(Release(10, 5, 0))),
    ("inet4", None, Some(Release(10, 10, 0))),
    ("uuid", None, Some(Release(10, 7, 0))),
    ("vector", Some(Release(9, 0, 0)), Some(Release(11, 7, 0))),
    ("xmltype", None, Some(Release(12, 3, 0))),
];

/// Collations by a part of their names, and the first release of each that has them: MySQL's, MariaDB's.
const COLLATIONS: [(&str, Option<Release>, Option<Release>); 2] =
    [("_0900_", Some(Release(8, 0, 1)), Some(Release(11, 4, 5))), ("_uca1400_", None, Some(Release(10, 10, 0)))];

/// What the server does not know in a statement.
pub(super) fn refusal(request: &Request, situation: &Situation<'_>) -> Option<Refusal> {
    let text = situation.text.get(request.span.start..request.span.end)?;
    let server = situation.server;
    let kind = request.kind();
    let tokens = significant(text, server.dialect);
    let mut rows = UNKNOWN.iter().filter(|row| {
        row.dialect == server.dialect
            && row.until.is_none_or(|release| server.version < release)
            && (row.kinds.is_empty() || row.kinds.contains(&&*kind))
    });
    let found = rows.find_map(|row| Some((row, find(row.words, &tokens, text)?)));
    if let Some((row, span)) = found {
        let span = Span::new(request.span.start + span.start, request.span.start + span.end);
        return refused(&row.words.join(" "), span, server);
    }
    let of_words = tokens.iter().find_map(|token| {
        let span = Span::new(request.span.start + token.span().start, request.span.start + token.span().end);
        let word = token.text(text);
        COLLATIONS.iter().find(|row| word.contains(row.0) && !has(row.1, row.2, server)).map(|_| (word, span))
    });
    match of_words {
        Some((word, span)) => refused(&format!("the collation {word}"), span, server),
        None => of_change(&request.change, situation),
    }
}

fn has(mysql: Option<Release>, mariadb: Option<Release>, server: Server) -> bool {
    let since = if server.dialect == Dialect::Mariadb { mariadb } else { mysql };
    since.is_some_and(|since| server.version >= since)
}

#[allow(clippy::unnecessary_wraps)] // All who call it may also find nothing wrong.
fn refused(what: &str, span: Span, server: Server) -> Option<Refusal> {
    let name = if server.dialect == Dialect::Mariadb { "MariaDB" } else { "MySQL" };
    Some(Refusal { reason: format!("{name} {} does not know {what} here", server.version), span })
}

/// Where these words stand one after the other.
fn find(words: &[&str], tokens: &[Token], text: &str) -> Option<Span> {
    let is = |window: &&[Token]| {
        window.iter().zip(words).all(|(token, word)| token.kind == Kind::Word && token.is_word(text, word))
    };
    // A single word behind one of these is a name.
    let comes_before_name = |token: &Token| {
        matches!(token.kind, Kind::Comma | Kind::OpenParenthesis | Kind::Dot)
            || token.is_any_word(text, &["ADD", "COLUMN", "CHANGE", "MODIFY", "AFTER", "TO", "INDEX", "KEY"])
    };
    let at = (0..tokens.len()).find(|at| {
        let named = words.len() == 1 && at.checked_sub(1).is_some_and(|before| comes_before_name(&tokens[before]));
        !named && tokens.get(*at..at + words.len()).is_some_and(|window| is(&window))
    })?;
    let window = &tokens[at..at + words.len()];
    Some(Span::new(window[0].span().start, window[words.len() - 1].span().end))
}

fn of_change(change: &Change, situation: &Situation<'_>) -> Option<Refusal> {
    match change {
        Change::Alter(alter) => {
            alter.actions.iter().find_map(|action| of_action(&action.what, alter, action.span, situation))
        }
        Change::CreateIndex(index) => of_index(index, situation),
        Change::Drop(drop) if situation.server.dialect == Dialect::Mariadb => {
            let clause = drop.algorithm.as_ref().or(drop.lock.as_ref())?;
            refused("ALGORITHM and LOCK", clause.span, situation.server)
        }
        Change::CreateTable(table) => table
            .columns
            .iter()
            .find_map(|column| of_column(column, situation))
            .or_else(|| table.indexes.iter().find_map(|index| of_index(index, situation)))
            .or_else(|| table.options.iter().find_map(|option| of_option(option, situation))),
        _ => None,
    }
}

fn of_action(action: &AlterAction, alter: &Alter, span: Span, situation: &Situation<'_>) -> Option<Refusal> {
    let server = situation.server;
    let is_maria = server.dialect == Dialect::Mariadb;
    match action {
        AlterAction::AddColumn { column, .. } | AlterAction::ModifyColumn { column, .. } => {
            of_column(column, situation)
        }
        AlterAction::AddIndex(index) => of_index(index, situation),
        AlterAction::AddConstraint { constraint, .. } => match &constraint.kind {
            ConstraintKind::Unique { columns, .. } => of_columns(columns, span, situation),
            _ => None,
        },
        AlterAction::SetIndexVisibility { .. } if is_maria => {
            let words = situation.text.get(span.start..span.end).unwrap_or_default().to_ascii_uppercase();
            if words.ends_with("VISIBLE") { refused("VISIBLE and INVISIBLE", span, server) } else { None }
        }
        AlterAction::SetOption(option) => of_option(option, situation),
        AlterAction::AddPartition
        | AlterAction::DropPartition { .. }
        | AlterAction::TruncatePartition { .. }
        | AlterAction::ExchangePartition { .. }
        | AlterAction::WorkOnPartition { .. }
            if is_maria =>
        {
            let clause = alter.algorithm.as_ref().or(alter.lock.as_ref())?;
            refused("ALGORITHM and LOCK", clause.span, server)
        }
        _ => None,
    }
}

fn of_option(option: &crate::change::TableOption, situation: &Situation<'_>) -> Option<Refusal> {
    let modes = situation.session.get("sql_mode").map(|values| values.join(",").to_ascii_uppercase());
    let lenient = modes.is_some_and(|modes| modes.contains("IGNORE_BAD_TABLE_OPTIONS"));
    let unknown = situation.server.dialect == Dialect::Mariadb && OPTIONS.contains(&option.name.as_str());
    if unknown && !lenient { refused(&option.name.to_ascii_uppercase(), option.span, situation.server) } else { None }
}

fn of_column(column: &ColumnDefinition, situation: &Situation<'_>) -> Option<Refusal> {
    let data_type = column.data_type.as_ref()?;
    let row = TYPES.iter().find(|row| data_type.name.is(row.0) && !has(row.1, row.2, situation.server));
    if let Some(row) = row {
        return refused(&format!("the type {}", row.0), data_type.span, situation.server);
    }
    let default = column.default.as_ref()?;
    let text = situation.text.get(default.span.start..default.span.end).unwrap_or_default();
    let computes = text.starts_with('(') && situation.server.dialect == Dialect::Mysql;
    if computes && !situation.server.is_at_least(8, 0, 13) {
        return refused("an expression as default", default.span, situation.server);
    }
    None
}

fn of_index(index: &Index, situation: &Situation<'_>) -> Option<Refusal> {
    let options = index.options.and_then(|span| situation.text.get(span.start..span.end)).unwrap_or_default();
    let hides = options.to_ascii_uppercase().split_whitespace().any(|word| matches!(word, "VISIBLE" | "INVISIBLE"));
    if hides && situation.server.dialect == Dialect::Mariadb {
        return refused("an index that is VISIBLE or INVISIBLE", index.span, situation.server);
    }
    of_columns(&index.columns, index.span, situation)
}

/// An index of an expression.
fn of_columns(columns: &[IndexColumn], span: Span, situation: &Situation<'_>) -> Option<Refusal> {
    let server = situation.server;
    let knows = server.dialect == Dialect::Mysql && server.is_at_least(8, 0, 13);
    if knows || columns.iter().all(|column| column.column.is_some()) {
        return None;
    }
    refused("an index of an expression", span, server)
}
