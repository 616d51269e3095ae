use crate::finding::{Finding, Severity};
use crate::ignore::{Ignore, Origin};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "expired-ignore",
    group: Group::Migrations,
    summary: "the last day of an ignore is over",
    severity: Severity::Warning,
    page: Rule::page(include_str!("expired_ignore.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let sealed = facts.sealed_scripts();
    let may_change = |ignore: &&Ignore| !sealed.contains(ignore.place.file.as_str());
    for ignore in facts.ignores.all.iter().filter(|ignore| ignore.is_expired(facts.today)).filter(may_change) {
        let Some(until) = ignore.until else { continue };
        let rules: Vec<String> = ignore.rules.iter().map(|(rule, _)| format!("`{rule}`")).collect();
        let rules = super::facts::shortened(&rules.join(", "));
        let message = format!("the ignore of {rules} has ended on {until}");
        let day = if ignore.origin == Origin::Settings { "`until`" } else { "`until=`" };
        let help = format!("look at what it was for; then remove it, or set {day} to a later day");
        out.push(Finding::new(message, ignore.place.clone()).help(help));
    }
}
