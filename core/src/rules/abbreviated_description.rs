use crate::finding::{Finding, Label, Severity};
use crate::layout::{Kind, base_name};

use super::facts::shortened;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "abbreviated-description",
    group: Group::Migrations,
    summary: "a description is longer than the history can hold, so Flyway stores a shortened one",
    severity: Severity::Info,
    page: Rule::page(include_str!("abbreviated_description.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for migration in facts.layout.migrations.iter().filter(|migration| migration.kind != Kind::Repeatable) {
        let length = migration.description.encode_utf16().count();
        if length > 200 {
            let name = shortened(base_name(&migration.path));
            let message = format!("`{name}` has a description of {length} characters; the history keeps the first 197");
            let help = "shorten it, unless it is applied already";
            out.push(Finding::new(message, Label::file(&migration.path)).help(help));
        }
    }
}
