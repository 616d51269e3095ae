use crate::finding::{Finding, Label, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "merged-copy",
    group: Group::Migrations,
    summary: "two locations hold the same script, and Flyway takes the copies for one migration",
    severity: Severity::Info,
    page: Rule::page(include_str!("merged_copy.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for copy in &facts.layout.copies {
        let message = format!("`{}` is merged with its copy; edit only one of them and Flyway refuses both", copy.file);
        let mut finding = Finding::new(message, Label::file(&copy.file));
        let copied = |path: &str| path != copy.file && copy.message.contains(&format!("`{path}`"));
        let original = facts.layout.migrations.iter().find(|migration| copied(&migration.path));
        finding.related.extend(original.map(|original| Label::file(&original.path).says("is the copy that counts")));
        out.push(finding.help("keep one of them"));
    }
}
