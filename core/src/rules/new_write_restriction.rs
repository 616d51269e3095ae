use crate::catalog::{Known, ObjectName};
use crate::change::{Alter, AlterAction, ColumnChange, ConstraintKind, Identifier};
use crate::finding::{Finding, Severity};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "new-write-restriction",
    group: Group::Compatibility,
    summary: "a table refuses rows that the running application may still write",
    severity: Severity::Info,
    page: Rule::page(include_str!("new_write_restriction.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (alter, action) in statement.actions() {
            let Some(table) = statement.old_table(alter) else { continue };
            let Some(refuses) = restriction(&statement, alter, &table, &action.what) else { continue };
            let spelled = statement.spelled(&table);
            let message =
                format!("`{spelled}` refuses rows {refuses} from here on, and the running application may write such");
            out.push(statement.finding(message, action.span).help(
                "deploy the version of the application that writes no such rows first, and this in a later deployment",
            ));
        }
    }
}

/// Which rows are refused from then on, where others than before.
fn restriction(statement: &Statement<'_>, alter: &Alter, table: &ObjectName, action: &AlterAction) -> Option<String> {
    let without = |column: &Identifier| demands_more(statement, table, column).then(|| format!("without `{column}`"));
    match action {
        AlterAction::AlterColumn { column, change: ColumnChange::SetNotNull } => without(column),
        AlterAction::AlterColumn { column, change: ColumnChange::SetType { nullable: Some(false), .. } } => {
            without(column)
        }
        AlterAction::ModifyColumn { from, column, .. } if column.nullable == Some(false) => {
            without(from.as_ref().unwrap_or(&column.name))
        }
        AlterAction::AddConstraint { constraint, .. } if constraint.enforced != Some(false) => match &constraint.kind {
            ConstraintKind::NotNull(Some(column)) => without(column),
            ConstraintKind::Check(_) => {
                let name =
                    constraint.name.as_ref().map_or_else(|| "its new check".to_owned(), |name| format!("`{name}`"));
                let again = constraint
                    .name
                    .as_ref()
                    .is_some_and(|name| replaces(alter, name) || was_there(statement, table, name));
                (!again && speaks_of_old_columns(statement, table)).then(|| format!("that {name} does not take"))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether inserts that leave a column out pass before the statement, and not after it.
fn demands_more(statement: &Statement<'_>, table: &ObjectName, column: &Identifier) -> bool {
    match statement.column(table, column) {
        Known::Present(found) => {
            let has_value = found.default.is_some() || found.identity.is_some() || found.generated.is_some();
            let catalog = statement.catalog();
            let proved = catalog.constraints_of(table).any(|check| check.demands_value(&found.name));
            found.nullable == Some(true) && !has_value && !proved
        }
        Known::Absent | Known::Unknown => false,
    }
}

/// Whether the check that the statement adds is about a column that the running application writes.
fn speaks_of_old_columns(statement: &Statement<'_>, table: &ObjectName) -> bool {
    let own = statement.origin();
    let Known::Present(found) = statement.catalog().relation(table) else { return false };
    let is_old =
        |name: &String| found.column(name).present().is_some_and(|column| !statement.played.is_new(column.made));
    let checks = statement.schema_after().constraints_of(table).filter(|check| check.made == Some(own));
    checks.flat_map(|check| &check.columns).any(is_old)
}

/// Whether the same statement drops a constraint of that name: what it says may be less than before.
fn replaces(alter: &Alter, name: &Identifier) -> bool {
    alter.actions.iter().any(|action| matches!(&action.what, AlterAction::DropConstraint { name: gone, .. } if gone.last().text == name.text))
}

/// Whether the table had a constraint of that name when the deployment began.
fn was_there(statement: &Statement<'_>, table: &ObjectName, name: &Identifier) -> bool {
    let found = statement.beginning().relation(table).present();
    found.is_some_and(|table| table.constraint(&statement.catalog().fold(name)).is_present())
}
