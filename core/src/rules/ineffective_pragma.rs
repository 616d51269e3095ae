use crate::change::{Assignment, Change};
use crate::deployment::{Opener, Played};
use crate::finding::{Finding, Severity};
use crate::sql::Dialect;

use super::statement::{Statement, of_script};
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "ineffective-pragma",
    group: Group::Transactions,
    summary: "SQLite ignores PRAGMA foreign_keys in a transaction",
    severity: Severity::Warning,
    page: Rule::page(include_str!("ineffective_pragma.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    if together.deployment.server.dialect == Dialect::Sqlite {
        for played in together.pending() {
            out.extend(first(together, played));
        }
    }
}

/// The first one of a script: to set it back is as much in vain.
fn first(together: &Together<'_>, played: &Played) -> Option<Finding> {
    let ignored = |statement: Statement<'_>| {
        let open = statement.step.transaction?;
        let Change::Set(setting) = &statement.request.change else { return None };
        let set = |one: &&Assignment| one.name == "foreign_keys" && !one.values.is_empty();
        let assignment = setting.assignments.iter().find(set).filter(|_| setting.verb() == "pragma")?;
        let value = assignment.values.join(" ");
        let who = if open.opener == Opener::Script { "the script has opened" } else { "the script runs in" };
        let message =
            format!("SQLite ignores `foreign_keys = {value}` in the transaction that {who}: all stays as it was");
        let finding = statement.finding(message, statement.request.span);
        Some(finding.help("set it in a script of its own that runs without a transaction, before and after this one; defer_foreign_keys works inside, but does not keep DROP TABLE from deleting rows"))
    };
    of_script(together.deployment, played).find_map(ignored)
}
