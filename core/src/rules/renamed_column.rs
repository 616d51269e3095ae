use crate::catalog::ObjectName;
use crate::change::{AlterAction, Identifier, Name, ObjectKind};
use crate::finding::{Finding, Severity};
use crate::text::Span;

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "renamed-column",
    group: Group::Compatibility,
    summary: "a column gets another name while the running application uses the old one",
    severity: Severity::Warning,
    page: Rule::page(include_str!("renamed_column.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (alter, action) in statement.actions() {
            let Some(table) = alter.name.as_ref().filter(|_| alter.kind.is_relation()) else { continue };
            let (from, to) = match &action.what {
                AlterAction::RenameColumn { from, to } => (from, to),
                AlterAction::ModifyColumn { from: Some(from), column, .. } => (from, &column.name),
                _ => continue,
            };
            out.extend(renamed(&statement, &statement.catalog().relation_name(table), (from, to), action.span));
        }
        for rename in statement.renames().iter().filter(|rename| rename.kind == ObjectKind::Column) {
            let Some((column, table)) = rename.from.parts.split_last().filter(|(_, table)| !table.is_empty()) else {
                continue;
            };
            let table = Name { parts: table.to_vec(), span: rename.from.span };
            let table = statement.catalog().relation_name(&table);
            let Some(to) = rename.to else { continue };
            out.extend(renamed(&statement, &table, (column, to.last()), rename.span));
        }
    }
}

fn renamed(
    statement: &Statement<'_>,
    table: &ObjectName,
    (from, to): (&Identifier, &Identifier),
    span: Span,
) -> Option<Finding> {
    let catalog = statement.catalog();
    let old = catalog.fold(from);
    // Another column, or a view that has taken the table's name, may answer to the old name.
    let answers = |catalog: &crate::catalog::Catalog| {
        catalog.relation(table).present().is_some_and(|found| found.column(&old).is_present())
    };
    let same = old == catalog.fold(to);
    if same || statement.is_new(table) || statement.is_new_column(table, from) || answers(statement.ending()) {
        return None;
    }
    let table = statement.spelled(table);
    let message =
        format!("`{from}` of `{table}` becomes `{to}`: the running application still says `{from}`, and fails");
    let help = format!(
        "add `{to}` beside it, write both, move the readers and the values, and drop `{from}` in a later deployment"
    );
    Some(statement.finding(message, span).help(help))
}
