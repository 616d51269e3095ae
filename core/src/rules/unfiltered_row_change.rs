use crate::change::{Change, Name, Query, Request, Update};
use crate::finding::{Finding, Severity};
use crate::text::Span;

use super::slow_statement_under_lock::Slow;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "unfiltered-row-change",
    group: Group::Rows,
    summary: "UPDATE or DELETE without WHERE, or with one that all rows fulfil, changes all rows of a table that is in use",
    severity: Severity::Warning,
    page: Rule::page(include_str!("unfiltered_row_change.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements() {
        let requests = statement.requests();
        let found = requests.into_iter().filter_map(|(request, _)| unfiltered(&statement, request));
        // Under a lock that others wait for, that is what hurts, and it is said once.
        out.extend(found.filter(|_| Slow::of(&statement).is_none()));
    }
}

pub(super) fn unfiltered(statement: &Statement<'_>, request: &Request) -> Option<Finding> {
    if let Change::Update(update) = &request.change
        && let Some(finding) = backfill(statement, update, request.span)
    {
        return Some(finding);
    }
    let (table, query, what) = match &request.change {
        Change::Update(update) if update.filter.is_none() && !update.limited => {
            (&update.table, &update.query, "updates")
        }
        Change::Delete(delete) if delete.filter.is_none() && !delete.limited => {
            (&delete.table, &delete.query, "deletes")
        }
        _ => return None,
    };
    if is_joined(statement, table, query) || statement.is_new_name(table) {
        return None;
    }
    let message =
        format!("without WHERE this {what} all rows of `{table}` in one transaction, and others who change them wait");
    let help = if what == "deletes" {
        format!("say with WHERE which rows to delete, or, if all of `{table}` is meant to go, say TRUNCATE")
    } else {
        "say with WHERE which rows; change many rows in batches by ranges of the key, each in a transaction of its own"
            .to_owned()
    };
    Some(statement.finding(message, request.span).help(help))
}

/// An `UPDATE` whose `WHERE` speaks of nothing but columns that are new in the deployment: they are NULL in all rows.
fn backfill(statement: &Statement<'_>, update: &Update, span: Span) -> Option<Finding> {
    let reads = update.filter_reads(statement.text, statement.dialect())?;
    let relation = statement.relation(&update.table).filter(|_| !statement.is_new_name(&update.table))?;
    let is_empty = |name: &str| {
        let column = relation.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name));
        column.is_some_and(|column| statement.played.is_new(column.made) && column.default.is_none())
    };
    let first = &reads.first().filter(|_| !update.limited)?.column;
    if !reads.iter().all(|column| is_empty(&column.column)) {
        return None;
    }
    let table = &update.table;
    let message = format!(
        "`{first}` is new and NULL in all rows of `{table}`, so that this may update all of them in one transaction"
    );
    let help =
        "change many rows in batches by ranges of the key, each in a transaction of its own, after the column is there";
    Some(statement.finding(message, span).help(help))
}

/// Whether other tables may decide which rows are meant: `UPDATE a JOIN b ON …`.
fn is_joined(statement: &Statement<'_>, table: &Name, query: &Query) -> bool {
    let catalog = statement.catalog();
    let own = catalog.relation_name(table);
    !statement.is_postgres() && query.relations.iter().any(|other| catalog.relation_name(other) != own)
}
