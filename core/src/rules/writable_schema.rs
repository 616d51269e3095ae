use crate::change::Change;
use crate::finding::{Finding, Severity};
use crate::sql::Dialect;
use crate::text::Casing;

use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "writable-schema",
    group: Group::DataLoss,
    summary: "SQLite's own table of the schema is opened for writing",
    severity: Severity::Warning,
    page: Rule::page(include_str!("writable_schema.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| statement.dialect() == Dialect::Sqlite) {
        let Change::Set(setting) = &statement.request.change else { continue };
        let opens = setting.assignments.iter().any(|assignment| {
            let on = |value: &String| ["1", "on", "true", "yes"].contains(&&*value.lower());
            assignment.name == "writable_schema" && assignment.values.first().is_some_and(on)
        });
        if opens {
            let message =
                "with writable_schema on, any mistake in sqlite_schema leaves a database that cannot be opened";
            let finding = statement.finding(message, statement.request.span);
            out.push(finding.help(
                "make a new table, copy the rows with a list of columns, drop the old table and rename the new one",
            ));
        }
    }
}
