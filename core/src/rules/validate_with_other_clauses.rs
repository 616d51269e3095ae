use crate::change::{AlterAction, Change};
use crate::finding::{Finding, Severity};
use crate::impact::Work;

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "validate-with-other-clauses",
    group: Group::Locks,
    summary: "VALIDATE CONSTRAINT reads all rows under the strong lock that another clause of the statement needs",
    severity: Severity::Warning,
    page: Rule::page(include_str!("validate_with_other_clauses.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for group in statement.groups(Work::Scan, &["validate-scan"]) {
            let Some(clause) = statement.clause(group.span) else { continue };
            let AlterAction::ValidateConstraint(name) = &clause.action.what else { continue };
            let subject = statement.subject(Some(clause), &group);
            let stops = statement.step.impact.effects.iter().any(|effect| {
                let inside = clause.alter.actions.iter().any(|action| action.span == effect.span);
                effect.relation == subject && matches!(effect.work, Work::Lock(mode) if mode.stops().writes) && inside
            });
            let Some(lock) = statement.lock_in_words(&subject).filter(|_| stops && clause.alter.actions.len() > 1)
            else {
                continue;
            };
            let name = statement.own_word(name);
            let message = format!(
                "VALIDATE CONSTRAINT {name} reads all rows of `{}`, and the ALTER TABLE {lock}",
                statement.spelled(&subject)
            );
            let help =
                "put VALIDATE CONSTRAINT into a script of its own after this one: alone it lets others read and write";
            let mut finding = statement.finding(message, group.span).help(help);
            finding.fixes.extend(later(together, &statement, clause.action.span, name));
            out.push(finding);
        }
    }
}

/// The clause in a new script.
fn later(
    together: &Together<'_>,
    statement: &Statement<'_>,
    span: crate::text::Span,
    name: &str,
) -> Option<crate::finding::Fix> {
    let Change::Alter(alter) = &statement.request.change else { return None };
    let at = alter.actions.iter().position(|action| action.span == span)?;
    let taken = match at.checked_sub(1) {
        Some(before) => crate::text::Span { start: alter.actions[before].span.end, end: span.end },
        None => crate::text::Span { start: span.start, end: alter.actions.get(1)?.span.start },
    };
    let table = statement.written(alter.name.as_ref()?);
    let text = format!("ALTER TABLE {table} {};\n", statement.words(span));
    let script = together.facts().new_script(statement, &format!("validate_{}", name.trim_matches('"')), &text)?;
    Some(review("validate it in a new script", vec![statement.replace(taken, ""), script]))
}
