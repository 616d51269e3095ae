use crate::change::{Change, Request};
use crate::deployment::Opener;
use crate::finding::{Finding, Severity};
use crate::impact::Transactional;
use crate::sql::Dialect;
use crate::text::Span;

use super::refused_in_transaction::called;
use super::rerun::Rerun;
use super::rewriting::review;
use super::statement::{Statement, of_script};
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unrepeatable-statement",
    group: Group::Idempotency,
    summary: "a statement that is not rolled back with its script fails when the script runs again",
    severity: Severity::Info,
    page: Rule::page(include_str!("unrepeatable_statement.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for rerun in facts.reruns(&RULE).filter(|rerun| rerun.played.steps.len() > 1) {
        out.extend(of_one(facts, &rerun));
    }
}

/// What stays when a later statement of the script fails.
fn of_one(facts: &Facts<'_>, rerun: &Rerun<'_>) -> Vec<Finding> {
    let all: Vec<Statement<'_>> = of_script(facts.deployment, rerun.played).collect();
    let last = rerun.played.steps.len() - 1;
    let stays = |statement: &&Statement<'_>| {
        let step = statement.step;
        let committed = match step.transaction {
            None => true,
            // The script's own transaction is committed before what comes after it.
            Some(open) if open.opener == Opener::Script => {
                let is_after = |other: &Statement<'_>| other.step.statement > step.statement && !controls(other);
                all.iter().any(|other| is_after(other) && other.step.transaction != Some(open))
            }
            Some(_) => false,
        };
        step.statement < last && (committed || step.impact.transactional == Transactional::Commits)
    };
    let staying = all.iter().filter(stays);
    staying.filter_map(|statement| unguarded(statement, &rerun.note())).collect()
}

/// Whether it begins or ends a transaction, which leaves nothing behind.
fn controls(statement: &Statement<'_>) -> bool {
    matches!(statement.request.change, Change::Transaction(_))
}

fn unguarded(statement: &Statement<'_>, note: &str) -> Option<Finding> {
    let (guard, guarded) = guard(statement.request)?;
    if guarded {
        return None;
    }
    let what = called(statement.request);
    let message =
        format!("{what} stays when a later statement of the script fails, and fails itself when the script runs again");
    let takes = match (statement.dialect(), &statement.request.change) {
        // An invalid index that a failure leaves would be taken for done.
        (_, Change::CreateIndex(index)) if index.concurrently => false,
        (Dialect::Postgres | Dialect::Sqlite | Dialect::Mariadb, _) => true,
        (Dialect::Mysql, change) => !matches!(change, Change::CreateIndex(_)) && what != "DROP INDEX",
        (Dialect::SqlServer, change) => matches!(change, Change::Drop(_)),
        _ => false,
    };
    if !takes {
        return Some(
            statement.finding(message, statement.request.span).help(format!("give it a script of its own{note}")),
        );
    }
    let mut finding = statement.finding(message, statement.request.span);
    finding = finding.help(format!("say {guard}, or give it a script of its own{note}"));
    let words = statement.words(statement.request.span);
    // The words of the statement's kind stand before the name, so the guard comes right after them.
    if let Some(at) = words.to_ascii_uppercase().strip_prefix(&what).map(|_| what.len()) {
        let start = statement.request.span.start + at;
        let edit = statement.replace(Span { start, end: start }, format!(" {guard}"));
        finding.fixes.push(review(format!("say {guard}"), vec![edit]));
    }
    Some(finding)
}

/// The words that let a statement be repeated, and whether it has them.
fn guard(request: &Request) -> Option<(&'static str, bool)> {
    Some(match &request.change {
        Change::CreateTable(table) => ("IF NOT EXISTS", table.if_not_exists || table.or_replace || table.temporary),
        Change::CreateIndex(index) => ("IF NOT EXISTS", index.if_not_exists || index.or_replace),
        Change::Drop(drop) => ("IF EXISTS", drop.if_exists),
        _ => return None,
    })
}
