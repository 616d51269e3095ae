use crate::catalog::{Known, ObjectName};
use crate::change::AlterAction;
use crate::finding::{Finding, Severity};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "dropped-primary-key",
    group: Group::Compatibility,
    summary: "a table is left without a primary key",
    severity: Severity::Warning,
    page: Rule::page(include_str!("dropped_primary_key.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (alter, action) in statement.actions() {
            let Some(table) = statement.old_table(alter) else { continue };
            if !drops_key(&statement, &table, &action.what) || has_key_at_the_end(&statement, &table) {
                continue;
            }
            let spelled = statement.spelled(&table);
            let message = format!("`{spelled}` is left without a primary key: {}", effect(&statement));
            let help = format!(
                "drop the old key and add the new one in one ALTER TABLE {spelled}, from a unique index that is built before"
            );
            out.push(statement.finding(message, action.span).help(help));
        }
    }
}

fn effect(statement: &Statement<'_>) -> &'static str {
    if statement.is_postgres() {
        "UPDATE and DELETE fail where it is published without another REPLICA IDENTITY, and rows may stand there twice"
    } else if statement.is_mysql() {
        "replicas search the whole table for each row that changes, and rows may stand there twice"
    } else {
        "rows may stand there twice, and replication and object-relational mappers cannot tell them apart"
    }
}

fn drops_key(statement: &Statement<'_>, table: &ObjectName, action: &AlterAction) -> bool {
    match action {
        AlterAction::DropPrimaryKey => true,
        AlterAction::DropConstraint { name, .. } => {
            let Known::Present(found) = statement.catalog().relation(table) else { return false };
            let name = statement.catalog().fold(name.last());
            found.primary_key().is_some_and(|key| key.name.as_deref() == Some(&name))
        }
        _ => false,
    }
}

fn has_key_at_the_end(statement: &Statement<'_>, table: &ObjectName) -> bool {
    match statement.ending().relation(table) {
        Known::Present(found) => found.primary_key().is_some(),
        _ => true,
    }
}
