//! Columns as `CREATE TABLE` and `ALTER TABLE` define them.

use super::constraint::{self, Constraint, ConstraintKind, Place};
use super::data_type::{self, DataType};
use super::expression::{self, Expression};
use super::name::{Identifier, Name};
use super::reader::Reader;
use crate::sql::Kind;
use crate::text::Span;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ColumnDefinition {
    /// Its name.
    pub name: Identifier,
    /// Its type; SQLite's columns and computed columns need none.
    pub data_type: Option<DataType>,
    /// `NULL` or `NOT NULL`, where it is said.
    pub nullable: Option<bool>,
    /// `DEFAULT`.
    pub default: Option<Expression>,
    /// SQL Server's `WITH VALUES`: existing rows get the default.
    pub with_values: bool,
    /// A generated column.
    pub generated: Option<Generated>,
    /// `GENERATED … AS IDENTITY`, `IDENTITY(1, 1)`.
    pub identity: Option<Identity>,
    /// `AUTO_INCREMENT`, `AUTOINCREMENT`.
    pub auto_increment: bool,
    /// `COLLATE`.
    pub collation: Option<Name>,
    /// MySQL's `ON UPDATE`.
    pub on_update: Option<Span>,
    /// MySQL's `COMMENT`.
    pub comment: Option<Span>,
    /// Its constraints but for an unnamed `NOT NULL`.
    pub constraints: Vec<Constraint>,
    /// Where it goes.
    pub position: Option<Position>,
    /// Where it stands.
    pub span: Span,
}

/// How a column is generated from others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Generated {
    /// From what.
    pub expression: Span,
    /// `STORED` or `PERSISTED` (true), `VIRTUAL` (false), or not said.
    pub stored: Option<bool>,
}

/// An identity column.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    /// `GENERATED ALWAYS`, and SQL Server's.
    pub always: bool,
    /// The sequence's options, with their parentheses.
    pub options: Option<Span>,
}

/// Where a column goes among the others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Position {
    /// `FIRST`.
    First,
    /// `AFTER column`.
    After(Identifier),
    /// H2's `BEFORE column`.
    Before(Identifier),
}

/// Words that end a default.
pub(super) const AFTER_DEFAULT: [&str; 35] = [
    "NOT",
    "NULL",
    "CONSTRAINT",
    "PRIMARY",
    "UNIQUE",
    "CHECK",
    "REFERENCES",
    "COLLATE",
    "GENERATED",
    "AS",
    "COMMENT",
    "ON",
    "AFTER",
    "BEFORE",
    "FIRST",
    "AUTO_INCREMENT",
    "AUTOINCREMENT",
    "FOR",
    "ENABLE",
    "DISABLE",
    "INVISIBLE",
    "VISIBLE",
    "STORAGE",
    "COMPRESSION",
    "WITH",
    "IDENTITY",
    "KEY",
    "ADD",
    "MODIFY",
    "USING",
    "CHARACTER",
    "SELECTIVITY",
    "DEFERRABLE",
    "NOVALIDATE",
    "VALIDATE",
];

/// Reads a column: a name, a type and what is said about it.
pub(super) fn read(r: &mut Reader<'_>) -> Option<ColumnDefinition> {
    let name = r.identifier()?;
    Some(after_name(r, name))
}

/// Reads on after a column's name.
pub(super) fn after_name(r: &mut Reader<'_>, name: Identifier) -> ColumnDefinition {
    let mut column = ColumnDefinition {
        data_type: None,
        nullable: None,
        default: None,
        with_values: false,
        generated: None,
        identity: None,
        auto_increment: false,
        collation: None,
        on_update: None,
        comment: None,
        constraints: Vec::new(),
        position: None,
        span: name.span,
        name,
    };
    column.data_type = data_type::read(r);
    while option(r, &mut column) {}
    column.span.end = r.span_from(r.mark() - 1).end.max(column.span.end);
    column
}

impl ColumnDefinition {
    /// Whether its type is one of PostgreSQL's that bring a sequence.
    #[must_use]
    pub fn is_serial(&self) -> bool {
        let serials = ["serial", "bigserial", "smallserial", "serial4", "serial8", "serial2"];
        self.data_type.as_ref().is_some_and(|data_type| serials.iter().any(|serial| data_type.name.is(serial)))
    }
}

/// Reads one thing that is said about a column.
fn option(r: &mut Reader<'_>, column: &mut ColumnDefinition) -> bool {
    if r.words(&["NOT", "NULL"]) {
        column.nullable = Some(false);
    } else if r.word("NULL") {
        column.nullable = Some(true);
    } else if r.word("DEFAULT") {
        r.words(&["ON", "NULL"]);
        column.default = expression::read(r, &AFTER_DEFAULT);
    } else if r.words(&["WITH", "VALUES"]) {
        column.with_values = true;
    } else if r.any(&["AUTO_INCREMENT", "AUTOINCREMENT"]).is_some() {
        column.auto_increment = true;
    } else if r.word("COLLATE") {
        r.operator("=");
        column.collation = r.name();
    } else if r.is_any(&["GENERATED", "AS", "IDENTITY"]) {
        return generated(r, column);
    } else if r.is_any(&constraint::STARTS) {
        return constraint(r, column);
    } else {
        return extra(r, column) || position(r, column);
    }
    true
}

