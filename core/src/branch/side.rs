//! One side of the comparison: its scripts, whatever tool they are for.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::change::Reading;
use crate::layout::plain::{Direction, Found};
use crate::layout::{Files, Kind, Language, Layout, base_name};
use crate::settings::{Settings, Tool};
use crate::version::Version;

/// A side: what is configured, the files, and the scripts among them.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The tool.
    pub tool: Tool,
    /// Everything that is configured.
    pub settings: &'a Settings,
    /// Names and texts of the configuration files.
    pub configuration: &'a [(&'a str, &'a str)],
    /// The files, by path.
    pub files: &'a Files,
    /// Flyway's layout; empty where the scripts are another tool's.
    pub layout: &'a Layout,
    /// The scripts of another tool.
    pub other: Option<&'a Found>,
    /// The text of a script in its character set.
    pub text: &'a dyn Fn(&str) -> Option<String>,
    /// A script as SQL.
    pub reading: &'a dyn Fn(&str) -> Option<Arc<Reading>>,
}

/// What makes two scripts the same migration.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A version, with its kind: a baseline script and a versioned one may share it.
    Version(Kind, Version),
    /// What has no version has a name.
    Name(Kind, String),
}

/// A script of a side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// What it is.
    pub key: Key,
    /// The path of its file.
    pub path: String,
    /// Its name in the history: the path relative to the location.
    pub script: String,
    /// Its description.
    pub description: String,
    /// The checksum that the tool would compare, where it is known.
    pub checksum: Option<i32>,
    /// Whether it is SQL.
    pub is_sql: bool,
}

impl Script {
    /// Its version.
    #[must_use]
    pub fn version(&self) -> Option<&Version> {
        match &self.key {
            Key::Version(_, version) => Some(version),
            Key::Name(..) => None,
        }
    }

    /// What it is for.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.key {
            Key::Version(kind, _) | Key::Name(kind, _) => kind,
        }
    }

    /// Its name without folders.
    #[must_use]
    pub fn name(&self) -> &str {
        base_name(&self.path)
    }
}

/// A side with its scripts.
pub(super) struct Scripted<'a> {
    /// The side.
    pub(super) side: &'a Side<'a>,
    /// Its scripts, in the tool's order.
    pub(super) scripts: Vec<Script>,
}

impl<'a> Scripted<'a> {
    pub(super) fn new(side: &'a Side<'a>) -> Self {
        Self { side, scripts: side.scripts() }
    }

    /// The versioned ones among them.
    pub(super) fn versioned(&self) -> Vec<(String, Version)> {
        let scripts = self.scripts.iter().filter(|script| script.kind() == Kind::Versioned);
        scripts.filter_map(|script| Some((script.path.clone(), script.version()?.clone()))).collect()
    }

    /// The versions of its versioned scripts.
    pub(super) fn versions(&self) -> BTreeSet<Version> {
        let scripts = self.scripts.iter().filter(|script| script.kind() == Kind::Versioned);
        scripts.filter_map(|script| script.version().cloned()).collect()
    }
}

impl Side<'_> {
    /// The scripts that lead to the newer schema, in the tool's order. Migrations in code are left out: what they do, and
    /// whether they changed, nobody can tell.
    fn scripts(&self) -> Vec<Script> {
        if let Some(found) = self.other {
            let up = |script: &&crate::layout::plain::Script| {
                script.sections.iter().any(|section| section.direction == Direction::Up)
            };
            let one = |script: &crate::layout::plain::Script| Script {
                key: match Version::parse(&script.version) {
                    Ok(version) => Key::Version(Kind::Versioned, version),
                    Err(_) => Key::Name(Kind::Versioned, script.version.clone()),
                },
                path: script.path.clone(),
                script: script.path.clone(),
                description: script.description.clone(),
                checksum: None,
                is_sql: true,
            };
            return found.scripts.iter().filter(up).map(one).collect();
        }
        let migrations = self
            .layout
            .migrations
            .iter()
            .filter(|migration| migration.kind != Kind::Undo && migration.language != Language::Java);
        let one = |migration: &crate::layout::Migration| Script {
            key: match &migration.version {
                Some(version) => Key::Version(migration.kind, version.clone()),
                None => Key::Name(migration.kind, migration.description.clone()),
            },
            path: migration.path.clone(),
            script: migration.script.clone(),
            description: migration.description.clone(),
            checksum: migration.checksum.stored,
            is_sql: migration.language == Language::Sql,
        };
        migrations.map(one).collect()
    }

    /// Whether a file is the same on another side.
    pub(super) fn has_same(&self, path: &str, other: &Side<'_>) -> bool {
        match (self.files.get(path), other.files.get(path)) {
            (Some(one), Some(other)) => one.is_same(other),
            _ => false,
        }
    }

    /// The files and configuration that differ both from what the two sides had in common and from the base.
    pub(super) fn changed(&self, ancestor: &Side<'_>, tip: &Side<'_>) -> BTreeSet<String> {
        let differs = |path: &&String| !self.has_same(path, ancestor) && !self.has_same(path, tip);
        let mut changed: BTreeSet<String> = self.files.keys().filter(differs).cloned().collect();
        for text in self.configuration {
            if !ancestor.configuration.contains(text) && !tip.configuration.contains(text) {
                changed.insert(text.0.to_owned());
            }
        }
        changed
    }

    /// The scripts that take others back and that neither of the other sides has.
    pub(super) fn new_rollbacks(&self, ancestor: &Side<'_>, tip: &Side<'_>) -> Vec<String> {
        let paths = self.layout.rollbacks.iter().map(|rollback| &rollback.path);
        let is_new = |path: &&String| !ancestor.files.contains_key(*path) && !self.has_same(path, tip);
        paths.filter(is_new).cloned().collect()
    }
}
