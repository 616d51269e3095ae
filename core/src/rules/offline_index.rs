use crate::change::{AlterAction, Change, Request};
use crate::finding::{Finding, Fix, Severity};
use crate::impact::{Effect, Stops, Work};
use crate::sql::Dialect;
use crate::text::Span;

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "offline-index",
    group: Group::Locks,
    summary: "an index is built on SQL Server or Oracle without ONLINE, while the users of its table wait",
    severity: Severity::Warning,
    page: Rule::page(include_str!("offline_index.md")),
    check: Check::Together(check),
};

const FACTS: [&str; 6] = [
    "build-clustered-index",
    "build-index",
    "build-primary-key",
    "build-unique-index",
    "drop-clustered-index",
    "rebuild-index",
];

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let knows = |statement: &Statement<'_>| matches!(statement.dialect(), Dialect::SqlServer | Dialect::Oracle);
    for statement in together.statements().filter(knows).filter(|statement| statement.step.impact.fails.is_none()) {
        let mut seen: Vec<Span> = Vec::new();
        for effect in statement.effects() {
            let waits = matches!(effect.work, Work::Lock(_)) && effect.stops != Stops::NOBODY;
            if waits && FACTS.contains(&effect.fact.name) && !seen.contains(&effect.span) {
                seen.push(effect.span);
                out.extend(offline(together, &statement, effect));
            }
        }
    }
}

fn offline(together: &Together<'_>, statement: &Statement<'_>, effect: &Effect) -> Option<Finding> {
    let table = statement.spelled(&effect.relation);
    let wait = statement.long_wait(&effect.relation)?;
    let message = format!("on `{table}` {wait}: {}", effect.fact.reason);
    let inner = statement.inner(effect.span);
    let action = statement.action(effect).map(|action| &action.what);
    let how = match (statement.dialect(), action) {
        (Dialect::Oracle, Some(AlterAction::AddConstraint { .. })) => {
            "create the unique index ONLINE first, then add the constraint with USING INDEX and ENABLE NOVALIDATE"
        }
        (Dialect::Oracle, _) => "say ONLINE",
        (_, Some(AlterAction::DropConstraint { .. })) => "say WITH (ONLINE = ON)",
        (_, Some(AlterAction::AddConstraint { .. })) => "end the constraint with WITH (ONLINE = ON)",
        _ => "say WITH (ONLINE = ON) in a script that runs without a transaction",
    };
    let Some(note) = statement.online_note() else {
        let help = "run it at a quiet hour: this edition runs nothing ONLINE";
        return Some(statement.finding(message, effect.span).help(help));
    };
    let mut finding = statement.finding(message, effect.span).help(format!("{how}{note}"));
    let at = match (&inner.change, action) {
        (Change::CreateIndex(index), _) if index.class.is_none() && index.options.is_none() => Some(index.span.end),
        (Change::CreateIndex(_), _) if statement.dialect() == Dialect::Oracle => Some(effect.span.end),
        (_, Some(AlterAction::Rebuild { .. })) if statement.words(effect.span).eq_ignore_ascii_case("REBUILD") => {
            Some(effect.span.end)
        }
        _ => None,
    };
    finding.fixes.extend(at.and_then(|at| online(together, statement, inner, at)));
    Some(finding)
}

/// The statement with ONLINE: where it stands, or in a new script, so that no transaction holds its last lock on.
fn online(together: &Together<'_>, statement: &Statement<'_>, inner: &Request, at: usize) -> Option<Fix> {
    let words = if statement.dialect() == Dialect::Oracle { " ONLINE" } else { " WITH (ONLINE = ON)" };
    let goes_on = statement.dialect() == Dialect::SqlServer && statement.step.transaction.is_some();
    if !goes_on || statement.is_alone() {
        return Some(review(format!("say{words}"), vec![statement.replace(Span { start: at, end: at }, words)]));
    }
    if inner.span != statement.request.span {
        return None;
    }
    let before = statement.words(Span { start: inner.span.start, end: at });
    let after = statement.words(Span { start: at, end: inner.span.end });
    let script = together.facts().new_script(statement, "index_online", &format!("{before}{words}{after};\n"))?;
    Some(review(format!("say{words}, in a new script"), vec![statement.remove(), script]))
}
