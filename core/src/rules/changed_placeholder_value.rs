use crate::finding::{Finding, Label, Severity};
use crate::layout::file::checksum;
use crate::layout::{Language, Migration, base_name};
use crate::seal::FILE_NAME;
use crate::settings::placeholders::replace;
use crate::status::State;
use crate::text::Casing;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "changed-placeholder-value",
    group: Group::Migrations,
    summary: "a repeatable runs again although its text is the same: the value of a placeholder differs",
    severity: Severity::Info,
    page: Rule::page(include_str!("changed_placeholder_value.md")),
    check: Check::Project(check),
};

/// Numbers below this are tried as the value that was applied.
const NUMBERS: u32 = 10_000;

/// Numbers are only tried in scripts up to this size, and in so many of them.
const LARGEST: usize = 16 * 1024;
const SCRIPTS: usize = 16;

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let outdated = facts.lines().filter(|line| line.info.state == State::Outdated);
    for (at, line) in outdated.enumerate() {
        let (Some(migration), Some(row)) = (line.migration, line.row) else { continue };
        let names = used(facts, migration);
        let (Some(first), Some(stored)) = (names.first(), row.checksum) else { continue };
        let path = &migration.path;
        let number = if at < SCRIPTS { number(facts, migration, &names, stored) } else { None };
        let sealed = facts.seal.and_then(|seal| seal.get(path)).filter(|(hash, _)| Some(*hash) == migration.sha256);
        let message = match (number, sealed) {
            // The value itself is nobody's business: it may be a secret.
            (Some(name), _) => {
                format!("`{path}` runs again because `{name}` had another value when it was applied")
            }
            (None, Some(_)) if names.len() == 1 => {
                format!("`{path}` runs again because `{first}` has another value: the text is as it was sealed")
            }
            (None, Some(_)) => {
                format!("`{path}` runs again because a placeholder has another value: the text is as it was sealed")
            }
            (None, None) => continue,
        };
        let mut finding = Finding::new(message, Label::file(path)).with(facts.row_label(row, "was applied last"));
        finding
            .related
            .extend(sealed.map(|(_, span)| Label::at(FILE_NAME, span).says("was sealed with the same hash")));
        out.push(finding.help("make sure that the new value is meant for this database"));
    }
}

/// The configured placeholders that a script uses.
fn used<'a>(facts: &Facts<'a>, migration: &Migration) -> Vec<&'a str> {
    let flyway = &facts.settings.flyway;
    let Some(text) = facts.text(migration).filter(|_| migration.language == Language::Sql) else { return Vec::new() };
    let text = text.lower();
    let mark = |name: &str| format!("{}{name}{}", flyway.marks.prefix, flyway.marks.suffix).lower();
    flyway.placeholders.keys().map(String::as_str).filter(|name| text.contains(&mark(name))).collect()
}

/// The placeholder of which some number gives the script the stored checksum.
fn number<'n>(facts: &Facts<'_>, migration: &Migration, names: &[&'n str], stored: i32) -> Option<&'n str> {
    let flyway = &facts.settings.flyway;
    let text = facts.text(migration).filter(|text| text.len() <= LARGEST)?;
    let file = base_name(&migration.path);
    let mut values = flyway.placeholder_values(&flyway.marks, file, &facts.settings.flightcheck.connection);
    names.iter().copied().find(|name| {
        let found = (0..NUMBERS).any(|number| {
            values.set(name, Some(number.to_string()));
            replace(&text, &flyway.marks, &values).is_ok_and(|text| checksum(&text) == stored)
        });
        values.set(name, flyway.placeholders.get(*name).cloned());
        found
    })
}
