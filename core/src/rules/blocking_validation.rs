use crate::change::{AlterAction, Constraint, ConstraintKind};
use crate::finding::{Finding, Fix, Severity};
use crate::impact::{Effect, Stops, Work};
use crate::sql::Dialect;
use crate::text::Span;

use super::asking::column_of;
use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "blocking-validation",
    group: Group::Locks,
    summary: "SQL Server or Oracle checks all rows of a table while its users wait",
    severity: Severity::Warning,
    page: Rule::page(include_str!("blocking_validation.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let knows = |statement: &Statement<'_>| matches!(statement.dialect(), Dialect::SqlServer | Dialect::Oracle);
    for statement in together.statements().filter(knows).filter(|statement| statement.step.impact.fails.is_none()) {
        let checks = |effect: &&Effect| {
            let named = matches!(effect.fact.name, "set-not-null" | "validate-constraint");
            effect.work == Work::Scan && effect.stops != Stops::NOBODY && named
        };
        for effect in statement.effects().filter(checks) {
            out.extend(checked(together, &statement, effect));
        }
    }
}

fn checked(together: &Together<'_>, statement: &Statement<'_>, effect: &Effect) -> Option<Finding> {
    let action = statement.action(effect);
    // What was added without a check has to be checked some day, and there is no other way.
    if matches!(action.map(|action| &action.what), Some(AlterAction::SwitchConstraint { .. })) {
        return None;
    }
    let table = statement.spelled(&effect.relation);
    let wait = statement.long_wait(&effect.relation)?;
    let message = format!("on `{table}` {wait}: {}", effect.fact.reason);
    let oracle = statement.dialect() == Dialect::Oracle;
    let finding = statement.finding(message, effect.span);
    let Some(AlterAction::AddConstraint { constraint, checked, .. }) = action.map(|action| &action.what) else {
        let column = column_of(action).unwrap_or("the column");
        let help = if oracle {
            format!(
                "MODIFY ({column} CONSTRAINT {column}_nn NOT NULL ENABLE NOVALIDATE) now, and MODIFY CONSTRAINT {column}_nn VALIDATE in a later script, while others write"
            )
        } else {
            format!(
                "see first that no row of `{table}` has NULL in `{column}`, and run it at a quiet hour, with SET LOCK_TIMEOUT"
            )
        };
        return Some(finding.help(help));
    };
    let name = constraint.name.as_ref().map_or("the constraint", |name| name.text.as_str());
    let help = if oracle {
        format!(
            "add {name} with ENABLE NOVALIDATE, and MODIFY CONSTRAINT {name} VALIDATE in a later script, while others write"
        )
    } else {
        format!(
            "add {name} WITH NOCHECK, and check it at a quiet hour: ALTER TABLE {table} WITH CHECK CHECK CONSTRAINT {name}"
        )
    };
    let mut finding = finding.help(help);
    finding.fixes.extend(later(together, statement, effect, constraint, *checked));
    Some(finding)
}

/// The constraint without a check, and the check in a script of its own.
fn later(
    together: &Together<'_>,
    statement: &Statement<'_>,
    effect: &Effect,
    constraint: &Constraint,
    checked: Option<bool>,
) -> Option<Fix> {
    let (alter, request) = statement.alters().find(|(_, request)| request.span == statement.request.span)?;
    let checkable = matches!(constraint.kind, ConstraintKind::Check(_) | ConstraintKind::ForeignKey(_));
    if alter.actions.len() != 1 || !checkable || checked.is_some() || constraint.enforced.is_some() {
        return None;
    }
    let name = statement.words(constraint.name.as_ref()?.span);
    let table = statement.words(alter.name.as_ref()?.span);
    let (at, words, text) = if statement.dialect() == Dialect::Oracle {
        (request.span.end, " ENABLE NOVALIDATE", format!("ALTER TABLE {table} MODIFY CONSTRAINT {name} VALIDATE;\n"))
    } else {
        let starts = |word: &str| statement.words(effect.span).to_ascii_uppercase().starts_with(word);
        let at = starts("ADD").then_some(effect.span.start)?;
        (at, "WITH NOCHECK ", format!("ALTER TABLE {table} WITH CHECK CHECK CONSTRAINT {name};\n"))
    };
    let script = together.facts().new_script(statement, &format!("check_{}", constraint.name.as_ref()?.text), &text)?;
    let edit = statement.replace(Span { start: at, end: at }, words);
    Some(review(format!("add {name} unchecked, and check it in a new script"), vec![edit, script]))
}
