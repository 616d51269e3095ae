//! Environments side by side: what each has run and would run next, and where they have drifted apart.
//!
//! An environment may have locations, a target and placeholders of its own, so each brings its own layout and states.

mod drift;

pub use drift::{Drift, DriftKind, drift};

use std::collections::BTreeMap;

use crate::history::Snapshot;
use crate::layout::{Kind, Layout};
use crate::settings::Settings;
use crate::status::{State, Status};
use crate::version::Version;

/// An environment.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Its name.
    pub name: String,
    /// The name of its history, or of the base that stands for one.
    pub source: String,
    /// The locations of its scripts.
    pub locations: Vec<String>,
    /// Its target, where one is set.
    pub target: Option<String>,
    /// The highest version that it has applied.
    pub schema_version: Option<String>,
    /// What it has run and would run.
    pub lines: Vec<Line>,
    /// What Flyway objects to beside what is merely pending: the line, the code and the words.
    pub errors: Vec<(usize, &'static str, String)>,
    /// The scripts that the next run would apply, in order, or why it refuses.
    pub would_run: Result<Vec<String>, String>,
}

/// One migration in an environment.
#[derive(Debug, Clone)]
pub struct Line {
    /// What makes it the same in another environment.
    pub key: Key,
    /// The version's display text; `None` for repeatables.
    pub version: Option<String>,
    /// Its description.
    pub description: String,
    /// Its name in the history.
    pub script: String,
    /// The path of its script, where there is one.
    pub file: Option<String>,
    /// Its state.
    pub state: State,
    /// Whether a row of the history says that it ran and stays.
    pub is_applied: bool,
    /// The checksum of the row, or of the script where there is no row.
    pub checksum: Option<i32>,
    /// Its rank in the history.
    pub installed_rank: Option<i64>,
}

/// What makes two lines the same migration: version, or description, and whether it is a baseline.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A version.
    Version(Version, bool),
    /// A repeatable script's description.
    Repeatable(String),
}

/// What an environment is made from.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// Its name.
    pub name: &'a str,
    /// The name of its history, or of the base that stands for one.
    pub source: &'a str,
    /// Everything that is configured.
    pub settings: &'a Settings,
    /// Everything that was found.
    pub layout: &'a Layout,
    /// The history.
    pub snapshot: Option<&'a Snapshot>,
    /// The states.
    pub status: &'a Status,
}

/// The codes that only say that the next run has something to do.
pub const PENDING_CODES: [&str; 3] = [
    "RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED",
    "RESOLVED_REPEATABLE_MIGRATION_NOT_APPLIED",
    "OUTDATED_REPEATABLE_MIGRATION",
];

impl Environment {
    /// An environment of those parts.
    #[must_use]
    pub fn new(parts: Parts<'_>) -> Self {
        let Parts { settings, layout, status, .. } = parts;
        let rows = parts.snapshot.and_then(|snapshot| snapshot.rows.as_deref()).unwrap_or_default();
        let mut lines = Vec::new();
        let mut at = BTreeMap::new();
        for (place, info) in status.infos.iter().enumerate() {
            let local = info.migration.and_then(|at| layout.migrations.get(at));
            let row = info.row.and_then(|at| rows.get(at));
            let undo = local.is_some_and(|local| local.kind == Kind::Undo) || info.kind.starts_with("UNDO");
            if undo || matches!(info.state, State::Superseded | State::Available) || info.kind == "SCHEMA" {
                continue;
            }
            let version = info.version.as_deref().and_then(|text| Version::parse(text).ok());
            let baseline = local.is_some_and(|local| local.kind == Kind::Baseline);
            at.insert(place, lines.len());
            lines.push(Line {
                key: match version {
                    Some(version) => Key::Version(version, baseline),
                    None => Key::Repeatable(info.description.clone()),
                },
                version: info.version.clone(),
                description: info.description.clone(),
                script: info.script.clone(),
                file: local.map(|local| local.path.clone()),
                state: info.state,
                is_applied: row.is_some_and(|row| row.success)
                    && !matches!(info.state, State::Undone | State::Deleted | State::Baseline),
                checksum: info.checksum,
                installed_rank: info.installed_rank,
            });
        }
        let counts = |error: &&crate::status::ValidationError| {
            let state = status.infos.get(error.info).map(|info| info.state);
            !PENDING_CODES.contains(&error.code) || state == Some(State::Ignored)
        };
        let errors = status.errors.iter().filter(counts);
        let errors = errors.filter_map(|error| Some((*at.get(&error.info)?, error.code, error.message.clone())));
        let script = |at: &usize| layout.migrations.get(*at).map(|migration| migration.script.clone());
        Self {
            name: parts.name.to_owned(),
            source: parts.source.to_owned(),
            locations: layout.locations.clone(),
            target: settings.flyway.given.contains_key("target").then(|| settings.flyway.target.version.to_string()),
            schema_version: status.schema_version.clone(),
            errors: errors.collect(),
            lines,
            would_run: match &status.plan {
                Ok(plan) => Ok(plan.steps.iter().filter_map(script).collect()),
                Err(refusal) => Err(refusal.message.clone()),
            },
        }
    }

    /// Its line for a migration.
    #[must_use]
    pub fn line(&self, key: &Key) -> Option<&Line> {
        self.lines.iter().find(|line| line.key == *key)
    }
}

/// The migrations of all environments, versions first.
#[must_use]
pub fn keys(environments: &[Environment]) -> Vec<Key> {
    let mut keys: Vec<Key> =
        environments.iter().flat_map(|environment| &environment.lines).map(|line| line.key.clone()).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// Whether two environments ran a migration with different checksums.
#[must_use]
pub fn checksums_differ(environments: &[Environment], key: &Key) -> bool {
    // A repeatable runs again wherever it has changed, so it may be at different texts.
    if matches!(key, Key::Repeatable(_)) {
        return false;
    }
    let lines = environments.iter().filter_map(|environment| environment.line(key));
    let mut applied = lines.filter(|line| line.is_applied).filter_map(|line| line.checksum);
    let first = applied.next();
    applied.any(|other| Some(other) != first)
}
