//! Constraints of tables and columns.

use super::expression::{self, Expression};
use super::index::{self, IndexColumn};
use super::name::{Identifier, Name};
use super::reader::Reader;
use crate::sql::Kind;
use crate::text::Span;

/// A constraint of a table, a column or a domain.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Constraint {
    /// Its name, if one is given.
    pub name: Option<Identifier>,
    /// What it demands.
    pub kind: ConstraintKind,
    /// Existing rows are not checked: `NOT VALID`, Oracle's `NOVALIDATE`.
    pub not_valid: bool,
    /// `DEFERRABLE` or `NOT DEFERRABLE`.
    pub deferrable: Option<bool>,
    /// `INITIALLY DEFERRED`.
    pub initially_deferred: bool,
    /// `USING INDEX name`.
    pub using_index: Option<Name>,
    /// `NO INHERIT`.
    pub no_inherit: bool,
    /// `[NOT] ENFORCED`; Oracle's `ENABLE` and `DISABLE`.
    pub enforced: Option<bool>,
    /// SQL Server's `CLUSTERED` or `NONCLUSTERED`.
    pub clustered: Option<bool>,
    /// `ONLINE = ON` among its options.
    pub online: bool,
    /// Where it stands.
    pub span: Span,
}

/// What a constraint demands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ConstraintKind {
    /// `PRIMARY KEY`; no columns where it stands in a column or uses an index.
    PrimaryKey(Vec<IndexColumn>),
    /// `UNIQUE`.
    Unique {
        /// The columns; none where it stands in a column or uses an index.
        columns: Vec<IndexColumn>,
        /// `NULLS NOT DISTINCT`.
        nulls_not_distinct: bool,
    },
    /// `FOREIGN KEY`, `REFERENCES`.
    ForeignKey(ForeignKey),
    /// `CHECK`.
    Check(Expression),
    /// `NOT NULL`, with its column where it stands in a table.
    NotNull(Option<Identifier>),
    /// `EXCLUDE`.
    Exclude {
        /// The access method.
        method: Option<Identifier>,
        /// Its elements with their operators.
        elements: Span,
        /// The predicate.
        predicate: Option<Span>,
    },
    /// SQL Server's `DEFAULT … FOR column`.
    Default(Expression, Option<Identifier>),
}

/// A reference to another table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ForeignKey {
    /// The referencing columns; none where it stands in a column.
    pub columns: Vec<Identifier>,
    /// The referenced table.
    pub table: Name,
    /// The referenced columns; none means its primary key.
    pub referenced: Vec<Identifier>,
    /// `ON DELETE`.
    pub on_delete: Option<ReferentialAction>,
    /// `ON UPDATE`.
    pub on_update: Option<ReferentialAction>,
    /// `MATCH FULL`.
    pub match_full: bool,
}

/// What happens to the referencing rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferentialAction {
    /// `CASCADE`.
    Cascade,
    /// `RESTRICT`.
    Restrict,
    /// `NO ACTION`.
    NoAction,
    /// `SET NULL`.
    SetNull,
    /// `SET DEFAULT`.
    SetDefault,
}

/// Where a constraint stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Table,
    Column,
}

/// Reads a constraint, with or without `CONSTRAINT name`.
pub(super) fn read(r: &mut Reader<'_>, place: Place) -> Option<Constraint> {
    let mark = r.mark();
    let mut name = None;
    if r.word("CONSTRAINT") {
        r.if_not_exists();
        let unnamed = r.is_any(&["PRIMARY", "UNIQUE", "FOREIGN", "CHECK"]) && !r.nth_is_any(1, &STARTS);
        name = if unnamed { None } else { r.name().and_then(|name| name.parts.into_iter().next_back()) };
    }
    name = index_name(r, place).or(name);
    let Some(kind) = kind(r, place) else {
        r.back(mark);
        return None;
    };
    let mut constraint = Constraint {
        name,
        kind,
        not_valid: false,
        deferrable: None,
        initially_deferred: false,
        using_index: None,
        no_inherit: false,
        enforced: None,
        clustered: None,
        online: false,
        span: r.span_from(mark),
    };
    while attribute(r, &mut constraint) {}
    constraint.span = r.span_from(mark);
    Some(constraint)
}

/// Words that begin a constraint.
pub(super) const STARTS: [&str; 8] =
    ["CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE", "REFERENCES", "NOT"];

/// MySQL's `UNIQUE KEY name (…)`: this name comes before that of the constraint.
fn index_name(r: &mut Reader<'_>, place: Place) -> Option<Identifier> {
    let mark = r.mark();
    if !r.is_mysql() || matches!(place, Place::Column) || !r.word("UNIQUE") {
        return None;
    }
    r.any(&["KEY", "INDEX"]);
    r.if_not_exists();
    let name = if r.is("USING") { None } else { r.identifier() };
    let follows = r.is_kind(Kind::OpenParenthesis) || r.is("USING");
    r.back(mark);
    name.filter(|_| follows)
}

