use crate::finding::{Finding, Label, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "repeatable-changed-on-both-sides",
    group: Group::Branches,
    summary: "a repeatable script was changed on the branch and on the base",
    severity: Severity::Warning,
    page: Rule::page(include_str!("repeatable_changed_on_both_sides.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for both in facts.branch.iter().flat_map(|branch| &branch.repeatables) {
        let (path, base) = (&both.path, facts.base());
        let verb = if both.had_common { "changed" } else { "added" };
        let message = format!("`{path}` was {verb} here, and otherwise on `{base}` since: the one that runs last wins");
        let help = format!("merge `{base}` into the branch, and see that the script holds both changes");
        out.push(Finding::new(message, Label::file(path)).help(help));
    }
}
