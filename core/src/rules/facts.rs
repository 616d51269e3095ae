//! What rules may ask, and the questions that many of them ask.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::branch::Branch;
use crate::deployment::Deployment;
use crate::environment::Environment;
use crate::finding::{Edit, Fix, Label, Safety};
use crate::history::{Row, Snapshot};
use crate::ignore::{Ignores, Unused};
use crate::layout::flyway::{Places, encoding_of};
use crate::layout::{Files, Kind, Language, Layout, Migration, base_name};
use crate::repository::Repository;
use crate::rollback::Rollback;
use crate::seal::Seal;
use crate::settings::{Date, Percent, Settings, Subject, Tool};
use crate::status::{Described, State, Status, ValidationError};
use crate::version::Version;

use super::Rule;
use super::statistics::Statistics;
use super::version_form::free_after;

/// Everything that a rule may ask.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The tool that the scripts are for. Where it is not Flyway, what Flyway says of them is empty.
    pub tool: Tool,
    /// Everything that is configured.
    pub settings: &'a Settings,
    /// Where scripts were looked for.
    pub places: &'a Places,
    /// Names and texts of the configuration files.
    pub configuration: &'a [(&'a str, &'a str)],
    /// The files, by path.
    pub files: &'a Files,
    /// Everything that was found.
    pub layout: &'a Layout,
    /// The history under its shown name, where one was given.
    pub history: Option<(&'a str, &'a Snapshot)>,
    /// The states, the verdict and the plan.
    pub status: &'a Status,
    /// The seal, where there is one.
    pub seal: Option<&'a Seal>,
    /// What the branch changes, where a base was given.
    pub branch: Option<&'a Branch>,
    /// What the repository around the project says of its files, where it was asked.
    pub repository: Option<&'a Repository>,
    /// The environments, where several were given.
    pub environments: &'a [Environment],
    /// What was applied and what would be, replayed.
    pub deployment: &'a Deployment,
    /// Each versioned migration with what takes it back.
    pub rollback: &'a Rollback,
    /// The share of migrations that has to be covered.
    pub min_rollback_coverage: Option<Percent>,
    /// How large tables are, where somebody says so.
    pub statistics: Option<&'a Statistics>,
    /// The ignores of scripts and settings.
    pub ignores: &'a Ignores,
    /// What ignores name and nothing was found for; empty as long as rules look.
    pub unused: &'a [Unused<'a>],
    /// The day, where somebody says which it is.
    pub today: Option<Date>,
}

/// One line of `info` with what it was made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// The line.
    pub(super) info: &'a Described,
    /// The local migration.
    pub(super) migration: Option<&'a Migration>,
    /// The row of the history.
    pub(super) row: Option<&'a Row>,
}

impl Line<'_> {
    /// How a message calls the migration.
    pub(super) fn name(&self) -> String {
        match &self.info.version {
            Some(version) => format!("version {version}"),
            None => format!("repeatable `{}`", self.info.description),
        }
    }
}

