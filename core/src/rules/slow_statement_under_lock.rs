use crate::catalog::ObjectName;
use crate::change::{Action, AlterAction, Change};
use crate::deployment::HeldLock;
use crate::finding::{Finding, Fix, Label, Severity};
use crate::impact::{Effect, Target, Work};

use super::rewriting::review;
use super::statement::{Statement, who_waits};
use super::{Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "slow-statement-under-lock",
    group: Group::Transactions,
    summary: "a statement reads or writes many rows while its transaction still holds a lock that others wait for",
    severity: Severity::Warning,
    page: include_str!("slow_statement_under_lock.md"),
    check,
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.statements().filter_map(|statement| slow(facts, &statement)));
}

fn slow(facts: &Facts<'_>, statement: &Statement<'_>) -> Option<Finding> {
    let work = long_work(statement)?;
    let (locked, lock) = strongest(statement)?;
    // What keeps others away by itself is said by the rule for that lock.
    let blocks =
        |effect: &Effect| matches!(effect.work, Work::Lock(mode) if mode.stops() != crate::impact::Stops::NOBODY);
    if statement.effects().any(blocks) {
        return None;
    }
    let does = match work.work {
        Work::Scan => "reads all rows of",
        _ => "writes or locks all rows of",
    };
    let (read, locked) = (statement.spelled(&work.relation), statement.spelled(locked));
    let table = if read == locked { "it".to_owned() } else { format!("`{locked}`") };
    let waits = who_waits(lock.mode.stops())?;
    let message = format!(
        "this {does} `{read}` while the transaction holds {} on {table}: {waits} until it ends",
        lock.mode.as_str()
    );
    let help = if validates(statement) {
        "validate in a script of its own, after the one that adds the constraint: the lock on the table is then a weak one"
    } else {
        "move it into a script of its own, after the schema change; change many rows in batches, each in a transaction of its own"
    };
    let mut finding = statement.finding(message, statement.request.span).help(help);
    if let Some((path, span)) = statement.deployment.place(lock.since) {
        finding = finding.with(Label::at(path, span).says("the lock is taken here"));
    }
    finding.fixes.extend(later(facts, statement));
    Some(finding)
}

fn validates(statement: &Statement<'_>) -> bool {
    let is = |action: &Action| matches!(action.what, AlterAction::ValidateConstraint(_));
    matches!(&statement.request.change, Change::Alter(alter) if alter.actions.iter().any(is))
}

/// What takes long: it grows with the rows of a table that is in use.
fn long_work<'a>(statement: &Statement<'a>) -> Option<&'a Effect> {
    let tables = [Target::Table, Target::Partitioned, Target::MaterializedView];
    let long = |effect: &&Effect| {
        tables.contains(&effect.target) && matches!(effect.work, Work::Scan | Work::LockRows | Work::Rewrite)
    };
    statement.effects().filter(long).max_by_key(|effect| effect.work != Work::Scan)
}

/// The strongest lock on something in use that the transaction held before the statement, where others wait for it.
fn strongest<'a>(statement: &Statement<'a>) -> Option<(&'a ObjectName, &'a HeldLock)> {
    let held = statement.held_before()?.iter();
    let tables = [Target::Table, Target::Partitioned, Target::MaterializedView];
    let waits = held.filter(|(name, held)| {
        tables.contains(&held.target) && who_waits(held.mode.stops()).is_some() && !statement.is_new(name)
    });
    waits.max_by_key(|(_, held)| held.mode)
}

/// The statement in a new script after all others, where nothing follows that may need it.
fn later(facts: &Facts<'_>, statement: &Statement<'_>) -> Option<Fix> {
    let last_script = facts.deployment.pending().last()?.turn.path == statement.path();
    let last = statement.step.statement + 1 == statement.played.steps.len();
    if !(last && last_script) || statement.is_alone() {
        return None;
    }
    let text = format!("{};\n", statement.words(statement.request.span));
    let script = facts.new_script(statement, if validates(statement) { "validate" } else { "rows" }, &text)?;
    Some(review("run it in a new script", vec![statement.remove(), script]))
}
