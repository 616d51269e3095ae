use crate::change::AlterAction;
use crate::finding::{Finding, Severity};

use super::clause::Clause;
use super::statement::{Statement, of_script};
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "disabled-trigger",
    group: Group::Rows,
    summary: "a script switches triggers off and does not switch them on again",
    severity: Severity::Warning,
    page: Rule::page(include_str!("disabled_trigger.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for clause in statement.clauses() {
            out.extend(switched_off(&statement, clause));
        }
    }
}

fn switched_off(statement: &Statement<'_>, clause: Clause<'_>) -> Option<Finding> {
    let AlterAction::SwitchTrigger { name, enabled: false } = &clause.action.what else { return None };
    let table = clause.alter.name.as_ref()?;
    if statement.is_new_name(table) || is_switched_on_again(statement, clause) {
        return None;
    }
    let written = statement.written(table);
    let words = statement.words(clause.action.span).to_ascii_uppercase();
    let message = match name {
        Some(name) => format!("trigger `{}` of `{written}` is off from here on", statement.own_word(name)),
        None if words.ends_with("ALL") => {
            format!("all triggers of `{written}` are off from here on, those that keep its foreign keys too")
        }
        None => format!("all triggers of `{written}` that users made are off from here on"),
    };
    let what = name.as_ref().map_or_else(|| "ALL".to_owned(), |name| statement.own_word(name).to_owned());
    let help =
        format!("ALTER TABLE {written} ENABLE TRIGGER {what} in the same script, after the rows it was in the way of");
    Some(statement.finding(message, clause.action.span).help(help))
}

/// Whether a later statement of the script switches the same triggers, or all, on again.
fn is_switched_on_again(statement: &Statement<'_>, clause: Clause<'_>) -> bool {
    let AlterAction::SwitchTrigger { name, .. } = &clause.action.what else { return false };
    let full = |clause: &Clause<'_>| clause.alter.name.as_ref().map(|name| statement.catalog().relation_name(name));
    let on = |other: Clause<'_>| match &other.action.what {
        AlterAction::SwitchTrigger { name: same, enabled: true } => {
            let covers = same.is_none() || same.as_ref().map(|name| &name.text) == name.as_ref().map(|name| &name.text);
            covers && full(&other) == full(&clause) && other.action.span.start > clause.action.span.start
        }
        _ => false,
    };
    of_script(statement.deployment, statement.played).any(|other| other.clauses().into_iter().any(on))
}
