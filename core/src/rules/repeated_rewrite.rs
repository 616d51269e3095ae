use std::collections::BTreeMap;

use crate::catalog::ObjectName;
use crate::change::Change;
use crate::finding::{Finding, Label, Severity};
use crate::impact::{Target, Work};

use super::statement::of_script;
use super::{Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "repeated-rewrite",
    group: Group::Locks,
    summary: "a script writes all rows of a table anew more than once, where one ALTER TABLE would do it once",
    severity: Severity::Warning,
    page: include_str!("repeated_rewrite.md"),
    check,
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for played in facts.deployment.pending() {
        let mut before: BTreeMap<&ObjectName, Label> = BTreeMap::new();
        for statement in of_script(facts.deployment, played) {
            let Change::Alter(alter) = &statement.request.change else { continue };
            let Some(name) = alter.name.as_ref().map(|name| statement.catalog().relation_name(name)) else { continue };
            let rewrites = |effect: &&crate::impact::Effect| {
                effect.work == Work::Rewrite && effect.relation == name && effect.target == Target::Table
            };
            let Some(effect) = statement.effects().find(rewrites) else { continue };
            let Some(first) = before.get(&effect.relation) else {
                before.insert(&effect.relation, statement.label(effect.span).says("the first time is here"));
                continue;
            };
            let table = statement.spelled(&name);
            let message = format!("all rows of `{table}` are written anew once more in this script");
            let help = format!(
                "put both clauses into one ALTER TABLE {}, which writes the rows once",
                statement.words(alter.name.as_ref().map_or(effect.span, |name| name.span))
            );
            out.push(statement.finding(message, effect.span).help(help).with(first.clone()));
        }
    }
}
