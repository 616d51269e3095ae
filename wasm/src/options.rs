//! What can be said about a project beside its files: the options of the command line.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use flightcheck_core::rules::Statistics;
use flightcheck_core::settings::{Date, Edition};
use flightcheck_core::sql::Dialect;
use flightcheck_core::version::Release;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use tsify::Tsify;

/// What can be said about a project beside its files; each field stands for an option of the command line.
#[derive(Debug, Clone, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Options {
    /// The name of the project's folder, of the one above it, and so on, up to the last below that of the repository. A
    /// `flightcheck.toml` above the project is among the files as `../flightcheck.toml`.
    pub above: Vec<String>,
    /// The path of the history snapshot among the files; without it `flightcheck.history.json`, if it is there.
    pub history: Option<String>,
    /// Paths of Flyway's configuration files among the files, lower precedence first; without any the usual names.
    pub config: Vec<String>,
    /// Flyway settings such as `{ outOfOrder: "true" }`; they win over the files.
    pub settings: BTreeMap<String, String>,
    /// Environment variables that configuration files may refer to; `FLYWAY_*` are settings.
    pub environment: BTreeMap<String, String>,
    /// The environment of `flightcheck.toml` to take.
    pub env: Option<String>,
    /// The day, as `2027-01-31`, that ignores with a last day are compared with; without it they all apply.
    #[serde(deserialize_with = "day")]
    #[tsify(type = "string | null")]
    pub today: Option<Date>,
    /// Which build of Flyway to follow.
    pub edition: Option<Edition>,
    /// Whose SQL the scripts are written in; without it the JDBC URL or the scripts say it.
    #[serde(deserialize_with = "parsed")]
    pub dialect: Option<Dialect>,
    /// The version of the server, such as `15` or `8.0.29`; without it the oldest that its vendor supports.
    #[serde(deserialize_with = "parsed")]
    #[tsify(type = "string | null")]
    pub server_version: Option<Release>,
    /// Whether the managed schemas are empty where there is no history table; without it both answers are given.
    pub schema_empty: Option<bool>,
    /// How large tables are, by their names with the schema.
    pub statistics: Option<Statistics>,
}

/// A text that is parsed, or nothing.
pub(crate) fn parsed<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: Display>,
{
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| text.parse().map_err(|error| D::Error::custom(format!("`{text}`: {error}")))).transpose()
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    let day = |text: String| Date::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is no day")));
    text.map(day).transpose()
}
