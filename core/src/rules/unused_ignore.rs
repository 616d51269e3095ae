use crate::finding::{Finding, Label, Severity};
use crate::ignore::{Origin, Unused};
use crate::settings::Subject;

use super::{Check, Facts, Group, Rule, find};

pub(super) const RULE: Rule = Rule {
    name: "unused-ignore",
    group: Group::Migrations,
    summary: "an ignore is about nothing that is found",
    severity: Severity::Info,
    page: Rule::page(include_str!("unused_ignore.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let sealed = facts.sealed_scripts();
    for unused in facts.unused {
        let Some(rule) = find(unused.rule) else { continue };
        let files = match unused.ignore.origin {
            // Other tools may find what we do not.
            Origin::Peer => continue,
            Origin::Comment => vec![unused.place.file.as_str()],
            Origin::Settings => reached(facts, unused),
        };
        let all_sealed = !files.is_empty() && files.iter().all(|file| sealed.contains(file));
        let file = files.first().copied().unwrap_or_default();
        let subject = Subject { rule: rule.name, tier: rule.tier(), file, tables: &[] };
        let is_off = facts.settings.flightcheck.severity(subject, rule.severity).is_none();
        // What was applied is looked at in parts only, so that its ignores are in use where there is no history.
        if all_sealed || is_off {
            continue;
        }
        let (message, help) = match (unused.ignore.origin, files.is_empty()) {
            (Origin::Settings, true) => ("this ignore is about no file", "correct its `path`, or remove it"),
            _ => ("nothing is found here that this ignore is about", "remove it"),
        };
        out.push(Finding::new(format!("`{}`: {message}", rule.name), unused.place.clone()).help(help));
    }
}

/// The files that an ignore of the settings is about.
fn reached<'a>(facts: &Facts<'a>, unused: &Unused<'_>) -> Vec<&'a str> {
    let settings = &facts.settings.flightcheck;
    let paths = facts.files.keys().map(String::as_str);
    paths.filter(|path| unused.ignore.reaches(settings, &Label::file(*path))).collect()
}
