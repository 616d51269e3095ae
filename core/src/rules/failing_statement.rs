use crate::catalog::{Conflict, ConflictKind};
use crate::finding::{Finding, Severity};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "failing-statement",
    group: Group::Failures,
    summary: "the server will refuse a statement: the schema before it, its version or the open transaction say so",
    severity: Severity::Error,
    page: Rule::page(include_str!("failing_statement.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    out.extend(together.statements().filter_map(|statement| refused(&statement)));
}

fn refused(statement: &Statement<'_>) -> Option<Finding> {
    let step = statement.step;
    if let Some(refusal) = &step.impact.fails {
        return Some(
            statement.finding(format!("{} refuses this: {}", statement.server_name(), refusal.reason), refusal.span),
        );
    }
    if step.refused_in_transaction {
        // `refused-in-transaction` says it, with what to do about it.
        return None;
    }
    // A name that a placeholder stands for may be any.
    let known = |conflict: &&Conflict| {
        let spelled = conflict.object.to_string();
        !spelled.contains("${") && !spelled.contains("{{") && conflict.object.part.as_deref() != Some("")
    };
    let conflict = step.conflicts.iter().find(known)?;
    let words = conflict.in_words(statement.dialect());
    let mut finding = statement.finding(format!("this will fail: {words}"), conflict.span);
    let made = conflict.made.and_then(|made| statement.deployment.place(made));
    if let (ConflictKind::AlreadyExists, Some((path, span))) = (&conflict.kind, made) {
        finding = finding.with(crate::finding::Label::at(path, span).says("it is made here"));
    }
    Some(finding)
}
