//! Configuration texts → settings, with a located complaint for everything that is wrong with them.

mod conf;
mod flightcheck;
mod flyway;
mod flyway_toml;
mod keys;
mod location;
mod nearest;
mod pattern;
pub mod placeholders;
mod secrets;
mod sources;
mod target;

pub use conf::{Property, read as read_conf};
pub use flightcheck::{Declared, Flightcheck};
pub use flyway::Flyway;
pub use location::{DEFAULT_FOLDERS, Location, Scheme};
pub use pattern::IgnorePattern;
pub use sources::Source;
pub use target::Target;

pub(crate) use conf::java_trim;
pub(crate) use flyway::unknown_encoding;
pub(crate) use nearest::nearest;
pub(crate) use secrets::masked;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::{Label, Refusal};

/// Which build of Flyway is followed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
}

impl Complaint {
    pub(crate) fn refused(code: &'static str, message: impl Into<String>, place: Label) -> Self {
        let message = message.into();
        let refusal = Refusal::new(code, message.clone()).at(place.clone());
        Self { message, place, help: String::new(), refusal: Some(refusal) }
    }

    pub(crate) fn crashed(message: impl Into<String>, place: Label) -> Self {
        let message = message.into();
        let refusal = Refusal::crash(message.clone()).at(place.clone());
        Self { message, place, help: String::new(), refusal: Some(refusal) }
    }

    pub(crate) fn noticed(message: impl Into<String>, place: Label) -> Self {
        Self { message: message.into(), place, help: String::new(), refusal: None }
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
    /// Reads flightcheck's own configuration (name and text) and the migration tool's sources.
    ///
    /// `environment` resolves references inside files. `edition`, where given, wins over the configured one.
    #[must_use]
    pub fn read(
        own: Option<(&str, &str)>,
        sources: &[Source],
        environment: &BTreeMap<String, String>,
        edition: Option<Edition>,
    ) -> Self {
        let (flightcheck, mut complaints) = own.map(|(name, text)| flightcheck::read(name, text)).unwrap_or_default();
        let edition = edition.or(flightcheck.edition).unwrap_or_default();
        let mut merged = sources::merge(sources, environment, edition);
        let flyway = flyway::read(&mut merged, edition);
        complaints.append(&mut merged.complaints);
        Self { flyway, flightcheck, complaints }
    }

    /// Why Flyway would abort every command, in the order found.
    pub fn refusals(&self) -> impl Iterator<Item = &Refusal> {
        self.complaints.iter().filter_map(|complaint| complaint.refusal.as_ref())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::read(None, &[], &BTreeMap::new(), None)
    }
}
