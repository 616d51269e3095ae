use crate::finding::{Finding, Label, Severity};
use crate::history::Row;
use crate::layout::Migration;
use crate::status::State;
use crate::version::Version;

use super::facts::{Line, base_name};
use super::{Facts, Rule};

pub(super) const RULE: Rule = Rule {
    name: "missing-migration",
    summary: "a migration was applied, but its script is not here",
    severity: Severity::Error,
    page: include_str!("missing_migration.md"),
    check,
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let codes = &["APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED", "APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED"];
    for (_, line) in facts.errors(codes) {
        if let Some(row) = line.row {
            out.push(missing(facts, &line, row));
        }
    }
}

fn missing(facts: &Facts<'_>, line: &Line<'_>, row: &Row) -> Finding {
    let script = if row.script.is_empty() { line.name() } else { format!("`{}`", row.script) };
    let place = facts.row_label(row, "was applied");
    if let Some(other) = retyped(facts, row) {
        let message = format!("{} was applied as {}, and `{}` is another type", line.name(), row.kind, other.path);
        let finding = Finding::new(message, place).with(Label::file(&other.path).says("has its version"));
        return finding.help(format!("restore {script}; `flyway repair` cannot change the type of a versioned row"));
    }
    if let Some(twin) = twin(facts, row) {
        let message = format!("{script} was applied, and is `{}` now", twin.path);
        let finding = Finding::new(message, place).with(Label::file(&twin.path).says("has its content"));
        return finding.help(format!("give it its old name back: `{}`", base_name(&row.script)));
    }
    let skipped =
        facts.layout.skipped.iter().find(|skipped| {
            skipped.suggestion.as_deref().is_some_and(|suggestion| suggestion == base_name(&row.script))
        });
    if let Some(skipped) = skipped {
        let message = format!("{script} was applied, and Flyway does not see `{}`", skipped.path);
        let finding = Finding::new(message, place).with(Label::file(&skipped.path).says(&skipped.reason));
        return finding.help(format!("rename it to `{}`", base_name(&row.script)));
    }
    let mut finding = if matches!(line.info.state, State::FutureSuccess | State::FutureFailed) {
        let message = format!("{script} was applied, but is not here; it is above every script that is");
        Finding::new(message, place)
            .help("use the scripts of the release that the database is at; `*:future` in `ignoreMigrationPatterns` excuses it")
    } else {
        let help = format!(
            "restore it (`git log --all --diff-filter=D -- '*{}'`); if it was removed on purpose, `flyway repair` marks it \
             as deleted, which does not take back what it did",
            base_name(&row.script)
        );
        Finding::new(format!("{script} was applied, but is not here"), place).help(help)
    };
    let version = row.version.as_deref().and_then(|text| Version::parse(text).ok());
    for rollback in facts.layout.rollbacks.iter().filter(|rollback| Some(&rollback.version) == version.as_ref()) {
        finding = finding.with(Label::file(&rollback.path).says("takes it back"));
    }
    finding
}

/// The local migration of the same version and another type.
fn retyped<'a>(facts: &Facts<'a>, row: &Row) -> Option<&'a Migration> {
    let version = Version::parse(row.version.as_deref()?).ok()?;
    facts.versioned().into_iter().find(|(_, other, _)| **other == version).map(|(migration, ..)| migration)
}

/// A local migration with the applied checksum that has no row of its own.
fn twin<'a>(facts: &Facts<'a>, row: &Row) -> Option<&'a Migration> {
    let checksum = row.checksum.filter(|checksum| *checksum != 0)?;
    let unapplied = facts.lines().filter(|line| line.row.is_none()).filter_map(|line| line.migration);
    let unapplied: Vec<&Migration> = unapplied.collect();
    let same_kind = |migration: &&&Migration| migration.version.is_some() == row.version.is_some();
    let same = |migration: &&&Migration| migration.checksum.stored == Some(checksum);
    unapplied.iter().filter(same_kind).find(same).copied()
}
