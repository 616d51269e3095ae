//! File names and markers → migrations: version, kind, order, pairing up and down, checksums. One folder per tool.

pub(crate) mod crc32;
pub mod file;
pub mod flyway;
pub mod plain;

pub use file::{File, Files, base_name, folder_of};

use crate::finding::{Label, Refusal};
use crate::version::Version;

/// What a migration is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Runs once, in version order.
    Versioned,
    /// Replaces every versioned migration up to its own version on an empty database.
    Baseline,
    /// Takes a versioned migration back.
    Undo,
    /// Runs again whenever its checksum changes, after all versioned ones.
    Repeatable,
}

impl Kind {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Versioned => "versioned",
            Self::Baseline => "baseline",
            Self::Undo => "undo",
            Self::Repeatable => "repeatable",
        }
    }
}

/// What a migration is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// SQL.
    Sql,
    /// A shell or other script.
    Script,
    /// A Java class, whose content is unknown here.
    Java,
}

/// A migration found in the project.
#[derive(Debug, Clone)]
pub struct Migration {
    /// What it is for.
    pub kind: Kind,
    /// What it is written in.
    pub language: Language,
    /// Its version; `None` for repeatable ones.
    pub version: Option<Version>,
    /// Its description, blanks for underscores.
    pub description: String,
    /// Its name in the history: the path relative to the location, or the class.
    pub script: String,
    /// Path of its file, or where it is declared.
    pub path: String,
    /// Its checksums.
    pub checksum: Checksum,
    /// SHA-256 of the file's bytes; `None` for Java.
    pub sha256: Option<[u8; 32]>,
    /// What its own configuration file says.
    pub options: ScriptOptions,
    /// Why applying it fails before its first statement: a placeholder without a value.
    pub unreplaceable: Option<Refusal>,
}

/// The checksums of a migration as the tool computes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checksum {
    /// The value that is stored and shown.
    pub stored: Option<i32>,
    /// A second value that counts as up to date: a repeatable's before placeholder replacement.
    pub equivalent: Option<i32>,
    /// Why the value cannot be known without a connection; then nothing may be concluded from `stored`.
    pub unknowable: Option<String>,
}

impl Checksum {
    /// One value, no alternative.
    #[must_use]
    pub fn of(stored: i32) -> Self {
        Self { stored: Some(stored), ..Self::default() }
    }

    /// Whether a row with this checksum is up to date: the strict comparison that also accepts the equivalent value.
    #[must_use]
    pub fn is_current(&self, row: Option<i32>) -> bool {
        self.unknowable.is_some() || row == self.stored || (self.equivalent.is_some() && row == self.equivalent)
    }

    /// Whether validation lets a row with this checksum pass: null on either side always does.
    #[must_use]
    pub fn passes(&self, row: Option<i32>) -> bool {
        self.unknowable.is_some() || row.is_none() || self.stored.is_none() || row == self.stored
    }
}

/// What `<script>.conf` says; `None` where it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScriptOptions {
    /// Path of the configuration file.
    pub path: Option<String>,
    /// Whether the script runs in a transaction.
    pub execute_in_transaction: Option<bool>,
    /// Name of the script's character set.
    pub encoding: Option<String>,
    /// Whether placeholders are replaced.
    pub placeholder_replacement: Option<bool>,
    /// The condition under which the script runs (Redgate).
    pub should_execute: Option<String>,
}

/// A script that takes a migration back.
#[derive(Debug, Clone)]
pub struct Rollback {
    /// Path of its file.
    pub path: String,
    /// The version that it takes back.
    pub version: Version,
    /// Its description.
    pub description: String,
    /// Whether the tool itself knows it (`U`), or only people do (`RB`).
    pub known_to_tool: bool,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
}

/// A script that the tool runs at an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// The event, such as `beforeMigrate`.
    pub event: &'static str,
    /// Its description.
    pub description: String,
    /// Path of its file.
    pub path: String,
    /// What it is written in.
    pub language: Language,
}

/// A file that looks like a migration but is none to the tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Path of the file.
    pub path: String,
    /// Why the tool passes over it, in one sentence.
    pub reason: String,
    /// A name that the tool would take.
    pub suggestion: Option<String>,
}

/// Migrations that compete for one version or one description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// What they share: a version, or a repeatable's description.
    pub name: String,
    /// Whether it is a version.
    pub versioned: bool,
    /// Their paths, sorted.
    pub paths: Vec<String>,
}

/// Everything that was found.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The migrations, versions ascending, repeatables last by description.
    pub migrations: Vec<Migration>,
    /// Undo and rollback scripts by version.
    pub rollbacks: Vec<Rollback>,
    /// Callbacks in the order in which they run.
    pub callbacks: Vec<Callback>,
    /// Files that look like migrations but are none.
    pub skipped: Vec<Skipped>,
    /// Migrations that compete.
    pub collisions: Vec<Collision>,
    /// Copies of a migration that the tool merges with it silently.
    pub copies: Vec<Label>,
    /// What the tool would abort every command with; the first is the one it reports.
    pub refusals: Vec<Refusal>,
    /// The locations that migrations were taken from.
    pub locations: Vec<String>,
    /// How many files lie in the locations, migrations or not.
    pub files_seen: usize,
}

impl Layout {
    /// The rollback of a version, the tool's own kind first.
    #[must_use]
    pub fn rollback_of(&self, version: &Version) -> Option<&Rollback> {
        let of_version = |rollback: &&Rollback| rollback.version == *version;
        let known = self.rollbacks.iter().filter(of_version).find(|rollback| rollback.known_to_tool);
        known.or_else(|| self.rollbacks.iter().find(of_version))
    }
}
