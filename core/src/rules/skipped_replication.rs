use crate::change::Change;
use crate::finding::{Finding, Severity};
use crate::text::Casing;

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "skipped-replication",
    group: Group::DataLoss,
    summary: "what a script does is kept from the replicas and from the backup",
    severity: Severity::Warning,
    page: Rule::page(include_str!("skipped_replication.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_mysql) {
        let Change::Set(setting) = &statement.request.change else { continue };
        let off = setting.assignments.iter().find(|assignment| {
            let off = |value: &String| ["0", "off", "false"].contains(&&*value.lower());
            assignment.name == "sql_log_bin" && assignment.values.first().is_some_and(off)
        });
        if let Some(assignment) = off {
            let message =
                "with sql_log_bin off, no replica does what follows, and no restore to a point in time has it";
            let finding = statement.finding(message, assignment.span);
            out.push(
                finding.help("leave the log on, and let gh-ost or pt-online-schema-change spread the load over time"),
            );
        }
    }
}
