//! Statements that change rows.

use super::name::{Identifier, Name};
use super::query::{self, Query};
use super::reader::Reader;
use crate::sql::Kind;
use crate::text::Span;

/// `INSERT`, `REPLACE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insert {
    /// The table.
    pub table: Name,
    /// The columns that are given values; none means all.
    pub columns: Vec<Identifier>,
    /// Where the rows come from.
    pub source: RowSource,
    /// `ON CONFLICT`, `ON DUPLICATE KEY UPDATE`, `OR REPLACE`, `IGNORE`: where it stands.
    pub conflict: Option<Span>,
    /// Where its rows are written: `VALUES …`, `SELECT …`.
    pub rows: Span,
    /// What it reads.
    pub query: Query,
    /// `RETURNING`, `OUTPUT`.
    pub returning: bool,
}

/// Where the rows of an `INSERT` come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowSource {
    /// `VALUES`.
    Values,
    /// A query.
    Query,
    /// `DEFAULT VALUES`.
    Default,
    /// MySQL's `SET`.
    Set,
    /// SQL Server's `EXEC`.
    Execute,
}

/// `UPDATE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// The table.
    pub table: Name,
    /// The columns that are set.
    pub columns: Vec<Identifier>,
    /// `WHERE`; without one every row is updated.
    pub filter: Option<Span>,
    /// `LIMIT`, `TOP`.
    pub limited: bool,
    /// What it reads besides.
    pub query: Query,
    /// `RETURNING`, `OUTPUT`.
    pub returning: bool,
}

/// `DELETE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The table.
    pub table: Name,
    /// `WHERE`; without one every row is deleted.
    pub filter: Option<Span>,
    /// `LIMIT`, `TOP`.
    pub limited: bool,
    /// What it reads besides.
    pub query: Query,
    /// `RETURNING`, `OUTPUT`.
    pub returning: bool,
}

/// `MERGE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The table.
    pub table: Name,
    /// What it does to rows: `insert`, `update`, `delete`.
    pub does: Vec<&'static str>,
    /// What it reads.
    pub query: Query,
}

/// `TRUNCATE`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Truncate {
    /// The tables.
    pub tables: Vec<Name>,
    /// `ONLY`.
    pub only: bool,
    /// `CASCADE`.
    pub cascade: bool,
    /// `RESTART IDENTITY`.
    pub restart_identity: bool,
}

/// `COPY`, `LOAD DATA`, `BULK INSERT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The table; a query has none.
    pub table: Option<Name>,
    /// The columns.
    pub columns: Vec<Identifier>,
    /// Whether rows come in.
    pub into: bool,
    /// What is read where a query is copied out.
    pub query: Option<Query>,
}

/// What stands at the end of the statement, outside parentheses.
struct Clauses {
    filter: Option<Span>,
    limited: bool,
    returning: bool,
    conflict: Option<Span>,
}

fn clauses(r: &mut Reader<'_>) -> Clauses {
    let mut found = Clauses { filter: None, limited: false, returning: false, conflict: None };
    while let Some(token) = r.peek() {
        let mark = r.mark();
        if token.is_word(r.text, "WHERE") {
            r.next();
            let span = r.until_word(&["RETURNING", "LIMIT", "ORDER", "OPTION"]);
            found.filter = found.filter.or(Some(span));
        } else if token.is_any_word(r.text, &["LIMIT", "TOP", "ROWNUM"]) {
            found.limited = true;
            r.next();
        } else if token.is_any_word(r.text, &["RETURNING", "OUTPUT"]) {
            found.returning = true;
            r.next();
        } else if r.are(&["ON", "CONFLICT"]) || r.are(&["ON", "DUPLICATE"]) {
            r.until_word(&["RETURNING"]);
            found.conflict = found.conflict.or_else(|| Some(r.span_from(mark)));
        } else {
            r.skip();
        }
    }
    found
}

