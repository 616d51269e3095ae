use crate::change::{Change, CreateTable};
use crate::finding::{Finding, Fix, Severity};
use crate::impact::Work;
use crate::text::Span;

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "partitioned-table-lock",
    group: Group::Locks,
    summary: "a partition is made or dropped while everybody who uses the whole table waits",
    severity: Severity::Warning,
    page: Rule::page(include_str!("partitioned_table_lock.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        let locked = statement.effects().filter(|effect| {
            matches!(effect.work, Work::Lock(mode) if mode.stops().reads) && effect.fact.name == "parent"
        });
        for effect in locked {
            let parent = statement.spelled(&effect.relation);
            let Some(lock) = statement.lock_in_words(&effect.relation) else { continue };
            let made = statement.requests().into_iter().find_map(|(request, _)| match &request.change {
                Change::CreateTable(table) if table.partition_of.as_ref()?.parent.span == effect.span => {
                    Some((table.as_ref(), request.span))
                }
                _ => None,
            });
            let finding = if let Some((table, span)) = made {
                let own = statement.written(&table.name);
                let message = format!("making `{own}` as a partition of `{parent}` {lock}");
                let help = format!(
                    "CREATE TABLE {own} (LIKE {parent} INCLUDING DEFAULTS INCLUDING CONSTRAINTS), then ALTER TABLE {parent} ATTACH PARTITION {own} …: ShareUpdateExclusiveLock does for that"
                );
                let mut finding = statement.finding(message, effect.span).help(help);
                finding.fixes.extend(attached(&statement, table, span));
                finding
            } else if dropped_too(&statement, effect) {
                continue;
            } else {
                let message = format!("dropping a partition of `{parent}` {lock}");
                let how = if statement.server().is_at_least(14, 0, 0) { " CONCURRENTLY" } else { "" };
                let help = format!(
                    "detach it first: ALTER TABLE {parent} DETACH PARTITION …{how} in a script of its own, and drop it in the next"
                );
                statement.finding(message, effect.span).help(help)
            };
            out.push(finding);
        }
    }
}

/// Whether the whole table goes as well.
fn dropped_too(statement: &Statement<'_>, effect: &crate::impact::Effect) -> bool {
    statement.effects().any(|other| other.relation == effect.relation && other.fact.name == "drop")
}

/// A table like the partitioned one, which is attached.
fn attached(statement: &Statement<'_>, table: &CreateTable, span: Span) -> Option<Fix> {
    let of = table.partition_of.as_ref()?;
    let plain = table.columns.is_empty() && table.constraints.is_empty() && table.partition_by.is_none();
    let bare = plain && table.options.is_empty() && !table.if_not_exists && !table.temporary && !table.unlogged;
    if !bare || span != statement.request.span {
        return None;
    }
    let (own, parent, bound) =
        (statement.written(&table.name), statement.written(&of.parent), statement.words(of.bound));
    let text = format!(
        "CREATE TABLE {own} (LIKE {parent} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED);\nALTER TABLE {parent} ATTACH PARTITION {own} {bound}"
    );
    Some(review("make it by itself, and attach it", vec![statement.replace(span, text)]))
}
