use crate::change::AlterAction;
use crate::finding::{Finding, Severity};

use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "disabled-row-security",
    group: Group::Security,
    summary: "row level security is switched off, so that everyone who may read the table sees all its rows",
    severity: Severity::Warning,
    page: Rule::page(include_str!("disabled_row_security.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (alter, action) in statement.actions() {
            let AlterAction::RowSecurity("disable") = &action.what else { continue };
            let Some(table) = statement.old_table(alter) else { continue };
            let spelled = statement.spelled(&table);
            let message =
                format!("the policies of `{spelled}` hold no more: every role that may read it sees all its rows");
            let help = format!("keep it on, and write a policy for the role that needs all rows of `{spelled}`");
            out.push(statement.finding(message, action.span).help(help));
        }
    }
}
