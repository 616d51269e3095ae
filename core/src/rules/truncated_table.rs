use crate::change::{AlterAction, Change};
use crate::finding::{Finding, Severity};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "truncated-table",
    group: Group::DataLoss,
    summary: "a table or partition is emptied",
    severity: Severity::Warning,
    page: Rule::page(include_str!("truncated_table.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (request, _) in statement.requests() {
            let Change::Truncate(truncate) = &request.change else { continue };
            for name in truncate.tables.iter().filter(|name| !statement.is_new_name(name)) {
                let full = statement.catalog().relation_name(name);
                let lock = statement.lock_in_words(&full).map_or_else(String::new, |lock| format!("; this {lock}"));
                let message = format!("all rows of `{name}` are gone after this{lock}");
                out.push(statement.finding(message, name.span).help(help(&statement)));
            }
        }
        for (alter, action) in statement.actions() {
            let (partitions, verb) = match &action.what {
                AlterAction::TruncatePartition { partitions, .. } => (partitions, "emptied"),
                AlterAction::DropPartition { partitions, .. } => (partitions, "dropped"),
                _ => continue,
            };
            let Some(table) = statement.old_table(alter) else { continue };
            let names: Vec<String> = partitions.iter().map(|name| format!("`{name}`")).collect();
            let table = statement.spelled(&table);
            let message = format!("the partition {} of `{table}` is {verb} with all its rows", names.join(", "));
            out.push(statement.finding(message, action.span).help(help(&statement)));
        }
    }
}

fn help(statement: &Statement<'_>) -> &'static str {
    if statement.is_mysql() {
        "make sure that a backup has them: MySQL commits here, and nothing brings them back; to delete some, DELETE with a WHERE in batches"
    } else {
        "make sure that a backup has them; to delete some, DELETE with a WHERE in batches"
    }
}
