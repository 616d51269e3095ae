//! Which columns a query or an expression names, read by `sqlparser`, which knows what is standard.
//!
//! It is asked only when somebody wants to know, and only about texts that it can bear: long flat chains overflow its
//! stack, so what is long or deep goes unread, and the caller has to take every column for named.

use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Ident, Query as ParsedQuery, SelectItem, SetExpr, Visit, Visitor};
use sqlparser::dialect::{
    Dialect as Grammar, GenericDialect, MsSqlDialect, MySqlDialect, OracleDialect, PostgreSqlDialect, SQLiteDialect,
};
use sqlparser::parser::Parser;

use super::data::Update;
use super::expression::Expression;
use super::query::Query;
use crate::sql::Dialect;
use crate::text::Span;

/// The longest text that is read, in bytes.
const LONGEST: usize = 32 * 1024;
/// The most operators and parentheses in it: each may cost a frame of the stack.
const MOST: usize = 1_000;

/// What a text names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads {
    /// The columns, each once, in the order of the text.
    pub columns: Vec<ColumnName>,
    /// Whether a `*` stands for all columns of a relation.
    pub star: bool,
}

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

impl Query {
    /// The columns that the query names; `None` where it cannot be read, so that any may be meant.
    #[must_use]
    pub fn reads(&self, text: &str, dialect: Dialect) -> Option<Reads> {
        let text = bearable(text.get(self.span.start..self.span.end)?)?;
        let statements = Parser::parse_sql(grammar(dialect), text).ok()?;
        Some(collect(&statements))
    }
}

impl Expression {
    /// The columns that the expression names; `None` where it cannot be read, so that any may be meant.
    #[must_use]
    pub fn reads(&self, text: &str, dialect: Dialect) -> Option<Reads> {
        read_expression(self.span, text, dialect)
    }
}

impl Update {
    /// The columns that `WHERE` names; `None` without one, and where it cannot be read.
    #[must_use]
    pub fn filter_reads(&self, text: &str, dialect: Dialect) -> Option<Reads> {
        read_expression(self.filter?, text, dialect)
    }
}

fn read_expression(span: Span, text: &str, dialect: Dialect) -> Option<Reads> {
    let text = bearable(text.get(span.start..span.end)?)?;
    let mut parser = Parser::new(grammar(dialect)).try_with_sql(text).ok()?;
    let expression = parser.parse_expr().ok()?;
    let whole = parser.peek_token().token == sqlparser::tokenizer::Token::EOF;
    whole.then(|| collect(&expression))
}

/// The text, unless it is too long or too deep.
fn bearable(text: &str) -> Option<&str> {
    let heavy = |byte: &u8| b"()[]+-*/|=<>,".contains(byte);
    let words = || {
        text.split_ascii_whitespace()
            .filter(|word| ["and", "or", "not", "union"].iter().any(|heavy| word.eq_ignore_ascii_case(heavy)))
    };
    (text.len() <= LONGEST && text.bytes().filter(heavy).count() + words().count() <= MOST).then_some(text)
}

fn grammar(dialect: Dialect) -> &'static dyn Grammar {
    match dialect {
        Dialect::Postgres => &PostgreSqlDialect {},
        Dialect::Mysql | Dialect::Mariadb => &MySqlDialect {},
        Dialect::SqlServer => &MsSqlDialect {},
        Dialect::Oracle => &OracleDialect,
        Dialect::Sqlite => &SQLiteDialect {},
        Dialect::H2 | Dialect::Generic => &GenericDialect {},
    }
}

fn collect(parsed: &impl Visit) -> Reads {
    let mut collector = Collector(Reads::default());
    let _ = parsed.visit(&mut collector);
    collector.0
}

struct Collector(Reads);

impl Collector {
    fn column(&mut self, relation: Option<&Ident>, column: &Ident) {
        let name = ColumnName {
            relation: relation.map(|relation| relation.value.clone()),
            column: column.value.clone(),
            quoted: column.quote_style.is_some(),
        };
        if !self.0.columns.contains(&name) {
            self.0.columns.push(name);
        }
    }
}

impl Visitor for Collector {
    type Break = ();

    fn pre_visit_query(&mut self, query: &ParsedQuery) -> ControlFlow<()> {
        if let SetExpr::Select(select) = query.body.as_ref() {
            let is_star =
                |item: &SelectItem| matches!(item, SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..));
            self.0.star |= select.projection.iter().any(is_star);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
        match expression {
            Expr::Identifier(column) => self.column(None, column),
            Expr::CompoundIdentifier(parts) => {
                if let [.., relation, column] = parts.as_slice() {
                    self.column(Some(relation), column);
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Change, ConstraintKind, read};
    use crate::sql::{Options, read as split};

    fn change(text: &str) -> Change {
        let options = Options::new(Dialect::Postgres);
        let script = split(text, &options);
        read(text, &script, &script.statements[0], &options).change
    }

    fn named(reads: &Reads) -> Vec<String> {
        let name = |name: &ColumnName| match &name.relation {
            Some(relation) => format!("{relation}.{}", name.column),
            None => name.column.clone(),
        };
        reads.columns.iter().map(name).collect()
    }

    #[test]
    fn a_view_names_columns() {
        let text = "create view v as select o.id, lower(\"Name\") from orders o join users u on u.id = o.user_id where total > 5";
        let Change::CreateView(view) = change(text) else { panic!() };
        let reads = view.query.reads(text, Dialect::Postgres).unwrap();
        assert_eq!(named(&reads), ["o.id", "Name", "u.id", "o.user_id", "total"]);
        assert!(!reads.star);
        let text = "create view v as select u.*, 1 from users u";
        let Change::CreateView(view) = change(text) else { panic!() };
        assert!(view.query.reads(text, Dialect::Postgres).unwrap().star);
    }

    #[test]
    fn a_check_names_columns() {
        let text = "create table t (a int, b int, constraint c check (a > 0 and (b is null or b < a)))";
        let Change::CreateTable(table) = change(text) else { panic!() };
        let check = table.constraints.iter().find_map(|constraint| match &constraint.kind {
            ConstraintKind::Check(expression) => Some(expression),
            _ => None,
        });
        assert_eq!(named(&check.unwrap().reads(text, Dialect::Postgres).unwrap()), ["a", "b"]);
    }

    #[test]
    fn what_would_overflow_the_stack_is_not_read() {
        let text = format!("create view v as select 1 from t where {}", vec!["a = 1"; 20_000].join(" or "));
        let Change::CreateView(view) = change(&text) else { panic!() };
        assert_eq!(view.query.reads(&text, Dialect::Postgres), None);
    }
}
