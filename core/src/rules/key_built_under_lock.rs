use crate::change::{AlterAction, Constraint, ConstraintKind, Identifier, IndexColumn};
use crate::finding::{Finding, Fix, Severity};
use crate::impact::Work;

use super::clause::{Clause, Group as Effects, made_name};
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "key-built-under-lock",
    group: Group::Locks,
    summary: "the index of a new key is built while everybody who uses the table waits",
    severity: Severity::Warning,
    page: Rule::page(include_str!("key_built_under_lock.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for group in statement.groups(Work::Scan, &["key-build"]) {
            out.extend(builds(together, &statement, &group));
        }
    }
}

fn key_of(clause: Clause<'_>) -> Option<&Constraint> {
    let is_key = |constraint: &&Constraint| {
        matches!(constraint.kind, ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique { .. })
    };
    match &clause.action.what {
        AlterAction::AddConstraint { constraint, .. } => Some(constraint),
        AlterAction::AddColumn { column, .. } => column.constraints.iter().find(is_key),
        _ => None,
    }
}

fn builds<'a>(together: &Together<'_>, statement: &Statement<'a>, group: &Effects<'a>) -> Option<Finding> {
    let clause = statement.clause(group.span)?;
    let constraint = key_of(clause)?;
    let subject = statement.subject(Some(clause), group);
    let table = statement.spelled(&subject);
    let what = match &constraint.kind {
        ConstraintKind::PrimaryKey(_) => "primary key",
        ConstraintKind::Unique { .. } => "unique constraint",
        _ => "exclusion constraint",
    };
    let name = constraint.name.as_ref().map_or_else(String::new, |name| format!(" `{}`", statement.own_word(name)));
    let lock = statement.and_lock(&subject);
    let message = format!("the index of the {what}{name} is built from all rows of `{table}`{lock}");
    let partitioned =
        statement.catalog().relation(&subject).present().is_some_and(|table| table.partition_key.is_some());
    let help = match &constraint.kind {
        ConstraintKind::Exclude { .. } => format!(
            "nothing else builds it: do it when nobody uses `{table}`, with a short lock_timeout, or move the rows to a new table that has it"
        ),
        _ if partitioned => format!(
            "give each partition the {what} first, by CREATE UNIQUE INDEX CONCURRENTLY and ADD CONSTRAINT … USING INDEX, each in a script of its own; then add it to `{table}`, which takes those over"
        ),
        ConstraintKind::PrimaryKey(_) => format!(
            "CREATE UNIQUE INDEX CONCURRENTLY on `{table}` in a script of its own, then ADD CONSTRAINT … PRIMARY KEY USING INDEX in the next; columns that take NULL need SET NOT NULL before it"
        ),
        _ => format!(
            "CREATE UNIQUE INDEX CONCURRENTLY on `{table}` in a script of its own, then ADD CONSTRAINT … UNIQUE USING INDEX in the next"
        ),
    };
    let mut finding = statement.finding(message, group.span).help(help);
    if !partitioned {
        finding.fixes.extend(with_index(together, statement, clause, constraint));
    }
    Some(finding)
}

/// The index CONCURRENTLY in a new script, the constraint in the next.
fn with_index(
    together: &Together<'_>,
    statement: &Statement<'_>,
    clause: Clause<'_>,
    constraint: &Constraint,
) -> Option<Fix> {
    let (columns, kind, ending) = match &constraint.kind {
        ConstraintKind::PrimaryKey(columns) => (columns, "PRIMARY KEY", "pkey"),
        ConstraintKind::Unique { columns, nulls_not_distinct: false } => (columns, "UNIQUE", "key"),
        _ => return None,
    };
    let only = clause.alter.actions.len() == 1 && clause.is_plain && constraint.deferrable.is_none();
    let table = clause.alter.name.as_ref().filter(|_| only && !clause.alter.only && !columns.is_empty())?;
    let nullable = |column: &Identifier| {
        let known = statement.catalog().column(table, column).present();
        known.is_none_or(|column| column.nullable != Some(false))
    };
    let named: Vec<&Identifier> = columns.iter().filter_map(|part: &IndexColumn| part.column.as_ref()).collect();
    // A primary key over columns that take NULL needs more steps than two.
    if kind == "PRIMARY KEY" && named.iter().any(|column| nullable(column)) {
        return None;
    }
    let name = match &constraint.name {
        Some(name) => statement.own_word(name).to_owned(),
        // The names that the server would give.
        None if kind == "PRIMARY KEY" => made_name(table, &[], ending)?,
        None => made_name(table, &named, ending)?,
    };
    let list: Vec<&str> = named.iter().map(|column| statement.own_word(column)).collect();
    let (list, written, plain) = (list.join(", "), statement.written(table), name.trim_matches('"'));
    let index = format!("CREATE UNIQUE INDEX CONCURRENTLY {name} ON {written} ({list})");
    let key = format!("ALTER TABLE {written} ADD CONSTRAINT {name} {kind} USING INDEX {name};\n");
    let title = "build the index CONCURRENTLY in a script of its own, and add the constraint in the next";
    let (build, add) = ((format!("create_{plain}"), format!("{index};\n")), (format!("use_{plain}"), key));
    if statement.is_alone() {
        return together.facts().split(
            statement,
            title,
            vec![statement.replace(statement.request.span, index)],
            &[add],
        );
    }
    together.facts().split(statement, title, vec![statement.remove()], &[build, add])
}
