use crate::catalog::ConstraintKind;
use crate::change::{Change, ReferentialAction};
use crate::finding::{Finding, Severity};
use crate::sql::Dialect;

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "row-deleting-drop",
    group: Group::DataLoss,
    summary: "with foreign keys on, SQLite's DROP TABLE deletes or empties rows of other tables",
    severity: Severity::Error,
    page: Rule::page(include_str!("row_deleting_drop.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| statement.dialect() == Dialect::Sqlite) {
        if statement.step.impact.fails.is_none() {
            out.extend(cascading(&statement));
        }
    }
}

fn cascading(statement: &Statement<'_>) -> Option<Finding> {
    let Change::Drop(_) = &statement.request.change else { return None };
    let effect = statement.effects().find(|effect| effect.fact.name == "drop-referenced-table")?;
    let reaches = statement.catalog().referencing(&effect.relation).into_iter().find_map(|(owner, key)| {
        let ConstraintKind::ForeignKey { on_delete, .. } = &key.kind else { return None };
        match on_delete {
            _ if owner.name == effect.relation => None,
            Some(ReferentialAction::Cascade) => Some((owner, "deletes the rows")),
            Some(ReferentialAction::SetNull | ReferentialAction::SetDefault) => {
                Some((owner, "empties the foreign key"))
            }
            _ => None,
        }
    });
    let (owner, does) = reaches?;
    let (table, other) = (statement.spelled(&effect.relation), statement.spelled(&owner.name));
    let message = format!("with foreign_keys on, to drop `{table}` {does} of `{other}` too: it deletes each row first");
    Some(statement.finding(message, statement.request.span).help(
        "set PRAGMA foreign_keys = OFF before it, in a script of its own that runs without a transaction, and check with PRAGMA foreign_key_check afterwards",
    ))
}
