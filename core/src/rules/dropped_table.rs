use crate::finding::{Finding, Severity};

use super::fate::Fate;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "dropped-table",
    group: Group::DataLoss,
    summary: "a table is dropped with its rows, while the running application may use it",
    severity: Severity::Warning,
    page: Rule::page(include_str!("dropped_table.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (name, full) in statement.dropped_tables() {
            if statement.fate(&full) != Fate::Gone {
                continue;
            }
            let message =
                format!("`{name}` is dropped with all its rows, and the running application may still use it");
            let help = format!(
                "deploy the version that does not use `{name}` first; in a later deployment rename it, and drop it once nobody has missed it"
            );
            out.push(statement.finding(message, name.span).help(help));
        }
    }
}