impl<'a> Facts<'a> {
    /// The rows of the history.
    pub(super) fn rows(&self) -> &'a [Row] {
        self.history.and_then(|(_, snapshot)| snapshot.rows.as_deref()).unwrap_or_default()
    }

    /// Whether the configuration asks for a rule of a tier in a file.
    pub(super) fn asks_for(&self, rule: &Rule, file: &str) -> bool {
        let subject = Subject { rule: rule.name, tier: Some(rule.group.as_str()), file, tables: &[] };
        self.settings.flightcheck.severity(subject, rule.severity).is_some()
    }

    /// A label on the history, with something to say about a row.
    pub(super) fn row_label(&self, row: &Row, says: &str) -> Label {
        let name = self.history.map_or("", |(name, _)| name);
        let when = row.installed_on.as_deref().map_or_else(String::new, |when| format!(" on {when}"));
        Label::file(name).says(format!("row {} {says}{when}", row.installed_rank))
    }

    /// A line of `info` with its parts.
    pub(super) fn line(&self, info: &'a Described) -> Line<'a> {
        let migration = info.migration.and_then(|at| self.layout.migrations.get(at));
        Line { info, migration, row: info.row.and_then(|at| self.rows().get(at)) }
    }

    /// All lines of `info`; none where Flyway refuses it.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'a>> {
        let facts = *self;
        self.status.infos.iter().map(move |info| facts.line(info))
    }

    /// The scripts that were applied and may not change any more.
    pub(super) fn sealed_scripts(&self) -> BTreeSet<&'a str> {
        let applied = self.lines().filter(|line| line.row.is_some()).filter_map(|line| line.migration);
        applied
            .filter(|migration| migration.kind != Kind::Repeatable)
            .map(|migration| migration.path.as_str())
            .collect()
    }

    /// What `validate` objects to under these codes, or `migrate` when it validates first, with the lines concerned.
    pub(super) fn errors(
        &self,
        codes: &'static [&'static str],
    ) -> impl Iterator<Item = (&'a ValidationError, Line<'a>)> {
        let facts = *self;
        let (plain, first) = (&self.status.errors, &self.status.migrate_errors);
        let said = |error: &&ValidationError| {
            let before = plain.binary_search_by_key(&error.info, |plain| plain.info);
            before.is_ok_and(|at| plain[at].code == error.code)
        };
        let all = plain.iter().chain(first.iter().filter(move |error| !said(error)));
        let of_code = all.filter(move |error| codes.contains(&error.code));
        of_code.filter_map(move |error| Some((error, facts.line(facts.status.infos.get(error.info)?))))
    }

    /// The versioned migrations, each with its state; without a state where Flyway refuses to say.
    pub(super) fn versioned(&self) -> Vec<(&'a Migration, &'a Version, Option<State>)> {
        let mut states = vec![None; self.layout.migrations.len()];
        for info in &self.status.infos {
            if let Some(state) = info.migration.and_then(|at| states.get_mut(at)) {
                *state = Some(info.state);
            }
        }
        let migrations = self.layout.migrations.iter().zip(states);
        let versioned = migrations.filter(|(migration, _)| migration.kind == Kind::Versioned);
        versioned.filter_map(|(migration, state)| Some((migration, migration.version.as_ref()?, state))).collect()
    }

    /// The highest applied version and its row.
    pub(super) fn last_applied(&self) -> Option<(Version, &'a Row)> {
        let live = |line: &Line<'_>| !matches!(line.info.state, State::Deleted | State::Undone);
        let rows = self.lines().filter(live).filter_map(|line| line.row);
        let versions = rows.filter_map(|row| Some((Version::parse(row.version.as_deref()?).ok()?, row)));
        versions.reduce(|highest, other| if other.0 > highest.0 { other } else { highest })
    }

    /// The place that gives a setting.
    pub(super) fn given(&self, key: &str) -> Option<Label> {
        self.settings.flyway.given.get(key).cloned()
    }

    /// A fix that sets a switch to its default, where the place is a line of a properties file.
    pub(super) fn switch(&self, key: &str, value: bool) -> Option<Fix> {
        let place = self.given(key)?;
        let span = place.span.filter(|_| extension(&place.file) != Some("toml"))?;
        let text = format!("flyway.{key}={value}");
        let title = format!("set `{text}`");
        Some(Fix { title, safety: Safety::Review, edits: vec![Edit::Replace { file: place.file, span, text }] })
    }

    /// The text of a migration in its character set.
    pub(super) fn text(&self, migration: &Migration) -> Option<Cow<'a, str>> {
        let file = self.files.get(&migration.path).filter(|_| migration.language != Language::Java)?;
        file.text(encoding_of(&self.settings.flyway, file.bytes(), &migration.options)).ok()
    }

    /// The version after the highest one that is written like this one, and above everything applied.
    ///
    /// Versions that misnamed scripts would have are taken too: somebody is about to correct those.
    pub(super) fn free_version(&self, like: &Version) -> Option<Version> {
        let local = self.layout.migrations.iter().filter(|migration| migration.kind == Kind::Versioned);
        let local = local.filter_map(|migration| migration.version.clone());
        let applied = self.rows().iter().filter_map(|row| Version::parse(row.version.as_deref()?).ok());
        let misnamed = self.layout.skipped.iter().filter_map(|skipped| {
            let prefix = &self.settings.flyway.versioned_prefix;
            Version::parse(own_version(skipped.suggestion.as_deref()?, prefix, self)?).ok()
        });
        let merged = self.branch.into_iter().flat_map(|branch| branch.versions.iter().cloned());
        let all = local.chain(applied).chain(misnamed).chain(merged);
        let versions: BTreeSet<Version> = all.filter(|version| version.leading_digits().is_some()).collect();
        free_after(like, &versions, self.last_applied().map(|(applied, _)| applied).as_ref())
    }

    /// The renames that give a migration another version: its script, its configuration file and its undo scripts.
    pub(super) fn renumbered(&self, migration: &Migration, version: &Version) -> Option<Vec<Edit>> {
        let edits = self.renames(migration, version)?;
        let is_free = |edit: &Edit| !matches!(edit, Edit::Rename { to, .. } if self.files.contains_key(to));
        edits.iter().all(is_free).then_some(edits)
    }

    /// The same, whether or not a file of the new name is there. Of a branch only its own scripts are renamed.
    pub(super) fn renames(&self, migration: &Migration, version: &Version) -> Option<Vec<Edit>> {
        let old = migration.version.as_ref().filter(|_| migration.language != Language::Java)?;
        let mut paths = vec![(migration.path.as_str(), self.settings.flyway.versioned_prefix.as_str())];
        let prefixes = [&self.settings.flyway.undo_prefix, &self.settings.flightcheck.rollback_prefix];
        let is_own = |path: &str| self.branch.is_none_or(|branch| branch.adds(path));
        let rollbacks = self.layout.rollbacks.iter().filter(|rollback| rollback.version == *old);
        for rollback in rollbacks.filter(|rollback| is_own(&rollback.path)) {
            let starts = |prefix: &&&String| base_name(&rollback.path).starts_with(prefix.as_str());
            paths.push((&rollback.path, prefixes.iter().rev().find(starts)?));
        }
        let mut edits = Vec::new();
        for (path, prefix) in paths {
            let rest = base_name(path).strip_prefix(prefix)?.strip_prefix(own_version(path, prefix, self)?)?;
            let to = beside(path, &format!("{prefix}{version}{rest}"));
            for ending in ["", ".conf"] {
                let (file, to) = (format!("{path}{ending}"), format!("{to}{ending}"));
                if self.files.contains_key(&file) {
                    edits.push(Edit::Rename { file, to });
                }
            }
        }
        Some(edits)
    }
}

/// The version in a script's name, as it is written there.
fn own_version<'n>(path: &'n str, prefix: &str, facts: &Facts<'_>) -> Option<&'n str> {
    let rest = base_name(path).strip_prefix(prefix)?;
    let stem = rest.rsplit_once('.').map_or(rest, |(stem, _)| stem);
    Some(stem.split_once(facts.settings.flyway.separator.as_str()).map_or(stem, |(version, _)| version))
}

/// The start of a name that is too long to be read.
pub(super) fn shortened(name: &str) -> String {
    match name.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name.to_owned(),
    }
}

/// What stands after the last dot of a path.
pub(super) fn extension(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(_, extension)| extension)
}

/// The path of another name in the same folder.
pub(super) fn beside(path: &str, name: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

/// A noun with its number: `1 script`, `2 scripts`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
