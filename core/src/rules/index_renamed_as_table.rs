use crate::catalog::Known;
use crate::change::{AlterAction, Change, ObjectKind};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::text::Span;

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "index-renamed-as-table",
    group: Group::Locks,
    summary: "ALTER TABLE renames an index under a lock that ALTER INDEX does not need",
    severity: Severity::Info,
    page: Rule::page(include_str!("index_renamed_as_table.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    // Before 12 both took the same.
    let newer = |statement: &Statement<'_>| statement.is_postgres() && statement.server().is_at_least(12, 0, 0);
    for statement in together.statements().filter(newer) {
        let (name, span) = match &statement.request.change {
            Change::Alter(alter) if alter.kind == ObjectKind::Table => match alter.actions.as_slice() {
                [action] if matches!(action.what, AlterAction::Rename(_)) => (alter.name.as_ref(), action.span),
                _ => continue,
            },
            _ => continue,
        };
        let Some(name) = name else { continue };
        let Known::Present((owner, found)) = statement.catalog().index(name, None) else { continue };
        if statement.is_new(&owner.name) {
            continue;
        }
        let own = statement.written(name);
        let table = statement.spelled(&owner.name);
        let index = statement.spelled(&owner.name.beside(&found.name.clone().unwrap_or_default()));
        let message = format!(
            "renaming it by ALTER TABLE takes AccessExclusiveLock on `{index}`: reads and writes of `{table}` wait"
        );
        let help = format!("say ALTER INDEX {own} RENAME TO …, which takes ShareUpdateExclusiveLock");
        let start = statement.request.span.start;
        let words = statement.words(Span { start, end: name.span.start }).to_ascii_uppercase();
        let mut finding = statement.finding(message, span).help(help);
        if let Some(at) = words.find("TABLE") {
            let place = Span { start: start + at, end: start + at + "TABLE".len() };
            let edits = vec![statement.replace(place, "INDEX")];
            finding = finding.fix(Fix { title: "say ALTER INDEX".to_owned(), safety: Safety::Safe, edits });
        }
        out.push(finding);
    }
}
