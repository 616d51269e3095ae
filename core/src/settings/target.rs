//! `target`: how far `migrate` goes.

use crate::version::{InvalidVersion, Version};

/// The upper bound for migrations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The version, or one of the markers `current`, `next`, `latest`.
    pub version: Version,
    /// Whether a migration of that version has to exist; a trailing `?` lifts this.
    pub must_exist: bool,
}

impl Target {
    /// Reads the setting. An existing migration is only demanded of plain versions.
    pub fn parse(text: &str) -> Result<Self, InvalidVersion> {
        let (version, must_exist) = match text.strip_suffix('?') {
            Some(version) => (version, false),
            None => (text, true),
        };
        Ok(Self { version: Version::parse(version)?, must_exist })
    }

    /// No limit.
    #[must_use]
    pub fn latest() -> Self {
        Self { version: Version::parse("latest").unwrap_or_else(|_| Version::empty()), must_exist: false }
    }
}
