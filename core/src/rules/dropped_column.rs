use crate::catalog::{ConstraintKind, ObjectName};
use crate::change::{AlterAction, Identifier};
use crate::finding::{Finding, Severity};
use crate::text::Span;

use super::fate::{Fate, listed};
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "dropped-column",
    group: Group::DataLoss,
    summary: "a column is dropped with its values, while the running application may use it",
    severity: Severity::Warning,
    page: Rule::page(include_str!("dropped_column.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (alter, action) in statement.actions() {
            let Some(table) = statement.old_table(alter) else { continue };
            match &action.what {
                AlterAction::DropColumn { column, .. } => dropped(&statement, &table, column, action.span, out),
                AlterAction::SetUnused { columns, .. } => {
                    for column in columns {
                        dropped(&statement, &table, column, column.span, out);
                    }
                }
                _ => {}
            }
        }
    }
}

fn dropped(statement: &Statement<'_>, table: &ObjectName, column: &Identifier, span: Span, out: &mut Vec<Finding>) {
    let name = statement.catalog().fold(column);
    if statement.is_new_column(table, column) || statement.fate_of_column(table, &name) != Fate::Gone {
        return;
    }
    let with = match going_with(statement, table, &name) {
        with if with.is_empty() => String::new(),
        with => format!(", and with it {}", listed(&with)),
    };
    let message = format!(
        "`{column}` of `{}` is dropped with all its values{with}; the running application may still use it",
        statement.spelled(table)
    );
    let help = format!("deploy the version that does not use `{column}` first, and drop it in a later deployment");
    out.push(statement.finding(message, span).help(help));
}

/// The constraints and indexes that go with a column without a word.
fn going_with(statement: &Statement<'_>, table: &ObjectName, column: &str) -> Vec<String> {
    let Some(found) = statement.catalog().relation(table).present() else { return Vec::new() };
    let kind = |kind: &ConstraintKind| match kind {
        ConstraintKind::PrimaryKey => Some("the primary key"),
        ConstraintKind::Unique { .. } => Some("the unique constraint"),
        ConstraintKind::ForeignKey { .. } => Some("the foreign key"),
        ConstraintKind::Check { .. } => Some("the check"),
        ConstraintKind::Exclude { .. } => Some("the exclusion constraint"),
        ConstraintKind::NotNull | ConstraintKind::Default => None,
    };
    let own = |columns: &[String]| columns.iter().any(|other| other == column);
    let keys = found.constraints.iter().filter(|key| own(&key.columns)).filter_map(|key| {
        let name = key.name.as_ref().map_or_else(String::new, |name| format!(" `{name}`"));
        Some(format!("{}{name}", kind(&key.kind)?))
    });
    // MySQL takes the column out of the index and keeps the rest.
    let verb = |count: usize| if statement.is_mysql() && count > 1 { "its part of the index" } else { "the index" };
    let indexes = found.indexes.iter().filter(|index| index.uses(column) && !index.of_constraint && !index.implicit);
    let indexes = indexes.filter_map(|index| Some(format!("{} `{}`", verb(index.parts.len()), index.name.as_ref()?)));
    keys.chain(indexes).collect()
}
