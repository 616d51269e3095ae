use crate::catalog::{Constraint, Relation};
use crate::finding::{Finding, Severity};

use super::rewriting::review;
use super::statement::at;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "constraint-never-validated",
    group: Group::Scripts,
    summary: "a constraint was added NOT VALID, and no script validates it",
    severity: Severity::Info,
    page: Rule::page(include_str!("constraint_never_validated.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let postgres = facts.deployment.server.dialect == crate::sql::Dialect::Postgres;
    let Some(last) = facts.deployment.scripts.last().filter(|_| postgres) else { return };
    for table in last.after().relations() {
        let open = table.constraints.iter().filter(|key| !key.validated && key.enforced && !key.inherited);
        out.extend(open.filter_map(|key| unproved(facts, table, key)));
    }
}

fn unproved(facts: &Facts<'_>, table: &Relation, constraint: &Constraint) -> Option<Finding> {
    let statement = at(facts.deployment, constraint.made?)?;
    let name = constraint.name.as_ref()?;
    let relation = statement.spelled(&table.name);
    let message = format!(
        "no script validates `{name}` of `{relation}`: rows from before may break it, and the planner cannot use it"
    );
    let line = format!("ALTER TABLE {relation} VALIDATE CONSTRAINT {name};");
    let help = format!(
        "add a script for a later deployment, or after this one: `{line}`; it reads all rows while others go on"
    );
    let mut finding = statement.finding(message, statement.request.span).help(help);
    let script = facts.new_script(&statement, &format!("validate_{name}"), &format!("{line}\n"));
    finding.fixes.extend(script.map(|script| review("validate it in a new script", vec![script])));
    Some(finding)
}
