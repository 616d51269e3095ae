use crate::change::{Change, ObjectKind};
use crate::finding::{Finding, Severity};
use crate::sql::Dialect;

use super::rewriting::review;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "purged-drop",
    group: Group::DataLoss,
    summary: "a table is dropped past Oracle's recycle bin",
    severity: Severity::Warning,
    page: Rule::page(include_str!("purged_drop.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| statement.dialect() == Dialect::Oracle) {
        for (request, _) in statement.requests() {
            let Change::Drop(drop) = &request.change else { continue };
            let old = drop.names.first().filter(|name| !statement.is_new_name(name));
            let Some(name) = old.filter(|_| drop.purge && drop.kind == ObjectKind::Table) else { continue };
            let table = statement.spelled(&statement.catalog().relation_name(name));
            let message = format!("PURGE takes `{table}` past the recycle bin: FLASHBACK TABLE cannot bring it back");
            let mut finding = statement.finding(message, request.span);
            finding = finding.help(format!("drop `{table}` without PURGE, and PURGE TABLE it in a later deployment"));
            let exists = if drop.if_exists { "IF EXISTS " } else { "" };
            let cascade = if drop.cascade { " CASCADE CONSTRAINTS" } else { "" };
            let text = format!("DROP TABLE {exists}{}{cascade}", statement.words(name.span));
            finding.fixes.push(review("leave PURGE out", vec![statement.replace(request.span, text)]));
            out.push(finding);
        }
    }
}
