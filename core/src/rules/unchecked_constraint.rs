use crate::catalog::{Known, ObjectName};
use crate::change::{Action, Alter, AlterAction, Constraint, ConstraintKind, Identifier};
use crate::finding::{Finding, Severity};
use crate::sql::Dialect;
use crate::text::{Casing, Span};

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unchecked-constraint",
    group: Group::Scripts,
    summary: "rows that are there are not checked against a constraint, and no script does so later",
    severity: Severity::Info,
    page: Rule::page(include_str!("unchecked_constraint.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for statement in facts.statements().filter(|statement| !statement.is_postgres()) {
        for (alter, _) in statement.alters() {
            let Some(name) = alter.name.as_ref().filter(|name| !statement.is_new_name(name)) else { continue };
            let table = statement.catalog().relation_name(name);
            for action in &alter.actions {
                out.extend(unchecked(facts, &statement, &table, action));
            }
        }
    }
}

fn unchecked(facts: &Facts<'_>, statement: &Statement<'_>, table: &ObjectName, action: &Action) -> Option<Finding> {
    let spelled = statement.spelled(table);
    match &action.what {
        AlterAction::AddConstraint { constraint, checked, .. } => {
            added(facts, statement, table, constraint, *checked, action.span)
        }
        AlterAction::SwitchConstraint { name: Some(name), enabled: true, validated }
            if statement.dialect() == Dialect::SqlServer && *validated != Some(true) =>
        {
            // To switch on what is on already changes nothing.
            let Known::Present(relation) = statement.catalog().relation(table) else { return None };
            let Known::Present(found) = relation.constraint(&statement.catalog().fold(name)) else { return None };
            if found.enforced || checks_later(facts, table, name) {
                return None;
            }
            let message = format!("{name} of `{spelled}` is on again, but unchecked: the optimizer does not trust it");
            let edit = statement.replace(Span { start: action.span.start, end: action.span.start }, "WITH CHECK ");
            let mut finding = statement.finding(message, action.span);
            finding = finding.help(format!("ALTER TABLE {spelled} WITH CHECK CHECK CONSTRAINT {name}"));
            finding.fixes.push(review("check the rows", vec![edit]));
            Some(finding)
        }
        _ => None,
    }
}

fn added(
    facts: &Facts<'_>,
    statement: &Statement<'_>,
    table: &ObjectName,
    constraint: &Constraint,
    checked: Option<bool>,
    span: Span,
) -> Option<Finding> {
    let name = constraint.name.as_ref();
    let called = name.map_or("a constraint", |name| name.text.as_str());
    let spelled = statement.spelled(table);
    let key = matches!(constraint.kind, ConstraintKind::ForeignKey(_));
    let off = |setting: &str| {
        let values = statement.step.session.get(setting);
        values.is_some_and(|values| values.iter().any(|value| ["0", "off", "false"].contains(&&*value.lower())))
    };
    let help = match statement.dialect() {
        Dialect::Mysql | Dialect::Mariadb if key && off("foreign_key_checks") => format!(
            "look for rows of `{spelled}` without a parent, before this or in a later script: the server never does"
        ),
        Dialect::SqlServer if checked == Some(false) => format!(
            "check it in a later deployment at a quiet hour: ALTER TABLE {spelled} WITH CHECK CHECK CONSTRAINT {called}"
        ),
        Dialect::Oracle if constraint.not_valid && constraint.enforced != Some(false) => format!(
            "check it in a later script, while others write: ALTER TABLE {spelled} MODIFY CONSTRAINT {called} VALIDATE"
        ),
        _ => return None,
    };
    if name.is_some_and(|name| checks_later(facts, table, name)) {
        return None;
    }
    let message = format!("rows that `{spelled}` has are not checked against {called}, and no pending script does so");
    Some(statement.finding(message, span).help(help))
}

/// Whether a pending script checks the rows, or drops the constraint.
fn checks_later(facts: &Facts<'_>, table: &ObjectName, constraint: &Identifier) -> bool {
    facts.statements().any(|statement| {
        let catalog = statement.catalog();
        let same = |name: &Identifier| catalog.fold(name) == catalog.fold(constraint);
        let does = |alter: &Alter| {
            alter.actions.iter().any(|action| match &action.what {
                AlterAction::ValidateConstraint(name) => same(name),
                AlterAction::SwitchConstraint { name, enabled: true, validated: Some(true) } => {
                    name.as_ref().is_none_or(same)
                }
                AlterAction::DropConstraint { name, .. } => same(name.last()),
                _ => false,
            })
        };
        let own = |alter: &Alter| alter.name.as_ref().is_some_and(|name| catalog.relation_name(name) == *table);
        statement.alters().any(|(alter, _)| own(alter) && does(alter))
    })
}
