use crate::catalog::{Constraint, ConstraintKind, Known, ObjectName};
use crate::change::AlterAction;
use crate::finding::{Finding, Severity};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "dropped-constraint",
    group: Group::Compatibility,
    summary: "a foreign key, unique constraint or check is dropped, and what it promised with it",
    severity: Severity::Info,
    page: Rule::page(include_str!("dropped_constraint.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (alter, action) in statement.actions() {
            let AlterAction::DropConstraint { name, .. } = &action.what else { continue };
            let Some(table) = statement.old_table(alter) else { continue };
            let Known::Present(found) = statement.catalog().relation(&table) else { continue };
            let Known::Present(key) = found.constraint(&statement.catalog().fold(name.last())) else { continue };
            let Some(promise) = promise(&key.kind) else { continue };
            if statement.played.is_new(key.made) || is_kept(&statement, &table, key) {
                continue;
            }
            let table = statement.spelled(&table);
            let message = format!("`{name}` of `{table}` is dropped: {promise} from here on");
            out.push(
                statement
                    .finding(message, action.span)
                    .help("where another constraint takes its place, add that in the same deployment, before this"),
            );
        }
    }
}

fn promise(kind: &ConstraintKind) -> Option<&'static str> {
    Some(match kind {
        ConstraintKind::ForeignKey { .. } => "rows may refer to what is not there",
        ConstraintKind::Unique { .. } => "values may stand there twice",
        ConstraintKind::Check { .. } => "rows that it refused may be written",
        ConstraintKind::Exclude { .. } => "rows that exclude each other may be written",
        _ => return None,
    })
}

/// Whether what it demands is demanded when the deployment has ended: by another constraint on the same columns, a unique
/// index, or `NOT NULL`. What is gone with its table or column is not missed either.
fn is_kept(statement: &Statement<'_>, table: &ObjectName, key: &Constraint) -> bool {
    let Known::Present(found) = statement.ending().relation(table) else { return true };
    let kind = std::mem::discriminant(&key.kind);
    let again = |other: &Constraint| std::mem::discriminant(&other.kind) == kind && other.columns == key.columns;
    let is_index = |index: &crate::catalog::Index| {
        index.unique && index.columns().is_some_and(|columns| key.columns.iter().eq(columns))
    };
    let required = key.columns.iter().any(|column| {
        key.demands_value(column) && found.column(column).present().is_some_and(|column| column.nullable == Some(false))
    });
    let is_gone = key.columns.iter().any(|column| found.column(column).is_absent());
    required || is_gone || found.constraints.iter().any(again) || key.has_index() && found.indexes.iter().any(is_index)
}
