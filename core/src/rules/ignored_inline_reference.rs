use crate::change::{AlterAction, Change, ColumnDefinition, ConstraintKind};
use crate::finding::{Edit, Finding, Severity};
use crate::sql::Dialect;
use crate::text::Span;

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "ignored-inline-reference",
    group: Group::Failures,
    summary: "REFERENCES in the definition of a column makes no foreign key",
    severity: Severity::Warning,
    page: Rule::page(include_str!("ignored_inline_reference.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements() {
        let ignores = match statement.dialect() {
            Dialect::Mysql => !statement.server().is_at_least(9, 0, 0),
            Dialect::Mariadb => !statement.server().is_at_least(10, 5, 0),
            _ => false,
        };
        if ignores {
            for (request, _) in statement.requests() {
                out.extend(of_change(&statement, &request.change));
            }
        }
    }
}

fn of_change(statement: &Statement<'_>, change: &Change) -> Vec<Finding> {
    match change {
        Change::CreateTable(table) => {
            let spans = table.columns.iter().map(|column| column.span);
            let spans = spans.chain(table.constraints.iter().map(|constraint| constraint.span));
            let end = spans.chain(table.indexes.iter().map(|index| index.span)).map(|span| span.end).max();
            let columns = table.columns.iter();
            columns.filter_map(|column| ignored(statement, column, end, "")).collect()
        }
        Change::Alter(alter) => {
            let added = alter.actions.iter().filter_map(|action| match &action.what {
                AlterAction::AddColumn { column, .. } => ignored(statement, column, Some(action.span.end), "ADD "),
                _ => None,
            });
            added.collect()
        }
        _ => Vec::new(),
    }
}

fn ignored(statement: &Statement<'_>, column: &ColumnDefinition, end: Option<usize>, add: &str) -> Option<Finding> {
    let is_key = |kind: &ConstraintKind| matches!(kind, ConstraintKind::ForeignKey(_));
    let found = column.constraints.iter().find(|constraint| is_key(&constraint.kind))?;
    let ConstraintKind::ForeignKey(key) = &found.kind else { return None };
    let name = &column.name.text;
    let message = format!(
        "{} reads REFERENCES {} of `{name}` and forgets it: no foreign key is made",
        statement.server_name(),
        key.table
    );
    let mut finding = statement.finding(message, found.span);
    finding = finding.help(format!("say it of the table: FOREIGN KEY ({name}) REFERENCES …"));
    let words = statement.words(found.span);
    let plain = words.get(..10).is_some_and(|word| word.eq_ignore_ascii_case("REFERENCES"));
    if let (Some(end), true, false) = (end, plain, key.referenced.is_empty()) {
        let own = statement.words(column.name.span);
        let mut edits: Vec<Edit> = Vec::new();
        let before = statement.text[..found.span.start].trim_end().len();
        let whole = format!(", {add}FOREIGN KEY ({own}) {words}");
        if end == found.span.end {
            edits.push(statement.replace(Span { start: before, end }, whole));
        } else {
            // The later place first, so that the other does not move it.
            edits.push(statement.replace(Span { start: end, end }, whole));
            edits.push(statement.replace(Span { start: before, end: found.span.end }, ""));
        }
        finding.fixes.push(review("make it a foreign key of the table", edits));
    }
    Some(finding)
}
