use crate::catalog::{Persistence, RelationKind};
use crate::change::Change;
use crate::deployment::Role;
use crate::finding::{Finding, Severity};

use super::statement::at;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "table-without-primary-key",
    group: Group::Style,
    summary: "a new table has no primary key",
    severity: Severity::Info,
    page: Rule::page(include_str!("table_without_primary_key.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(last) = facts.deployment.scripts.last() else { return };
    for table in last.after().relations() {
        let stays = table.kind == RelationKind::Table && table.persistence != Persistence::Temporary;
        let whole = table.complete && table.partition_of.is_none() && table.inherits.is_empty();
        if !stays || !whole || table.primary_key().is_some() {
            continue;
        }
        let Some(statement) = table.made.and_then(|made| at(facts.deployment, made)) else { continue };
        let Change::CreateTable(written) = &statement.request.change else { continue };
        if statement.played.turn.role == Role::Pending {
            let name = statement.spelled(&table.name);
            let message = format!(
                "`{name}` has no primary key: single rows cannot be told apart, and replication reads the whole table to find one"
            );
            out.push(statement.finding(message, written.name.span).help("declare which columns identify a row"));
        }
    }
}
