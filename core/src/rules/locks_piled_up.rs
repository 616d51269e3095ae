use crate::catalog::ObjectName;
use crate::deployment::HeldLock;
use crate::finding::{Finding, Label, Severity};
use crate::impact::{Effect, Target, Work};

use super::statement::{Statement, who_waits};
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "locks-piled-up",
    group: Group::Locks,
    summary: "a transaction keeps one table locked while it reads or writes all of another under a lock of its own",
    severity: Severity::Warning,
    page: Rule::page(include_str!("locks_piled_up.md")),
    check: Check::Together(check),
};

const TABLES: [Target; 3] = [Target::Table, Target::Partitioned, Target::MaterializedView];

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let mut said = None;
    for statement in together.statements().filter(Statement::is_postgres) {
        let Some(begin) = statement.step.transaction.map(|open| open.begin) else { continue };
        if said != Some(begin)
            && let Some(finding) = piles_up(&statement)
        {
            out.push(finding);
            said = Some(begin);
        }
    }
}

fn piles_up(statement: &Statement<'_>) -> Option<Finding> {
    let blocks = |effect: &&Effect| matches!(effect.work, Work::Lock(mode) if mode.stops().writes);
    let long = |effect: &&Effect| TABLES.contains(&effect.target) && matches!(effect.work, Work::Scan | Work::Rewrite);
    let own: Vec<&ObjectName> = statement.effects().filter(blocks).map(|effect| &effect.relation).collect();
    // Without a lock of its own it is only a slow statement.
    let work = statement.effects().filter(long).find(|effect| own.contains(&&effect.relation))?;
    let touched = |name: &ObjectName| statement.step.impact.effects.iter().any(|effect| effect.relation == *name);
    let earlier = |(name, held): &(&ObjectName, &HeldLock)| {
        TABLES.contains(&held.target)
            && held.mode.stops().writes
            && !touched(name)
            && !statement.is_new(name)
            && !statement.catalog().relation(name).is_absent()
    };
    let (name, earlier) = statement.step.held.iter().filter(earlier).max_by_key(|(_, held)| held.mode)?;
    let does = if work.work == Work::Rewrite { "writes all rows of" } else { "reads all rows of" };
    let (table, other) = (statement.spelled(&work.relation), statement.spelled(name));
    let waits = who_waits(earlier.mode.stops())?;
    let message =
        format!("this {does} `{table}` while {} on `{other}` is still held: {waits} there too", earlier.mode.as_str());
    let help = format!(
        "put what it does to `{table}` into a script of its own, so that each transaction locks one table that is in use"
    );
    let finding = statement.finding(message, work.span).help(help);
    Some(match statement.deployment.place(earlier.since) {
        Some((path, span)) => finding.with(Label::at(path, span).says(format!("`{other}` is locked here"))),
        None => finding,
    })
}
