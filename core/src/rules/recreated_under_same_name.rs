use crate::change::AlterAction;
use crate::finding::{Finding, Severity};

use super::fate::Fate;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "recreated-under-same-name",
    group: Group::DataLoss,
    summary: "a table or column is dropped and made anew under its name, without what it held",
    severity: Severity::Warning,
    page: Rule::page(include_str!("recreated_under_same_name.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (name, full) in statement.dropped_tables() {
            if statement.fate(&full) != Fate::Recreated {
                continue;
            }
            let message = format!(
                "`{name}` is dropped here and made anew in the same deployment: its rows are gone, though the name stays"
            );
            let help = format!(
                "copy the rows first: make the new table under another name, INSERT … SELECT from `{name}`, then swap the names"
            );
            out.push(statement.finding(message, name.span).help(help));
        }
        columns(&statement, out);
    }
}

fn columns(statement: &Statement<'_>, out: &mut Vec<Finding>) {
    for (alter, action) in statement.actions() {
        let AlterAction::DropColumn { column, .. } = &action.what else { continue };
        let Some(table) = statement.old_table(alter).filter(|table| !statement.is_new_column(table, column)) else {
            continue;
        };
        if statement.fate_of_column(&table, &statement.catalog().fold(column)) != Fate::Recreated {
            continue;
        }
        let table = statement.spelled(&table);
        let message = format!(
            "`{column}` of `{table}` is dropped here and added anew in the same deployment: its values are gone, though the name stays"
        );
        let help = format!(
            "change the type in place, or add a column beside `{column}`, fill it, and drop `{column}` in a later deployment"
        );
        out.push(statement.finding(message, action.span).help(help));
    }
}
