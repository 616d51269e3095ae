//! Indexes.

use super::expression::{self, Expression};
use super::name::{Identifier, Name};
use super::reader::Reader;
use crate::sql::Kind;
use crate::text::Span;

/// An index that is created, by `CREATE INDEX`, inside `CREATE TABLE` or by `ALTER TABLE … ADD INDEX`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Index {
    /// Its name; PostgreSQL and MySQL find one if none is given.
    pub name: Option<Name>,
    /// The table; `None` inside a statement about a table.
    pub table: Option<Name>,
    /// `ON ONLY`: not on the partitions.
    pub only: bool,
    /// `UNIQUE`.
    pub unique: bool,
    /// `FULLTEXT`, `SPATIAL`, `BITMAP`, `COLUMNSTORE`, `XML` …, in lower case.
    pub class: Option<String>,
    /// SQL Server's `CLUSTERED` or `NONCLUSTERED`.
    pub clustered: Option<bool>,
    /// The access method: `btree`, `gin`.
    pub method: Option<Identifier>,
    /// What is indexed.
    pub columns: Vec<IndexColumn>,
    /// `INCLUDE`.
    pub include: Vec<Identifier>,
    /// `NULLS NOT DISTINCT`.
    pub nulls_not_distinct: bool,
    /// `WHERE`.
    pub predicate: Option<Expression>,
    /// `CONCURRENTLY`; `ONLINE` of SQL Server and Oracle.
    pub concurrently: bool,
    /// `IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// MariaDB's `OR REPLACE`.
    pub or_replace: bool,
    /// MySQL's `ALGORITHM`.
    pub algorithm: Option<Identifier>,
    /// MySQL's `LOCK`.
    pub lock: Option<Identifier>,
    /// All that is said after the columns.
    pub options: Option<Span>,
    /// Where it stands.
    pub span: Span,
}

/// One element of an index or a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IndexColumn {
    /// The column; `None` for an expression.
    pub column: Option<Identifier>,
    /// The functions an expression calls, and where it stands.
    pub expression: Option<Expression>,
    /// MySQL's prefix length.
    pub prefix: Option<String>,
    /// The operator class.
    pub operator_class: Option<Name>,
    /// The collation.
    pub collation: Option<Name>,
    /// `DESC`.
    pub descending: bool,
    /// Where it stands.
    pub span: Span,
}

/// Words between `CREATE` and `INDEX`.
pub(super) const CLASSES: [&str; 11] = [
    "UNIQUE",
    "FULLTEXT",
    "SPATIAL",
    "BITMAP",
    "CLUSTERED",
    "NONCLUSTERED",
    "COLUMNSTORE",
    "XML",
    "VECTOR",
    "MULTIVALUE",
    "HASH",
];

impl Index {
    fn new(span: Span) -> Self {
        Self {
            name: None,
            table: None,
            only: false,
            unique: false,
            class: None,
            clustered: None,
            method: None,
            columns: Vec::new(),
            include: Vec::new(),
            nulls_not_distinct: false,
            predicate: None,
            concurrently: false,
            if_not_exists: false,
            or_replace: false,
            algorithm: None,
            lock: None,
            options: None,
            span,
        }
    }

    fn is_class(&mut self, class: &str) {
        match class {
            "UNIQUE" => self.unique = true,
            "CLUSTERED" => self.clustered = Some(true),
            "NONCLUSTERED" => self.clustered = Some(false),
            other => self.class = Some(other.to_ascii_lowercase()),
        }
    }
}

/// Reads on after `CREATE`: `UNIQUE INDEX …`.
pub(super) fn create(r: &mut Reader<'_>, or_replace: bool) -> Option<Index> {
    let mark = r.mark();
    let mut index = Index::new(r.span_from(mark));
    index.or_replace = or_replace;
    while let Some(class) = r.any(&CLASSES) {
        index.is_class(class);
    }
    if !r.word("INDEX") {
        return None;
    }
    index.concurrently = r.word("CONCURRENTLY");
    index.if_not_exists = r.if_not_exists();
    index.name = r.name_but(&["ON", "USING"]);
    index.if_not_exists |= r.if_not_exists();
    using(r, &mut index);
    if r.word("ON") {
        index.only = r.word("ONLY");
        index.table = r.name();
    }
    finish(r, &mut index);
    index.span = r.span_from(mark);
    index.table.is_some().then_some(index)
}

/// Reads an index inside `CREATE TABLE` or after `ADD`: `FULLTEXT KEY a (b)`, `INDEX (a)`.
pub(super) fn inline(r: &mut Reader<'_>) -> Option<Index> {
    let mark = r.mark();
    let mut index = Index::new(r.span_from(mark));
    let mut classed = false;
    while let Some(class) = r.any(&CLASSES) {
        index.is_class(class);
        classed = true;
    }
    if r.any(&["INDEX", "KEY"]).is_none() && !(classed && index.class.is_some()) {
        r.back(mark);
        return None;
    }
    index.if_not_exists = r.if_not_exists();
    if !r.is_kind(Kind::OpenParenthesis) {
        index.name = r.name_but(&["USING"]);
    }
    while let Some(class) = r.any(&CLASSES) {
        index.is_class(class);
    }
    using(r, &mut index);
    // A column may be called `key`, and its type have a length.
    if !r.is_kind(Kind::OpenParenthesis) || r.nth_kind(1) == Some(Kind::Number) {
        r.back(mark);
        return None;
    }
    finish(r, &mut index);
    index.span = r.span_from(mark);
    Some(index)
}

