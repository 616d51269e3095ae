use crate::finding::{Finding, Severity};
use crate::impact::{Effect, Work};

use super::asking::column_of;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "copying-alter",
    group: Group::Locks,
    summary: "MySQL or MariaDB copies a table while its writers wait",
    severity: Severity::Warning,
    page: Rule::page(include_str!("copying_alter.md")),
    check: Check::Together(check),
};

/// What is copied whatever `ALGORITHM` says.
const ALWAYS: [&str; 3] = ["change-engine", "partition-table", "order-by"];

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_mysql) {
        if statement.step.impact.fails.is_none() {
            out.extend(copied(&statement));
        }
    }
}

fn copied(statement: &Statement<'_>) -> Option<Finding> {
    let copies = statement.step.impact.algorithm == Some("COPY");
    let is_copy = |effect: &&Effect| {
        let asked = effect.fact.name == "algorithm-asked";
        effect.work == Work::Rewrite && effect.stops.writes && !asked && (copies || ALWAYS.contains(&effect.fact.name))
    };
    let found = statement.effects().find(is_copy)?;
    // What decides may be another clause than the one that builds the table anew.
    let decides = statement.effects().find(|effect| matches!(effect.work, Work::Lock(_)) && effect.stops.writes);
    let effect = decides.filter(|effect| effect.fact.name != "algorithm-asked").unwrap_or(found);
    let table = statement.spelled(&found.relation);
    let wait = statement.long_wait(&found.relation)?;
    let server = statement.server_name();
    let message = format!("{server} copies `{table}`, since {}; {wait}", effect.fact.reason);
    Some(statement.finding(message, effect.span).help(recipe(statement, effect, &table)))
}

/// How to do without the copy.
fn recipe(statement: &Statement<'_>, effect: &Effect, table: &str) -> String {
    let column = column_of(statement.action(effect)).unwrap_or("the column");
    match effect.fact.name {
        "volatile-default" => format!(
            "add `{column}` without its default, which is INSTANT, then set the default, and fill the rows in batches in a later script"
        ),
        "add-stored-column" => format!("make `{column}` VIRTUAL, which is INSTANT, and index it if it is searched for"),
        "change-type" | "lengthen-varchar" | "change-collation" | "change-generated-column" => format!(
            "add a column of the new type and write both in this deployment, fill it in batches, then read it and drop `{column}` in a later one; or alter `{table}` with gh-ost or pt-online-schema-change"
        ),
        "add-foreign-key" => format!(
            "look for rows of `{table}` without a parent first, then add the key with foreign_key_checks = 0 in the session, which works in place and reads no row"
        ),
        "drop-primary-key" => {
            "drop the old and add the new primary key in one ALTER TABLE, which works in place".to_owned()
        }
        "set-not-null" => "set a strict sql_mode before it, with which the server works in place".to_owned(),
        "virtual-column-with-others" => {
            "put the virtual column into an ALTER TABLE of its own, which is INSTANT".to_owned()
        }
        _ => format!(
            "alter `{table}` with gh-ost or pt-online-schema-change, or at a quiet hour; ALGORITHM=INPLACE makes the server refuse rather than copy"
        ),
    }
}
