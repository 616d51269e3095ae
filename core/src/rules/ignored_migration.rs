use std::collections::BTreeMap;

use crate::finding::{Finding, Fix, Label, Safety, Severity};
use crate::history::Row;
use crate::layout::{Migration, base_name};
use crate::status::State;
use crate::version::Version;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "ignored-migration",
    group: Group::Migrations,
    summary: "a migration is below what is applied already, so Flyway refuses it or skips it for good",
    severity: Severity::Error,
    page: Rule::page(include_str!("ignored_migration.md")),
    check: Check::Project(check),
};

/// So many get a new version; with more, something else is the matter.
const RENUMBERED: usize = 20;

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let late = facts.errors(&["RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED"]);
    let late = late.filter(|(_, line)| line.info.state == State::Ignored).filter_map(|(_, line)| line.migration);
    let late: Vec<&Migration> = late.collect();
    if late.is_empty() {
        return;
    }
    let applied = applied(facts);
    let last = facts.last_applied();
    let silent = !facts.settings.flyway.validate_on_migrate;
    let effect = if silent { "migrate skips it in silence" } else { "migrate refuses to run" };
    for (at, migration) in late.iter().enumerate() {
        let (path, Some(version)) = (&migration.path, &migration.version) else { continue };
        let place = Label::file(path);
        let Some((highest, row)) = &last else {
            let message = format!("`{path}` is taken for a marker and not for a version: {effect}");
            out.push(Finding::new(message, place).help("give it a number as its version"));
            continue;
        };
        let why = match applied.get(version) {
            Some(row) => format!("is another migration than the {} that was applied as version {version}", row.kind),
            None => format!("came too late: it is below version {highest}, which is applied, and outOfOrder is off"),
        };
        let finding = Finding::new(format!("`{path}` {why}: {effect}"), place);
        let finding = finding.with(facts.row_label(row, &format!("applied version {highest}")));
        out.push(advise(facts, finding, migration, at < RENUMBERED));
    }
}

/// The newest row of each version.
fn applied<'a>(facts: &Facts<'a>) -> BTreeMap<Version, &'a Row> {
    let rows = facts.rows().iter().filter(|row| row.kind != "DELETE");
    rows.filter_map(|row| Some((Version::parse(row.version.as_deref()?).ok()?, row))).collect()
}

/// What to do: the next free version, or outOfOrder.
fn advise(facts: &Facts<'_>, finding: Finding, migration: &Migration, renumber: bool) -> Finding {
    if facts.branch.is_some_and(|branch| branch.adds(&migration.path)) {
        let (help, fix) = facts.renumbering().advise(facts, &migration.path);
        let mut finding = finding.help(format!("{help}; or set `outOfOrder=true` if it does not depend on the order"));
        finding.fixes.extend(fix);
        return finding;
    }
    let other = "set `outOfOrder=true` if it does not depend on the order";
    let renumbered = || {
        let free = facts.free_version(migration.version.as_ref()?)?;
        Some((facts.renumbered(migration, &free)?, free))
    };
    let Some((edits, free)) = renumber.then(renumbered).flatten() else {
        return finding.help(format!("give it a version above everything applied, or {other}"));
    };
    let title = format!("rename `{}` to version {free}", base_name(&migration.path));
    finding.help(format!("give it the next free version, `{free}`, if no other database has it; or {other}")).fix(Fix {
        title,
        safety: Safety::Review,
        edits,
    })
}
