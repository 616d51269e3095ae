//! Which columns an expression names, told from its tokens.
//!
//! Only a name that stands where an operand can stand is a column. Where a word stands that is not known there, or a query
//! begins, the expression goes unread, and the caller has to take every column for named.

use super::block::significant;
use super::data::Update;
use super::data_type;
use super::expression::Expression;
use super::name::Name;
use super::reader::Reader;
use crate::sql::{Dialect, Kind, Options, Token};
use crate::text::Span;

/// A column as it is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnName {
    /// The relation or alias before the dot, without quotes.
    pub relation: Option<String>,
    /// The column, without quotes.
    pub column: String,
    /// Whether the column was quoted.
    pub quoted: bool,
}

impl Expression {
    /// The columns that the expression names, each once, in the order of the text; `None` where it cannot be read, so
    /// that any may be meant.
    #[must_use]
    pub fn reads(&self, text: &str, dialect: Dialect) -> Option<Vec<ColumnName>> {
        columns(text.get(self.span.start..self.span.end)?, dialect)
    }
}

impl Update {
    /// The columns that `WHERE` names; `None` without one, and where it cannot be read.
    #[must_use]
    pub fn filter_reads(&self, text: &str, dialect: Dialect) -> Option<Vec<ColumnName>> {
        let Span { start, end } = self.filter?;
        columns(text.get(start..end)?, dialect)
    }
}

/// Words that are values.
const VALUES: [&str; 12] = [
    "NULL",
    "TRUE",
    "FALSE",
    "UNKNOWN",
    "CURRENT_DATE",
    "CURRENT_TIME",
    "CURRENT_TIMESTAMP",
    "CURRENT_USER",
    "SESSION_USER",
    "LOCALTIME",
    "LOCALTIMESTAMP",
    "SYSDATE",
];

/// Words after which an operand stands.
const OPERATORS: [&str; 29] = [
    "AND", "OR", "XOR", "NOT", "IS", "IN", "LIKE", "ILIKE", "GLOB", "REGEXP", "RLIKE", "MATCH", "SIMILAR", "TO",
    "BETWEEN", "ESCAPE", "DIV", "MOD", "DISTINCT", "FROM", "CASE", "WHEN", "THEN", "ELSE", "ANY", "ALL", "SOME",
    "ARRAY", "ROW",
];

/// Words that end an operand.
const ENDS: [&str; 3] = ["END", "ISNULL", "NOTNULL"];

/// Words with which a query begins, or a part of a call that is read like one.
const UNREAD: [&str; 8] = ["SELECT", "WITH", "VALUES", "TABLE", "EXISTS", "OVER", "FILTER", "WITHIN"];

/// Words before a string that say its type.
const TYPES: [&str; 9] = ["DATE", "TIME", "TIMESTAMP", "TIMESTAMPTZ", "DATETIME", "INTERVAL", "X", "B", "N"];

fn columns(text: &str, dialect: Dialect) -> Option<Vec<ColumnName>> {
    let options = Options::new(dialect);
    let script = crate::sql::read(text, &options);
    let tokens = significant(&script.tokens);
    let mut columns = Columns { r: Reader::new(text, &tokens, 0, &options, 0), found: Vec::new(), complete: false };
    while let Some(token) = columns.r.peek() {
        columns.token(token)?;
    }
    columns.complete.then_some(columns.found)
}

/// A reader that looks for columns.
struct Columns<'a> {
    r: Reader<'a>,
    found: Vec<ColumnName>,
    /// Whether an operand has just ended, so that an operator has to follow.
    complete: bool,
}

