//! `CREATE` of views, types, domains, policies, rules and everything without a statement of its own.

use super::column::{self, ColumnDefinition};
use super::constraint::{self, Constraint, Place};
use super::data_type::{self, DataType};
use super::expression::Expression;
use super::name::{Identifier, Name};
use super::object::{self, ObjectKind};
use super::query::{self, Query};
use super::reader::Reader;
use super::request::Request;
use super::statement;
use crate::sql::Kind;
use crate::text::Span;

/// A view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateView {
    /// Its name.
    pub name: Name,
    /// `MATERIALIZED`.
    pub materialized: bool,
    /// `OR REPLACE`, `OR ALTER`, SQL Server's `ALTER VIEW`.
    pub or_replace: bool,
    /// `IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// `TEMPORARY`.
    pub temporary: bool,
    /// The names of its columns, where they are given.
    pub columns: Vec<Identifier>,
    /// Its query.
    pub query: Query,
    /// `WITH NO DATA`.
    pub no_data: bool,
}

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeDefinition {
    /// Its name.
    pub name: Name,
    /// What it is made of.
    pub form: TypeForm,
}

/// What a type is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeForm {
    /// `AS ENUM`, with its values.
    Enum(Vec<Identifier>),
    /// `AS (…)`, SQL Server's `AS TABLE (…)`.
    Composite(Vec<ColumnDefinition>),
    /// `AS RANGE`.
    Range,
    /// SQL Server's `FROM type`.
    Alias(DataType),
    /// Any other: a base type, a shell, Oracle's object types.
    Other,
}

/// A domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// Its name.
    pub name: Name,
    /// What it is a domain of.
    pub data_type: DataType,
    /// `NOT NULL`.
    pub not_null: bool,
    /// `DEFAULT`.
    pub default: Option<Expression>,
    /// Its constraints.
    pub constraints: Vec<Constraint>,
}

/// A row-level security policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its name.
    pub name: Name,
    /// Its table.
    pub table: Name,
    /// What its expressions read.
    pub query: Query,
}

/// A rewrite rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub name: Name,
    /// Its table.
    pub table: Name,
    /// `DO INSTEAD`.
    pub instead: bool,
}

/// Any other object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateObject {
    /// What kind.
    pub kind: ObjectKind,
    /// Its name, where it has one.
    pub name: Option<Name>,
    /// `IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// `OR REPLACE`.
    pub or_replace: bool,
    /// `TEMPORARY`.
    pub temporary: bool,
    /// The tables it is made for: of a publication, of statistics.
    pub tables: Vec<Name>,
    /// The column that a sequence belongs to.
    pub owned_by: Option<Name>,
    /// What is created together with a schema.
    pub elements: Vec<Request>,
    /// All that is said after the name.
    pub options: Option<Span>,
}

/// Reads on after `CREATE [MATERIALIZED …] VIEW`'s first words: `TEMPORARY RECURSIVE VIEW …`.
pub(super) fn view(r: &mut Reader<'_>, or_replace: bool) -> Option<CreateView> {
    let (mut temporary, mut materialized) = (false, false);
    let before = [
        "TEMPORARY",
        "TEMP",
        "RECURSIVE",
        "MATERIALIZED",
        "FORCE",
        "NO",
        "NOFORCE",
        "EDITIONABLE",
        "NONEDITIONABLE",
        "INDEXED",
        "LOCAL",
        "GLOBAL",
    ];
    loop {
        if r.any(&["ALGORITHM", "DEFINER"]).is_some() {
            r.until_word(&["SQL", "VIEW", "DEFINER"]);
        } else if r.words(&["SQL", "SECURITY"]) {
            r.next();
        } else if let Some(word) = r.any(&before) {
            temporary |= matches!(word, "TEMPORARY" | "TEMP");
            materialized |= word == "MATERIALIZED";
        } else {
            break;
        }
    }
    if !r.word("VIEW") || r.is("LOG") {
        return None;
    }
    let if_not_exists = r.if_not_exists();
    let name = r.name()?;
    let columns = if r.is_kind(Kind::OpenParenthesis) { column_names(r) } else { Vec::new() };
    r.until_word(&["AS"]);
    r.word("AS");
    let mark = r.finish();
    let query = query::between(r, mark, r.last_mark());
    let end = r.last_mark();
    let no_data =
        end > mark + 3 && r.slice(end - 3, end).to_ascii_uppercase().split_whitespace().eq(["WITH", "NO", "DATA"]);
    Some(CreateView { name, materialized, or_replace, if_not_exists, temporary, columns, query, no_data })
}

fn column_names(r: &mut Reader<'_>) -> Vec<Identifier> {
    r.inside(|inner| {
        inner.list(|item| {
            let name = item.identifier();
            item.finish();
            name
        })
    })
    .unwrap_or_default()
}

