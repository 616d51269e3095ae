use crate::change::AlterAction;
use crate::finding::{Finding, Severity};
use crate::impact::{Effect, Work};
use crate::sql::Dialect;

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "type-change-of-filled-column",
    group: Group::Failures,
    summary: "Oracle changes a column to a type of another kind only where it is empty",
    severity: Severity::Warning,
    page: Rule::page(include_str!("type_change_of_filled_column.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| statement.dialect() == Dialect::Oracle) {
        let changes = |effect: &&Effect| effect.work == Work::Scan && effect.fact.name == "change-type";
        out.extend(statement.effects().filter(changes).filter_map(|effect| changed(&statement, effect)));
    }
}

fn changed(statement: &Statement<'_>, effect: &Effect) -> Option<Finding> {
    let AlterAction::ModifyColumn { column, .. } = &statement.action(effect)?.what else { return None };
    let table = statement.catalog().relation(&effect.relation).present()?;
    let old = table.column(&statement.catalog().fold(&column.name)).present()?.data_type.as_ref()?;
    let data_type = column.data_type.as_ref()?;
    // A shorter type of the same kind loses values, which is another matter.
    if statement.catalog().column_type(data_type).name == old.name {
        return None;
    }
    let new = statement.words(data_type.span);
    let (table, name) = (statement.spelled(&effect.relation), &column.name.text);
    let message = format!(
        "`{name}` of `{table}` goes from {old} to {new}: Oracle refuses that unless the column is empty (ORA-01439)"
    );
    let help = format!(
        "add a column of the new type and write both in this deployment, fill it in batches, then read it and drop `{name}` in a later one"
    );
    Some(statement.finding(message, effect.span).help(help))
}
