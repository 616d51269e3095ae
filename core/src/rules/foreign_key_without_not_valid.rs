use crate::change::{AlterAction, Constraint, ConstraintKind, ForeignKey, Identifier};
use crate::finding::{Finding, Fix, Severity};
use crate::impact::{Target, Work};
use crate::text::Span;

use super::check_without_not_valid::validation;
use super::clause::{Clause, Group as Effects, made_name};
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "foreign-key-without-not-valid",
    group: Group::Locks,
    summary: "all rows are looked up for a new foreign key while the writers of both tables wait",
    severity: Severity::Warning,
    page: Rule::page(include_str!("foreign_key_without_not_valid.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for group in statement.groups(Work::Scan, &["foreign-key-scan"]) {
            out.extend(scans(together, &statement, &group));
        }
    }
}

/// The foreign key of a clause, with its constraint and the column that it stands in.
fn key_of(clause: Clause<'_>) -> Option<(&Constraint, &ForeignKey, Option<&Identifier>)> {
    let of = |constraint: &'_ Constraint| matches!(constraint.kind, ConstraintKind::ForeignKey(_));
    let (constraint, column) = match &clause.action.what {
        AlterAction::AddConstraint { constraint, .. } => (constraint.as_ref(), None),
        AlterAction::AddColumn { column, .. } => {
            (column.constraints.iter().find(|constraint| of(constraint))?, Some(&column.name))
        }
        _ => return None,
    };
    match &constraint.kind {
        ConstraintKind::ForeignKey(key) => Some((constraint, key, column)),
        _ => None,
    }
}

fn scans<'a>(together: &Together<'_>, statement: &Statement<'a>, group: &Effects<'a>) -> Option<Finding> {
    let clause = statement.clause(group.span)?;
    if matches!(clause.action.what, AlterAction::AttachPartition { .. }) {
        // `partition-attach-scan` says it.
        return None;
    }
    let subject = statement.subject(Some(clause), group);
    let table = statement.spelled(&subject);
    let lock = statement.and_lock(&subject);
    let Some((constraint, key, column)) = key_of(clause) else {
        let message = format!("all rows of `{table}` are looked up again{lock}");
        let help = "do it when nobody writes, with a short lock_timeout";
        return Some(statement.finding(message, group.span).help(help));
    };
    let to = statement.written(&key.table);
    let other = statement.catalog().relation_name(&key.table);
    let other = statement.lock_in_words(&other).filter(|_| other != subject);
    let also = other.map_or_else(String::new, |lock| lock.replacen("takes", ", and", 1));
    let message = format!("all rows of `{table}` are looked up in `{to}`{lock}{also}");
    let name = constraint.name.as_ref().map(|name| statement.own_word(name));
    let partitioned = group.effects.iter().any(|effect| effect.target == Target::Partitioned)
        || statement.catalog().relation(&subject).present().is_some_and(|table| table.partition_key.is_some());
    let help = if partitioned && !statement.server().is_at_least(18, 0, 0) {
        format!(
            "add the key to each partition NOT VALID and validate it there, then add it to `{table}`, which finds them proved: a partitioned table takes no NOT VALID before PostgreSQL 18"
        )
    } else if let Some(column) = column {
        let own = statement.own_word(column);
        format!(
            "add `{own}` first, its foreign key to `{to}` with NOT VALID after it, and validate that in a later script"
        )
    } else {
        let name = name.unwrap_or("…");
        format!(
            "add it NOT VALID, and ALTER TABLE {table} VALIDATE CONSTRAINT {name} in a script after it: that lets others read and write"
        )
    };
    let mut finding = statement.finding(message, group.span).help(help);
    if !partitioned && column.is_none() {
        finding.fixes.extend(later(together, statement, clause, constraint, key));
    }
    Some(finding)
}

/// NOT VALID here, VALIDATE in a new script; the constraint gets a name where it has none.
fn later(
    together: &Together<'_>,
    statement: &Statement<'_>,
    clause: Clause<'_>,
    constraint: &Constraint,
    key: &ForeignKey,
) -> Option<Fix> {
    let end = clause.action.span.end;
    let table = clause.alter.name.as_ref().filter(|_| clause.is_plain)?;
    let mut edits = Vec::new();
    let name = if let Some(name) = &constraint.name {
        statement.own_word(name).to_owned()
    } else {
        let columns: Vec<&Identifier> = key.columns.iter().collect();
        let name = made_name(table, &columns, "fkey")?;
        let start = constraint.span.start;
        edits.push(statement.replace(Span { start, end: start }, format!("CONSTRAINT {name} ")));
        name
    };
    edits.push(statement.replace(Span { start: end, end }, " NOT VALID"));
    let script = validation(statement, clause, &name)?;
    together.facts().split(statement, "add it NOT VALID, and validate it in a new script", edits, &[script])
}
