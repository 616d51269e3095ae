//! The texts that settings come from, and the settings that they give.

use std::collections::BTreeMap;

use super::flightcheck::{Flightcheck, Read, read};
use super::{Edition, Settings, Source, flyway, sources};
use crate::sql::Dialect;
use crate::version::Release;

/// The texts that settings come from, and what was said outside of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Configuration {
    /// Name and text of `flightcheck.toml`.
    pub own: Option<(String, String)>,
    /// The project's folder as seen from that file's: empty, or `services/billing`.
    pub folder: String,
    /// The environment of that file that was picked.
    pub env: Option<String>,
    /// The migration tool's sources, lower precedence first.
    pub sources: Vec<Source>,
    /// Environment variables that files may refer to.
    pub environment: BTreeMap<String, String>,
    /// The edition, where it was given outside the configuration.
    pub edition: Option<Edition>,
    /// The dialect, where it was given outside the configuration.
    pub dialect: Option<Dialect>,
    /// The version of the server, where it was given outside the configuration.
    pub server_version: Option<Release>,
}

impl Configuration {
    /// The settings that the texts give.
    #[must_use]
    pub fn read(&self) -> Settings {
        let (mut flightcheck, mut complaints) = match &self.own {
            Some((name, text)) => read(Read { name, text, folder: &self.folder, environment: self.env.as_deref() }),
            None => (Flightcheck::default(), Vec::new()),
        };
        let edition = self.edition.or(flightcheck.edition).unwrap_or_default();
        let mut merged = sources::merge(&self.sources, &flightcheck.flyway, &self.environment, edition);
        let flyway = flyway::read(&mut merged, edition);
        complaints.append(&mut merged.complaints);
        flightcheck.dialect = self.dialect.or(flightcheck.dialect);
        flightcheck.server_version = self.server_version.or(flightcheck.server_version);
        Settings { flyway, flightcheck, complaints }
    }
}
