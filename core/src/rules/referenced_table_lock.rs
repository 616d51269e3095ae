use std::collections::BTreeSet;

use crate::catalog::ObjectName;
use crate::change::{AlterAction, Change};
use crate::finding::{Finding, Severity};
use crate::impact::{Effect, Work};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "referenced-table-lock",
    group: Group::Locks,
    summary: "a foreign key that comes or goes locks the table it points to, which the statement does not change",
    severity: Severity::Info,
    page: Rule::page(include_str!("referenced_table_lock.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    // Each table once for a transaction, in which the lock stays.
    let mut said: BTreeSet<(&str, &ObjectName, bool)> = BTreeSet::new();
    for statement in together.statements().filter(Statement::is_postgres) {
        let mut effects = locks(&statement);
        // With a limit to the wait a key that comes harms nobody.
        let bounded = statement.step.session.milliseconds("lock_timeout", 1).is_some_and(|limit| limit > 0);
        effects.retain(|effect| !bounded || effect.stops.reads);
        effects.retain(|&effect| said.insert((statement.path(), &effect.relation, effect.stops.reads)));
        out.extend(found(&statement, &effects));
    }
}

fn locks<'a>(statement: &Statement<'a>) -> Vec<&'a Effect> {
    let gone = |relation: &ObjectName| {
        statement.step.impact.effects.iter().any(|other| other.relation == *relation && other.fact.name == "drop")
    };
    let wanted = |effect: &&Effect| {
        matches!(effect.work, Work::Lock(mode) if mode.stops().writes)
            && effect.fact.name == "referenced-table"
            && !gone(&effect.relation)
            && says_so(statement, effect)
    };
    statement.effects().filter(wanted).collect()
}

fn found(statement: &Statement<'_>, effects: &[&Effect]) -> Option<Finding> {
    let first = effects.iter().max_by_key(|effect| effect.stops.reads)?;
    let others = effects.iter().map(|effect| &effect.relation).filter(|name| **name != first.relation);
    let others: Vec<&ObjectName> = others.collect::<BTreeSet<_>>().into_iter().collect();
    let comes = !first.stops.reads;
    let attaches = statement
        .clause(first.span)
        .is_some_and(|clause| matches!(clause.action.what, AlterAction::AttachPartition { .. }));
    let key = match (comes, attaches) {
        (true, _) => "a foreign key",
        (false, true) => "a foreign key that the table takes over",
        (false, false) => "a foreign key that goes",
    };
    let lock = statement.lock_in_words(&first.relation)?;
    let also = match others.as_slice() {
        [] => String::new(),
        others => format!("; {} too", statement.tables_in_words(others)),
    };
    let message = format!("{key} {lock}{also}");
    let help = if comes || attaches {
        "set a short lock_timeout before it, so that writers do not queue up behind it"
    } else {
        "drop the foreign keys by themselves first, one in each transaction, with a short lock_timeout"
    };
    Some(statement.finding(message, first.span).help(help))
}

/// Whether the statement is one whose words do not tell that the table is locked: `ADD FOREIGN KEY` does, and a new
/// partition is found by the rule for that.
fn says_so(statement: &Statement<'_>, effect: &Effect) -> bool {
    let adds = statement.clauses().into_iter().any(|clause| {
        let alters =
            matches!(clause.action.what, AlterAction::AddConstraint { .. } | AlterAction::AlterConstraint { .. });
        clause.action.span == effect.span && alters
    });
    let scans = statement.effects().any(|other| other.span == effect.span && other.fact.name == "foreign-key-scan");
    let partition = matches!(&statement.request.change, Change::CreateTable(table) if table.partition_of.is_some());
    !adds && !scans && !partition
}
