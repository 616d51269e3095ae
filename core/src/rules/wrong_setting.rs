use crate::finding::{Finding, Severity};

use super::asking_for_rules::did_you_mean;
use super::{Check, Facts, Group, Rule, find};

pub(super) const RULE: Rule = Rule {
    name: "wrong-setting",
    group: Group::Migrations,
    summary: "`flightcheck.toml` says something that cannot be followed",
    severity: Severity::Error,
    page: Rule::page(include_str!("wrong_setting.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for complaint in facts.settings.complaints.iter().filter(|complaint| complaint.is_ours) {
        out.push(Finding::new(&complaint.message, complaint.place.clone()).help(&complaint.help));
    }
    for (name, place) in &facts.settings.flightcheck.named_rules {
        if find(name).is_none() {
            out.push(Finding::new(format!("there is no rule `{name}`"), place.clone()).help(did_you_mean(name)));
        }
    }
}
