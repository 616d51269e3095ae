use crate::change::Change;
use crate::finding::{Finding, Severity};
use crate::impact::{Effect, Stops, Work};

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "unstated-algorithm",
    group: Group::Style,
    summary: "an ALTER TABLE that is cheap now does not say so, and would copy where the table is another than the scripts tell",
    severity: Severity::Info,
    page: Rule::page(include_str!("unstated_algorithm.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_mysql) {
        if statement.step.impact.fails.is_none() {
            out.extend(unstated(&statement));
        }
    }
}

fn unstated(statement: &Statement<'_>) -> Option<Finding> {
    let separator = match &statement.request.change {
        Change::Alter(alter) if alter.algorithm.is_none() && alter.lock.is_none() => ", ",
        Change::CreateIndex(index) if index.algorithm.is_none() && index.lock.is_none() => " ",
        _ => return None,
    };
    let (algorithm, lock) = (statement.step.impact.algorithm?, statement.step.impact.lock?);
    let blocks = |effect: &Effect| effect.stops != Stops::NOBODY;
    if algorithm == "COPY" || lock == "SHARED" || lock == "EXCLUSIVE" || statement.effects().any(blocks) {
        return None;
    }
    let effect = statement.effects().find(|effect| matches!(effect.work, Work::Lock(_)))?;
    let table = statement.spelled(&effect.relation);
    let said = match (algorithm, lock) {
        ("INSTANT", _) | (_, "DEFAULT") => format!("ALGORITHM={algorithm}"),
        _ => format!("ALGORITHM={algorithm}{separator}LOCK={lock}"),
    };
    let server = statement.server_name();
    let message =
        format!("`{table}` can be altered with {said} on {server}, but nothing keeps the server from copying it");
    let at = statement.request.span.end;
    let edit = statement.replace(crate::text::Span { start: at, end: at }, format!("{separator}{said}"));
    let mut finding = statement.finding(message, statement.request.span);
    finding = finding.help(format!("write {said}: where the table cannot be altered so, the server refuses at once"));
    finding.fixes.push(review(format!("say {said}"), vec![edit]));
    Some(finding)
}