impl Columns<'_> {
    /// Reads one token or a few that belong together.
    fn token(&mut self, token: Token) -> Option<()> {
        match token.kind {
            Kind::Word | Kind::Name => return self.word(token),
            Kind::Number | Kind::String | Kind::DollarString | Kind::Parameter | Kind::Variable => self.operand()?,
            Kind::OpenParenthesis if !self.complete => {}
            Kind::CloseParenthesis => self.complete = true,
            Kind::Comma => self.complete = false,
            Kind::Operator => return self.sign(token),
            _ => return None,
        }
        self.r.next();
        Some(())
    }

    /// An operand begins; two of them never stand side by side.
    fn operand(&mut self) -> Option<()> {
        (!std::mem::replace(&mut self.complete, true)).then_some(())
    }

    fn sign(&mut self, token: Token) -> Option<()> {
        self.r.next();
        match self.r.text_of(token) {
            "::" => return data_type::read(&mut self.r).map(|_| ()),
            // `count(*)`
            "*" if !self.complete => self.complete = true,
            "]" => self.complete = true,
            _ => self.complete = false,
        }
        Some(())
    }

    fn word(&mut self, token: Token) -> Option<()> {
        let calls = self.r.nth_kind(1) == Some(Kind::OpenParenthesis);
        if token.is_any_word(self.r.text, &OPERATORS) {
            self.complete = false;
            self.r.next();
        } else if token.is_any_word(self.r.text, &ENDS) {
            self.complete = true;
            self.r.next();
        } else if token.is_word(self.r.text, "AS") {
            self.r.next();
            return data_type::read(&mut self.r).map(|_| ());
        } else if token.is_word(self.r.text, "COLLATE") {
            self.r.next();
            return self.r.name().map(|_| ());
        } else if token.is_any_word(self.r.text, &UNREAD) {
            return None;
        } else if token.is_any_word(self.r.text, &VALUES) && !calls {
            self.operand()?;
            self.r.next();
        } else if token.is_any_word(self.r.text, &TYPES) && self.r.nth_kind(1) == Some(Kind::String) {
            self.operand()?;
            self.r.next();
            self.r.next();
        } else {
            return self.named();
        }
        Some(())
    }

    fn named(&mut self) -> Option<()> {
        self.operand()?;
        let name = self.r.name()?;
        if self.r.is_kind(Kind::OpenParenthesis) {
            self.complete = false;
            return Some(());
        }
        let column = column(&name);
        if !self.found.contains(&column) {
            self.found.push(column);
        }
        Some(())
    }
}

fn column(name: &Name) -> ColumnName {
    let last = name.last();
    let relation = name.parts.len().checked_sub(2).map(|at| name.parts[at].text.clone());
    ColumnName { relation, column: last.text.clone(), quoted: last.quoted }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str, dialect: Dialect) -> Option<String> {
        let name = |name: &ColumnName| match &name.relation {
            Some(relation) => format!("{relation}.{}", name.column),
            None => name.column.clone(),
        };
        Some(columns(text, dialect)?.iter().map(name).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn operands_that_are_no_calls_and_no_values_are_columns() {
        for (text, expected) in [
            ("a > 0 and (b is null or b < a)", "a b"),
            ("lower(\"Name\") = $1 and u.id = any(array[x, y])", "Name u.id x y"),
            ("total::numeric(10, 2) > cast(price as double precision) + 1", "total price"),
            ("kind in ('a', 'b') and not gone", "kind gone"),
            ("case when a then b else current_date end between date '2020-01-01' and c", "a b c"),
            ("a is not distinct from b collate \"C\"", "a b"),
            ("count(*) > 1", ""),
            ("-a * b[1] || 'x'", "a b"),
            ("a at b", "?"),
            ("a::timestamp with time zone > now()", "a"),
            ("coalesce(a, current_timestamp(3)) like '%' escape '\\'", "a"),
        ] {
            assert_eq!(named(text, Dialect::Postgres).as_deref().unwrap_or("?"), expected, "{text}");
        }
        assert_eq!(named("`a` regexp 'x' and [b] glob c", Dialect::Sqlite).as_deref(), Some("a b c"));
    }

    #[test]
    fn what_is_not_sure_is_not_read() {
        for text in
            ["a in (select b from t)", "a frobs b", "sum(a) over (order by b)", "a >", "", "a b", "1 2", "${x} = 1"]
        {
            assert_eq!(named(text, Dialect::Postgres), None, "{text}");
        }
    }

    #[test]
    fn long_chains_and_deep_nests_are_read() {
        let chain = vec!["a = 1"; 20_000].join(" or ");
        assert_eq!(named(&chain, Dialect::Postgres).as_deref(), Some("a"));
        let nest = format!("{}a{}", "(".repeat(20_000), ")".repeat(20_000));
        assert_eq!(named(&nest, Dialect::Postgres).as_deref(), Some("a"));
    }
}
