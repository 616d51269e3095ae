use crate::catalog::ObjectName;
use crate::change::{Action, AlterAction, Change};
use crate::deployment::HeldLock;
use crate::finding::{Finding, Fix, Label, Severity};
use crate::impact::{Effect, Stops, Target, Work};

use super::rewriting::review;
use super::statement::{Statement, who_waits};
use super::unfiltered_row_change::unfiltered;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "slow-statement-under-lock",
    group: Group::Transactions,
    summary: "a statement reads or writes many rows while its transaction still holds a lock that others wait for",
    severity: Severity::Warning,
    page: Rule::page(include_str!("slow_statement_under_lock.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let all: Vec<(Statement<'_>, Slow<'_>)> =
        together.statements().filter_map(|statement| Some((statement, Slow::of(&statement)?))).collect();
    // One lock, or one script that should be two, is one cause.
    let one = |left: &Statement<'_>, right: &Statement<'_>| {
        left.path() == right.path() && left.step.transaction == right.step.transaction
    };
    for same in all.chunk_by(|left, right| one(&left.0, &right.0)) {
        if let Some((statement, slow)) = same.first() {
            let mut finding = slow.in_words(statement, same.len() - 1);
            if same.len() == 1 {
                finding.fixes.extend(later(together, statement));
            }
            out.push(finding);
        }
    }
}

/// A statement that takes long under a lock of another.
pub(super) struct Slow<'a> {
    work: &'a Effect,
    locked: &'a ObjectName,
    lock: &'a HeldLock,
    waits: &'static str,
}

impl<'a> Slow<'a> {
    pub(super) fn of(statement: &Statement<'a>) -> Option<Self> {
        let work = long_work(statement)?;
        let (locked, lock) = strongest(statement)?;
        // What keeps others away by itself is said by the rule for that lock.
        let blocks = |effect: &Effect| matches!(effect.work, Work::Lock(mode) if mode.stops() != Stops::NOBODY);
        let waits = who_waits(lock.mode.stops())?;
        (!statement.effects().any(blocks)).then_some(Self { work, locked, lock, waits })
    }

    fn in_words(&self, statement: &Statement<'a>, rest: usize) -> Finding {
        let does = if self.work.work == Work::Scan { "reads all rows of" } else { "writes or locks all rows of" };
        let (read, locked) = (statement.spelled(&self.work.relation), statement.spelled(self.locked));
        let table = if read == locked { "it".to_owned() } else { format!("`{locked}`") };
        let others = match rest {
            0 => String::new(),
            1 => "; so does 1 statement after it".to_owned(),
            _ => format!("; so do {rest} statements after it"),
        };
        let (mode, waits) = (self.lock.mode.as_str(), self.waits);
        let message = format!(
            "this {does} `{read}` while the transaction holds {mode} on {table}: {waits} until it ends{others}"
        );
        let help = if validates(statement) {
            "validate in a script of its own, after the one that adds the constraint: the lock on the table is then a weak one"
        } else {
            "move it into a script of its own, after the schema change; change many rows in batches, each in a transaction of its own"
        };
        let finding = statement.finding(message, statement.request.span).help(help);
        match statement.deployment.place(self.lock.since) {
            Some((path, span)) => finding.with(Label::at(path, span).says("the lock is taken here")),
            None => finding,
        }
    }
}

fn validates(statement: &Statement<'_>) -> bool {
    let is = |action: &Action| matches!(action.what, AlterAction::ValidateConstraint(_));
    matches!(&statement.request.change, Change::Alter(alter) if alter.actions.iter().any(is))
}

/// What takes long: it grows with the rows of a table that is in use.
fn long_work<'a>(statement: &Statement<'a>) -> Option<&'a Effect> {
    let tables = [Target::Table, Target::Partitioned, Target::MaterializedView];
    // An index that is not known may spare the reading.
    let known = |name: &ObjectName| statement.catalog().relation(name).present().is_some_and(|found| found.complete);
    let long = |effect: &&Effect| match effect.work {
        Work::Scan => known(&effect.relation),
        Work::LockRows | Work::Rewrite => true,
        _ => false,
    };
    let long = |effect: &&Effect| tables.contains(&effect.target) && long(effect);
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
fn later(together: &Together<'_>, statement: &Statement<'_>) -> Option<Fix> {
    let last_script = together.facts().deployment.pending().last()?.turn.path == statement.path();
    let last = statement.step.statement + 1 == statement.played.steps.len();
    // What has to be cut into batches is no better off in a script of its own.
    let whole = unfiltered(statement, statement.request).is_some();
    if !(last && last_script) || statement.is_alone() || whole {
        return None;
    }
    let text = format!("{};\n", statement.words(statement.request.span));
    let script =
        together.facts().new_script(statement, if validates(statement) { "validate" } else { "rows" }, &text)?;
    Some(review("run it in a new script", vec![statement.remove(), script]))
}
