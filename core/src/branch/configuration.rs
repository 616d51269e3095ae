//! What a change of the configuration does to scripts that were merged and did not change themselves.

use std::collections::BTreeMap;

use super::side::{Script, Side};
use crate::finding::Label;
use crate::layout::{Language, Migration};
use crate::settings::Flyway;
use crate::text::Casing;

/// What changed in the configuration, and for which merged scripts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reinterpreted {
    /// The keys that changed, each with the place that gives it now.
    pub keys: Vec<ChangedKey>,
    /// The scripts that are affected, with how.
    pub scripts: Vec<(String, Alteration)>,
}

/// A key whose value the branch changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedKey {
    /// Its name.
    pub name: String,
    /// Where it stands; `None` where the branch takes it out.
    pub place: Option<Label>,
}

/// How an unchanged script is another one under the new configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alteration {
    /// The tool does not take it for a migration any more.
    Unread,
    /// The tool takes it for another migration: its version, kind or description is this now.
    Identity(String),
    /// The tool computes another checksum, because it reads another text.
    Checksum,
    /// A placeholder in it has another value.
    Values,
    /// It runs in other transactions, or under another condition.
    Execution,
}

impl Alteration {
    /// Whether the tool refuses it where it was applied.
    #[must_use]
    pub fn breaks(&self) -> bool {
        matches!(self, Self::Unread | Self::Identity(_) | Self::Checksum)
    }
}

/// Compares what the two configurations make of the files that are the same. `moved` are those that the comparison of
/// scripts has found to be another migration, or none.
pub(super) fn reinterpreted(
    own: &Side<'_>,
    ancestor: &Side<'_>,
    moved: &[(Script, Option<Script>)],
) -> Option<Reinterpreted> {
    let mut scripts: Vec<(String, Alteration)> = Vec::new();
    for (was, now) in moved {
        let alteration = now.as_ref().map_or(Alteration::Unread, |now| Alteration::Identity(named(now)));
        scripts.push((was.path.clone(), alteration));
    }
    let before: BTreeMap<&str, &Migration> =
        ancestor.layout.migrations.iter().map(|migration| (migration.path.as_str(), migration)).collect();
    let values = changed_values(&own.settings.flyway, &ancestor.settings.flyway);
    for migration in own.layout.migrations.iter().filter(|migration| migration.language != Language::Java) {
        let was = before.get(migration.path.as_str()).filter(|_| own.has_same(&migration.path, ancestor));
        let told = |was: &&&Migration| was.version == migration.version && was.kind == migration.kind;
        let Some(was) = was.filter(told) else { continue };
        if let Some(alteration) = alteration((own, migration), (ancestor, was), &values) {
            scripts.push((migration.path.clone(), alteration));
        }
    }
    let keys = changed_keys(own, ancestor);
    (!scripts.is_empty()).then_some(Reinterpreted { keys, scripts })
}

fn alteration(
    (own, now): (&Side<'_>, &Migration),
    (ancestor, was): (&Side<'_>, &Migration),
    values: &Values,
) -> Option<Alteration> {
    let repeatable = now.version.is_none();
    if !repeatable && now.checksum != was.checksum {
        return Some(Alteration::Checksum);
    }
    if now.description != was.description {
        return Some(Alteration::Identity(now.description.clone()));
    }
    let replaces = |side: &Side<'_>, migration: &Migration| {
        migration.options.placeholder_replacement.unwrap_or(side.settings.flyway.placeholder_replacement)
    };
    let prefix = &own.settings.flyway.marks.prefix;
    let text = || (own.text)(&now.path).unwrap_or_default();
    let switched = replaces(own, now) != replaces(ancestor, was) && text().contains(prefix.as_str());
    if switched || replaces(own, now) && values.any() && values.are_in(&text()) {
        return Some(Alteration::Values);
    }
    if repeatable && now.checksum != was.checksum {
        return Some(Alteration::Checksum);
    }
    let runs = |side: &Side<'_>, migration: &Migration| {
        let options = &migration.options;
        let inside = options.execute_in_transaction.unwrap_or(side.settings.flyway.execute_in_transaction);
        (inside, options.should_execute.clone())
    };
    (runs(own, now) != runs(ancestor, was)).then_some(Alteration::Execution)
}