/// Reads on after `INSERT` or `REPLACE`. `start` is where the statement began.
pub(super) fn insert(r: &mut Reader<'_>, start: usize) -> Option<Insert> {
    let mark = r.mark();
    let mut or = None;
    while r
        .any(&[
            "LOW_PRIORITY",
            "DELAYED",
            "HIGH_PRIORITY",
            "IGNORE",
            "OR",
            "REPLACE",
            "ROLLBACK",
            "ABORT",
            "FAIL",
            "TOP",
        ])
        .is_some()
    {
        r.group();
        or = Some(r.span_from(mark));
    }
    if r.any(&["ALL", "FIRST", "OVERWRITE"]).is_some() {
        r.until_word(&["INTO"]);
    }
    r.word("INTO");
    r.word("TABLE");
    let table = r.name()?;
    if r.word("AS") || r.is_kind(Kind::Word) && !r.is_any(&SOURCES) {
        r.identifier();
    }
    if r.words(&["PARTITION"]) {
        r.group();
    }
    let is_list = r.is_kind(Kind::OpenParenthesis) && !r.nth_is_any(1, &["SELECT", "WITH", "VALUES"]);
    let columns = if is_list { insert_columns(r) } else { Vec::new() };
    r.words(&["OVERRIDING", "SYSTEM", "VALUE"]);
    r.words(&["OVERRIDING", "USER", "VALUE"]);
    if r.is("OUTPUT") {
        r.until_word(&SOURCES[..6]);
    }
    let source = match r.peek() {
        Some(token) if token.is_any_word(r.text, &["VALUES", "VALUE"]) => RowSource::Values,
        Some(token) if token.is_word(r.text, "DEFAULT") => RowSource::Default,
        Some(token) if token.is_word(r.text, "SET") => RowSource::Set,
        Some(token) if token.is_any_word(r.text, &["EXEC", "EXECUTE"]) => RowSource::Execute,
        _ => RowSource::Query,
    };
    let rows = r.span_between(r.mark(), r.last_mark());
    let mut query = query::between(r, start, r.last_mark());
    query.into = None;
    let found = clauses(r);
    let conflict = found.conflict.or(or);
    Some(Insert { table, columns, source, conflict, rows, query, returning: found.returning })
}

/// Words after the table of an `INSERT`.
const SOURCES: [&str; 12] = [
    "VALUES",
    "VALUE",
    "SELECT",
    "WITH",
    "DEFAULT",
    "EXEC",
    "EXECUTE",
    "SET",
    "TABLE",
    "OVERRIDING",
    "OUTPUT",
    "PARTITION",
];

fn insert_columns(r: &mut Reader<'_>) -> Vec<Identifier> {
    r.inside(|inner| {
        inner.list(|item| {
            let name = item.name();
            item.finish();
            name.map(|name| name.last().clone())
        })
    })
    .unwrap_or_default()
}

/// Reads on after `UPDATE`.
pub(super) fn update(r: &mut Reader<'_>, start: usize) -> Option<Update> {
    let mut limited = false;
    while let Some(word) =
        r.any(&["LOW_PRIORITY", "IGNORE", "ONLY", "TOP", "OR", "ROLLBACK", "ABORT", "REPLACE", "FAIL"])
    {
        limited |= word == "TOP";
        r.group();
        r.word("PERCENT");
    }
    let in_parentheses = r.is_kind(Kind::OpenParenthesis);
    let table = if in_parentheses { r.inside(Reader::name).flatten()? } else { r.name()? };
    r.until_word(&["SET"]);
    if !r.word("SET") {
        return None;
    }
    let mark = r.mark();
    let mut columns = Vec::new();
    let end = {
        r.until_word(&["WHERE", "FROM", "RETURNING", "OUTPUT", "LIMIT"]);
        r.mark()
    };
    let mut set = r.over(mark, end);
    while !set.is_end() {
        if let Some(names) = set.is_kind(Kind::OpenParenthesis).then(|| set.columns()) {
            columns.extend(names);
        } else if let Some(name) = set.name() {
            columns.push(name.last().clone());
        }
        set.until(|_, token| token.kind == Kind::Comma);
        set.comma();
    }
    let found = clauses(r);
    let alias = table.clone();
    let table = resolved(r, start, table);
    let query = query::between(r, start, r.last_mark());
    Some(Update {
        query: without(query, &[&table, &alias]),
        table,
        columns,
        filter: found.filter,
        limited: limited || found.limited,
        returning: found.returning,
    })
}

