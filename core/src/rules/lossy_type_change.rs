use crate::catalog::{Known, Narrowing};
use crate::change::{AlterAction, ColumnChange};
use crate::finding::{Finding, Severity};

use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "lossy-type-change",
    group: Group::DataLoss,
    summary: "the new type of a column does not hold all values of the old one",
    severity: Severity::Warning,
    page: Rule::page(include_str!("lossy_type_change.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (alter, action) in statement.actions() {
            let (column, data_type, computes) = match &action.what {
                AlterAction::AlterColumn { column, change: ColumnChange::SetType { data_type, using, .. } } => {
                    (column, data_type.as_ref(), using.is_some())
                }
                AlterAction::ModifyColumn { from, column, .. } => {
                    let Some(data_type) = &column.data_type else { continue };
                    (from.as_ref().unwrap_or(&column.name), data_type, false)
                }
                _ => continue,
            };
            let Some(table) = statement.old_table(alter) else { continue };
            let Known::Present(found) = statement.column(&table, column) else { continue };
            let (Some(old), false) = (&found.data_type, statement.played.is_new(found.made)) else { continue };
            let new = statement.catalog().column_type(data_type);
            let Some(narrowing) = old.narrows(&new) else { continue };
            let table = statement.spelled(&table);
            let message = format!(
                "`{column}` of `{table}` becomes {new} and was {old}: {}",
                lost(narrowing, computes || statement.is_mysql())
            );
            let help = format!(
                "look first whether a value of `{column}` is concerned; else add a column of the new type beside it and move the values that fit"
            );
            out.push(statement.finding(message, action.span).help(help));
        }
    }
}

/// What becomes of the values that do not fit. `cuts` says that the server may cut them instead of refusing them.
fn lost(narrowing: Narrowing, cuts: bool) -> &'static str {
    match narrowing {
        Narrowing::Range => "the statement fails if a number does not fit",
        Narrowing::Sign => "the statement fails if a number is negative",
        Narrowing::Length if cuts => "longer values are cut off, or the statement fails",
        Narrowing::Length => "the statement fails if a value is longer",
        Narrowing::Fraction => "digits after the point are rounded away without a word",
        Narrowing::Time => "the time of day is lost without a word",
        Narrowing::Values => "rows with a value that is no longer listed lose it, or the statement fails",
    }
}