fn kind(r: &mut Reader<'_>, place: Place) -> Option<ConstraintKind> {
    if r.words(&["PRIMARY", "KEY"]) {
        r.any(&["ASC", "DESC"]);
        return Some(ConstraintKind::PrimaryKey(key_columns(r, place)));
    }
    if r.word("UNIQUE") {
        let nulls_not_distinct = r.words(&["NULLS", "NOT", "DISTINCT"]);
        r.words(&["NULLS", "DISTINCT"]);
        r.any(&["KEY", "INDEX"]);
        return Some(ConstraintKind::Unique { columns: key_columns(r, place), nulls_not_distinct });
    }
    if r.words(&["FOREIGN", "KEY"]) {
        r.if_not_exists();
        if !r.is_kind(Kind::OpenParenthesis) {
            r.name();
        }
        let columns = r.columns();
        return Some(ConstraintKind::ForeignKey(foreign_key(r, columns)?));
    }
    if r.is("REFERENCES") {
        return Some(ConstraintKind::ForeignKey(foreign_key(r, Vec::new())?));
    }
    if r.word("CHECK") {
        r.words(&["NOT", "FOR", "REPLICATION"]);
        let mark = r.mark();
        r.group()?;
        return Some(ConstraintKind::Check(expression::about(r, mark + 1, r.mark() - 1)));
    }
    if r.words(&["NOT", "NULL"]) {
        let column = if place == Place::Table { r.name_but(&AFTER_NOT_NULL) } else { None };
        return Some(ConstraintKind::NotNull(column.map(|name| name.last().clone())));
    }
    if place == Place::Table && r.word("DEFAULT") {
        let value = expression::read(r, &["FOR", "WITH"])?;
        let column = if r.word("FOR") { r.identifier() } else { None };
        r.words(&["WITH", "VALUES"]);
        return Some(ConstraintKind::Default(value, column));
    }
    exclude(r)
}

/// Words that go on after the `NOT NULL` of a column.
const AFTER_NOT_NULL: [&str; 10] =
    ["NOT", "NO", "DEFERRABLE", "INITIALLY", "ENABLE", "DISABLE", "ON", "ENFORCED", "COMMENT", "CONSTRAINT"];

fn key_columns(r: &mut Reader<'_>, place: Place) -> Vec<IndexColumn> {
    if place == Place::Column {
        // SQL Server takes a table's key after a column, the comma forgotten.
        let ahead = usize::from(r.is_any(&["CLUSTERED", "NONCLUSTERED"]));
        if !r.is_sql_server() || r.nth_kind(ahead) != Some(Kind::OpenParenthesis) {
            return Vec::new();
        }
        r.any(&["CLUSTERED", "NONCLUSTERED"]);
        return index::columns(r);
    }
    // MySQL lets a name and a type stand before the columns, SQL Server a kind of index.
    let mark = r.mark();
    while !r.is_end() && !r.is_kind(Kind::OpenParenthesis) && r.mark() < mark + 4 {
        if r.is_any(&["USING"]) && r.nth_is(1, "INDEX") {
            break;
        }
        r.next();
    }
    if r.is_kind(Kind::OpenParenthesis) && is_key_head(r, mark) {
        return index::columns(r);
    }
    r.back(mark);
    Vec::new()
}

/// Whether what stands between a mark and the columns belongs to the key.
fn is_key_head(r: &Reader<'_>, mark: usize) -> bool {
    let mut head = r.over(mark, r.mark());
    let mut named = r.is_mysql() || r.dialect() == crate::sql::Dialect::H2;
    while !head.is_end() {
        if head.any(&["CLUSTERED", "NONCLUSTERED"]).is_some() {
            continue;
        }
        if head.word("USING") {
            head.next();
            continue;
        }
        if !named || head.is_any(&STARTS) || head.name().is_none() {
            return false;
        }
        named = false;
    }
    true
}

fn foreign_key(r: &mut Reader<'_>, columns: Vec<Identifier>) -> Option<ForeignKey> {
    if !r.word("REFERENCES") {
        return None;
    }
    let table = r.name()?;
    let referenced = r.columns();
    let mut key = ForeignKey { columns, table, referenced, on_delete: None, on_update: None, match_full: false };
    loop {
        if r.word("MATCH") {
            key.match_full |= r.any(&["FULL", "PARTIAL", "SIMPLE"]) == Some("FULL");
        } else if r.are(&["ON", "DELETE"]) || r.are(&["ON", "UPDATE"]) {
            r.next();
            let deletes = r.any(&["DELETE", "UPDATE"]) == Some("DELETE");
            let action = referential_action(r);
            *(if deletes { &mut key.on_delete } else { &mut key.on_update }) = action;
        } else {
            return Some(key);
        }
    }
}

