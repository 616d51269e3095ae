use crate::change::{Change, Transaction};
use crate::finding::{Finding, Fix, Severity};
use crate::impact::Transactional;
use crate::sql::Dialect;
use crate::text::Casing;

use super::rewriting::review;
use super::statement::{Statement, of_script};
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "transaction-control-in-script",
    group: Group::Transactions,
    summary: "a script that runs in a transaction begins or ends transactions itself",
    severity: Severity::Warning,
    page: Rule::page(include_str!("transaction_control_in_script.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for played in together.pending() {
        let all: Vec<Statement<'_>> = of_script(together.deployment, played).collect();
        // Where schema changes commit anyway, there is no transaction of the runner to be broken up.
        if !all.iter().any(|statement| statement.step.impact.transactional == Transactional::Commits) {
            out.extend(broken(&all));
        }
    }
}

fn broken(all: &[Statement<'_>]) -> Option<Finding> {
    let controls: Vec<&Statement<'_>> = all.iter().filter(|statement| control(statement).is_some()).collect();
    let mut depth = 0_usize;
    let first = controls.iter().find(|statement| {
        let inner = statement.dialect() == Dialect::SqlServer;
        match control(statement) {
            Some(Transaction::Begin) if inner => depth += 1,
            Some(Transaction::Commit) if inner && depth > 0 => depth -= 1,
            _ => return statement.is_wrapped() && !statement.step.refused_in_transaction,
        }
        false
    })?;
    let ends = controls.iter().find(|other| !matches!(control(other), Some(Transaction::Begin)));
    // Where schema changes commit, the migration is recorded apart from it anyway.
    let apart = first.is_mysql() || first.dialect() == Dialect::Oracle;
    let at_end = ends.is_none_or(|end| is_last(end, all));
    if apart && at_end {
        return None;
    }
    let message = match (control(first)?, ends) {
        (Transaction::Begin, _) if apart => {
            "this commits the transaction that the script runs in, and begins another".to_owned()
        }
        (Transaction::Begin, Some(end)) => format!(
            "the script runs in a transaction already: this begins none, and {} ends it before the migration is recorded",
            word(end)
        ),
        (Transaction::Begin, None) => "the script runs in a transaction already: this begins none".to_owned(),
        (Transaction::Rollback, _) => {
            "this rolls back the transaction that the script runs in, with all before it".to_owned()
        }
        (Transaction::Commit, _) if at_end => {
            "this commits the transaction that the script runs in, before the migration is recorded".to_owned()
        }
        _ => "this commits the transaction that the script runs in: if a later statement fails, what came before stays"
            .to_owned(),
    };
    let mut finding = first
        .finding(message, first.request.span)
        .help("leave BEGIN and COMMIT out; where the parts must commit on their own, give each a script of its own");
    finding.fixes.extend(left_out(&controls));
    Some(finding)
}

/// Whether nothing follows but others that begin and end transactions.
fn is_last(end: &Statement<'_>, all: &[Statement<'_>]) -> bool {
    let after = all.iter().filter(|other| other.step.statement > end.step.statement);
    after.map(control).all(|other| other.is_some())
}

fn control<'a>(statement: &Statement<'a>) -> Option<&'a Transaction> {
    match &statement.request.change {
        Change::Transaction(change @ (Transaction::Begin | Transaction::Commit | Transaction::Rollback)) => {
            Some(change)
        }
        _ => None,
    }
}

fn word(statement: &Statement<'_>) -> String {
    statement.request.kind().upper()
}

fn left_out(controls: &[&Statement<'_>]) -> Option<Fix> {
    if controls.iter().any(|statement| matches!(control(statement), Some(Transaction::Rollback))) {
        return None;
    }
    // The last first, so that no edit moves the place of another.
    let edits = controls.iter().rev().map(|statement| statement.remove()).collect();
    Some(review("leave BEGIN and COMMIT to the runner", edits))
}
