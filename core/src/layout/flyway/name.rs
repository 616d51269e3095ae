//! The grammar of script names: a base name → kind, version and description.
//!
//! Measured on Flyway 13.0.0 (`naming` recordings).

use crate::settings::{Edition, Flyway};
use crate::text::Casing;
use crate::version::Version;

use super::super::Kind;
use super::event::EVENTS;

/// A name that the tool accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// What the prefix stands for.
    pub meaning: Meaning,
    /// The version; `None` for repeatables and callbacks.
    pub version: Option<Version>,
    /// The description, a blank for every underscore.
    pub description: String,
}

/// What a prefix stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A migration.
    Migration(Kind),
    /// A callback for the event of this name.
    Callback(&'static str),
}

/// Why a name is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameError {
    /// It starts with no known prefix.
    Prefix,
    /// Nothing may stand between prefix and separator of a repeatable migration or callback.
    UnexpectedVersion(Meaning),
    /// The version is missing.
    NoVersion,
    /// What stands before the separator is no version.
    BadVersion,
}

/// The prefixes in the order in which they are tried: longest first.
#[derive(Debug, Clone)]
pub struct Grammar {
    prefixes: Vec<(String, Meaning)>,
    separator: String,
}

impl Grammar {
    /// The grammar that the settings describe.
    #[must_use]
    pub fn new(settings: &Flyway) -> Self {
        let migration = |prefix: &str, kind| (prefix.to_owned(), Meaning::Migration(kind));
        let mut prefixes = vec![
            migration(&settings.versioned_prefix, Kind::Versioned),
            migration(&settings.repeatable_prefix, Kind::Repeatable),
        ];
        prefixes.extend(
            EVENTS
                .iter()
                .filter(|event| event.known_to(settings.edition))
                .map(|event| (event.id.to_owned(), Meaning::Callback(event.id))),
        );
        prefixes.push(migration(&settings.baseline_prefix, Kind::Baseline));
        if settings.edition == Edition::Redgate {
            prefixes.push(migration(&settings.undo_prefix, Kind::Undo));
        }
        prefixes.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.encode_utf16().count()));
        Self { prefixes, separator: settings.separator.clone() }
    }

    /// Reads a base name. The first of `suffixes` that fits, in any case, is cut off first.
    pub fn parse(&self, name: &str, suffixes: &[String]) -> Result<Name, NameError> {
        let suffix = suffixes.iter().find(|suffix| ends_with_ignoring_case(name, suffix));
        let stem = &name[..name.len() - suffix.map_or(0, String::len)];
        let (prefix, meaning) =
            self.prefixes.iter().find(|(prefix, _)| stem.starts_with(prefix.as_str())).ok_or(NameError::Prefix)?;
        let rest = &stem[prefix.len()..];
        let (version, description) = rest.split_once(self.separator.as_str()).unwrap_or((rest, ""));
        let version = match meaning {
            Meaning::Callback(_) | Meaning::Migration(Kind::Repeatable) if version.is_empty() => None,
            Meaning::Callback(_) | Meaning::Migration(Kind::Repeatable) => {
                return Err(NameError::UnexpectedVersion(*meaning));
            }
            Meaning::Migration(_) if version.is_empty() => return Err(NameError::NoVersion),
            Meaning::Migration(_) => Some(Version::parse(version).map_err(|_| NameError::BadVersion)?),
        };
        Ok(Name { meaning: *meaning, version, description: description.replace('_', " ") })
    }
}

/// Whether a name has one of the endings of SQL scripts.
#[must_use]
pub fn is_sql(settings: &Flyway, name: &str) -> bool {
    settings.suffixes.iter().any(|suffix| ends_with_ignoring_case(name, suffix))
}

/// Whether `name` ends with `suffix` when case is ignored.
pub(super) fn ends_with_ignoring_case(name: &str, suffix: &str) -> bool {
    let Some(start) = name.len().checked_sub(suffix.len()) else { return false };
    name.get(start..).is_some_and(|end| end.upper() == suffix.upper())
}

/// The extensions of script migrations; a name without any extension is one too, except on Windows.
const SCRIPT_EXTENSIONS: [&str; 6] = ["cmd", "bat", "ps1", "py", "sh", "bash"];

/// The suffix of a script migration (empty without an extension), or `None` for other files.
#[must_use]
pub fn script_suffix(name: &str) -> Option<String> {
    let last = name.rsplit(['|', '/', '\\']).next().unwrap_or(name);
    let stem = last.trim_end_matches('.');
    match stem.rsplit_once('.') {
        None => Some(String::new()),
        Some((_, extension)) if stem.len() == last.len() => {
            SCRIPT_EXTENSIONS.contains(&extension.lower().as_str()).then(|| format!(".{extension}"))
        }
        Some(_) => None,
    }
}

impl NameError {
    /// The reason in one sentence.
    #[must_use]
    pub fn reason(self, settings: &Flyway) -> String {
        let separator = &settings.separator;
        match self {
            Self::Prefix => format!(
                "its name starts with none of the prefixes `{}`, `{}` and `{}`",
                settings.versioned_prefix, settings.repeatable_prefix, settings.baseline_prefix
            ),
            Self::UnexpectedVersion(Meaning::Callback(event)) => {
                format!("`{event}` is a callback, and nothing may stand between it and `{separator}`")
            }
            Self::UnexpectedVersion(_) => format!(
                "nothing may stand between the prefix `{}` of a repeatable migration and `{separator}`",
                settings.repeatable_prefix
            ),
            Self::NoVersion => format!("there is no version between its prefix and `{separator}`"),
            Self::BadVersion => format!("what stands between its prefix and `{separator}` is no version"),
        }
    }
}