fn constraint(r: &mut Reader<'_>, column: &mut ColumnDefinition) -> bool {
    if r.is("CONSTRAINT") && r.nth_is(2, "NULL") {
        r.next();
        r.next();
        return true;
    }
    if r.is("CONSTRAINT") && r.nth_is(2, "DEFAULT") {
        r.next();
        r.next();
        return true;
    }
    let Some(constraint) = constraint::read(r, Place::Column) else { return words_of_no_weight(r) };
    if matches!(constraint.kind, ConstraintKind::NotNull(_)) {
        column.nullable = Some(false);
    }
    column.constraints.push(constraint);
    true
}

fn generated(r: &mut Reader<'_>, column: &mut ColumnDefinition) -> bool {
    let mark = r.mark();
    let mut always = true;
    if r.word("GENERATED") {
        always = r.word("ALWAYS");
        if !always {
            r.words(&["BY", "DEFAULT"]);
            r.words(&["ON", "NULL"]);
        }
        if !r.word("AS") {
            r.back(mark);
            return false;
        }
    } else if r.word("AS") {
        if r.is("IDENTITY") {
            always = true;
        } else if !r.is_kind(Kind::OpenParenthesis) && !r.is_sql_server() && r.dialect() != crate::sql::Dialect::H2 {
            r.back(mark);
            return false;
        }
    }
    if r.word("IDENTITY") {
        column.identity = Some(Identity { always, options: r.group() });
    } else if r.word("ROW") {
        r.any(&["START", "END"]);
    } else if let Some(expression) = expression::read(
        r,
        &[
            "STORED",
            "VIRTUAL",
            "PERSISTENT",
            "PERSISTED",
            "NOT",
            "COMMENT",
            "CHECK",
            "UNIQUE",
            "AFTER",
            "FIRST",
            "CONSTRAINT",
            "NULL",
            "INVISIBLE",
            "PRIMARY",
        ],
    ) {
        let stored = r.any(&["STORED", "PERSISTED", "PERSISTENT", "VIRTUAL"]).map(|word| word != "VIRTUAL");
        column.generated = Some(Generated { expression: expression.span, stored });
    }
    true
}

/// What the servers have beyond the standard.
fn extra(r: &mut Reader<'_>, column: &mut ColumnDefinition) -> bool {
    if r.word("COMMENT") {
        r.operator("=");
        column.comment = r.string().map(|comment| comment.span);
    } else if r.words(&["ON", "UPDATE"]) {
        column.on_update = expression::read(r, &AFTER_DEFAULT).map(|value| value.span);
    } else if r.words(&["CHARACTER", "SET"]) || r.word("CHARSET") {
        let set = r.identifier();
        if let Some(data_type) = &mut column.data_type {
            data_type.character_set = set;
        }
    } else if r.words(&["MASKED", "WITH"]) || r.words(&["ENCRYPTED", "WITH"]) || r.word("OPTIONS") {
        r.group();
    } else if r.any(&["STORAGE", "COMPRESSION", "SRID", "COLUMN_FORMAT", "SELECTIVITY", "SCALE", "INLINE"]).is_some() {
        r.operator("=");
        r.next();
    } else if r.words(&["ON", "CONFLICT"]) {
        r.next();
    } else if r.is_mysql() && r.word("KEY") {
        let kind = ConstraintKind::PrimaryKey(Vec::new());
        if let Some(key) = constraint::read(r, Place::Column).filter(|key| key.kind == kind) {
            column.constraints.push(key);
        }
    } else {
        return words_of_no_weight(r);
    }
    true
}

/// Words that change nothing that is kept here.
fn words_of_no_weight(r: &mut Reader<'_>) -> bool {
    r.words(&["NOT", "FOR", "REPLICATION"])
        || r.words(&["NOT", "DEFERRABLE"])
        || r.words(&["NO", "INHERIT"])
        || r.words(&["NOT", "VALID"])
        || r.words(&["NOT", "ENFORCED"])
        || r.words(&["NOT", "LOGGED"])
        || r.any(&[
            "SPARSE",
            "ROWGUIDCOL",
            "HIDDEN",
            "VISIBLE",
            "INVISIBLE",
            "ENABLE",
            "DISABLE",
            "VALIDATE",
            "NOVALIDATE",
            "ASC",
            "DESC",
            "DEFERRABLE",
            "LOGGED",
            "COMPACT",
            "ENFORCED",
            "SORT",
        ])
        .is_some()
}

fn position(r: &mut Reader<'_>, column: &mut ColumnDefinition) -> bool {
    column.position = match r.any(&["FIRST", "AFTER", "BEFORE"]) {
        Some("FIRST") => Some(Position::First),
        Some("AFTER") => r.identifier().map(Position::After),
        Some(_) => r.identifier().map(Position::Before),
        None => return false,
    };
    true
}
