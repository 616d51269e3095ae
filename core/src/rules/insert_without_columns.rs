use crate::change::{Change, Insert, Request, RowSource};
use crate::finding::{Finding, Fix, Severity};
use crate::text::Span;

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "insert-without-columns",
    group: Group::Style,
    summary: "INSERT does not name its columns",
    severity: Severity::Info,
    page: Rule::page(include_str!("insert_without_columns.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements() {
        for (request, _) in statement.requests() {
            if let Change::Insert(insert) = &request.change
                && insert.columns.is_empty()
                && matches!(insert.source, RowSource::Values | RowSource::Query)
            {
                out.push(nameless(&statement, insert, request));
            }
        }
    }
}

fn nameless(statement: &Statement<'_>, insert: &Insert, request: &Request) -> Finding {
    let message = format!(
        "the INSERT into `{}` does not name its columns: it breaks as soon as the table gets another",
        insert.table
    );
    let mut finding = statement.finding(message, insert.table.span).help("name the columns after the table");
    if request.span == statement.request.span {
        finding.fixes.extend(named(statement, insert));
    }
    finding
}

fn named(statement: &Statement<'_>, insert: &Insert) -> Option<Fix> {
    let table = statement.relation(&insert.table).filter(|table| table.complete)?;
    let plain = |name: &str| name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_');
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let known = !names.is_empty()
        && names.iter().all(|name| plain(name))
        && table.columns.iter().all(|column| column.generated.is_none());
    let end = insert.table.span.end;
    let edit = statement.replace(Span { start: end, end }, format!(" ({})", names.join(", ")));
    known.then(|| review("name all columns", vec![edit]))
}
