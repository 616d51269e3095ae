use crate::branch::CallbackChange;
use crate::finding::{Finding, Label, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "changed-callback",
    group: Group::Branches,
    summary: "the branch changes a callback, which runs around scripts that were merged long ago",
    severity: Severity::Warning,
    page: Rule::page(include_str!("changed_callback.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for callback in facts.branch.iter().flat_map(|branch| &branch.callbacks) {
        let verb = match callback.change {
            CallbackChange::Added => "is new",
            CallbackChange::Edited => "does something else now",
            CallbackChange::Deleted => "is gone",
        };
        let message =
            format!("the callback `{}` {verb}: it runs at `{}` of every migration", callback.path, callback.event);
        let help = "see that the scripts that were merged before still do the same on a new database";
        out.push(Finding::new(message, Label::file(&callback.path)).help(help));
    }
}
