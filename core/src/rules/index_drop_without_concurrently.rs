use crate::catalog::Known;
use crate::change::{Change, Drop, ObjectKind};
use crate::finding::{Finding, Fix, Severity};
use crate::impact::{Target, Work};
use crate::text::Span;

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "index-drop-without-concurrently",
    group: Group::Locks,
    summary: "an index is dropped while everybody who uses its table waits",
    severity: Severity::Warning,
    page: Rule::page(include_str!("index_drop_without_concurrently.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for (request, _) in statement.requests() {
            if let Change::Drop(drop) = &request.change
                && drop.kind == ObjectKind::Index
                && !drop.concurrently
            {
                out.extend(blocking(together, &statement, drop, request.span));
            }
        }
    }
}

fn blocking(together: &Together<'_>, statement: &Statement<'_>, drop: &Drop, span: Span) -> Option<Finding> {
    let locked = || statement.effects().filter(|effect| effect.span == span && matches!(effect.work, Work::Lock(_)));
    let table = locked().find(|effect| effect.target != Target::Index && effect.fact.name == "drop");
    let name = drop.names.first()?;
    let lock = match table {
        Some(effect) => statement.lock_in_words(&effect.relation)?,
        // The index is not known, and so its table: still it has one, unless it may be missing.
        None if !drop.if_exists && statement.catalog().index(name, None) == Known::Unknown => {
            "takes AccessExclusiveLock on its table: reads and writes wait".to_owned()
        }
        None => return None,
    };
    let finding = statement.finding(format!("dropping `{}` {lock}", statement.written(name)), span);
    let partitioned = locked().any(|effect| effect.target == Target::Partitioned);
    if partitioned || drop.cascade {
        let why = if partitioned { "an index of a partitioned table" } else { "an index with CASCADE" };
        let help =
            format!("{why} cannot be dropped CONCURRENTLY: set lock_timeout, so that nobody waits long behind it");
        return Some(finding.help(help));
    }
    let help = "drop it with DROP INDEX CONCURRENTLY in a script of its own, which runs without a transaction";
    let mut finding = finding.help(help);
    finding.fixes.extend(concurrently(together, statement, drop, span));
    Some(finding)
}

/// The statement with CONCURRENTLY for each index, in its own script or in a new one.
fn concurrently(together: &Together<'_>, statement: &Statement<'_>, drop: &Drop, span: Span) -> Option<Fix> {
    if span != statement.request.span {
        return None;
    }
    let exists = if drop.if_exists { " IF EXISTS" } else { "" };
    let names = drop.names.iter().map(|name| statement.written(name));
    let statements: Vec<String> = names.map(|name| format!("DROP INDEX CONCURRENTLY{exists} {name}")).collect();
    let text = statements.join(";\n");
    if statement.is_alone() {
        return Some(review("drop it CONCURRENTLY", vec![statement.replace(span, text)]));
    }
    let name = &drop.names.first()?.last().text;
    let script = together.facts().new_script(statement, &format!("drop_{name}"), &format!("{text};\n"))?;
    Some(review("drop it CONCURRENTLY in a new script", vec![statement.remove(), script]))
}
