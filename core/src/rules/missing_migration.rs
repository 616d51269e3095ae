use std::collections::BTreeMap;

use crate::finding::{Finding, Label, Severity};
use crate::history::Row;
use crate::layout::{Migration, base_name};
use crate::status::State;
use crate::version::Version;

use super::facts::Line;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "missing-migration",
    group: Group::Migrations,
    summary: "a migration was applied, but its script is not here",
    severity: Severity::Error,
    page: Rule::page(include_str!("missing_migration.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let codes = &["APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED", "APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED"];
    let missing: Vec<(Line<'_>, &Row)> = facts.errors(codes).filter_map(|(_, line)| Some((line, line.row?))).collect();
    if !missing.is_empty() {
        let local = Local::new(facts);
        out.extend(missing.iter().map(|(line, row)| finding(facts, &local, line, row)));
    }
}

/// The local migrations by what a row may have in common with them.
struct Local<'a> {
    versions: BTreeMap<&'a Version, &'a Migration>,
    /// Only those without a row of their own, by checksum and whether they have a version.
    unapplied: BTreeMap<(i32, bool), &'a Migration>,
}

impl<'a> Local<'a> {
    fn new(facts: &Facts<'a>) -> Self {
        let unapplied = facts.lines().filter(|line| line.row.is_none()).filter_map(|line| line.migration);
        let key = |migration: &Migration| Some((migration.checksum.stored?, migration.version.is_some()));
        Self {
            versions: facts.versioned().into_iter().map(|(migration, version, _)| (version, migration)).collect(),
            unapplied: unapplied.filter_map(|migration| Some((key(migration)?, migration))).collect(),
        }
    }

    /// The local migration of the same version and another type.
    fn retyped(&self, row: &Row) -> Option<&'a Migration> {
        self.versions.get(&Version::parse(row.version.as_deref()?).ok()?).copied()
    }

    /// The local migration with the applied checksum that has no row of its own.
    fn twin(&self, row: &Row) -> Option<&'a Migration> {
        let checksum = row.checksum.filter(|checksum| *checksum != 0)?;
        self.unapplied.get(&(checksum, row.version.is_some())).copied()
    }
}

fn finding(facts: &Facts<'_>, local: &Local<'_>, line: &Line<'_>, row: &Row) -> Finding {
    let script = if row.script.is_empty() { line.name() } else { format!("`{}`", row.script) };
    let place = facts.row_label(row, "was applied");
    if let Some(other) = local.retyped(row) {
        let message = format!("{} was applied as {}, and `{}` is another type", line.name(), row.kind, other.path);
        let finding = Finding::new(message, place).with(Label::file(&other.path).says("has its version"));
        return finding.help(format!("restore {script}; `flyway repair` cannot change the type of a versioned row"));
    }
    if let Some(twin) = local.twin(row) {
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
