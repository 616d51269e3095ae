use std::collections::BTreeSet;

use crate::catalog::ObjectName;
use crate::change::AlterAction;
use crate::finding::{Finding, Severity};
use crate::impact::{Effect, Stops, Work};
use crate::sql::Dialect;
use crate::text::Span;

use super::asking::column_of;
use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "blocking-rewrite",
    group: Group::Locks,
    summary: "SQL Server or Oracle writes all rows of a table while its users wait",
    severity: Severity::Warning,
    page: Rule::page(include_str!("blocking_rewrite.md")),
    check: Check::Together(check),
};

const FACTS: [&str; 9] = [
    "add-column-default",
    "add-identity",
    "add-stored-column",
    "change-type",
    "drop-column",
    "move-table",
    "rebuild-table",
    "volatile-default",
    "with-values",
];

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let knows = |statement: &Statement<'_>| matches!(statement.dialect(), Dialect::SqlServer | Dialect::Oracle);
    // The same thing is said once for a table and script.
    let mut said: BTreeSet<(&str, &ObjectName, &str)> = BTreeSet::new();
    for statement in together.statements().filter(knows).filter(|statement| statement.step.impact.fails.is_none()) {
        let rewrites = |effect: &&Effect| {
            effect.work == Work::Rewrite && effect.stops != Stops::NOBODY && FACTS.contains(&effect.fact.name)
        };
        for effect in statement.effects().filter(rewrites) {
            if said.insert((statement.path(), &effect.relation, effect.fact.name)) {
                out.extend(rewritten(&statement, effect));
            }
        }
    }
}

fn rewritten(statement: &Statement<'_>, effect: &Effect) -> Option<Finding> {
    let table = statement.spelled(&effect.relation);
    let wait = statement.long_wait(&effect.relation)?;
    let server = statement.server_name();
    let message = format!("on {server} all rows of `{table}` are written, and {wait}: {}", effect.fact.reason);
    let action = statement.action(effect);
    let column = column_of(action).unwrap_or("the column");
    let mut finding = statement.finding(message, effect.span).help(recipe(statement, effect, &table, column));
    if let Some(AlterAction::Move { online: false }) = action.map(|action| &action.what)
        && statement.server().is_at_least(12, 2, 0)
        && statement.words(effect.span).get(..4).is_some_and(|word| word.eq_ignore_ascii_case("MOVE"))
    {
        let at = effect.span.start + "MOVE".len();
        let edit = statement.replace(Span { start: at, end: at }, " ONLINE");
        finding.fixes.push(review("move it ONLINE", vec![edit]));
    }
    Some(finding)
}

fn recipe(statement: &Statement<'_>, effect: &Effect, table: &str, column: &str) -> String {
    let oracle = statement.dialect() == Dialect::Oracle;
    let online = statement.online_note();
    match effect.fact.name {
        "add-column-default" | "volatile-default" => format!(
            "add `{column}` so that it takes NULL and without its default, then set the default, and fill the rows in batches; make it NOT NULL in a later deployment"
        ),
        "with-values" => "leave WITH VALUES out, and fill the rows in batches in a later script".to_owned(),
        "add-stored-column" => format!("leave PERSISTED out of `{column}`, and index it if it is searched for"),
        "add-identity" => format!(
            "make a new table with `{column}`, copy the rows in batches, and change names in a later deployment; or run it at a quiet hour"
        ),
        "change-type" => {
            let online = online.map_or_else(String::new, |note| format!("; or say WITH (ONLINE = ON){note}"));
            format!(
                "add a column of the new type and write both in this deployment, fill it in batches, then read it and drop `{column}` in a later one{online}"
            )
        }
        "drop-column" => format!(
            "ALTER TABLE {table} SET UNUSED ({column}) ONLINE now, and DROP UNUSED COLUMNS CHECKPOINT 10000 in a later deployment at a quiet hour"
        ),
        "move-table" if online.is_some() => {
            format!("say ONLINE, which also keeps the indexes usable{}", online.unwrap_or_default())
        }
        _ => match online.filter(|_| !oracle) {
            Some(note) => format!("say WITH (ONLINE = ON){note}"),
            None => "run it at a quiet hour".to_owned(),
        },
    }
}