/// Reads on after `CREATE TYPE`.
pub(super) fn type_definition(r: &mut Reader<'_>) -> Option<TypeDefinition> {
    r.word("BODY");
    r.if_not_exists();
    let name = r.name()?;
    if r.word("FROM") {
        let data_type = data_type::read(r)?;
        r.words(&["NOT", "NULL"]);
        r.word("NULL");
        return Some(TypeDefinition { name, form: TypeForm::Alias(data_type) });
    }
    let as_table = r.words(&["AS", "TABLE"]);
    let form = if r.words(&["AS", "ENUM"]) {
        let values = r.inside(|inner| inner.list(Reader::string)).unwrap_or_default();
        TypeForm::Enum(values)
    } else if r.words(&["AS", "RANGE"]) {
        r.group();
        TypeForm::Range
    } else if (as_table || r.word("AS")) && r.is_kind(Kind::OpenParenthesis) {
        TypeForm::Composite(r.inside(attributes).unwrap_or_default())
    } else {
        r.finish();
        TypeForm::Other
    };
    if as_table || r.dialect() == crate::sql::Dialect::Oracle {
        r.finish();
    }
    Some(TypeDefinition { name, form })
}

fn attributes(r: &mut Reader<'_>) -> Vec<ColumnDefinition> {
    r.list(|item| {
        if constraint::read(item, Place::Table).is_some() || super::index::inline(item).is_some() {
            return None;
        }
        column::read(item)
    })
}

/// Reads on after `CREATE DOMAIN`.
pub(super) fn domain(r: &mut Reader<'_>) -> Option<Domain> {
    r.if_not_exists();
    let name = r.name()?;
    r.word("AS");
    let column = column::after_name(r, name.last().clone());
    let data_type = column.data_type?;
    let not_null = column.nullable == Some(false);
    Some(Domain { name, data_type, not_null, default: column.default, constraints: column.constraints })
}

/// Reads on after `CREATE POLICY`.
pub(super) fn policy(r: &mut Reader<'_>) -> Option<Policy> {
    r.if_not_exists();
    let name = r.name()?;
    if !r.word("ON") {
        return None;
    }
    let table = r.name()?;
    let mark = r.finish();
    Some(Policy { name, table, query: query::between(r, mark, r.last_mark()) })
}

/// Reads on after `CREATE RULE`.
pub(super) fn rule(r: &mut Reader<'_>) -> Option<Rule> {
    let name = r.name()?;
    r.until_word(&["TO"]);
    r.word("TO");
    let table = r.name()?;
    r.until_word(&["DO"]);
    r.word("DO");
    let instead = r.word("INSTEAD");
    r.finish();
    Some(Rule { name, table, instead })
}

/// Reads on after `CREATE`, for kinds that need no reader of their own.
pub(super) fn object(r: &mut Reader<'_>, or_replace: bool) -> Option<CreateObject> {
    let mut temporary = false;
    while let Some(word) = r.any(&[
        "TEMPORARY",
        "TEMP",
        "UNLOGGED",
        "TRUSTED",
        "PROCEDURAL",
        "PUBLIC",
        "DEFAULT",
        "UNDO",
        "BIGFILE",
        "SHARED",
        "AND",
        "RESOLVE",
        "NOFORCE",
    ]) {
        temporary |= matches!(word, "TEMPORARY" | "TEMP");
    }
    let kind = object::kind(r)?;
    let mut object = CreateObject {
        kind,
        name: None,
        if_not_exists: r.if_not_exists(),
        or_replace,
        temporary,
        tables: Vec::new(),
        owned_by: None,
        elements: Vec::new(),
        options: None,
    };
    let nameless = matches!(kind, ObjectKind::Cast | ObjectKind::Operator | ObjectKind::Transform)
        || r.is_any(&["AUTHORIZATION", "FOR"])
        || kind == ObjectKind::Statistics && r.is_kind(Kind::OpenParenthesis);
    if r.is("AUTHORIZATION") && kind == ObjectKind::Schema {
        r.next();
        object.name = r.name();
    } else if !nameless {
        object.name = r.name();
        super::alter::account_host(r);
    }
    object.if_not_exists |= r.if_not_exists();
    let mark = r.mark();
    match kind {
        ObjectKind::Schema => schema(r, &mut object),
        ObjectKind::Publication => object.tables = publication(r),
        ObjectKind::Statistics | ObjectKind::Fulltext => {
            r.until_word(&["FROM", "ON"]);
            if kind == ObjectKind::Statistics && r.is("ON") && !r.is_sql_server() {
                r.until_word(&["FROM"]);
            }
            r.any(&["FROM", "ON"]);
            object.tables.extend(r.name());
        }
        ObjectKind::Sequence => {
            r.until_word(&["OWNED"]);
            if r.words(&["OWNED", "BY"]) {
                object.owned_by = r.name_but(&["NONE"]);
            }
        }
        _ => {}
    }
    r.finish();
    object.options = (r.mark() > mark).then(|| r.span_from(mark));
    Some(object)
}

/// The objects that are created together with a schema.
fn schema(r: &mut Reader<'_>, object: &mut CreateObject) {
    if r.word("AUTHORIZATION") {
        r.name();
    }
    while r.is_any(&["CREATE", "GRANT"]) {
        let mark = r.mark();
        r.next();
        r.until_word(&["CREATE", "GRANT"]);
        let mut element = r.over(mark, r.mark());
        object.elements.push(statement::read(&mut element));
    }
}

fn publication(r: &mut Reader<'_>) -> Vec<Name> {
    let mut tables = Vec::new();
    if r.words(&["FOR", "TABLE"]) {
        loop {
            r.any(&["TABLE", "ONLY"]);
            if r.words(&["TABLES", "IN", "SCHEMA"]) {
                r.name();
            } else {
                tables.extend(r.name());
            }
            r.operator("*");
            r.group();
            if r.word("WHERE") {
                r.group();
            }
            if !r.comma() {
                break;
            }
        }
    }
    tables
}
