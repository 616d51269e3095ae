use crate::change::{AlterAction, ConstraintKind};
use crate::finding::{Finding, Fix, Severity};
use crate::impact::Work;
use crate::text::Span;

use super::clause::{Clause, Group as Effects, made_name};
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "check-without-not-valid",
    group: Group::Locks,
    summary: "all rows are checked against a new CHECK while everybody waits",
    severity: Severity::Warning,
    page: Rule::page(include_str!("check_without_not_valid.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for group in statement.groups(Work::Scan, &["check-scan"]) {
            let is_rewritten =
                |effect: &&crate::impact::Effect| effect.work == Work::Rewrite && effect.span == group.span;
            if !statement.effects().any(|effect| is_rewritten(&effect)) {
                out.extend(scans(together, &statement, &group));
            }
        }
    }
}

fn scans<'a>(together: &Together<'_>, statement: &Statement<'a>, group: &Effects<'a>) -> Option<Finding> {
    let clause = statement.clause(group.span)?;
    let subject = statement.subject(Some(clause), group);
    let lock = statement.and_lock(&subject);
    let tables = statement.tables_in_words(&group.relations());
    let table = statement.spelled(&subject);
    let finding =
        |what: &str| statement.finding(format!("all rows of {tables} are checked for {what}{lock}"), group.span);
    match &clause.action.what {
        AlterAction::AddConstraint { constraint, .. } => {
            let name = constraint.name.as_ref().map_or("the constraint", |name| statement.own_word(name));
            let mut finding = finding(&format!("`{name}`")).help(format!(
                "add `{name}` NOT VALID, and ALTER TABLE {table} VALIDATE CONSTRAINT {name} in a script after it: that lets others read and write"
            ));
            finding.fixes.extend(later(together, statement, clause));
            Some(finding)
        }
        AlterAction::AddColumn { column, .. } => {
            let own = statement.own_word(&column.name);
            let mut finding = finding(&format!("the CHECK of `{own}`, though it is new")).help(format!(
                "take the CHECK out of `{own}`, add it to `{table}` as a constraint of its own with NOT VALID, and validate that in a script after it"
            ));
            finding.fixes.extend(apart(together, statement, clause));
            Some(finding)
        }
        _ => None,
    }
}

/// NOT VALID here, VALIDATE in a new script.
fn later(together: &Together<'_>, statement: &Statement<'_>, clause: Clause<'_>) -> Option<Fix> {
    let AlterAction::AddConstraint { constraint, .. } = &clause.action.what else { return None };
    let name = constraint.name.as_ref().filter(|_| clause.is_plain)?;
    let end = clause.action.span.end;
    let edit = statement.replace(Span { start: end, end }, " NOT VALID");
    let script = validation(statement, clause, statement.own_word(name))?;
    together.facts().split(statement, "add it NOT VALID, and validate it in a new script", vec![edit], &[script])
}

/// The script that validates a constraint: its description and its text.
pub(super) fn validation(statement: &Statement<'_>, clause: Clause<'_>, name: &str) -> Option<(String, String)> {
    let table = statement.written(clause.alter.name.as_ref()?);
    let plain = name.trim_matches('"');
    Some((format!("validate_{plain}"), format!("ALTER TABLE {table} VALIDATE CONSTRAINT {name};\n")))
}

/// The check of a new column as a constraint of its own.
fn apart(together: &Together<'_>, statement: &Statement<'_>, clause: Clause<'_>) -> Option<Fix> {
    let AlterAction::AddColumn { column, if_not_exists: false } = &clause.action.what else { return None };
    let mut checks = column.constraints.iter().filter(|constraint| matches!(constraint.kind, ConstraintKind::Check(_)));
    let (check, None) = (checks.next().filter(|_| clause.is_plain)?, checks.next()) else { return None };
    let made = || made_name(clause.alter.name.as_ref()?, &[&column.name], "check");
    let (name, start) = match &check.name {
        Some(name) => (statement.own_word(name).to_owned(), name.span.end),
        None => (made()?, check.span.start),
    };
    let words = statement.words(Span { start, end: check.span.end }).trim();
    let start = statement.text[..check.span.start].trim_end().len();
    let taken = statement.replace(Span { start, end: check.span.end }, "");
    let end = clause.action.span.end;
    let text = format!(", ADD CONSTRAINT {name} {words} NOT VALID");
    let edits = if check.span.end == end {
        vec![statement.replace(Span { start, end }, text)]
    } else {
        vec![taken, statement.replace(Span { start: end, end }, text)]
    };
    let script = validation(statement, clause, &name)?;
    together.facts().split(
        statement,
        "add the CHECK by itself, NOT VALID, and validate it in a new script",
        edits,
        &[script],
    )
}
