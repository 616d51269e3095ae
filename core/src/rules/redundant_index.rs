use crate::catalog::{Index, Relation};
use crate::change::{Change, Name};
use crate::deployment::Role;
use crate::finding::{Finding, Label, Severity};
use crate::text::{Casing, Span};

use super::rewriting::review;
use super::statement::{Statement, at};
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "redundant-index",
    group: Group::Scripts,
    summary: "another index begins with the same columns",
    severity: Severity::Info,
    page: Rule::page(include_str!("redundant_index.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(last) = facts.deployment.scripts.last() else { return };
    for table in last.after().relations().filter(|table| table.indexes.len() > 1) {
        for (place, index) in table.indexes.iter().enumerate().filter(|(_, index)| is_plain(index)) {
            let other =
                table.indexes.iter().enumerate().find(|(at, other)| *at != place && serves(index, place, other, *at));
            out.extend(other.and_then(|(_, other)| doubled(facts, table, index, other)));
        }
    }
}

/// Whether it does nothing but find rows by its columns.
fn is_plain(index: &Index) -> bool {
    !index.unique && !index.of_constraint && !index.implicit && index.predicate.is_none() && index.include.is_empty()
}

/// Whether another index finds all that this one does; of two that are alike the later one is too much.
fn serves(index: &Index, place: usize, other: &Index, at: usize) -> bool {
    let text = |index: &Index| index.parts.iter().map(|part| part.text.lower()).collect::<Vec<_>>();
    let (own, longer) = (text(index), text(other));
    let begins = !own.is_empty() && longer.starts_with(&own);
    let first = longer.len() > own.len() || at < place || other.unique || other.of_constraint;
    begins && first && method(index) == method(other) && other.predicate.is_none() && other.valid
}

fn method(index: &Index) -> &str {
    index.method.as_deref().unwrap_or("btree")
}

/// Where a `CREATE TABLE` writes the index.
fn place(statement: &Statement<'_>, index: &Index) -> Option<Span> {
    let Change::CreateTable(table) = &statement.request.change else { return None };
    let is = |name: &Name| Some(statement.catalog().fold(name.last())) == index.name;
    table.indexes.iter().find(|written| written.name.as_ref().is_some_and(is)).map(|written| written.span)
}

/// What is said where one of both is of a pending script.
fn doubled(facts: &Facts<'_>, table: &Relation, index: &Index, other: &Index) -> Option<Finding> {
    let (name, longer) = (index.name.as_ref()?, other.name.as_ref()?);
    let pending = |index: &Index| -> Option<Statement<'_>> {
        at(facts.deployment, index.made?).filter(|statement| statement.played.turn.role == Role::Pending)
    };
    let own = pending(index);
    let statement = own.or_else(|| pending(other))?;
    let relation = statement.spelled(&table.name);
    let message = format!(
        "index `{name}` of `{relation}` finds nothing that `{longer}` does not find, which begins with the same columns"
    );
    let span = Some(index).filter(|_| own.is_some()).and_then(|index| place(&statement, index));
    let mut finding = statement.finding(message, span.unwrap_or(statement.request.span));
    let related = if own.is_some() { other.made } else { index.made };
    if let Some((path, span)) = related.and_then(|made| facts.deployment.place(made)) {
        let says = if own.is_some() { "the other index" } else { "the index that is no longer needed" };
        finding = finding.with(Label::at(path, span).says(says));
    }
    finding = finding.help(if own.is_some() {
        format!("leave `{name}` out: each write to `{relation}` has to keep it")
    } else {
        format!("drop `{name}` once `{longer}` is there: each write to `{relation}` has to keep both")
    });
    let is_index = matches!(&statement.request.change, Change::CreateIndex(_));
    if own.is_some() && is_index && !statement.is_alone() {
        finding.fixes.push(review(format!("leave `{name}` out"), vec![statement.remove()]));
    }
    Some(finding)
}