fn using(r: &mut Reader<'_>, index: &mut Index) {
    if r.word("USING") {
        index.method = r.identifier();
    }
}

fn finish(r: &mut Reader<'_>, index: &mut Index) {
    using(r, index);
    index.columns = columns(r);
    let mark = r.mark();
    while !r.is_end() && !r.is_kind(Kind::Comma) {
        option(r, index);
    }
    index.options = (r.mark() > mark).then(|| r.span_from(mark));
}

fn option(r: &mut Reader<'_>, index: &mut Index) {
    if r.word("WHERE") {
        index.predicate = expression::read(r, &["WITH", "ON"]);
    } else if r.word("INCLUDE") {
        index.include = r.columns();
    } else if r.words(&["NULLS", "NOT", "DISTINCT"]) {
        index.nulls_not_distinct = true;
    } else if r.word("ONLINE") {
        index.concurrently = true;
    } else if r.is("WITH") {
        index.concurrently |= says_online(r);
    } else if r.word("ALGORITHM") {
        r.operator("=");
        index.algorithm = r.identifier();
    } else if r.word("LOCK") {
        r.operator("=");
        index.lock = r.identifier();
    } else if r.is("USING") {
        using(r, index);
    } else if r.any(&NAMED_OPTIONS).is_some() {
        r.operator("=");
        r.next();
        r.group();
    } else if r.any(&PLAIN_OPTIONS).is_none() {
        r.pass_over();
    }
}

/// Options with a value.
const NAMED_OPTIONS: [&str; 14] = [
    "TABLESPACE",
    "COMMENT",
    "KEY_BLOCK_SIZE",
    "PARALLEL",
    "COMPRESS",
    "PCTFREE",
    "INITRANS",
    "MAXTRANS",
    "STORAGE",
    "ON",
    "PARSER",
    "FOR",
    "FILESTREAM_ON",
    "ENGINE_ATTRIBUTE",
];

/// Options without one.
const PLAIN_OPTIONS: [&str; 18] = [
    "NULLS",
    "DISTINCT",
    "LOCAL",
    "GLOBAL",
    "REVERSE",
    "UNUSABLE",
    "INVISIBLE",
    "VISIBLE",
    "NOPARALLEL",
    "NOLOGGING",
    "LOGGING",
    "NOCOMPRESS",
    "NOSORT",
    "SORT",
    "COMPUTE",
    "STATISTICS",
    "IGNORED",
    "PARALLEL",
];

/// Reads `WITH (…)` or `WITH PARSER x` and says whether `ONLINE = ON` stands in it.
pub(super) fn says_online(r: &mut Reader<'_>) -> bool {
    r.word("WITH");
    let mut online = false;
    let found = r.inside(|inner| {
        while !inner.is_end() {
            if inner.word("ONLINE") {
                online = inner.operator("=") && inner.word("ON");
            } else {
                inner.skip();
            }
        }
    });
    if found.is_none() {
        r.next();
        if r.previous().is_some_and(|token| token.is_word(r.text, "PARSER")) || r.operator("=") {
            r.next();
        }
    }
    online
}

/// Reads the elements of an index or a key in parentheses.
pub(super) fn columns(r: &mut Reader<'_>) -> Vec<IndexColumn> {
    r.inside(|inner| inner.list(|item| Some(column(item)))).unwrap_or_default()
}

fn column(r: &mut Reader<'_>) -> IndexColumn {
    let mark = r.mark();
    let mut column = IndexColumn {
        column: None,
        expression: None,
        prefix: None,
        operator_class: None,
        collation: None,
        descending: false,
        span: r.span_from(mark),
    };
    let computes = r.is_any(&["CASE", "NOT"]) && r.nth(1).is_some();
    let plain = r.identifier().filter(|_| !computes && is_plain(r));
    if let Some(name) = plain {
        column.column = Some(name);
        let prefix = r.mark();
        if r.group().is_some() {
            column.prefix = Some(r.slice(prefix + 1, r.mark() - 1).to_owned());
        }
    } else {
        r.back(mark);
        column.expression = expression::read(r, &["ASC", "DESC", "COLLATE", "NULLS", "WITH"]);
    }
    while !r.is_end() {
        element_option(r, &mut column);
    }
    column.span = r.span_from(mark);
    column
}

/// Whether a column ended where the reader stands, and no expression goes on.
fn is_plain(r: &Reader<'_>) -> bool {
    match r.nth_kind(0) {
        None | Some(Kind::Word | Kind::Name) => true,
        Some(Kind::OpenParenthesis) => {
            r.nth_kind(1) == Some(Kind::Number) && r.nth_kind(2) == Some(Kind::CloseParenthesis)
        }
        _ => false,
    }
}

fn element_option(r: &mut Reader<'_>, column: &mut IndexColumn) {
    if let Some(direction) = r.any(&["ASC", "DESC"]) {
        column.descending = direction == "DESC";
    } else if r.word("COLLATE") {
        column.collation = r.name();
    } else if r.word("NULLS") {
        r.any(&["FIRST", "LAST"]);
    } else if r.words(&["WITH", "WITHOUT"]) || r.words(&["WITHOUT", "OVERLAPS"]) {
    } else if r.is_identifier() && column.operator_class.is_none() {
        column.operator_class = r.name();
        r.group();
    } else {
        r.pass_over();
    }
}
