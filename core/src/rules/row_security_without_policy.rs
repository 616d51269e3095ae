use crate::catalog::Known;
use crate::change::{AlterAction, ObjectKind};
use crate::finding::{Finding, Severity};

use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "row-security-without-policy",
    group: Group::Compatibility,
    summary: "row level security is switched on for a table that has no policy, so that all its rows vanish",
    severity: Severity::Warning,
    page: Rule::page(include_str!("row_security_without_policy.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (alter, action) in statement.actions() {
            let AlterAction::RowSecurity("enable") = &action.what else { continue };
            let Some(table) = statement.old_table(alter) else { continue };
            let Known::Present(found) = statement.ending().relation(&table) else { continue };
            if !found.complete || found.attached.iter().any(|attached| attached.kind == ObjectKind::Policy) {
                continue;
            }
            let spelled = statement.spelled(&table);
            let message = format!(
                "`{spelled}` has no policy: all roles but its owner see none of its rows from here on, and can write none"
            );
            let help = format!("make its policies first, with CREATE POLICY … ON {spelled} in the same transaction");
            out.push(statement.finding(message, action.span).help(help));
        }
    }
}
