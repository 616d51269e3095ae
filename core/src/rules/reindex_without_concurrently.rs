use crate::change::{Change, Maintenance, ObjectKind, Task};
use crate::finding::{Finding, Fix, Severity};
use crate::impact::{Target, Work};
use crate::text::Span;

use super::rewriting::apart;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "reindex-without-concurrently",
    group: Group::Locks,
    summary: "indexes are built anew while writers, and readers who would use them, wait",
    severity: Severity::Warning,
    page: Rule::page(include_str!("reindex_without_concurrently.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for (request, _) in statement.requests() {
            if let Change::Maintenance(upkeep) = &request.change
                && upkeep.task == Task::Reindex
                && !upkeep.concurrently
            {
                out.extend(blocking(together, &statement, upkeep, request.span));
            }
        }
    }
}

fn blocking(together: &Together<'_>, statement: &Statement<'_>, upkeep: &Maintenance, span: Span) -> Option<Finding> {
    let locked = statement.effects_of(Work::Scan, &["reindex"]).find(|effect| effect.target != Target::Index)?;
    let lock = statement.lock_in_words(&locked.relation)?;
    let what = upkeep.objects.first().map_or("the database", |name| statement.written(name));
    let message = format!("REINDEX of `{what}` {lock}; reads wait too, for AccessExclusiveLock on each index");
    let help = "say CONCURRENTLY, in a script of its own, which runs without a transaction";
    let mut finding = statement.finding(message, span).help(help);
    finding.fixes.extend(concurrently(together, statement, upkeep, span));
    Some(finding)
}

fn concurrently(together: &Together<'_>, statement: &Statement<'_>, upkeep: &Maintenance, span: Span) -> Option<Fix> {
    let name = upkeep.objects.first().filter(|_| span == statement.request.span)?;
    let words = statement.words(span);
    let at = name.span.start - span.start;
    let system = upkeep.kind == ObjectKind::Database && words.to_ascii_uppercase().contains("SYSTEM");
    if system {
        return None;
    }
    let text = format!("{}CONCURRENTLY {}", &words[..at], &words[at..]);
    apart(together.facts(), statement, "build it CONCURRENTLY", &format!("reindex_{}", name.last().text), &text)
}
