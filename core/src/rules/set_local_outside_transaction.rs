use crate::change::{Change, Scope};
use crate::finding::{Finding, Severity};

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "set-local-outside-transaction",
    group: Group::Transactions,
    summary: "SET LOCAL stands outside a transaction, where it has no effect",
    severity: Severity::Warning,
    page: Rule::page(include_str!("set_local_outside_transaction.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let outside = together.statements().filter(Statement::is_postgres);
    out.extend(
        outside.filter(|statement| statement.step.transaction.is_none()).filter_map(|statement| lost(&statement)),
    );
}

fn lost(statement: &Statement<'_>) -> Option<Finding> {
    let Change::Set(setting) = &statement.request.change else { return None };
    let name = &setting.assignments.first().filter(|_| setting.scope == Scope::Local)?.name;
    let span = statement.request.span;
    let message = format!("SET LOCAL {name} has no effect: the script runs without a transaction, and none is open");
    let mut finding = statement.finding(message, span).help(format!("use SET {name}, which counts for the session"));
    let words = statement.words(span);
    let at = words.to_ascii_uppercase().find("LOCAL")?;
    let text = format!("{}{}", &words[..at], words[at + "LOCAL".len()..].trim_start());
    finding.fixes.push(review("set it for the session", vec![statement.replace(span, text)]));
    Some(finding)
}
