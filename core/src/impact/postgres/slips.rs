//! Slips that PostgreSQL's grammar refuses: a comma where a semicolon belongs, a column without a type, words of other
//! servers. Only what no version takes is here; all else that is not understood may be right.

use super::doing::Doing;
use crate::change::{Alter, AlterAction, Change, ColumnDefinition, Drop, Identifier, ObjectKind, Request};
use crate::text::Span;

/// Words that may stand in a column's definition where the type is forgotten.
const AFTER_TYPE: [&str; 8] = ["NOT", "NULL", "DEFAULT", "PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "CONSTRAINT"];
/// Words that begin a statement, and no clause of `DROP` or `CREATE INDEX`.
const VERBS: [&str; 3] = ["DROP", "CREATE", "ALTER"];

/// Refuses a statement with such a slip.
pub(super) fn refuse(doing: &mut Doing<'_>, request: &Request) {
    match &request.change {
        Change::Drop(drop) => of_drop(doing, drop, request),
        Change::CreateIndex(_) => runs_on(doing, request, None),
        Change::Alter(alter) if alter.kind == ObjectKind::Table => of_alter(doing, alter, request),
        Change::CreateTable(table) => {
            let typed_elsewhere = table.of_type.is_some() || table.partition_of.is_some() || table.query.is_some();
            for column in table.columns.iter().filter(|_| !typed_elsewhere) {
                untyped(doing, column, request);
            }
        }
        Change::Update(update) => {
            no_name(doing, update.table.last(), "UPDATE");
            assigned_twice(doing, &update.columns, request);
        }
        Change::Delete(delete) => no_name(doing, delete.table.last(), "DELETE FROM"),
        Change::Opaque(words) if begins(words, &["RAISE", "PERFORM"]) => {
            doing.refuse("this is a statement of PL/pgSQL, which runs inside of a block only");
        }
        _ => {}
    }
}

fn of_drop(doing: &mut Doing<'_>, drop: &Drop, request: &Request) {
    runs_on(doing, request, drop.names.last().map(crate::change::Name::last));
    match drop.kind {
        ObjectKind::Index if drop.table.is_some() => {
            doing.refuse("DROP INDEX takes no table here: the name of the index is enough");
        }
        ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule if drop.table.is_none() => {
            doing.refuse("the statement must say ON which table");
        }
        ObjectKind::Aggregate if !drop.names.is_empty() && drop.arguments.iter().all(Option::is_none) => {
            doing.refuse("DROP AGGREGATE must say the types of the arguments");
        }
        ObjectKind::Column | ObjectKind::Constraint => {
            doing.refuse("this is a clause of ALTER TABLE, and no statement");
        }
        _ => {}
    }
}

/// Refuses a statement that goes on into another one. `last` is its last name, which then may be the verb of that.
fn runs_on(doing: &mut Doing<'_>, request: &Request, last: Option<&Identifier>) {
    for rest in &request.opaque {
        let is_verb = last.is_some_and(|last| VERBS.iter().any(|verb| last.is(verb)) && last.span.end <= rest.start);
        if is_verb || begins(doing.words(*rest), &VERBS) {
            doing.span = if is_verb { last.map_or(*rest, |last| last.span) } else { *rest };
            doing.refuse("a semicolon is missing before this");
            doing.span = request.span;
        }
    }
}

fn of_alter(doing: &mut Doing<'_>, alter: &Alter, request: &Request) {
    for action in &alter.actions {
        match &action.what {
            AlterAction::AddColumn { column, .. } => untyped(doing, column, request),
            // `TABLE` is reserved, so that no column is called so without quotes.
            AlterAction::AlterColumn { column, .. } if column.is("TABLE") => {
                at(doing, action.span, "a semicolon is missing before this", request);
            }
            _ => {}
        }
    }
}

fn untyped(doing: &mut Doing<'_>, column: &ColumnDefinition, request: &Request) {
    let rest = Span { start: column.name.span.end, end: column.span.end };
    let words = doing.words(rest).trim();
    let forgotten = words.is_empty() || begins(words, &AFTER_TYPE);
    if column.data_type.is_none() && forgotten && request.opaque.is_empty() {
        at(doing, column.span, &format!("the column `{}` has no type", column.name), request);
    }
}

fn no_name(doing: &mut Doing<'_>, table: &Identifier, verb: &str) {
    if table.is("TABLE") {
        doing.refuse(format!("the word TABLE does not follow {verb}"));
    }
}

/// Elements of arrays and fields of composites may be assigned side by side.
fn assigned_twice(doing: &mut Doing<'_>, columns: &[Identifier], request: &Request) {
    let mut seen: Vec<String> = Vec::new();
    for column in columns {
        let rest = doing.words(Span { start: column.span.end, end: request.span.end }).trim_start();
        let name = doing.catalog().fold(column);
        if !rest.starts_with(['[', '.']) && seen.contains(&name) {
            at(doing, column.span, &format!("`{column}` is assigned twice"), request);
        }
        seen.push(name);
    }
}

fn at(doing: &mut Doing<'_>, span: Span, reason: &str, request: &Request) {
    doing.span = span;
    doing.refuse(reason);
    doing.span = request.span;
}

fn begins(text: &str, words: &[&str]) -> bool {
    let first = text.split(|char: char| !char.is_ascii_alphanumeric() && char != '_').next().unwrap_or_default();
    words.iter().any(|word| first.eq_ignore_ascii_case(word))
}
