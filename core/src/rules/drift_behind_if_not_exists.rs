use crate::catalog::{Index as Known, Relation};
use crate::change::{Change, CreateTable, Index};
use crate::finding::{Finding, Label, Severity};
use crate::text::Span;

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "drift-behind-if-not-exists",
    group: Group::Scripts,
    summary: "IF NOT EXISTS skips an object that exists, and is not what the statement describes",
    severity: Severity::Warning,
    page: Rule::page(include_str!("drift_behind_if_not_exists.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements() {
        out.extend(match &statement.request.change {
            Change::CreateTable(table) if table.if_not_exists => of_table(&statement, table),
            Change::CreateIndex(index) if index.if_not_exists => of_index(&statement, index),
            _ => None,
        });
    }
}

fn of_table(statement: &Statement<'_>, table: &CreateTable) -> Option<Finding> {
    let relation: &Relation = statement.relation(&table.name)?;
    let lacks =
        table.columns.iter().find(|column| relation.column(&statement.catalog().fold(&column.name)).is_absent())?;
    let message = format!("`{}` exists already, without column `{}`: this does nothing", table.name, lacks.name);
    let help = format!("add what is missing: `ALTER TABLE {} ADD COLUMN {}`", table.name, statement.words(lacks.span));
    Some(skipped(statement, message, lacks.span, relation.made).help(help))
}

fn of_index(statement: &Statement<'_>, index: &Index) -> Option<Finding> {
    let name = index.name.as_ref()?;
    let (relation, known): (&Relation, &Known) = statement.catalog().index(name, index.table.as_ref()).present()?;
    let wanted: Option<Vec<String>> =
        index.columns.iter().map(|column| Some(statement.catalog().fold(column.column.as_ref()?))).collect();
    let (wanted, there) = (wanted?, known.columns()?);
    if wanted == there {
        return None;
    }
    let table = statement.spelled(&relation.name);
    let message = format!("`{name}` exists already, on `{table}` ({}): this does nothing", there.join(", "));
    let help = format!("give the new index another name, and drop `{name}` if nobody needs it");
    Some(skipped(statement, message, name.span, known.made).help(help))
}

fn skipped(statement: &Statement<'_>, message: String, span: Span, made: Option<crate::catalog::Origin>) -> Finding {
    let finding = statement.finding(message, span);
    match made.and_then(|made| statement.deployment.place(made)) {
        Some((path, span)) => finding.with(Label::at(path, span).says("it is made here")),
        None => finding,
    }
}
