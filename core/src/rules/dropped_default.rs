use crate::catalog::{Column, ConstraintKind, Known, ObjectName};
use crate::change::{Alter, AlterAction, Change, ColumnChange};
use crate::finding::{Finding, Fix, Severity};

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "dropped-default",
    group: Group::Compatibility,
    summary: "a required column loses its default, so that inserts which leave it out fail",
    severity: Severity::Warning,
    page: Rule::page(include_str!("dropped_default.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (alter, action) in statement.actions() {
            let Some(table) = statement.old_table(alter) else { continue };
            let Some(column) = without_default(&statement, &table, &action.what) else { continue };
            if column.nullable != Some(false) || has_value_at_the_end(&statement, &table, &column.name) {
                continue;
            }
            let name = &column.name;
            let spelled = statement.spelled(&table);
            let when = if statement.played.is_new(column.made) {
                ", which this deployment adds, loses its default again"
            } else {
                " loses its default"
            };
            let message = format!(
                "the required column `{name}` of `{spelled}`{when}: INSERTs of the running application that leave it out fail"
            );
            let help = format!(
                "keep the default until all running versions of the application write `{name}`, and drop it in a later deployment"
            );
            let mut finding = statement.finding(message, action.span).help(help);
            finding.fixes.extend(kept(&statement, alter));
            out.push(finding);
        }
    }
}

/// The column whose default goes.
fn without_default<'a>(statement: &Statement<'a>, table: &ObjectName, action: &AlterAction) -> Option<&'a Column> {
    match action {
        AlterAction::AlterColumn { column, change: ColumnChange::DropDefault } => {
            statement.column(table, column).present()
        }
        AlterAction::DropConstraint { name, .. } => {
            let found = statement.catalog().relation(table).present()?;
            let Known::Present(key) = found.constraint(&statement.catalog().fold(name.last())) else { return None };
            let of_default = key.kind == ConstraintKind::Default;
            found.column(key.columns.first().filter(|_| of_default)?).present()
        }
        _ => None,
    }
}

/// Whether the column is gone when the deployment has ended, or gets values in another way.
fn has_value_at_the_end(statement: &Statement<'_>, table: &ObjectName, column: &str) -> bool {
    let found = statement.ending().relation(table).present().map(|table| table.column(column));
    let Some(Known::Present(found)) = found else { return true };
    found.default.is_some() || found.identity.is_some() || found.generated.is_some() || found.nullable != Some(false)
}

/// The script without the statement.
fn kept(statement: &Statement<'_>, alter: &Alter) -> Option<Fix> {
    let whole = matches!(statement.request.change, Change::Alter(_)) && alter.actions.len() == 1;
    (whole && !statement.is_alone()).then(|| review("keep the default", vec![statement.remove()]))
}
