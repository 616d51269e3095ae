//! Configuration texts → settings, with a located complaint for everything that is wrong with them.

mod conf;
mod configuration;
mod date;
mod flightcheck;
mod flyway;
mod flyway_toml;
mod glob;
mod image;
mod keys;
mod location;
mod nearest;
mod pattern;
pub mod placeholders;
mod resolve;
mod secrets;
mod sources;
mod target;
mod tool;

pub use conf::{Property, read as read_conf};
pub use configuration::Configuration;
pub use date::Date;
pub use flightcheck::{
    Declared, FILE_NAME, FailOn, Flightcheck, Found, Given, IgnoreSetting, KEYS, Key, Keys, Levels, PathSettings,
    Percent, Setting, Subject, TableSettings, Takes, all, quoted, schema, template,
};
pub use flyway::Flyway;
pub use glob::Glob;
pub use image::{Image, images};
pub use location::{DEFAULT_FOLDERS, Location, Scheme};
pub use pattern::IgnorePattern;
pub use resolve::{Known, Request, Unresolved, resolve, source};
pub use sources::Source;
pub use target::Target;
pub use tool::Tool;

pub(crate) use conf::java_trim;
pub(crate) use flyway::unknown_encoding;
pub(crate) use nearest::nearest;
pub(crate) use secrets::{masked, masked_own};

use serde::{Deserialize, Serialize};

use crate::finding::{Label, Refusal};

/// Which build of Flyway is followed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Edition {
    /// The open-source build, as recorded.
    #[default]
    Oss,
    /// Redgate's builds, as documented: undo, cherryPick, shouldExecute.
    Redgate,
}

/// Something wrong with the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// What is wrong.
    pub message: String,
    /// Where it stands.
    pub place: Label,
    /// What to do about it.
    pub help: String,
    /// Set where Flyway itself would abort every command.
    pub refusal: Option<Refusal>,
    /// Whether it is `flightcheck.toml` that cannot be read as it is meant.
    pub is_ours: bool,
}

impl Complaint {
    pub(crate) fn refused(code: &'static str, message: impl Into<String>, place: Label) -> Self {
        let message = message.into();
        let refusal = Refusal::new(code, message.clone()).at(place.clone());
        Self { message, place, help: String::new(), refusal: Some(refusal), is_ours: false }
    }

    pub(crate) fn crashed(message: impl Into<String>, place: Label) -> Self {
        let message = message.into();
        let refusal = Refusal::crash(message.clone()).at(place.clone());
        Self { message, place, help: String::new(), refusal: Some(refusal), is_ours: false }
    }

    pub(crate) fn ours(message: impl Into<String>, place: Label) -> Self {
        Self { is_ours: true, ..Self::noticed(message, place) }
    }

    pub(crate) fn noticed(message: impl Into<String>, place: Label) -> Self {
        Self { message: message.into(), place, help: String::new(), refusal: None, is_ours: false }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

/// Everything that is configured.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The migration tool's settings.
    pub flyway: Flyway,
    /// flightcheck's own.
    pub flightcheck: Flightcheck,
    /// What is wrong with the configuration, in the order of its sources.
    pub complaints: Vec<Complaint>,
}

impl Settings {
    /// Why Flyway would abort every command, in the order found.
    pub fn refusals(&self) -> impl Iterator<Item = &Refusal> {
        self.complaints.iter().filter_map(|complaint| complaint.refusal.as_ref())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Configuration::default().read()
    }
}
