use crate::catalog::{Index, ObjectName, Relation};
use crate::change::{
    AlterAction, Change, ColumnDefinition, Constraint, ConstraintKind, Identifier, IndexColumn, Request,
};
use crate::finding::{Finding, Severity};
use crate::text::Span;

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "unique-over-existing-rows",
    group: Group::Failures,
    summary: "a unique index or constraint over rows that are there fails if two of them are alike",
    severity: Severity::Info,
    page: Rule::page(include_str!("unique_over_existing_rows.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements() {
        let requests = statement.requests();
        out.extend(requests.into_iter().flat_map(|(request, _)| demands(&statement, request)));
    }
}

fn demands(statement: &Statement<'_>, request: &Request) -> Vec<Finding> {
    match &request.change {
        Change::CreateIndex(index) if index.unique && index.predicate.is_none() => {
            let table = index.table.as_ref().map(|table| statement.catalog().relation_name(table));
            let found = table.and_then(|table| unproved(statement, &table, &plain(&index.columns)?, request.span));
            found.into_iter().collect()
        }
        Change::Alter(alter) => {
            let Some(table) = alter.name.as_ref().map(|name| statement.catalog().relation_name(name)) else {
                return Vec::new();
            };
            let added: Vec<&ColumnDefinition> = alter
                .actions
                .iter()
                .filter_map(|action| match &action.what {
                    AlterAction::AddColumn { column, .. } => Some(&**column),
                    _ => None,
                })
                .collect();
            let of_action = |what: &AlterAction, span: Span| {
                let columns = match what {
                    AlterAction::AddConstraint { constraint, .. } => of_constraint(constraint)?,
                    AlterAction::AddIndex(index) if index.unique => plain(&index.columns)?,
                    _ => return None,
                };
                let new = |column: &&Identifier| added.iter().any(|other| other.name.text == column.text);
                if columns.iter().any(new) { None } else { unproved(statement, &table, &columns, span) }
            };
            alter.actions.iter().filter_map(|action| of_action(&action.what, action.span)).collect()
        }
        _ => Vec::new(),
    }
}

/// The columns that a new constraint demands to be unique; `None` where an index proves it already.
fn of_constraint(constraint: &Constraint) -> Option<Vec<&Identifier>> {
    match &constraint.kind {
        _ if constraint.using_index.is_some() || constraint.not_valid || constraint.enforced == Some(false) => None,
        ConstraintKind::PrimaryKey(columns) | ConstraintKind::Unique { columns, .. } => plain(columns),
        _ => None,
    }
}

fn plain(columns: &[IndexColumn]) -> Option<Vec<&Identifier>> {
    let all: Option<Vec<&Identifier>> = columns.iter().map(|column| column.column.as_ref()).collect();
    all.filter(|all| !all.is_empty())
}

fn unproved(statement: &Statement<'_>, table: &ObjectName, columns: &[&Identifier], span: Span) -> Option<Finding> {
    if statement.is_new(table) {
        return None;
    }
    let relation = statement.catalog().relation(table).present()?;
    let names: Vec<String> = columns.iter().map(|column| statement.catalog().fold(column)).collect();
    if is_proved(statement, relation, &names) {
        return None;
    }
    let (table, columns) = (statement.spelled(table), names.join(", "));
    let message =
        format!("this fails if two rows of `{table}` have the same `{columns}`: nothing has kept them apart so far");
    let query = format!("SELECT {columns}, count(*) FROM {table} GROUP BY {columns} HAVING count(*) > 1");
    Some(statement.finding(message, span).help(format!("look before: `{query}` must find nothing")))
}

/// Whether fewer of the columns are unique already, or one of them came with this deployment.
fn is_proved(statement: &Statement<'_>, relation: &Relation, names: &[String]) -> bool {
    let unique = relation.indexes.iter().filter(|index| index.unique && index.valid && index.predicate.is_none());
    let mut keys = unique.filter_map(Index::columns);
    let within = |key: Vec<&str>| !key.is_empty() && key.iter().all(|one| names.iter().any(|name| name == one));
    let new =
        |name: &String| relation.column(name).present().is_some_and(|column| statement.played.is_new(column.made));
    keys.any(within) || names.iter().any(new)
}