/// How a message calls a script that has another identity.
fn named(script: &Script) -> String {
    match script.version() {
        Some(version) => format!("{} version {version}", script.kind().as_str()),
        None => format!("{} `{}`", script.kind().as_str(), script.description),
    }
}

/// What of placeholders changed, in lower case.
struct Values {
    /// The prefixes, where all placeholders are written otherwise.
    marks: Vec<String>,
    /// Those with another value, with their marks.
    names: Vec<String>,
}

impl Values {
    fn any(&self) -> bool {
        !self.marks.is_empty() || !self.names.is_empty()
    }

    fn are_in(&self, text: &str) -> bool {
        let text = text.lower();
        self.marks.iter().chain(&self.names).any(|mark| text.contains(mark.as_str()))
    }
}

fn changed_values(now: &Flyway, was: &Flyway) -> Values {
    let mut marks = Vec::new();
    if now.marks != was.marks {
        marks = vec![now.marks.prefix.lower(), was.marks.prefix.lower()];
    }
    let mut names: Vec<&String> = now.placeholders.keys().chain(was.placeholders.keys()).collect();
    names.retain(|name| now.placeholders.get(*name) != was.placeholders.get(*name));
    let mark = |name: &String| format!("{}{name}{}", now.marks.prefix, now.marks.suffix).lower();
    let mut names: Vec<String> = names.into_iter().map(mark).collect();
    let table = format!("{}flyway{}table{}", now.marks.prefix, now.marks.separator, now.marks.suffix);
    names.extend((now.table != was.table).then(|| table.lower()));
    Values { marks, names }
}

/// The keys of which scripts depend and whose values differ.
fn changed_keys(own: &Side<'_>, ancestor: &Side<'_>) -> Vec<ChangedKey> {
    let (now, was) = (&own.settings.flyway, &ancestor.settings.flyway);
    let differs: [(&str, bool); 16] = [
        ("locations", now.locations != was.locations),
        ("sqlMigrationPrefix", now.versioned_prefix != was.versioned_prefix),
        ("repeatableSqlMigrationPrefix", now.repeatable_prefix != was.repeatable_prefix),
        ("baselineMigrationPrefix", now.baseline_prefix != was.baseline_prefix),
        ("undoSqlMigrationPrefix", now.undo_prefix != was.undo_prefix),
        ("sqlMigrationSeparator", now.separator != was.separator),
        ("sqlMigrationSuffixes", now.suffixes != was.suffixes),
        ("encoding", now.encoding != was.encoding),
        ("detectEncoding", now.detect_encoding != was.detect_encoding),
        ("placeholderReplacement", now.placeholder_replacement != was.placeholder_replacement),
        ("placeholderPrefix", now.marks.prefix != was.marks.prefix),
        ("placeholderSuffix", now.marks.suffix != was.marks.suffix),
        ("placeholderSeparator", now.marks.separator != was.marks.separator),
        ("table", now.table != was.table),
        ("executeInTransaction", now.execute_in_transaction != was.execute_in_transaction),
        ("skipDefaultResolvers", now.skip_default_resolvers != was.skip_default_resolvers),
    ];
    let key = |name: &str| ChangedKey { name: name.to_owned(), place: now.given.get(name).cloned() };
    let mut keys: Vec<ChangedKey> = differs.iter().filter(|(_, differs)| *differs).map(|(name, _)| key(name)).collect();
    let names = now.placeholders.keys().chain(was.placeholders.keys());
    let mut names: Vec<&String> =
        names.filter(|name| now.placeholders.get(*name) != was.placeholders.get(*name)).collect();
    names.sort();
    names.dedup();
    keys.extend(names.into_iter().map(|name| ChangedKey {
        name: format!("placeholders.{name}"),
        place: now.placeholder_places.get(name).cloned(),
    }));
    keys
}

/// The settings that name versions and that the branch changes.
pub(super) fn retargeted(own: &Side<'_>, ancestor: &Side<'_>) -> Vec<&'static str> {
    let (now, was) = (&own.settings.flyway, &ancestor.settings.flyway);
    let differs = [
        ("target", now.target != was.target),
        ("cherryPick", now.cherry_pick != was.cherry_pick),
        ("baselineVersion", now.baseline_version != was.baseline_version),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}
