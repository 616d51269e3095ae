use crate::finding::{Finding, Severity};
use crate::impact::Work;

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "default-partition-scan",
    group: Group::Locks,
    summary: "the default partition is searched for rows of a new partition while everybody waits",
    severity: Severity::Warning,
    page: Rule::page(include_str!("default_partition_scan.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for group in statement.groups(Work::Scan, &["default-partition"]) {
            let name = &group.effects[0].relation;
            let default = statement.spelled(name);
            let lock = statement.and_lock(name);
            let message = format!("all rows of the default partition `{default}` are checked for the new bound{lock}");
            let help = format!(
                "add a CHECK to `{default}` that excludes the new bound, NOT VALID, and VALIDATE CONSTRAINT, each in a script before this one; drop it afterwards"
            );
            out.push(statement.finding(message, group.span).help(help));
        }
    }
}
