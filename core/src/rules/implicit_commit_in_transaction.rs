use crate::change::{Change, Transaction};
use crate::deployment::Played;
use crate::finding::{Finding, Severity};
use crate::impact::Transactional;
use crate::sql::Dialect;
use crate::text::Span;

use super::statement::{Statement, of_script};
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "implicit-commit-in-transaction",
    group: Group::Transactions,
    summary: "a statement commits the transaction that its script has opened",
    severity: Severity::Warning,
    page: Rule::page(include_str!("implicit_commit_in_transaction.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let commits = |statement: Dialect| matches!(statement, Dialect::Mysql | Dialect::Mariadb | Dialect::Oracle);
    if commits(together.deployment.server.dialect) {
        for played in together.pending() {
            of_transactions(together, played, out);
        }
    }
}

/// One finding for each transaction of a script.
fn of_transactions(together: &Together<'_>, played: &Played, out: &mut Vec<Finding>) {
    let mut open: Option<Span> = None;
    let mut committed: Option<Statement<'_>> = None;
    for statement in of_script(together.deployment, played) {
        match &statement.request.change {
            Change::Transaction(Transaction::Begin) => (open, committed) = (Some(statement.request.span), None),
            Change::Transaction(ended @ (Transaction::Commit | Transaction::Rollback | Transaction::RollbackTo(_))) => {
                let takes_back = *ended != Transaction::Commit;
                if let (Some(by), Some(begin)) = (committed.take(), open)
                    && (takes_back || statement.is_mysql())
                {
                    out.push(finding(&by, begin, takes_back.then_some(statement.request.span)));
                }
                open = None;
            }
            // Oracle begins a transaction with the first statement that changes rows.
            Change::Insert(_) | Change::Update(_) | Change::Delete(_) | Change::Merge(_)
                if statement.dialect() == Dialect::Oracle && open.is_none() =>
            {
                open = Some(statement.request.span);
            }
            _ if open.is_some() && statement.step.impact.transactional == Transactional::Commits => {
                committed.get_or_insert(statement);
            }
            _ => {}
        }
    }
    if let (Some(by), Some(begin)) = (committed, open)
        && by.is_mysql()
    {
        out.push(finding(&by, begin, None));
    }
}

fn finding(by: &Statement<'_>, begin: Span, back: Option<Span>) -> Finding {
    let kind = by.request.kind();
    let message = match back {
        Some(_) => format!("{kind} commits what came before it, so the ROLLBACK after it takes nothing of that back"),
        None => {
            format!("{kind} commits the transaction that the script has opened: what fails after it leaves half of it")
        }
    };
    let mut finding = by.finding(message, by.request.span);
    finding = finding.with(by.label(begin).says("the transaction begins here"));
    if let Some(back) = back {
        finding = finding.with(by.label(back).says("it rolls back only what came after"));
    }
    finding.help("put what changes the schema and what changes rows into scripts of their own, one schema change each")
}
