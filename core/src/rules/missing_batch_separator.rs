use crate::catalog::{Catalog, ObjectName};
use crate::change::{AlterAction, Change, Guard, Identifier, Name, ObjectKind, Request};
use crate::deployment::Played;
use crate::finding::{Finding, Severity};
use crate::sql::{Dialect, Kind, Script};
use crate::text::Span;

use super::rewriting::review;
use super::statement::{Statement, of_script};
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "missing-batch-separator",
    group: Group::Failures,
    summary: "SQL Server refuses a batch, since a GO is missing in it",
    severity: Severity::Error,
    page: Rule::page(include_str!("missing_batch_separator.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    if together.deployment.server.dialect == Dialect::SqlServer {
        for played in together.pending() {
            of_batches(together, played, out);
        }
    }
}

/// What is known of the batch so far.
#[derive(Default)]
struct Batch<'a> {
    number: u32,
    /// The schema before it.
    before: Option<&'a Catalog>,
    statements: usize,
    /// Whether something is wrong with it: it is refused as a whole, so one finding is enough.
    refused: bool,
    /// The columns that it adds to tables that were there before, and where.
    added: Vec<(ObjectName, String, Span)>,
}

fn of_batches(together: &Together<'_>, played: &Played, out: &mut Vec<Finding>) {
    let Some(reading) = played.turn.reading.as_deref() else { return };
    // Some tools take `GO;` for a separator, too.
    if reading.script.tokens.iter().any(|token| token.kind == Kind::Word && token.is_word(&reading.text, "GO")) {
        return;
    }
    let mut batch = Batch::default();
    for statement in of_script(together.deployment, played) {
        let number = reading.script.statements.get(statement.step.statement).map_or(0, |own| own.batch);
        if batch.before.is_none() || batch.number != number {
            batch = Batch { number, before: Some(statement.catalog()), ..Batch::default() };
        }
        for (request, guard) in statement.requests() {
            // What a literal holds is a batch of its own.
            if is_literal(&reading.script, request.span) {
                continue;
            }
            let wrong = second(&statement, request, guard, batch.statements > 0);
            let wrong = wrong.or_else(|| unknown(&statement, request, &batch)).filter(|_| !batch.refused);
            batch.refused |= wrong.is_some();
            out.extend(wrong);
            add(&statement, request, &mut batch);
            batch.statements += usize::from(!matches!(request.change, Change::ClientCommand));
        }
    }
}

fn is_literal(script: &Script, span: Span) -> bool {
    let at = script.tokens.partition_point(|token| token.end as usize <= span.start);
    script.tokens.get(at).is_some_and(|token| token.kind == Kind::String)
}

/// A statement that has to be the first of its batch.
fn second(statement: &Statement<'_>, request: &Request, guard: Option<Guard>, others: bool) -> Option<Finding> {
    let first = match &request.change {
        Change::CreateView(_) | Change::CreateRoutine(_) | Change::CreateTrigger(_) => true,
        Change::Create(object) => object.kind == ObjectKind::Schema,
        _ => false,
    };
    if !first || !others && guard.is_none() {
        return None;
    }
    let message =
        format!("{} must be the first statement of its batch: SQL Server refuses the whole batch", request.kind());
    let mut finding = statement.finding(message, request.span);
    if guard.is_some() {
        return Some(finding.help("run it with EXEC ('…'), since no GO can stand inside of a condition"));
    }
    let at = request.span.start;
    finding = finding.help("put GO on a line of its own before it");
    let edit = statement.replace(Span { start: at, end: at }, "GO\n");
    finding.fixes.push(review("put GO before it", vec![edit]));
    Some(finding)
}

/// A statement that names a column that the batch has only just added.
fn unknown(statement: &Statement<'_>, request: &Request, batch: &Batch<'_>) -> Option<Finding> {
    let (table, columns): (&Name, &[Identifier]) = match &request.change {
        Change::Update(update) => (&update.table, &update.columns),
        Change::Insert(insert) => (&insert.table, &insert.columns),
        _ => return None,
    };
    let catalog = statement.catalog();
    let name = catalog.relation_name(table);
    let same = |column: &Identifier| {
        let folded = catalog.fold(column);
        batch.added.iter().find(|(table, column, _)| *table == name && *column == folded)
    };
    let (column, (_, _, added)) = columns.iter().find_map(|column| Some((column, same(column)?)))?;
    let message = format!(
        "`{column}` of `{}` is added in the same batch, which SQL Server compiles before: it refuses the whole batch",
        statement.spelled(&name)
    );
    let mut finding = statement.finding(message, column.span).with(statement.label(*added).says("it is added here"));
    finding =
        finding.help("put GO on a line of its own after the statement that adds it, or run this one with EXEC ('…')");
    if request.span == statement.request.span {
        finding.fixes.push(review("put GO before it", vec![statement.before("GO")]));
    }
    Some(finding)
}

fn add(statement: &Statement<'_>, request: &Request, batch: &mut Batch<'_>) {
    let Change::Alter(alter) = &request.change else { return };
    let (Some(table), Some(before)) = (&alter.name, batch.before) else { return };
    let name = statement.catalog().relation_name(table);
    if alter.kind != ObjectKind::Table || !before.relation(&name).is_present() {
        return;
    }
    for action in &alter.actions {
        if let AlterAction::AddColumn { column, .. } = &action.what {
            batch.added.push((name.clone(), statement.catalog().fold(&column.name), column.span));
        }
    }
}
