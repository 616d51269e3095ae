use crate::finding::{Finding, Severity};
use crate::impact::{Effect, Work};

use super::asking::column_of;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "blocking-in-place-alter",
    group: Group::Locks,
    summary: "MySQL or MariaDB alters a table in place, but its writers wait",
    severity: Severity::Warning,
    page: Rule::page(include_str!("blocking_in_place_alter.md")),
    check: Check::Together(check),
};

const FACTS: [&str; 9] = [
    "add-auto-increment",
    "build-fulltext-index",
    "build-functional-index",
    "build-spatial-index",
    "move-rows",
    "rebuild-partitions",
    "rebuild-with-fulltext",
    "rebuild-with-spatial",
    "system-versioning",
];

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_mysql) {
        let impact = &statement.step.impact;
        if impact.fails.is_none() && impact.algorithm != Some("COPY") {
            out.extend(blocked(&statement));
        }
    }
}

fn blocked(statement: &Statement<'_>) -> Option<Finding> {
    let waits = |effect: &&Effect| {
        matches!(effect.work, Work::Lock(_)) && effect.stops.writes && FACTS.contains(&effect.fact.name)
    };
    let effect = statement.effects().find(waits)?;
    let table = statement.spelled(&effect.relation);
    let wait = statement.long_wait(&effect.relation)?;
    let message = format!("on `{table}` {wait} on {}, since {}", statement.server_name(), effect.fact.reason);
    let column = column_of(statement.action(effect)).unwrap_or("the column");
    let help = match effect.fact.name {
        "add-auto-increment" => format!(
            "add `{column}` as a plain column, fill it in batches in a later script, and make it AUTO_INCREMENT at a quiet hour; or alter `{table}` with gh-ost or pt-online-schema-change"
        ),
        "build-functional-index" => "add the expression as a VIRTUAL column, which is INSTANT, and index that column in a statement of its own, while others write".to_owned(),
        _ => format!("alter `{table}` at a quiet hour, or with gh-ost or pt-online-schema-change"),
    };
    Some(statement.finding(message, effect.span).help(help))
}
