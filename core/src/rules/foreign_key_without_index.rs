use std::collections::BTreeMap;

use crate::catalog::{Constraint, Index, ObjectName, Origin, Relation};
use crate::change::{AlterAction, Change, Constraint as Written, ConstraintKind, Identifier, Request};
use crate::deployment::Role;
use crate::finding::{Finding, Fix, Severity};
use crate::sql::Dialect;
use crate::text::Span;

use super::facts::counted;
use super::rewriting::review;
use super::statement::{Statement, at};
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "foreign-key-without-index",
    group: Group::Scripts,
    summary: "no index begins with the columns of a foreign key, so each DELETE of a referenced row reads the whole table",
    severity: Severity::Info,
    page: Rule::page(include_str!("foreign_key_without_index.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let deployment = facts.deployment;
    let makes = matches!(deployment.server.dialect, Dialect::Mysql | Dialect::Mariadb);
    let Some(last) = deployment.scripts.last().filter(|_| !makes) else { return };
    // An index that a later script makes is there when it counts.
    for table in last.after().relations().filter(|table| table.complete && table.partition_of.is_none()) {
        // The keys that one statement gives a table are told of together.
        let mut by_statement: BTreeMap<Origin, Vec<&Constraint>> = BTreeMap::new();
        for key in table.constraints.iter().filter(|key| key.referenced().is_some() && !key.inherited) {
            let served = key.columns.is_empty() || table.indexes.iter().any(|index| serves(index, &key.columns));
            if let Some(made) = key.made.filter(|_| !served) {
                by_statement.entry(made).or_default().push(key);
            }
        }
        out.extend(by_statement.into_iter().filter_map(|(made, keys)| unserved(facts, table, made, &keys)));
    }
}

/// Whether the first columns of an index are those of the key, in any order.
fn serves(index: &Index, columns: &[String]) -> bool {
    let first = || index.parts.iter().take(columns.len()).map(|part| part.column.as_ref());
    let all = columns.iter().all(|column| first().any(|part| part == Some(column)));
    all && index.valid && !matches!(index.method.as_deref(), Some("brin" | "gin" | "fulltext" | "xml" | "spatial"))
}

fn unserved(facts: &Facts<'_>, table: &Relation, made: Origin, keys: &[&Constraint]) -> Option<Finding> {
    let statement = at(facts.deployment, made).filter(|statement| statement.played.turn.role == Role::Pending)?;
    let (first, others) = keys.split_first()?;
    let name = statement.spelled(&table.name);
    let spelled = |key: &Constraint| {
        let columns = key.columns.iter().map(|column| statement.spelled(&ObjectName::new("", column)));
        columns.collect::<Vec<_>>().join(", ")
    };
    let (columns, referenced) = (spelled(first), statement.spelled(first.referenced()?));
    let hurt = match statement.dialect() {
        Dialect::Oracle => format!("each DELETE in `{referenced}` locks all of `{name}` against writers"),
        _ => format!("each DELETE in `{referenced}` reads all of `{name}`"),
    };
    let more = if others.is_empty() {
        String::new()
    } else {
        format!(", nor with that of {}", counted(others.len(), "other"))
    };
    let message = format!("no index of `{name}` begins with the foreign key's `{columns}`{more}: {hurt}");
    let place = |key: &Constraint| place(statement.request, &key.columns).unwrap_or(statement.request.span);
    let mut finding = statement.finding(message, place(first));
    for other in others {
        finding = finding.with(statement.label(place(other)).says(format!("`{}` has no index either", spelled(other))));
    }
    let indexes: Vec<String> = keys.iter().map(|key| format!("CREATE INDEX ON {name} ({})", spelled(key))).collect();
    finding = finding.help(match statement.dialect() {
        Dialect::Postgres => format!("add an index: `{}`", concurrently(&indexes[0])),
        _ => format!("add an index on `{name}` ({columns})"),
    });
    // Each partition needs an index of its own first, which is more than an edit.
    if statement.is_postgres() && table.partition_key.is_none() {
        let description = format!("index_{}", first.columns.join("_"));
        finding.fixes.extend(with_indexes(facts, &statement, table, &indexes, &description));
    }
    Some(finding)
}

fn concurrently(index: &str) -> String {
    index.replacen("INDEX", "INDEX CONCURRENTLY", 1)
}

fn with_indexes(
    facts: &Facts<'_>,
    statement: &Statement<'_>,
    table: &Relation,
    indexes: &[String],
    description: &str,
) -> Option<Fix> {
    if statement.played.is_new(table.made) {
        let text: Vec<String> = indexes.iter().map(|index| format!("{index};")).collect();
        return Some(review("index it", vec![statement.after(&text.join("\n"))?]));
    }
    let text: Vec<String> = indexes.iter().map(|index| concurrently(index) + ";\n").collect();
    Some(review("index it in a new script", vec![facts.new_script(statement, description, &text.concat())?]))
}

/// Where a statement writes the key of those columns.
fn place(request: &Request, columns: &[String]) -> Option<Span> {
    let same = |written: &[Identifier]| {
        written.len() == columns.len()
            && written.iter().zip(columns).all(|(one, two)| one.text.eq_ignore_ascii_case(two))
    };
    let of_table = |constraint: &Written| match &constraint.kind {
        ConstraintKind::ForeignKey(key) if same(&key.columns) => Some(constraint.span),
        _ => None,
    };
    let of_column = |column: &crate::change::ColumnDefinition| {
        let key = column.constraints.iter().find(|one| matches!(one.kind, ConstraintKind::ForeignKey(_)))?;
        same(std::slice::from_ref(&column.name)).then_some(key.span)
    };
    match &request.change {
        Change::CreateTable(table) => {
            let found = table.constraints.iter().find_map(of_table);
            found.or_else(|| table.columns.iter().find_map(of_column))
        }
        Change::Alter(alter) => alter.actions.iter().find_map(|action| match &action.what {
            AlterAction::AddConstraint { constraint, .. } => of_table(constraint),
            AlterAction::AddColumn { column, .. } => of_column(column),
            _ => None,
        }),
        _ => None,
    }
}
