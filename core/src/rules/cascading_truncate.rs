use crate::catalog::ObjectName;
use crate::change::{Change, Truncate};
use crate::finding::{Finding, Severity};
use crate::impact::Work;

use super::fate::listed;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "cascading-truncate",
    group: Group::DataLoss,
    summary: "TRUNCATE … CASCADE empties tables that the statement does not name",
    severity: Severity::Error,
    page: Rule::page(include_str!("cascading_truncate.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (request, _) in statement.requests() {
            if let Change::Truncate(truncate) = &request.change
                && truncate.cascade
            {
                out.extend(others(&statement, truncate));
            }
        }
    }
}

fn others(statement: &Statement<'_>, truncate: &Truncate) -> Option<Finding> {
    let catalog = statement.catalog();
    let named: Vec<ObjectName> = truncate.tables.iter().map(|name| catalog.relation_name(name)).collect();
    // Partitions are parts of the tables that are named.
    let own = |name: &ObjectName| {
        let parent = catalog.relation(name).present().and_then(|found| found.partition_of.as_ref());
        named.contains(name) || parent.is_some_and(|of| named.contains(&of.parent))
    };
    let emptied = statement.effects().filter(|effect| effect.work == Work::Truncate && !own(&effect.relation));
    let mut emptied: Vec<String> = emptied.map(|effect| format!("`{}`", statement.spelled(&effect.relation))).collect();
    emptied.dedup();
    if emptied.is_empty() {
        return None;
    }
    let message = format!(
        "CASCADE empties tables that the statement does not name, since they refer to it: {}",
        listed(&emptied)
    );
    let span = truncate.tables.first()?.span;
    Some(statement.finding(message, span).help("name each table that is to be emptied, and leave CASCADE out"))
}
