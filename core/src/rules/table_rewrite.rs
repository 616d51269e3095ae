use crate::change::{AlterAction, Change, ColumnChange, Task};
use crate::finding::{Finding, Fix, Severity};
use crate::impact::Work;
use crate::text::Span;

use super::clause::{Clause, Group as Effects};
use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "table-rewrite",
    group: Group::Locks,
    summary: "all rows of a table are written anew while everybody waits",
    severity: Severity::Warning,
    page: Rule::page(include_str!("table_rewrite.md")),
    check: Check::Together(check),
};

/// Why PostgreSQL writes rows anew.
const REASONS: &[&str] = &[
    "volatile-default",
    "serial-column",
    "stored-generated-column",
    "constrained-domain",
    "type-rewrite",
    "type-using",
    "rewritten",
    "copied-file",
    "cluster",
];

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        out.extend(statement.groups(Work::Rewrite, REASONS).iter().map(|group| rewrites(&statement, group)));
    }
}

fn rewrites<'a>(statement: &Statement<'a>, group: &Effects<'a>) -> Finding {
    let clause = statement.clause(group.span);
    let subject = statement.subject(clause, group);
    let fact = group.effects[0].fact;
    let tables = statement.tables_in_words(&group.relations());
    let what = match clause.map(|clause| &clause.action.what) {
        Some(AlterAction::AddColumn { column, .. }) => format!("adding `{}`", statement.own_word(&column.name)),
        Some(AlterAction::AlterColumn { column, change: ColumnChange::SetType { .. } }) => {
            format!("the new type of `{}`", statement.own_word(column))
        }
        Some(AlterAction::AlterColumn { column, .. }) => {
            format!("the new expression of `{}`", statement.own_word(column))
        }
        Some(AlterAction::SetLogged(true)) => "SET LOGGED".to_owned(),
        Some(AlterAction::SetLogged(false)) => "SET UNLOGGED".to_owned(),
        Some(AlterAction::SetTablespace(_)) => "SET TABLESPACE".to_owned(),
        Some(AlterAction::SetAccessMethod(_)) => "SET ACCESS METHOD".to_owned(),
        _ => maintenance(statement).unwrap_or("this").to_owned(),
    };
    let since = match fact.name {
        "rewritten" | "copied-file" | "cluster" => String::new(),
        _ => format!(", since {}", fact.reason),
    };
    let lock = statement.and_lock(&subject);
    let message = format!("{what} writes all rows of {tables} anew{since}{lock}");
    let table = statement.spelled(&subject);
    let mut finding = statement.finding(message, group.span).help(recipe(statement, clause, fact.name, &table));
    if fact.name == "volatile-default" {
        finding.fixes.extend(clause.and_then(|clause| default_later(statement, clause)));
    }
    finding
}

/// The default by itself, for new rows only.
fn default_later(statement: &Statement<'_>, clause: Clause<'_>) -> Option<Fix> {
    let AlterAction::AddColumn { column, if_not_exists: false } = &clause.action.what else { return None };
    let default = column.default.as_ref()?;
    let alone = clause.is_plain && clause.alter.actions.len() == 1;
    if !alone || column.nullable == Some(false) || !column.constraints.is_empty() {
        return None;
    }
    let start = clause.action.span.start;
    let before = statement.words(Span { start, end: default.span.start });
    let at = start + before.to_ascii_uppercase().rfind("DEFAULT")?;
    let at = statement.text[..at].trim_end().len();
    let (table, name) = (statement.written(clause.alter.name.as_ref()?), statement.own_word(&column.name));
    let value = statement.words(default.span);
    let end = statement.request.span.end;
    let text = format!(
        "{};\nALTER TABLE {table} ALTER COLUMN {name} SET DEFAULT {value}",
        statement.words(Span { start: default.span.end, end })
    );
    let title = "give new rows the default; old rows stay NULL until they are filled";
    Some(review(title, vec![statement.replace(Span { start: at, end }, text)]))
}

fn maintenance(statement: &Statement<'_>) -> Option<&'static str> {
    let tasks = statement.requests().into_iter().find_map(|(request, _)| match &request.change {
        Change::Maintenance(upkeep) => Some(upkeep.task),
        _ => None,
    });
    Some(if tasks? == Task::Cluster { "CLUSTER" } else { "VACUUM FULL" })
}

/// What to do instead.
fn recipe(statement: &Statement<'_>, clause: Option<Clause<'_>>, fact: &str, table: &str) -> String {
    let column = match clause.map(|clause| &clause.action.what) {
        Some(AlterAction::AddColumn { column, .. }) => statement.own_word(&column.name),
        Some(AlterAction::AlterColumn { column, .. }) => statement.own_word(column),
        _ => "it",
    };
    match fact {
        "volatile-default" => format!(
            "add `{column}` without the default, then ALTER COLUMN {column} SET DEFAULT, which is for new rows only; fill the old rows of `{table}` in batches, and add NOT NULL in a later deployment"
        ),
        "serial-column" => format!(
            "add `{column}` as a plain bigint, give it a sequence by ALTER COLUMN {column} SET DEFAULT nextval(…), fill the old rows in batches, and only then make it NOT NULL or an identity"
        ),
        "stored-generated-column" if statement.server().is_at_least(18, 0, 0) => {
            format!(
                "make `{column}` VIRTUAL, or add a plain column that a trigger keeps, and fill the old rows in batches"
            )
        }
        "stored-generated-column" => format!(
            "let `{column}` be a plain column that a trigger keeps, fill the old rows in batches, and read it from the next deployment on"
        ),
        "constrained-domain" => format!(
            "give `{column}` the domain's own base type, and add the domain's checks to `{table}` as CHECK … NOT VALID, to be validated in a later script"
        ),
        "type-rewrite" | "type-using" => format!(
            "add a column of the new type beside `{column}`, let a trigger keep both alike, fill it in batches, and swap them in a later deployment, once no application version reads the old one"
        ),
        "copied-file" => {
            format!("move `{table}` with pg_repack --tablespace, which takes the lock only to swap the files")
        }
        "cluster" | "rewritten" if maintenance(statement).is_some() => {
            format!(
                "rewrite `{table}` with pg_repack, which takes the lock only to swap the files, or do it when nobody uses it"
            )
        }
        _ => format!(
            "make a new table beside `{table}`, let a trigger keep both alike, copy the rows in batches, and swap the names in a later deployment"
        ),
    }
}