fn referential_action(r: &mut Reader<'_>) -> Option<ReferentialAction> {
    let actions: [(&[&str], ReferentialAction); 5] = [
        (&["CASCADE"], ReferentialAction::Cascade),
        (&["RESTRICT"], ReferentialAction::Restrict),
        (&["NO", "ACTION"], ReferentialAction::NoAction),
        (&["SET", "NULL"], ReferentialAction::SetNull),
        (&["SET", "DEFAULT"], ReferentialAction::SetDefault),
    ];
    let action = actions.iter().find(|(words, _)| r.words(words)).map(|(_, action)| *action);
    if matches!(action, Some(ReferentialAction::SetNull | ReferentialAction::SetDefault)) {
        r.group();
    }
    action
}

fn exclude(r: &mut Reader<'_>) -> Option<ConstraintKind> {
    if !r.word("EXCLUDE") {
        return None;
    }
    let method = if r.word("USING") { r.identifier() } else { None };
    let elements = r.group()?;
    let mut predicate = None;
    loop {
        if r.word("WHERE") {
            predicate = r.group();
        } else if !storage(r) {
            return Some(ConstraintKind::Exclude { method, elements, predicate });
        }
    }
}

/// Reads one attribute after a constraint.
fn attribute(r: &mut Reader<'_>, constraint: &mut Constraint) -> bool {
    if r.words(&["NOT", "VALID"]) || r.word("NOVALIDATE") {
        constraint.not_valid = true;
    } else if r.words(&["NOT", "DEFERRABLE"]) {
        constraint.deferrable = Some(false);
    } else if r.word("DEFERRABLE") {
        constraint.deferrable = Some(true);
    } else if r.word("INITIALLY") {
        constraint.initially_deferred = r.any(&["DEFERRED", "IMMEDIATE"]) == Some("DEFERRED");
    } else if r.words(&["NO", "INHERIT"]) {
        constraint.no_inherit = true;
    } else if r.words(&["NOT", "ENFORCED"]) || r.word("DISABLE") {
        constraint.enforced = Some(false);
    } else if r.word("ENFORCED") || r.word("ENABLE") {
        constraint.enforced = Some(true);
    } else if r.are(&["USING", "INDEX"]) {
        using_index(r, constraint);
    } else if let Some(clustering) = r.any(&["CLUSTERED", "NONCLUSTERED"]) {
        constraint.clustered = Some(clustering == "CLUSTERED");
    } else if r.is("WITH") && r.nth_kind(1) == Some(Kind::OpenParenthesis) {
        constraint.online |= index::says_online(r);
    } else {
        return storage(r);
    }
    true
}

fn using_index(r: &mut Reader<'_>, constraint: &mut Constraint) {
    r.words(&["USING", "INDEX"]);
    if r.group().is_none() && !r.is("TABLESPACE") {
        constraint.using_index = r.name_but(&["ENABLE", "DISABLE", "DEFERRABLE", "NOT", "LOCAL", "PCTFREE", "REVERSE"]);
    }
    while storage(r) || r.any(&["LOCAL", "GLOBAL", "REVERSE"]).is_some() {}
}

/// Attributes that say how a key's index is kept, or that mean nothing to a check.
fn storage(r: &mut Reader<'_>) -> bool {
    let mark = r.mark();
    if r.any(&["VALIDATE", "RELY", "NORELY", "VISIBLE", "INVISIBLE", "NOPARALLEL", "LOGGING", "NOLOGGING"]).is_some()
        || r.words(&["NOT", "FOR", "REPLICATION"])
        || r.words(&["USING", "BTREE"])
        || r.words(&["USING", "HASH"])
    {
        return true;
    }
    if r.any(&["INCLUDE", "WITH", "STORAGE"]).is_some() {
        if r.group().is_some() {
            return true;
        }
    } else if r
        .any(&["TABLESPACE", "COMMENT", "KEY_BLOCK_SIZE", "PCTFREE", "INITRANS", "MAXTRANS", "COMPUTE"])
        .is_some()
    {
        r.operator("=");
        return r.next().is_some();
    } else if r.words(&["ON", "CONFLICT"]) {
        return r.any(&["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"]).is_some();
    } else if r.is_sql_server() && r.word("ON") {
        let named = r.name().is_some();
        r.group();
        return named;
    }
    r.back(mark);
    false
}
