use crate::finding::{Finding, Label, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "conflict-with-base",
    group: Group::Branches,
    summary: "a script of the branch and one that the base got since do not go together",
    severity: Severity::Error,
    page: include_str!("conflict_with_base.md"),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for meeting in &facts.deployment.meetings {
        let (own, other, base) = (&meeting.own, &meeting.other, facts.base());
        let message = format!("`{own}` does not go together with `{other}` of `{base}`: {}", meeting.pair.reason);
        let help = format!("merge `{base}` into the branch, and write the script for the schema that is there then");
        out.push(Finding::new(message, Label::file(own)).help(help));
    }
}
