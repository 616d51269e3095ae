use crate::catalog::Known;
use crate::change::{Change, Insert, Query, RowSource};
use crate::finding::{Finding, Severity};

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "misplaced-columns",
    group: Group::DataLoss,
    summary: "rows are copied by the order of columns, and the order of the two tables is not the same",
    severity: Severity::Error,
    page: Rule::page(include_str!("misplaced_columns.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements() {
        if let Change::Insert(insert) = &statement.request.change {
            out.extend(misplaced(&statement, insert));
        }
    }
}

fn misplaced(statement: &Statement<'_>, insert: &Insert) -> Option<Finding> {
    if !insert.columns.is_empty() || insert.source != RowSource::Query {
        return None;
    }
    let Known::Present(table) = statement.catalog().table(&insert.table) else { return None };
    let query = Query { span: insert.rows, ..insert.query.clone() };
    let given = statement.catalog().columns_of_query(&query, statement.text)?;
    let taken: Vec<&str> =
        table.columns.iter().filter(|one| one.generated.is_none()).map(|one| one.name.as_str()).collect();
    let pairs = || given.iter().map(String::as_str).zip(taken.iter().copied());
    let (value, column) = pairs().find(|(value, column)| value != column && taken.contains(value))?;
    if !table.complete || given.len() > taken.len() {
        return None;
    }
    let name = statement.spelled(&table.name);
    let message = format!("without a list of columns `{value}` of the query goes into `{column}` of `{name}`");
    let mut finding = statement.finding(message, insert.rows);
    finding = finding.help(format!("list the columns of `{name}` after INTO, in the order of the query"));
    if given.iter().all(|value| taken.contains(&value.as_str())) {
        let at = insert.table.span.end;
        let list = format!(" ({})", given.join(", "));
        let edit = statement.replace(crate::text::Span { start: at, end: at }, list);
        finding.fixes.push(review("list the columns", vec![edit]));
    }
    Some(finding)
}
