use crate::change::{Change, Transaction, TransactionModel};
use crate::deployment::{Opener, Played};
use crate::finding::{Finding, Severity};
use crate::impact::Transactional;
use crate::sql::Dialect;
use crate::text::Span;

use super::rewriting::review;
use super::statement::{Statement, of_script};
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "unclosed-transaction",
    group: Group::Transactions,
    summary: "a script opens a transaction that nobody ends",
    severity: Severity::Error,
    page: Rule::page(include_str!("unclosed_transaction.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    out.extend(together.pending().filter_map(|played| left_open(together, played)));
}

fn left_open(together: &Together<'_>, played: &Played) -> Option<Finding> {
    let all: Vec<Statement<'_>> = of_script(together.deployment, played).collect();
    let nested = together.deployment.server.dialect == Dialect::SqlServer;
    // The runner commits once, which ends whatever is open, but for transactions of SQL Server inside of each other.
    if !nested && played.turn.runner.model != TransactionModel::Statement {
        return None;
    }
    let begin = if nested { nested_begin(&all) } else { last_begin(&all) }?;
    let message = "the script opens a transaction here and does not end it: its changes are lost with the connection, and its locks stay until then";
    let mut finding =
        begin.finding(message, begin.request.span).help("end it with COMMIT, or leave it to the runner to open one");
    let last = all.last()?;
    let end = last.text.len();
    let line = if last.text.ends_with('\n') { "" } else { "\n" };
    let terminator = if nested { "GO\nCOMMIT;\n" } else { "COMMIT;\n" };
    let edit = last.replace(Span { start: end, end }, format!("{line}{terminator}"));
    finding.fixes.push(review("commit at the end of the script", vec![edit]));
    Some(finding)
}

fn control<'a>(statement: &Statement<'a>) -> Option<&'a Transaction> {
    if let Change::Transaction(change) = &statement.request.change { Some(change) } else { None }
}

/// The outermost `BEGIN TRANSACTION` that more of them follow than `COMMIT`.
fn nested_begin<'s, 'a>(all: &'s [Statement<'a>]) -> Option<&'s Statement<'a>> {
    let mut open = Vec::new();
    for statement in all {
        match control(statement) {
            Some(Transaction::Begin) => open.push(statement),
            Some(Transaction::Commit) => drop(open.pop()),
            Some(Transaction::Rollback) => open.clear(),
            // What stands in a block may end it, under a condition.
            None if matches!(statement.request.change, Change::Block(_)) => open.clear(),
            _ => {}
        }
    }
    open.first().copied()
}

fn last_begin<'s, 'a>(all: &'s [Statement<'a>]) -> Option<&'s Statement<'a>> {
    let last = all.last()?;
    let begin = all.iter().rev().find(|statement| matches!(control(statement), Some(Transaction::Begin)))?;
    let by_script = last.step.transaction.is_some_and(|open| open.opener == Opener::Script);
    let open = match control(last) {
        Some(Transaction::Begin) => true,
        Some(Transaction::Commit | Transaction::Rollback | Transaction::TwoPhase) => false,
        _ => by_script && last.step.impact.transactional != Transactional::Commits,
    };
    open.then_some(begin)
}
