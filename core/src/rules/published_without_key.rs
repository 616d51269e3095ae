use crate::catalog::{Known, ObjectName};
use crate::change::{AlterAction, Change, CreateObject, ObjectKind};
use crate::finding::{Finding, Severity};
use crate::text::Casing;

use super::statement::{Statement, of_script};
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "published-without-key",
    group: Group::Compatibility,
    summary: "a table is published that has neither a primary key nor another replica identity",
    severity: Severity::Warning,
    page: Rule::page(include_str!("published_without_key.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for statement in facts.statements().filter(Statement::is_postgres).filter(|statement| !statement.fails()) {
        for (request, _) in statement.requests() {
            if let Change::Create(object) = &request.change
                && object.kind == ObjectKind::Publication
                && publishes_changes(&statement, object)
            {
                of_publication(facts, &statement, object, out);
            }
        }
    }
}

fn of_publication(facts: &Facts<'_>, statement: &Statement<'_>, object: &CreateObject, out: &mut Vec<Finding>) {
    for table in &object.tables {
        let full = statement.catalog().relation_name(table);
        let Known::Present(found) = statement.ending().relation(&full) else { continue };
        if !found.complete || found.primary_key().is_some() || has_identity(facts, &full) {
            continue;
        }
        let name = statement.spelled(&full);
        let message =
            format!("`{name}` is published and has no primary key: UPDATE and DELETE of its rows fail from here on");
        let help = format!("add a primary key first, or say ALTER TABLE {name} REPLICA IDENTITY FULL");
        out.push(statement.finding(message, table.span).help(help));
    }
}

/// Whether more than new rows are published.
fn publishes_changes(statement: &Statement<'_>, object: &CreateObject) -> bool {
    let options = object.options.map_or("", |span| statement.words(span)).lower();
    !options.contains("publish") || options.contains("update") || options.contains("delete")
}

/// Whether some script gives the table a replica identity.
fn has_identity(facts: &Facts<'_>, table: &ObjectName) -> bool {
    let gives = |statement: &Statement<'_>| {
        statement.actions().iter().any(|(alter, action)| {
            let same = alter.name.as_ref().is_some_and(|name| statement.catalog().relation_name(name) == *table);
            same && matches!(action.what, AlterAction::ReplicaIdentity(_))
        })
    };
    let mut all = facts.deployment.scripts.iter().flat_map(|played| of_script(facts.deployment, played));
    all.any(|statement| gives(&statement))
}
