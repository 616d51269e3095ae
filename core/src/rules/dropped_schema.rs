use crate::change::{Change, Drop, Name, ObjectKind};
use crate::finding::{Finding, Severity};
use crate::sql::Dialect;

use super::fate::listed;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "dropped-schema",
    group: Group::DataLoss,
    summary: "a schema or database is dropped with all that is in it",
    severity: Severity::Warning,
    page: Rule::page(include_str!("dropped_schema.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (request, _) in statement.requests() {
            let Change::Drop(drop) = &request.change else { continue };
            for name in
                drop.names.iter().filter(|name| takes_all(&statement, drop) && !is_empty(&statement, drop, name))
            {
                let what = drop.kind.as_str();
                let tables = within(&statement, name);
                let with = if tables.is_empty() { "all that is in it".to_owned() } else { listed(&tables) };
                let message =
                    format!("the {what} `{name}` is dropped with {with}, and the running application may still use it");
                out.push(
                    statement
                        .finding(message, name.span)
                        .help("drop what is in it by name, once nothing uses it, and the empty schema last"),
                );
            }
        }
    }
}

/// Whether the server drops what is inside with it; others refuse while there is something.
fn takes_all(statement: &Statement<'_>, drop: &Drop) -> bool {
    match drop.kind {
        ObjectKind::Database => true,
        ObjectKind::Schema => drop.cascade || statement.is_mysql(),
        ObjectKind::User => statement.dialect() == Dialect::Oracle && drop.cascade,
        _ => false,
    }
}

/// Whether it is new in this deployment, or known to hold nothing.
fn is_empty(statement: &Statement<'_>, drop: &Drop, name: &Name) -> bool {
    let is_schema = drop.kind == ObjectKind::Schema;
    let catalog = statement.catalog();
    let known = is_schema && !catalog.is_open() && within(statement, name).is_empty() && statement.is_postgres();
    known || is_schema && statement.is_new_object(drop.kind, name)
}

/// The tables in it that are known.
fn within(statement: &Statement<'_>, name: &Name) -> Vec<String> {
    let schema = statement.catalog().fold(name.last());
    let inside = statement.catalog().relations().filter(|relation| *relation.name.schema == *schema);
    inside.map(|relation| format!("`{}`", statement.spelled(&relation.name))).collect()
}
