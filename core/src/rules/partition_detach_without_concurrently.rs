use crate::change::{AlterAction, ObjectKind};
use crate::finding::{Finding, Fix, Severity};

use super::clause::Clause;
use super::rewriting::apart;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "partition-detach-without-concurrently",
    group: Group::Locks,
    summary: "a partition leaves while everybody who uses the whole table waits",
    severity: Severity::Warning,
    page: Rule::page(include_str!("partition_detach_without_concurrently.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    // Before 14 there is no other way.
    let able = |statement: &Statement<'_>| statement.is_postgres() && statement.server().is_at_least(14, 0, 0);
    for statement in together.statements().filter(able) {
        for clause in statement.clauses().into_iter().filter(|clause| clause.alter.kind == ObjectKind::Table) {
            out.extend(detaches(together, &statement, clause));
        }
    }
}

fn detaches(together: &Together<'_>, statement: &Statement<'_>, clause: Clause<'_>) -> Option<Finding> {
    let AlterAction::DetachPartition { partition, concurrently: false, finalize: false } = &clause.action.what else {
        return None;
    };
    let parent = statement.catalog().relation_name(clause.alter.name.as_ref()?);
    let is_default = |other: &crate::catalog::Relation| other.partition_of.as_ref().is_some_and(|of| of.default);
    // A default partition forbids CONCURRENTLY.
    let forbidden = statement.catalog().partitions_of(&parent).into_iter().any(is_default);
    if forbidden || statement.is_new(&parent) {
        return None;
    }
    let child = statement.written(partition);
    let message = format!("detaching `{child}` {}", statement.lock_in_words(&parent)?);
    let help = "say DETACH PARTITION … CONCURRENTLY, in a script of its own, which runs without a transaction; one that was cut short is ended by FINALIZE";
    let mut finding = statement.finding(message, clause.action.span).help(help);
    finding.fixes.extend(concurrently(together, statement, clause, child));
    Some(finding)
}

fn concurrently(together: &Together<'_>, statement: &Statement<'_>, clause: Clause<'_>, child: &str) -> Option<Fix> {
    if !clause.is_plain {
        return None;
    }
    let span = statement.request.span;
    let text = format!("{} CONCURRENTLY", statement.words(span).trim_end());
    let name = child.rsplit('.').next()?.trim_matches('"');
    apart(together.facts(), statement, "detach it CONCURRENTLY", &format!("detach_{name}"), &text)
}
