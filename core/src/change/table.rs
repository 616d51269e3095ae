//! `CREATE TABLE`.

use super::column::{self, ColumnDefinition};
use super::constraint::{self, Constraint, ConstraintKind, ForeignKey, Place};
use super::index::{self, Index};
use super::name::Name;
use super::partitioning::{self, PartitionBy};
use super::query::{self, Query};
use super::reader::Reader;
use super::table_option::{self, TableOption};
use crate::sql::{Dialect, Kind};
use crate::text::Span;

/// A table that is created.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CreateTable {
    /// Its name.
    pub name: Name,
    /// `TEMPORARY`, SQL Server's `#name`.
    pub temporary: bool,
    /// `UNLOGGED`.
    pub unlogged: bool,
    /// `FOREIGN`, `EXTERNAL`, `VIRTUAL`: it holds no rows of its own kind.
    pub foreign: bool,
    /// `IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// `OR REPLACE`.
    pub or_replace: bool,
    /// Its columns.
    pub columns: Vec<ColumnDefinition>,
    /// Its constraints but for those inside columns.
    pub constraints: Vec<Constraint>,
    /// Indexes in its definition (MySQL, SQL Server).
    pub indexes: Vec<Index>,
    /// `LIKE`.
    pub like: Vec<Like>,
    /// `INHERITS`.
    pub inherits: Vec<Name>,
    /// `OF type`.
    pub of_type: Option<Name>,
    /// `PARTITION OF`.
    pub partition_of: Option<PartitionOf>,
    /// `PARTITION BY`.
    pub partition_by: Option<PartitionBy>,
    /// `AS SELECT`.
    pub query: Option<Query>,
    /// `WITH NO DATA`.
    pub no_data: bool,
    /// All other options.
    pub options: Vec<TableOption>,
}

/// A table whose definition is copied.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Like {
    /// The table.
    pub table: Name,
    /// What is copied besides columns, in upper case: `ALL`, `INDEXES`.
    pub including: Vec<String>,
}

/// What a partition is a part of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PartitionOf {
    /// The partitioned table.
    pub parent: Name,
    /// Whether it takes the rows that no other partition takes.
    pub default: bool,
    /// `FOR VALUES …` or `DEFAULT`.
    pub bound: Span,
}

impl CreateTable {
    fn new(name: Name) -> Self {
        Self {
            temporary: name.last().text.starts_with('#'),
            name,
            unlogged: false,
            foreign: false,
            if_not_exists: false,
            or_replace: false,
            columns: Vec::new(),
            constraints: Vec::new(),
            indexes: Vec::new(),
            like: Vec::new(),
            inherits: Vec::new(),
            of_type: None,
            partition_of: None,
            partition_by: None,
            query: None,
            no_data: false,
            options: Vec::new(),
        }
    }

    /// All its constraints: those inside columns, then the others.
    pub fn all_constraints(&self) -> impl Iterator<Item = &Constraint> {
        self.columns.iter().flat_map(|column| &column.constraints).chain(&self.constraints)
    }

    /// The foreign keys among [`all_constraints`](Self::all_constraints).
    pub fn foreign_keys(&self) -> impl Iterator<Item = &ForeignKey> {
        self.all_constraints().filter_map(|constraint| match &constraint.kind {
            ConstraintKind::ForeignKey(key) => Some(key),
            _ => None,
        })
    }
}

/// Words between `CREATE` and `TABLE`.
const BEFORE: [&str; 20] = [
    "GLOBAL",
    "LOCAL",
    "TEMPORARY",
    "TEMP",
    "UNLOGGED",
    "FOREIGN",
    "EXTERNAL",
    "VIRTUAL",
    "PRIVATE",
    "CACHED",
    "MEMORY",
    "TEXT",
    "COLUMN",
    "SHARDED",
    "IMMUTABLE",
    "BLOCKCHAIN",
    "LINKED",
    "DUPLICATED",
    "TRANSACTIONAL",
    "ROW",
];

/// Reads on after `CREATE`: `TEMPORARY TABLE …`.
pub(super) fn create(r: &mut Reader<'_>, or_replace: bool) -> Option<CreateTable> {
    let (mut temporary, mut unlogged, mut foreign) = (false, false, false);
    while let Some(word) = r.any(&BEFORE) {
        temporary |= matches!(word, "TEMPORARY" | "TEMP");
        unlogged |= word == "UNLOGGED";
        foreign |= matches!(word, "FOREIGN" | "EXTERNAL" | "VIRTUAL" | "LINKED");
    }
    if !r.word("TABLE") {
        return None;
    }
    let if_not_exists = r.if_not_exists();
    let mut table = CreateTable::new(r.name()?);
    table.if_not_exists = if_not_exists || r.if_not_exists();
    table.temporary |= temporary;
    (table.unlogged, table.foreign, table.or_replace) = (unlogged, foreign, or_replace);
    body(r, &mut table);
    Some(table)
}

