use crate::catalog::{Known, Relation};
use crate::change::{Change, Insert, Query, RowSource};
use crate::finding::{Finding, Severity};
use crate::sql::Dialect;

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "null-into-required-column",
    group: Group::Failures,
    summary: "rows are copied from a column that takes NULL into one that does not",
    severity: Severity::Warning,
    page: Rule::page(include_str!("null_into_required_column.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| statement.step.impact.fails.is_none()) {
        if let Change::Insert(insert) = &statement.request.change {
            out.extend(copied(&statement, insert));
        }
    }
}

fn copied(statement: &Statement<'_>, insert: &Insert) -> Option<Finding> {
    if insert.source != RowSource::Query || insert.conflict.is_some() {
        return None;
    }
    let catalog = statement.catalog();
    let Known::Present(to) = catalog.table(&insert.table) else { return None };
    let Known::Present(from) = catalog.table(insert.query.relations.first()?) else { return None };
    if statement.is_new(&from.name) {
        return None;
    }
    let query = Query { span: insert.rows, ..insert.query.clone() };
    let given = catalog.copied_columns(&query, statement.text)?;
    let named: Vec<String> = insert.columns.iter().map(|column| catalog.fold(column)).collect();
    let taken: Vec<&str> = match named.is_empty() {
        true if to.complete => to.columns.iter().map(|column| column.name.as_str()).collect(),
        true => return None,
        false => named.iter().map(String::as_str).collect(),
    };
    let pairs = given.iter().zip(taken).filter_map(|(given, taken)| Some((given.as_deref()?, taken)));
    let (source, target) =
        pairs.into_iter().find(|(source, target)| nulls(from, source) && requires(statement, to, target))?;
    let (old, new) = (statement.spelled(&from.name), statement.spelled(&to.name));
    let message = format!(
        "`{source}` of `{old}` takes NULL and `{target}` of `{new}` does not: one such row, and the statement fails"
    );
    let help = format!("copy COALESCE({source}, …) with the value that such rows shall have");
    Some(statement.finding(message, insert.rows).help(help))
}

fn nulls(table: &Relation, column: &str) -> bool {
    let found = table.columns.iter().find(|own| own.name == column);
    found.is_some_and(|own| own.nullable == Some(true)) && !is_key(table, column)
}

fn requires(statement: &Statement<'_>, table: &Relation, column: &str) -> bool {
    // SQLite gives a key that is an integer a value of its own.
    let numbers = statement.dialect() == Dialect::Sqlite && is_key(table, column);
    let found = table.columns.iter().find(|own| own.name == column);
    found.is_some_and(|own| own.nullable == Some(false) && own.generated.is_none()) && !numbers
}

fn is_key(table: &Relation, column: &str) -> bool {
    table.primary_key().is_some_and(|key| key.columns.iter().any(|own| own == column))
}
