use crate::change::{Change, Transaction};
use crate::finding::{Finding, Severity};
use crate::impact::{Effect, LockMode, Work};
use crate::sql::Dialect;

use super::statement::{Statement, of_script};
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "online-in-transaction",
    group: Group::Transactions,
    summary: "the last lock of an ONLINE operation is held on, because its transaction goes on",
    severity: Severity::Warning,
    page: Rule::page(include_str!("online_in_transaction.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| statement.dialect() == Dialect::SqlServer) {
        if statement.step.impact.fails.is_none() && !statement.step.refused_in_transaction {
            out.extend(held(&statement));
        }
    }
}

fn held(statement: &Statement<'_>) -> Option<Finding> {
    let open = statement.step.transaction?;
    let online = |effect: &&Effect| {
        let quiet = effect.stops == crate::impact::Stops::NOBODY;
        matches!(effect.work, Work::Scan | Work::Rewrite) && quiet && effect.fact.name != "update-statistics"
    };
    let effect = statement.effects().find(online)?;
    let next = of_script(statement.deployment, statement.played).find(|later| {
        let same = later.step.transaction.is_some_and(|other| other.begin == open.begin);
        let ends = matches!(later.request.change, Change::Transaction(Transaction::Commit | Transaction::Rollback));
        same && later.step.statement > statement.step.statement && !ends
    })?;
    let (mode, _) = strongest(statement, effect)?;
    let table = statement.spelled(&effect.relation);
    let message = format!(
        "{} on `{table}`, which an ONLINE operation takes only at its end, is held on: the transaction goes on after it",
        mode.as_str()
    );
    let finding = statement.finding(message, effect.span);
    let finding = finding.with(next.label(next.request.span).says("it is held while this runs"));
    Some(finding.help("put the ONLINE operation into a script of its own, which runs without a transaction"))
}

fn strongest<'a>(statement: &Statement<'a>, effect: &Effect) -> Option<(LockMode, &'a Effect)> {
    let own = statement.effects().filter(|other| other.relation == effect.relation);
    let locks = own.filter_map(|other| if let Work::Lock(mode) = other.work { Some((mode, other)) } else { None });
    locks.max_by_key(|(mode, _)| *mode)
}
