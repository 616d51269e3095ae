use crate::change::{Change, Task};
use crate::finding::{Finding, Severity};
use crate::impact::Work;

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "materialized-view-refresh-lock",
    group: Group::Locks,
    summary: "a materialized view cannot be read while it is made anew",
    severity: Severity::Warning,
    page: Rule::page(include_str!("materialized_view_refresh_lock.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for (request, _) in statement.requests() {
            let Change::Maintenance(upkeep) = &request.change else { continue };
            let refreshes = |effect: &&crate::impact::Effect| effect.span == request.span;
            let found = statement.effects_of(Work::Rewrite, &["refresh-materialized-view"]).find(refreshes);
            let (Task::RefreshMaterializedView, Some(effect)) = (upkeep.task, found) else { continue };
            let Some(lock) = statement.lock_in_words(&effect.relation) else { continue };
            let Some(name) = upkeep.objects.first() else { continue };
            let view = statement.written(name);
            let message = format!("refreshing `{view}` {lock} until its query has ended");
            let unique = statement
                .catalog()
                .indexes_of(&effect.relation)
                .any(|index| index.unique && index.predicate.is_none() && index.columns().is_some());
            let finding = statement.finding(message, request.span);
            out.push(if unique {
                let at = name.span.start;
                let edit = statement.replace(crate::text::Span { start: at, end: at }, "CONCURRENTLY ");
                let fix = review("refresh it CONCURRENTLY", vec![edit]);
                finding.help(format!("REFRESH MATERIALIZED VIEW CONCURRENTLY {view}: it lets others read")).fix(fix)
            } else {
                finding.help(format!(
                    "give `{view}` a unique index over plain columns in a script before, and say REFRESH MATERIALIZED VIEW CONCURRENTLY: that lets others read"
                ))
            });
        }
    }
}
