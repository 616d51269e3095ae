use crate::catalog::Known;
use crate::change::{AlterAction, ColumnChange};
use crate::finding::{Finding, Severity};

use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "dropped-not-null",
    group: Group::Compatibility,
    summary: "a column takes NULL that the running application does not expect there",
    severity: Severity::Info,
    page: Rule::page(include_str!("dropped_not_null.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (alter, action) in statement.actions() {
            let column = match &action.what {
                AlterAction::AlterColumn {
                    column,
                    change: ColumnChange::DropNotNull | ColumnChange::SetType { nullable: Some(true), .. },
                } => column,
                AlterAction::ModifyColumn { from: None, column, .. } if column.nullable == Some(true) => &column.name,
                _ => continue,
            };
            let Some(table) = statement.old_table(alter) else { continue };
            let Known::Present(found) = statement.column(&table, column) else { continue };
            if found.nullable != Some(false) || statement.played.is_new(found.made) {
                continue;
            }
            let table = statement.spelled(&table);
            let message = format!(
                "`{column}` of `{table}` takes NULL from here on, and the running application may not expect it"
            );
            let help = format!("deploy the version that reads NULL in `{column}` before one that writes it");
            out.push(statement.finding(message, action.span).help(help));
        }
    }
}
