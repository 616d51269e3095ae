use std::collections::BTreeSet;

use crate::catalog::{IdentityKind, ObjectName};
use crate::change::{AlterAction, Change, Insert, ObjectKind, Query, Request, RowSource};
use crate::finding::{Finding, Severity};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "sequence-left-behind",
    group: Group::Scripts,
    summary: "rows get numbers that are written out, and the sequence that gives the next one does not know of them",
    severity: Severity::Warning,
    page: Rule::page(include_str!("sequence_left_behind.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let all: Vec<Statement<'_>> = together.statements().filter(Statement::is_postgres).collect();
    let mut said: BTreeSet<ObjectName> = BTreeSet::new();
    // From the last to the first: what moves a sequence on counts for the rows before it.
    let mut found = Vec::new();
    for statement in all.iter().rev() {
        let requests = statement.requests();
        // Which sequence `setval` means is often computed, so it counts for all.
        if requests.iter().any(|(request, _)| moves_sequences(request)) {
            break;
        }
        for (request, _) in requests {
            if let Change::Insert(insert) = &request.change {
                let table = statement.catalog().relation_name(&insert.table);
                found.extend(numbered(statement, insert).filter(|_| said.insert(table)));
            }
        }
    }
    found.reverse();
    out.append(&mut found);
}

/// Whether a statement moves a sequence on, or may do so.
fn moves_sequences(request: &Request) -> bool {
    let calls = |query: &Query| query.functions.iter().any(|name| name.last().is("setval"));
    match &request.change {
        Change::Select(query) => calls(query),
        Change::Insert(insert) => calls(&insert.query),
        Change::Update(update) => calls(&update.query),
        Change::Unchecked(_) | Change::Call(_) | Change::Opaque(_) => true,
        Change::Alter(alter) => {
            alter.kind == ObjectKind::Sequence
                || alter.actions.iter().any(|action| matches!(action.what, AlterAction::AlterColumn { .. }))
        }
        _ => false,
    }
}

/// An `INSERT` that writes out numbers which the table would take from a sequence.
fn numbered(statement: &Statement<'_>, insert: &Insert) -> Option<Finding> {
    if insert.source != RowSource::Values || insert.columns.is_empty() {
        return None;
    }
    let table = statement.relation(&insert.table)?;
    let given = |name: &str| insert.columns.iter().find(|column| statement.catalog().fold(column) == name);
    let counted = table
        .columns
        .iter()
        .filter(|column| matches!(column.identity, Some(IdentityKind::Serial | IdentityKind::ByDefault)));
    let column = counted.into_iter().find_map(|column| given(&column.name))?;
    let (table, name) = (statement.spelled(&table.name), &column.text);
    let message = format!(
        "rows of `{table}` get their `{name}` written out, and no later statement moves the sequence on: it will give the same numbers again"
    );
    let help = format!(
        "set it afterwards: `SELECT setval(pg_get_serial_sequence('{table}', '{name}'), (SELECT max({name}) FROM {table}))`"
    );
    Some(statement.finding(message, column.span).help(help))
}
