use crate::change::{AlterAction, Change, ColumnDefinition, DataType, Request, TimeZone};
use crate::finding::{Finding, Severity};
use crate::text::Casing;

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "disputed-type",
    group: Group::Style,
    summary: "a column has a type that PostgreSQL's own advice is to avoid",
    severity: Severity::Info,
    page: Rule::page(include_str!("disputed_type.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for (request, _) in statement.requests() {
            for column in columns(request) {
                let kind = column.data_type.as_ref();
                out.extend(kind.and_then(|kind| Some((kind, advice(kind)?))).map(|(kind, (why, instead))| {
                    let message = format!("column `{}`: {why}", column.name);
                    statement.finding(message, kind.span).help(format!("say {instead}"))
                }));
            }
        }
    }
}

fn columns(request: &Request) -> Vec<&ColumnDefinition> {
    match &request.change {
        Change::CreateTable(table) => table.columns.iter().collect(),
        Change::Alter(alter) => alter
            .actions
            .iter()
            .filter_map(|action| match &action.what {
                AlterAction::AddColumn { column, .. } => Some(&**column),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Why a type is not advised, and what is.
fn advice(kind: &DataType) -> Option<(&'static str, &'static str)> {
    let name = kind.name.last().text.lower();
    let sized = !kind.arguments.is_empty();
    Some(match name.as_str() {
        "varchar" | "character varying" if sized => (
            "varchar(n) is no faster than text, and its limit is hard to raise later",
            "text, with a CHECK on the length where one is needed",
        ),
        "char" | "character" | "bpchar" => ("char(n) fills up with blanks and is no faster than text", "text"),
        "timestamp" if kind.time_zone.is_none_or(|zone| zone == TimeZone::Without) => {
            ("timestamp forgets the time zone: what it means depends on who reads it", "timestamptz")
        }
        "timetz" => ("a time of day with a time zone means nothing without its date", "timestamptz"),
        "time" if kind.time_zone == Some(TimeZone::With) => {
            ("a time of day with a time zone means nothing without its date", "timestamptz")
        }
        "json" => ("json keeps the text as it is: it has no equality, no index, and is parsed each time", "jsonb"),
        "money" => (
            "money has the currency of whoever reads it, and rounds",
            "numeric, and the currency in a column of its own",
        ),
        "serial" | "serial4" | "bigserial" | "serial8" | "smallserial" | "serial2" => {
            ("serial makes a sequence with rights and defaults of its own", "bigint GENERATED ALWAYS AS IDENTITY")
        }
        _ => return None,
    })
}
