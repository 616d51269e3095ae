use crate::finding::{Finding, Fix, Label, Safety, Severity};
use crate::layout::Migration;
use crate::status::State;
use crate::version::Version;

use super::facts::base_name;
use super::{Facts, Rule};

pub(super) const RULE: Rule = Rule {
    name: "ignored-migration",
    summary: "a migration is below what is applied already, so Flyway refuses it or skips it for good",
    severity: Severity::Error,
    page: include_str!("ignored_migration.md"),
    check,
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for (_, line) in facts.errors(&["RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED"]) {
        let Some(migration) = line.migration.filter(|_| line.info.state == State::Ignored) else { continue };
        let (Some(version), Some((applied, row))) = (&migration.version, facts.last_applied()) else { continue };
        let effect = if facts.settings.flyway.validate_on_migrate {
            "migrate refuses to run"
        } else {
            "migrate skips it in silence"
        };
        let message = format!("`{}` {}: {effect}", migration.path, below(facts, version, &applied));
        let finding = Finding::new(message, Label::file(&migration.path));
        out.push(advise(facts, finding.with(facts.row_label(row, &format!("applied version {applied}"))), migration));
    }
}

/// Why the migration is ignored, as a predicate.
fn below(facts: &Facts<'_>, version: &Version, applied: &Version) -> String {
    let same = |row: &&crate::history::Row| {
        row.version.as_deref().and_then(|text| Version::parse(text).ok()).as_ref() == Some(version)
    };
    match facts.rows().iter().rev().find(same).filter(|row| row.kind != "DELETE") {
        Some(row) => format!("is another migration than the {} that was applied as version {version}", row.kind),
        None => format!("came too late: it is below version {applied}, which is applied, and outOfOrder is off"),
    }
}

/// What to do: the next free version, or outOfOrder.
fn advise(facts: &Facts<'_>, finding: Finding, migration: &Migration) -> Finding {
    let other = "set `outOfOrder=true` if it does not depend on the order";
    let free = migration.version.as_ref().and_then(|version| facts.free_version(version));
    let Some((free, edits)) =
        free.and_then(|free| Some((facts.renumbered(migration, &free)?, free)).map(|(e, v)| (v, e)))
    else {
        return finding.help(format!("give it a version above everything applied, or {other}"));
    };
    let elsewhere = "first make sure that no other database has it";
    let finding = finding.help(format!("give it the next free version, `{free}` ({elsewhere}), or {other}"));
    let title = format!("rename `{}` to version {free}", base_name(&migration.path));
    finding.fix(Fix { title, safety: Safety::Review, edits })
}