fn body(r: &mut Reader<'_>, table: &mut CreateTable) {
    if r.words(&["PARTITION", "OF"]) {
        partition_of(r, table);
    } else if r.word("OF") {
        table.of_type = r.name();
        elements(r, table);
    } else if r.word("LIKE") {
        table.like.extend(like(r));
    } else if table.foreign && r.word("USING") {
        r.name();
        r.group();
    } else if !(is_query(r) && r.is_kind(Kind::OpenParenthesis)) {
        elements(r, table);
    }
    while !r.is_end() {
        option(r, table);
    }
}

/// Whether a query begins here, perhaps in parentheses.
fn is_query(r: &Reader<'_>) -> bool {
    let ahead = usize::from(r.is_kind(Kind::OpenParenthesis));
    r.nth_is_any(ahead, &["SELECT", "WITH", "TABLE", "VALUES", "EXECUTE"])
        && !(ahead == 0 && r.is("WITH") && r.nth_kind(1) == Some(Kind::OpenParenthesis))
}

fn partition_of(r: &mut Reader<'_>, table: &mut CreateTable) {
    let Some(parent) = r.name() else { return };
    elements(r, table);
    let mark = r.mark();
    let default = r.word("DEFAULT");
    if r.words(&["FOR", "VALUES"]) {
        bound(r);
    }
    table.partition_of = Some(PartitionOf { parent, default, bound: r.span_from(mark) });
}

/// Reads `FROM (…) TO (…)`, `IN (…)` or `WITH (…)`.
pub(super) fn bound(r: &mut Reader<'_>) {
    while r.any(&["FROM", "TO", "IN", "WITH"]).is_some() {
        r.group();
    }
}

fn elements(r: &mut Reader<'_>, table: &mut CreateTable) {
    r.inside(|inner| inner.list(|item| element(item, table)));
}

fn element(r: &mut Reader<'_>, table: &mut CreateTable) -> Option<()> {
    if r.is("LIKE") && r.nth_kind(1) != Some(Kind::OpenParenthesis) {
        r.next();
        table.like.extend(like(r));
        return Some(());
    }
    if r.words(&["PERIOD", "FOR"]) {
        r.name();
        r.group();
        return Some(());
    }
    if is_constraint(r) && constraints(r, table) {
        return Some(());
    }
    let may_hold_indexes = !matches!(r.dialect(), Dialect::Postgres | Dialect::Oracle | Dialect::Sqlite);
    if may_hold_indexes && let Some(index) = index::inline(r).filter(|index| !index.columns.is_empty()) {
        table.indexes.push(index);
        return Some(());
    }
    let column = column::read(r)?;
    r.words(&["WITH", "OPTIONS"]);
    table.columns.push(column);
    constraints(r, table);
    Some(())
}

/// Reads constraints; SQLite lets them follow each other, and a column, without a comma.
fn constraints(r: &mut Reader<'_>, table: &mut CreateTable) -> bool {
    let before = table.constraints.len();
    while let Some(constraint) = constraint::read(r, Place::Table) {
        table.constraints.push(constraint);
    }
    table.constraints.len() > before
}

/// Whether a constraint of the table begins here, and not a column with such a name.
fn is_constraint(r: &Reader<'_>) -> bool {
    match r.nth_kind(1) {
        Some(Kind::OpenParenthesis) => r.is_any(&["CHECK", "UNIQUE"]),
        _ if r.is("CONSTRAINT") => true,
        _ if r.is("EXCLUDE") => r.nth_is(1, "USING"),
        _ if r.is("UNIQUE") => true,
        _ if r.is("NOT") => r.nth_is(1, "NULL"),
        _ => r.are(&["PRIMARY", "KEY"]) || r.are(&["FOREIGN", "KEY"]),
    }
}

fn like(r: &mut Reader<'_>) -> Option<Like> {
    let table = r.name()?;
    let mut including = Vec::new();
    while let Some(word) = r.any(&["INCLUDING", "EXCLUDING"]) {
        let what = r.identifier()?.text.to_ascii_uppercase();
        if word == "INCLUDING" {
            including.push(what);
        }
    }
    Some(Like { table, including })
}

fn option(r: &mut Reader<'_>, table: &mut CreateTable) {
    if is_query(r) || (r.is("AS") && !r.are(&["AS", "OF"])) || r.is_any(&["IGNORE", "REPLACE"]) {
        query_of(r, table);
    } else if r.word("INHERITS") {
        table.inherits = r.inside(|inner| inner.list(Reader::name)).unwrap_or_default();
    } else if r.words(&["PARTITION", "BY"]) {
        table.partition_by = partitioning::read(r);
    } else if r.word("SERVER") {
        r.name();
    } else if r.word("LIKE") {
        table.like.extend(like(r));
    } else if let Some(option) = table_option::read(r) {
        table.options.push(option);
    } else {
        r.pass_over();
    }
}

fn query_of(r: &mut Reader<'_>, table: &mut CreateTable) {
    r.any(&["IGNORE", "REPLACE"]);
    r.word("AS");
    let mark = r.finish();
    table.query = Some(query::between(r, mark, r.last_mark()));
    let end = r.last_mark();
    let words: Vec<_> =
        (mark.max(end.saturating_sub(3))..end).map(|at| r.slice(at, at + 1).to_ascii_uppercase()).collect();
    table.no_data = words == ["WITH", "NO", "DATA"];
}
