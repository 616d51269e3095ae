use crate::change::Change;
use crate::finding::{Finding, Severity};
use crate::impact::{Effect, Work};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "in-place-rebuild",
    group: Group::Locks,
    summary: "MySQL or MariaDB builds a table anew while others write",
    severity: Severity::Info,
    page: Rule::page(include_str!("in_place_rebuild.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_mysql) {
        let alters = matches!(
            statement.request.change,
            Change::Alter(_) | Change::CreateIndex(_) | Change::Drop(_) | Change::Maintenance(_)
        );
        if alters && statement.step.impact.fails.is_none() {
            out.extend(rebuilt(&statement));
        }
    }
}

fn rebuilt(statement: &Statement<'_>) -> Option<Finding> {
    let is_rebuild = |effect: &&Effect| {
        let whole = !matches!(effect.fact.name, "algorithm-asked" | "tablespace" | "truncate-partition");
        effect.work == Work::Rewrite && !effect.stops.writes && whole
    };
    let effect = statement.effects().find(is_rebuild)?;
    // A virtual column that stands with others asks for a copy, and `copying-alter` says so.
    let table = statement.spelled(&effect.relation);
    let server = statement.server_name();
    let message = format!(
        "{server} builds `{table}` anew while others write, since {}; replicas lag behind while they do the same",
        effect.fact.reason
    );
    let help = match effect.fact.name {
        "add-column" => {
            "run it at a quiet hour: adding a column is INSTANT only from MySQL 8.0.12 and MariaDB 10.3 on".to_owned()
        }
        "add-column-placed" => "leave FIRST and AFTER out: a column that comes last is INSTANT".to_owned(),
        "instant-refused" => {
            "put what could be INSTANT into an ALTER TABLE of its own, with ALGORITHM=INSTANT".to_owned()
        }
        "set-not-null" => format!(
            "see that `{table}` has room on its disk for a second copy, and run it at a quiet hour; a NULL in any row fails it"
        ),
        _ => format!("see that `{table}` has room on its disk for a second copy, and run it at a quiet hour"),
    };
    Some(statement.finding(message, effect.span).help(help))
}
