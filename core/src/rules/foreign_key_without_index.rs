use crate::catalog::{Constraint, Index, Relation};
use crate::change::{AlterAction, Change, Constraint as Written, ConstraintKind, Identifier, Request};
use crate::deployment::Role;
use crate::finding::{Finding, Fix, Severity};
use crate::sql::Dialect;
use crate::text::Span;

use super::rewriting::review;
use super::statement::{Statement, at};
use super::{Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "foreign-key-without-index",
    group: Group::Scripts,
    summary: "no index begins with the columns of a foreign key, so each DELETE of a referenced row reads the whole table",
    severity: Severity::Info,
    page: include_str!("foreign_key_without_index.md"),
    check,
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let deployment = facts.deployment;
    let makes = matches!(deployment.server.dialect, Dialect::Mysql | Dialect::Mariadb);
    let Some(last) = deployment.scripts.last().filter(|_| !makes) else { return };
    // An index that a later script makes is there when it counts.
    for table in last.after().relations().filter(|table| table.complete && table.partition_of.is_none()) {
        for key in table.constraints.iter().filter(|key| key.referenced().is_some() && !key.inherited) {
            if !key.columns.is_empty() && !table.indexes.iter().any(|index| serves(index, &key.columns)) {
                out.extend(unserved(facts, table, key));
            }
        }
    }
}

/// Whether the first columns of an index are those of the key, in any order.
fn serves(index: &Index, columns: &[String]) -> bool {
    let first = || index.parts.iter().take(columns.len()).map(|part| part.column.as_ref());
    let all = columns.iter().all(|column| first().any(|part| part == Some(column)));
    all && index.valid && !matches!(index.method.as_deref(), Some("brin" | "gin" | "fulltext" | "xml" | "spatial"))
}

fn unserved(facts: &Facts<'_>, table: &Relation, key: &Constraint) -> Option<Finding> {
    let statement = at(facts.deployment, key.made?).filter(|statement| statement.played.turn.role == Role::Pending)?;
    let (name, columns) = (statement.spelled(&table.name), key.columns.join(", "));
    let referenced = statement.spelled(key.referenced()?);
    let hurt = match statement.dialect() {
        Dialect::Oracle => format!("each DELETE in `{referenced}` locks all of `{name}` against writers"),
        _ => format!("each DELETE in `{referenced}` reads all of `{name}`"),
    };
    let message = format!("no index of `{name}` begins with the foreign key's `{columns}`: {hurt}");
    let span = place(statement.request, &key.columns).unwrap_or(statement.request.span);
    let index = format!("CREATE INDEX ON {name} ({columns})");
    let mut finding = statement.finding(message, span).help(match statement.dialect() {
        Dialect::Postgres => format!("add an index: `{}`", index.replace("INDEX", "INDEX CONCURRENTLY")),
        _ => format!("add an index on `{name}` ({columns})"),
    });
    // Each partition needs an index of its own first, which is more than an edit.
    if statement.is_postgres() && table.partition_key.is_none() {
        finding.fixes.extend(with_index(facts, &statement, table, &index, &columns));
    }
    Some(finding)
}

fn with_index(
    facts: &Facts<'_>,
    statement: &Statement<'_>,
    table: &Relation,
    index: &str,
    columns: &str,
) -> Option<Fix> {
    if statement.played.is_new(table.made) {
        return Some(review("index it", vec![statement.after(&format!("{index};"))?]));
    }
    let description = format!("index_{}", columns.replace(", ", "_"));
    let text = format!("{};\n", index.replace("INDEX", "INDEX CONCURRENTLY"));
    Some(review("index it in a new script", vec![facts.new_script(statement, &description, &text)?]))
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
