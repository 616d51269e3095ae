use crate::change::{AlterAction, ObjectKind};
use crate::finding::{Finding, Severity};
use crate::impact::{Effect, Work};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "partition-attach-scan",
    group: Group::Locks,
    summary: "the rows of a table that becomes a partition are read while everybody who uses it waits",
    severity: Severity::Warning,
    page: Rule::page(include_str!("partition_attach_scan.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for clause in statement.clauses().into_iter().filter(|clause| clause.alter.kind == ObjectKind::Table) {
            let AlterAction::AttachPartition { partition, default, .. } = &clause.action.what else { continue };
            let joins = statement.catalog().relation_name(partition);
            let reads = |fact: &str| {
                let own = |effect: &Effect| {
                    effect.work == Work::Scan && effect.span == clause.action.span && effect.fact.name == fact
                };
                statement.effects().any(own)
            };
            let (bound, index, key) = (reads("partition-scan"), reads("index-build"), reads("foreign-key-scan"));
            let child = statement.written(partition);
            let parent = clause.alter.name.as_ref().map_or("the table", |name| statement.written(name));
            let (mut why, mut before) = (Vec::new(), Vec::new());
            if bound {
                why.push("checked against the bound");
                before.push(if *default {
                    format!("a CHECK on `{child}` that excludes all other bounds of `{parent}`, NOT VALID, and VALIDATE CONSTRAINT")
                } else {
                    format!("a CHECK on `{child}` that says its bound, and IS NOT NULL of the key, NOT VALID, and VALIDATE CONSTRAINT")
                });
            }
            if index {
                why.push("put into new indexes");
                before.push(format!("CREATE INDEX CONCURRENTLY on `{child}` for each index of `{parent}`"));
            }
            if key {
                why.push("looked up for foreign keys");
                before.push(format!("each foreign key of `{parent}` on `{child}`, NOT VALID, and VALIDATE CONSTRAINT"));
            }
            if why.is_empty() {
                continue;
            }
            let why = why.join(", ");
            let lock = statement.and_lock(&joins);
            let message = format!("all rows of `{child}` are {why}{lock}");
            let help = format!("before it, in scripts of their own: {}", before.join("; "));
            out.push(statement.finding(message, clause.action.span).help(help));
        }
    }
}
