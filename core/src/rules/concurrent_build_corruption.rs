use crate::change::{Change, Task};
use crate::finding::{Finding, Severity};
use crate::version::Release;

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "concurrent-build-corruption",
    group: Group::DataLoss,
    summary: "PostgreSQL 14.1 to 14.3 may leave rows out of an index that is built CONCURRENTLY",
    severity: Severity::Error,
    page: Rule::page(include_str!("concurrent_build_corruption.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    // "14" is what people write for all of its releases, so 14.0 is taken for that.
    let broken = |statement: &Statement<'_>| {
        let version = statement.server().version;
        statement.is_postgres() && version >= Release(14, 1, 0) && version < Release(14, 4, 0)
    };
    for statement in together.statements().filter(broken) {
        for (request, _) in statement.requests() {
            let what = match &request.change {
                Change::CreateIndex(index) if index.concurrently => "CREATE INDEX CONCURRENTLY",
                Change::Maintenance(upkeep) if upkeep.task == Task::Reindex && upkeep.concurrently => {
                    "REINDEX CONCURRENTLY"
                }
                _ => continue,
            };
            let message = format!(
                "{what} on {} may leave rows out of the index that are updated meanwhile",
                statement.server_name()
            );
            let help = "upgrade to PostgreSQL 14.4 or later first; an index that was built so is checked by pg_amcheck --heapallindexed";
            out.push(statement.finding(message, request.span).help(help));
        }
    }
}
