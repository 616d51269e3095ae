use crate::finding::{Edit, Finding, Fix, Label, Safety, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "near-miss-name",
    group: Group::Migrations,
    summary: "a file looks like a migration, but Flyway passes over it in silence",
    severity: Severity::Warning,
    page: Rule::page(include_str!("near_miss_name.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for skipped in &facts.layout.skipped {
        let message = format!("Flyway skips `{}`: {}", skipped.path, skipped.reason);
        let mut finding = Finding::new(message, Label::file(&skipped.path));
        if let Some(name) = &skipped.suggestion {
            let folder = skipped.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let to = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let taken = facts.files.contains_key(&to);
            finding = finding.help(format!("rename it to `{name}`, or move it out of the location"));
            if !taken {
                let edits = vec![Edit::Rename { file: skipped.path.clone(), to }];
                finding = finding.fix(Fix { title: format!("rename to `{name}`"), safety: Safety::Review, edits });
            }
        } else {
            finding = finding.help("give it a version, or move it out of the location");
        }
        out.push(finding);
    }
}
