use crate::catalog::{ObjectName, Origin};
use crate::deployment::HeldLock;
use crate::finding::{Finding, Severity};
use crate::impact::{Target, Work};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "several-tables-locked",
    group: Group::Transactions,
    summary: "a transaction locks several tables that are in use one after the other",
    severity: Severity::Info,
    page: Rule::page(include_str!("several_tables_locked.md")),
    check: Check::Together(check),
};

/// Two tables are rarely a matter of choice, so what can be told apart begins here.
const MANY: usize = 3;

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let mut last: Option<(&str, Option<Origin>)> = None;
    for statement in together.statements() {
        let transaction = (statement.path(), statement.step.transaction.map(|open| open.begin));
        if last != Some(transaction)
            && let Some(finding) = wide(&statement)
        {
            last = Some(transaction);
            out.push(finding);
        }
    }
}

fn wide(statement: &Statement<'_>) -> Option<Finding> {
    statement.step.transaction?;
    // What takes no such lock adds nothing to those that are held.
    statement.effects().find(|effect| matches!(effect.work, Work::Lock(mode) if mode.stops().reads))?;
    let locks: Vec<(&ObjectName, &HeldLock)> = statement
        .step
        .held
        .iter()
        .filter(|(name, held)| {
            let table = matches!(held.target, Target::Table | Target::Partitioned);
            table && held.mode.stops().reads && !statement.is_new(name)
        })
        .collect();
    let mut since: Vec<Origin> = locks.iter().map(|(_, held)| held.since).collect();
    since.sort_unstable();
    since.dedup();
    if since.len() < MANY {
        return None;
    }
    let names: Vec<String> =
        locks.iter().take(MANY).map(|(name, _)| format!("`{}`", statement.spelled(name))).collect();
    let message = format!(
        "from here on the transaction keeps everybody from {} tables, {} among them: it waits for the last while others wait for the first, and may deadlock with them",
        locks.len(),
        names.join(", ")
    );
    Some(statement.finding(message, statement.request.span).help("give each table a script of its own"))
}
