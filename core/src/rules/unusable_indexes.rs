use crate::catalog::Known;
use crate::change::AlterAction;
use crate::finding::{Finding, Severity};
use crate::sql::Dialect;
use crate::text::Span;

use super::rewriting::review;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "unusable-indexes",
    group: Group::Compatibility,
    summary: "work on partitions leaves the global indexes of an Oracle table unusable",
    severity: Severity::Warning,
    page: Rule::page(include_str!("unusable_indexes.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| statement.dialect() == Dialect::Oracle) {
        for (alter, request) in statement.alters() {
            let Some(name) = alter.name.as_ref().filter(|name| !statement.is_new_name(name)) else { continue };
            let bare = match statement.catalog().table(name) {
                Known::Present(table) => table.complete && table.indexes.is_empty(),
                _ => false,
            };
            let Some((verb, span)) = alter.actions.iter().find_map(|action| match &action.what {
                AlterAction::DropPartition { update_indexes: false, .. } => Some(("drop", action.span)),
                AlterAction::TruncatePartition { update_indexes: false, .. } => Some(("truncate", action.span)),
                AlterAction::ExchangePartition { update_indexes: false, .. } => Some(("exchange", action.span)),
                AlterAction::WorkOnPartition { verb, update_indexes: false, .. } if *verb != "rename" => {
                    Some((*verb, action.span))
                }
                _ => None,
            }) else {
                continue;
            };
            if bare {
                continue;
            }
            let table = statement.spelled(&statement.catalog().relation_name(name));
            let message = format!(
                "to {verb} a partition of `{table}` leaves its global indexes UNUSABLE: statements that need them fail with ORA-01502"
            );
            let mut finding = statement.finding(message, span);
            finding = finding.help("say UPDATE INDEXES, and the server keeps them up while it works");
            let at = request.span.end;
            let edit = statement.replace(Span { start: at, end: at }, " UPDATE INDEXES");
            finding.fixes.push(review("say UPDATE INDEXES", vec![edit]));
            out.push(finding);
        }
    }
}
