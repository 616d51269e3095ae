use crate::finding::{Finding, Label, Severity};
use crate::layout::{Kind, base_name};

use super::facts::shortened;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "overlong-description",
    group: Group::Migrations,
    summary: "a repeatable's description or a version does not fit its column of the history, and migrate breaks on it",
    severity: Severity::Error,
    page: Rule::page(include_str!("overlong_description.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for migration in &facts.layout.migrations {
        let name = shortened(base_name(&migration.path));
        let description = migration.description.encode_utf16().count();
        let version = migration.version.as_ref().map_or(0, |version| version.as_str().encode_utf16().count());
        let place = Label::file(&migration.path);
        if migration.kind == Kind::Repeatable && description > 200 {
            let message = format!(
                "`{name}` has a description of {description} characters, so Flyway never finds its row again: \
                 it runs every time, and the second migrate fails"
            );
            out.push(Finding::new(message, place).help("shorten the description to 200 characters"));
        } else if version > 50 {
            let message = format!("`{name}` has a version of {version} characters; the column of the history holds 50");
            out.push(Finding::new(message, place).help("shorten the version to 50 characters"));
        }
    }
}
