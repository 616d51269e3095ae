use crate::change::{Change, Identifier};
use crate::finding::{Finding, Severity};
use crate::impact::{Effect, Stops, Work};
use crate::text::{Casing, Span};

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "forced-blocking-clause",
    group: Group::Locks,
    summary: "ALGORITHM or LOCK asks MySQL or MariaDB to block more than it has to",
    severity: Severity::Warning,
    page: Rule::page(include_str!("forced_blocking_clause.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_mysql) {
        if statement.step.impact.fails.is_none() {
            out.extend(forced(&statement));
        }
    }
}

fn forced(statement: &Statement<'_>) -> Option<Finding> {
    let (algorithm, lock) = clauses(&statement.request.change)?;
    let copies = |effect: &&Effect| effect.fact.name == "algorithm-asked" && effect.stops.writes;
    let waits = |effect: &&Effect| matches!(effect.work, Work::Lock(_)) && effect.stops != Stops::NOBODY;
    if let Some(effect) = statement.effects().find(copies) {
        let word = algorithm.map_or("COPY", |word| &word.text).upper();
        return finding(statement, effect, "ALGORITHM", &word, algorithm.map(|word| word.span));
    }
    let lock = lock?;
    let asked = lock.text.upper();
    let needed = statement.step.impact.lock.unwrap_or("NONE");
    let more = match asked.as_str() {
        "EXCLUSIVE" => needed != "EXCLUSIVE",
        "SHARED" => matches!(needed, "NONE" | "DEFAULT"),
        _ => false,
    };
    let effect = statement.effects().find(waits).filter(|_| more)?;
    finding(statement, effect, "LOCK", &asked, Some(lock.span))
}

fn finding(
    statement: &Statement<'_>,
    effect: &Effect,
    clause: &str,
    asked: &str,
    span: Option<Span>,
) -> Option<Finding> {
    let table = statement.spelled(&effect.relation);
    let wait = statement.long_wait(&effect.relation)?;
    let server = statement.server_name();
    let message =
        format!("{clause}={asked} makes others wait for `{table}` though {server} needs no such thing: {wait}");
    let help = format!("leave {clause}={asked} out, and the server takes the cheapest way it has");
    let mut finding = statement.finding(message, span.unwrap_or(effect.span)).help(help);
    if let Some(span) = span {
        let title = format!("leave {clause} to the server");
        finding.fixes.push(review(title, vec![statement.replace(span, "DEFAULT")]));
    }
    Some(finding)
}

/// `ALGORITHM` and `LOCK` of a statement.
fn clauses(change: &Change) -> Option<(Option<&Identifier>, Option<&Identifier>)> {
    match change {
        Change::Alter(alter) => Some((alter.algorithm.as_ref(), alter.lock.as_ref())),
        Change::CreateIndex(index) => Some((index.algorithm.as_ref(), index.lock.as_ref())),
        Change::Drop(drop) => Some((drop.algorithm.as_ref(), drop.lock.as_ref())),
        _ => None,
    }
}
