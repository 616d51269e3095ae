//! `flightcheck.toml`: what the migration tool's own configuration cannot say.

mod check;
mod keys;
mod level;
mod read;
mod schema;
mod template;

pub use keys::{KEYS, Key, Keys, Takes, all};
pub use level::{FailOn, Levels, Percent, Subject};
pub use schema::schema;
pub use template::{Found, quoted, template};

pub(super) use keys::is_public;
pub(super) use read::{Read, read};

use std::collections::BTreeMap;

use crate::finding::Label;
use crate::sql::Dialect;
use crate::version::{Release, ServerEdition};

use super::{Date, Edition, Glob, Tool};

/// The name of the file.
pub const FILE_NAME: &str = "flightcheck.toml";

/// A text of the file, and where it stands.
pub type Given = (String, Label);

/// flightcheck's own settings: those of the file, of the project in it, and of the environment that was picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flightcheck {
    /// The file's shown name, where there is one.
    pub file: Option<String>,
    /// The project's folder as seen from the file's: empty, or `services/billing`.
    pub folder: String,
    /// The names of all environments.
    pub environments: Vec<String>,
    /// The environment in force.
    pub environment: Option<String>,
    /// Which build of Flyway is followed; `--edition` wins.
    pub edition: Option<Edition>,
    /// Whose SQL the scripts are written in; wins over the JDBC URL.
    pub dialect: Option<Dialect>,
    /// The version of the server that the scripts run on.
    pub server_version: Option<Release>,
    /// Its edition: SQL Server's and Oracle's decide what runs `ONLINE`.
    pub server_edition: Option<ServerEdition>,
    /// The migration tool, where it is not to be guessed.
    pub tool: Option<Tool>,
    /// What makes `check` fail.
    pub fail_on: Option<FailOn>,
    /// Groups of rules that are off otherwise: `idempotency`, `style`.
    pub tiers: Vec<String>,
    /// Flyway's configuration files, relative to the file; empty where they are to be looked for.
    pub config: Vec<Given>,
    /// What to tell Flyway: keys of its own with their values.
    pub flyway: Vec<Setting>,
    /// The snapshot of the history, relative to the file.
    pub history: Option<Given>,
    /// The branch or commit that changes are compared with.
    pub base: Option<Given>,
    /// What the findings of rules count as.
    pub rules: Levels,
    /// Every name of a rule in the file, also of projects and environments that are not in force.
    pub named_rules: Vec<Given>,
    /// Whether an ignore has to say why.
    pub require_reason: bool,
    /// What is different for some files.
    pub paths: Vec<PathSettings>,
    /// What is known of some tables, and what is different for them.
    pub tables: Vec<TableSettings>,
    /// Findings that do not count.
    pub ignores: Vec<IgnoreSetting>,
    /// The projects that the file lists, by their folders.
    pub projects: Vec<Given>,
    /// Prefix of hand-written rollbacks kept beside the migrations: `RB5__name.sql` belongs to `V5`.
    pub rollback_prefix: String,
    /// Folders, relative to the project's, that hold rollbacks apart from the migrations.
    pub rollback_folders: Vec<String>,
    /// The share of pending migrations that has to be covered.
    pub min_rollback_coverage: Option<Percent>,
    /// Migrations that live in code and so have unknown content.
    pub declared: Vec<Declared>,
    /// Values of default placeholders that only a live connection knows, by lower-case name without `flyway:`.
    pub connection: BTreeMap<String, String>,
}

/// A setting of Flyway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Flyway's key, without `flyway.`.
    pub key: String,
    /// Its value; several for a list.
    pub values: Vec<String>,
    /// Where it is set.
    pub place: Label,
}

/// What is different for some files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathSettings {
    /// The files, by their paths from the file's folder.
    pub pattern: Glob,
    /// What the findings of rules count as.
    pub rules: Levels,
    /// Groups of rules that are on for them too.
    pub tiers: Vec<String>,
    /// Whether an ignore has to say why.
    pub require_reason: Option<bool>,
    /// Whether it has to be proved that each migration can be taken back.
    pub rollback: Option<bool>,
}

/// What is known of some tables, and what is different for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSettings {
    /// The name as it is written.
    pub name: String,
    /// The tables, by their names with or without the schema.
    pub pattern: Glob,
    /// How many rows one has.
    pub rows: Option<u64>,
    /// How many bytes one has on disk.
    pub bytes: Option<u64>,
    /// What the findings of rules count as.
    pub rules: Levels,
}

/// An `[[ignore]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoreSetting {
    /// The files, by their paths from the file's folder.
    pub pattern: Glob,
    /// The rules.
    pub rules: Vec<Given>,
    /// Why; empty where it is not said.
    pub reason: String,
    /// The last day on which it applies.
    pub until: Option<Date>,
    /// Where it stands.
    pub place: Label,
}

/// A migration that lives in code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// The class name, such as `V5__Name` or `db.migration.V5__Name`.
    pub class: String,
    /// Where it is declared.
    pub place: Label,
}

impl Default for Flightcheck {
    fn default() -> Self {
        Self {
            file: None,
            folder: String::new(),
            environments: Vec::new(),
            environment: None,
            edition: None,
            dialect: None,
            server_version: None,
            server_edition: None,
            tool: None,
            fail_on: None,
            tiers: Vec::new(),
            config: Vec::new(),
            flyway: Vec::new(),
            history: None,
            base: None,
            rules: Levels::default(),
            named_rules: Vec::new(),
            require_reason: false,
            paths: Vec::new(),
            tables: Vec::new(),
            ignores: Vec::new(),
            projects: Vec::new(),
            rollback_prefix: "RB".into(),
            rollback_folders: ["rollback", "rollbacks", "undo", "down"].map(str::to_owned).to_vec(),
            min_rollback_coverage: None,
            declared: Vec::new(),
            connection: BTreeMap::new(),
        }
    }
}

impl Flightcheck {
    /// A path of the project as the patterns of the file see it.
    #[must_use]
    pub fn from_file(&self, path: &str) -> String {
        if self.folder.is_empty() || path.starts_with('/') {
            return path.to_owned();
        }
        let mut parts: Vec<&str> = self.folder.split('/').collect();
        for part in path.split('/') {
            match part {
                "." => {}
                ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        parts.join("/")
    }

    /// A path that the file names as the project sees it.
    #[must_use]
    pub fn from_project(&self, path: &str) -> String {
        let path = path.strip_prefix("./").unwrap_or(path);
        if self.folder.is_empty() || path.starts_with('/') {
            return path.to_owned();
        }
        match path.strip_prefix(self.folder.as_str()).and_then(|rest| rest.strip_prefix('/')) {
            Some(inside) => inside.to_owned(),
            None => "../".repeat(self.folder.split('/').count()) + path,
        }
    }
}
