use crate::change::{AlterAction, ColumnChange, Identifier};
use crate::finding::{Finding, Fix, Severity};
use crate::impact::Work;

use super::clause::{Clause, Group as Effects, made_name};
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "not-null-scan",
    group: Group::Locks,
    summary: "all rows are searched for NULL while everybody waits",
    severity: Severity::Warning,
    page: Rule::page(include_str!("not_null_scan.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for group in statement.groups(Work::Scan, &["not-null-scan"]) {
            out.extend(scans(together, &statement, &group));
        }
    }
}

fn scans<'a>(together: &Together<'_>, statement: &Statement<'a>, group: &Effects<'a>) -> Option<Finding> {
    let clause = statement.clause(group.span)?;
    let subject = statement.subject(Some(clause), group);
    let tables = statement.tables_in_words(&group.relations());
    let table = statement.spelled(&subject);
    let lock = statement.and_lock(&subject);
    let column = match &clause.action.what {
        AlterAction::AlterColumn { column, change: ColumnChange::SetNotNull } => Some(column),
        _ => None,
    };
    let Some(column) = column else {
        let message = format!("all rows of {tables} are searched for NULL{lock}");
        let help = match &clause.action.what {
            AlterAction::AddConstraint { constraint, .. } if constraint.using_index.is_none() => {
                format!("add it NOT VALID, and ALTER TABLE {table} VALIDATE CONSTRAINT … in a script after it")
            }
            _ => format!(
                "prove the columns of the index first: CHECK (… IS NOT NULL) NOT VALID on `{table}`, VALIDATE CONSTRAINT in the next script, and the primary key in the one after that"
            ),
        };
        return Some(statement.finding(message, group.span).help(help));
    };
    let own = statement.own_word(column);
    let message = format!("all rows of {tables} are searched for NULL in `{own}`{lock}");
    let new = statement.server().is_at_least(18, 0, 0);
    let help = if new {
        format!(
            "ADD CONSTRAINT … NOT NULL {own} NOT VALID here, and VALIDATE CONSTRAINT in a script after it: that lets others read and write"
        )
    } else {
        format!(
            "ADD CONSTRAINT … CHECK ({own} IS NOT NULL) NOT VALID here; VALIDATE CONSTRAINT, SET NOT NULL and DROP CONSTRAINT in a script after it: the proved check saves the search"
        )
    };
    let mut finding = statement.finding(message, group.span).help(help);
    finding.fixes.extend(proved(together, statement, clause, column, new));
    Some(finding)
}

/// A constraint that is not valid yet here, its proof in a new script.
fn proved(
    together: &Together<'_>,
    statement: &Statement<'_>,
    clause: Clause<'_>,
    column: &Identifier,
    new: bool,
) -> Option<Fix> {
    let table = clause.alter.name.as_ref().filter(|_| clause.is_plain && !clause.alter.only)?;
    let name = made_name(table, &[column], "not_null")?;
    let (own, written) = (statement.own_word(column), statement.written(table));
    let condition = if new { format!("NOT NULL {own}") } else { format!("CHECK ({own} IS NOT NULL)") };
    let edit = statement.replace(clause.action.span, format!("ADD CONSTRAINT {name} {condition} NOT VALID"));
    let mut later = format!("ALTER TABLE {written} VALIDATE CONSTRAINT {name};\n");
    if !new {
        later += &format!("ALTER TABLE {written} ALTER COLUMN {own} SET NOT NULL;\n");
        later += &format!("ALTER TABLE {written} DROP CONSTRAINT {name};\n");
    }
    let script = (format!("validate_{name}"), later);
    together.facts().split(statement, "add a constraint NOT VALID, and prove it in a new script", vec![edit], &[script])
}
