use crate::finding::{Finding, Severity};
use crate::ignore::{Ignore, Origin};

use super::asking_for_rules::did_you_mean;
use super::{Check, Facts, Group, Rule, find};

pub(super) const RULE: Rule = Rule {
    name: "unclear-ignore",
    group: Group::Migrations,
    summary: "an ignore cannot be read, names no rule, or does not say why although it has to",
    severity: Severity::Warning,
    page: Rule::page(include_str!("unclear_ignore.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    // What stands in an applied script stays there: another comment would be another checksum.
    let sealed = facts.sealed_scripts();
    for misread in facts.ignores.misread.iter().filter(|misread| !sealed.contains(misread.place.file.as_str())) {
        out.push(Finding::new(&misread.message, misread.place.clone()).help(&misread.help));
    }
    for ignore in facts.ignores.all.iter().filter(|ignore| !sealed.contains(ignore.place.file.as_str())) {
        let unknown = ignore.rules.iter().filter(|(name, _)| ignore.origin == Origin::Comment && find(name).is_none());
        out.extend(unknown.map(|(name, place)| {
            Finding::new(format!("there is no rule `{name}`"), place.clone()).help(did_you_mean(name))
        }));
        if ignore.lacks_reason(&facts.settings.flightcheck) && !ignore.rules.is_empty() {
            out.push(without_reason(ignore));
        }
    }
}

fn without_reason(ignore: &Ignore) -> Finding {
    let help = match ignore.origin {
        Origin::Comment => "write it behind the parentheses",
        Origin::Settings => "add `reason = \"…\"`",
        Origin::Peer => "write `-- flightcheck: allow(rule) reason` instead",
    };
    Finding::new("this ignore does not say why, and so does not apply", ignore.place.clone()).help(help)
}