/// The table that an alias stands for.
fn resolved(r: &Reader<'_>, start: usize, table: Name) -> Name {
    if table.parts.len() > 1 {
        return table;
    }
    query::aliased(r, start, r.last_mark(), &table).unwrap_or(table)
}

fn without(mut query: Query, names: &[&Name]) -> Query {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    query.relations.retain(|relation| !names.contains(&relation.to_string()));
    query
}

/// Reads on after `DELETE`.
pub(super) fn delete(r: &mut Reader<'_>, start: usize) -> Option<Delete> {
    let mut limited = false;
    while let Some(word) = r.any(&["LOW_PRIORITY", "QUICK", "IGNORE", "TOP"]) {
        limited |= word == "TOP";
        r.group();
    }
    r.word("FROM");
    r.word("ONLY");
    let table = r.name()?;
    let found = clauses(r);
    let alias = table.clone();
    let table = resolved(r, start, table);
    let query = query::between(r, start, r.last_mark());
    Some(Delete {
        query: without(query, &[&table, &alias]),
        table,
        filter: found.filter,
        limited: limited || found.limited,
        returning: found.returning,
    })
}

/// Reads on after `MERGE`.
pub(super) fn merge(r: &mut Reader<'_>, start: usize) -> Option<Merge> {
    if r.word("TOP") {
        r.group();
    }
    r.word("INTO");
    r.word("ONLY");
    let table = r.name()?;
    let mut does = Vec::new();
    while let Some(token) = r.peek() {
        let verbs = [("INSERT", "insert"), ("UPDATE", "update"), ("DELETE", "delete")];
        let verb = verbs.iter().find(|(word, _)| token.is_word(r.text, word));
        if let Some((_, verb)) = verb.filter(|(_, verb)| !does.contains(verb)) {
            does.push(*verb);
        }
        r.skip();
    }
    let query = query::between(r, start, r.last_mark());
    Some(Merge { query: without(query, &[&table]), table, does })
}

/// Reads on after `TRUNCATE`.
pub(super) fn truncate(r: &mut Reader<'_>) -> Option<Truncate> {
    r.any(&["TABLE", "CLUSTER"]);
    let mut truncate = Truncate { tables: Vec::new(), only: false, cascade: false, restart_identity: false };
    while !r.is_any(&["RESTART", "CONTINUE", "CASCADE"]) {
        r.if_exists();
        truncate.only |= r.word("ONLY");
        truncate.tables.push(r.name()?);
        r.operator("*");
        if !r.comma() {
            break;
        }
    }
    while !r.is_end() {
        if r.words(&["RESTART", "IDENTITY"]) {
            truncate.restart_identity = true;
        } else if r.word("CASCADE") {
            truncate.cascade = true;
        } else if r.word("WITH") {
            r.group();
        } else if r
            .any(&[
                "CONTINUE",
                "IDENTITY",
                "RESTRICT",
                "REUSE",
                "DROP",
                "STORAGE",
                "ALL",
                "NOWAIT",
                "IMMEDIATE",
                "AND",
                "COMMIT",
                "NO",
                "CHECK",
            ])
            .is_none()
        {
            r.pass_over();
        }
    }
    (!truncate.tables.is_empty()).then_some(truncate)
}

/// Reads on after `COPY`, `LOAD` or `BULK INSERT`.
pub(super) fn copy(r: &mut Reader<'_>) -> Option<Copy> {
    if r.is_any(&["DATA", "XML"]) {
        r.until_word(&["INTO"]);
        r.words(&["INTO", "TABLE"]);
        let table = r.name();
        r.finish();
        return Some(Copy { table, columns: Vec::new(), into: true, query: None });
    }
    if r.is_kind(Kind::OpenParenthesis) {
        let mark = r.mark();
        r.skip();
        let query = Some(query::between(r, mark + 1, r.mark() - 1));
        r.finish();
        return Some(Copy { table: None, columns: Vec::new(), into: false, query });
    }
    r.word("BINARY");
    let table = r.name()?;
    let columns = r.columns();
    let into = r.any(&["FROM", "TO"])? == "FROM";
    r.finish();
    Some(Copy { table: Some(table), columns, into, query: None })
}
