use std::collections::BTreeMap;

use crate::catalog::ObjectName;
use crate::change::Change;
use crate::finding::{Finding, Severity};
use crate::impact::{Effect, Target, Work};
use crate::text::Span;

use super::statement::{Statement, of_script};
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "repeated-rewrite",
    group: Group::Locks,
    summary: "a script writes all rows of a table anew more than once, where one ALTER TABLE would do it once",
    severity: Severity::Warning,
    page: Rule::page(include_str!("repeated_rewrite.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for played in together.pending() {
        let mut rewrites: BTreeMap<&ObjectName, Vec<(Statement<'_>, Span)>> = BTreeMap::new();
        for statement in of_script(together.deployment, played) {
            let Change::Alter(alter) = &statement.request.change else { continue };
            let Some(name) = alter.name.as_ref().map(|name| statement.catalog().relation_name(name)) else { continue };
            let own = |effect: &&Effect| {
                effect.work == Work::Rewrite && effect.relation == name && effect.target == Target::Table
            };
            if let Some(effect) = statement.effects().find(own) {
                rewrites.entry(&effect.relation).or_default().push((statement, effect.span));
            }
        }
        out.extend(rewrites.iter().filter_map(|(name, places)| repeated(name, places)));
    }
}

fn repeated(name: &ObjectName, places: &[(Statement<'_>, Span)]) -> Option<Finding> {
    let [(first, begin), (second, again), ..] = places else { return None };
    let table = first.spelled(name);
    let message = format!("all rows of `{table}` are written anew {} times in this script", places.len());
    let help = format!("put the clauses into one ALTER TABLE {table}, which writes the rows once");
    Some(second.finding(message, *again).help(help).with(first.label(*begin).says("the first time is here")))
}
