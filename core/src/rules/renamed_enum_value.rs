use crate::change::{AlterAction, ObjectKind};
use crate::finding::{Finding, Severity};

use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "renamed-enum-value",
    group: Group::Compatibility,
    summary: "a value of an enum gets another name while the running application uses the old one",
    severity: Severity::Warning,
    page: Rule::page(include_str!("renamed_enum_value.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (alter, action) in statement.actions() {
            let AlterAction::RenameValue { from, to } = &action.what else { continue };
            let Some(name) = &alter.name else { continue };
            if statement.is_new_object(ObjectKind::Type, name) {
                continue;
            }
            let message = format!(
                "`{from}` of `{name}` becomes `{to}`: statements of the running application that say `{from}` fail"
            );
            out.push(statement.finding(message, action.span).help(format!(
                "add `{to}` beside it, let the application read both and write `{to}`, then change the rows that have `{from}`"
            )));
        }
    }
}
