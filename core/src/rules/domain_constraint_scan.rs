use crate::change::AlterAction;
use crate::finding::{Finding, Severity};
use crate::impact::Work;

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "domain-constraint-scan",
    group: Group::Locks,
    summary: "all tables with a column of a domain are read while their writers wait",
    severity: Severity::Warning,
    page: Rule::page(include_str!("domain_constraint_scan.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for group in statement.groups(Work::Scan, &["domain-check"]) {
            let Some(clause) = statement.clause(group.span) else { continue };
            let domain = clause.alter.name.as_ref().map_or("the domain", |name| statement.written(name));
            let tables = statement.tables_in_words(&group.relations());
            let lock = statement.and_lock(&group.effects[0].relation);
            let message = format!("all values of `{domain}` in {tables} are checked{lock}");
            let help = match clause.action.what {
                AlterAction::AddConstraint { .. } => format!(
                    "add it NOT VALID, and validate it when nobody writes; or put a CHECK on each table, which VALIDATE CONSTRAINT proves without stopping writers of `{domain}`"
                ),
                AlterAction::ValidateConstraint(_) => {
                    "do it when nobody writes, in a script of its own, with a short lock_timeout".to_owned()
                }
                _ => format!("leave `{domain}` as it is, and put NOT NULL on the columns, proved by a CHECK before"),
            };
            out.push(statement.finding(message, group.span).help(help));
        }
    }
}
