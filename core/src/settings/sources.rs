//! Configuration texts, environment variables and options → one value per key, in Flyway's order of precedence.

use std::collections::BTreeMap;

use crate::finding::Label;
use crate::text::Casing;

use super::keys::{self, Key, Kind, Known};
use super::{Complaint, Edition, Setting, conf, flyway_toml, nearest};

/// One place that configuration comes from. A later source wins over an earlier one of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A `flyway.conf` or `.properties` file.
    Conf {
        /// Its shown name.
        name: String,
        /// Its text.
        text: String,
    },
    /// A `flyway.toml` file.
    Toml {
        /// Its shown name.
        name: String,
        /// Its text.
        text: String,
    },
    /// `FLYWAY_*` variables; they win over files.
    Environment(BTreeMap<String, String>),
    /// Options such as `-c outOfOrder=true`; they win over everything. The `flyway.` prefix may be left out.
    Options(Vec<(String, String)>),
}

impl Source {
    /// A configuration file; its name says which form it has.
    #[must_use]
    pub fn file(name: String, text: String) -> Self {
        let toml = name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("toml"));
        if toml { Self::Toml { name, text } } else { Self::Conf { name, text } }
    }
}

/// A value as its source gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Raw {
    Text(String),
    List(Vec<String>),
    Boolean(bool),
    Integer(i64),
    /// A TOML type that no key takes, named.
    Other(&'static str),
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) raw: Raw,
    pub(super) place: Label,
}

/// What all sources say together.
#[derive(Debug, Default)]
pub(super) struct Merged {
    pub(super) entries: BTreeMap<&'static str, Entry>,
    pub(super) placeholders: BTreeMap<String, (String, Label)>,
    pub(super) complaints: Vec<Complaint>,
    /// Whether a TOML file is in force: then lists given as one text are split at commas but not trimmed.
    pub(super) toml: bool,
    edition: Edition,
}

/// Reads all sources. `environment` resolves references inside files. What `flightcheck.toml` says of Flyway wins over
/// files and variables, as options do that a deployment would give, and options win over it.
pub(super) fn merge(
    sources: &[Source],
    own: &[Setting],
    environment: &BTreeMap<String, String>,
    edition: Edition,
) -> Merged {
    let mut merged = Merged { edition, ..Merged::default() };
    merged.toml = sources.iter().any(|source| matches!(source, Source::Toml { .. }));
    let mut documents = Vec::new();
    for source in sources {
        match source {
            Source::Conf { name, text } => merged.conf(name, text, environment),
            Source::Toml { name, text } => documents.extend(flyway_toml::read(name, text, environment, &mut merged)),
            Source::Environment(_) | Source::Options(_) => {}
        }
    }
    let chosen = environment_name(sources, &merged);
    for document in &documents {
        flyway_toml::apply_environment(document, &chosen, environment, &mut merged);
    }
    for source in sources {
        if let Source::Environment(variables) = source {
            merged.variables(variables);
        }
    }
    for Setting { key, values, place } in own {
        let raw = match values.as_slice() {
            [only] if keys::find(key).is_none_or(|key| key.kind != Kind::List) => Raw::Text(only.clone()),
            list => Raw::List(list.to_vec()),
        };
        merged.set(key, raw, place.clone());
    }
    for source in sources {
        if let Source::Options(options) = source {
            merged.options(options);
        }
    }
    merged
}

/// The environment of `flyway.toml` in force: options over variables over files, `default` without any.
fn environment_name(sources: &[Source], merged: &Merged) -> String {
    let given = sources.iter().rev().find_map(|source| match source {
        Source::Options(options) => {
            let named = |key: &str| matches!(key, "environment" | "flyway.environment");
            options.iter().rev().find(|(key, _)| named(key)).map(|(_, value)| value.clone())
        }
        Source::Environment(variables) => variables.get("FLYWAY_ENVIRONMENT").cloned(),
        _ => None,
    });
    let configured = match merged.entries.get("environment") {
        Some(Entry { raw: Raw::Text(name), .. }) => Some(name.clone()),
        _ => None,
    };
    given.or(configured).unwrap_or_else(|| "default".into())
}

impl Merged {
    fn conf(&mut self, name: &str, text: &str, environment: &BTreeMap<String, String>) {
        for property in conf::read(text, Some(environment)) {
            let place = Label::at(name, property.span);
            match property.key.strip_prefix("flyway.") {
                Some(key) => self.set(key, Raw::Text(property.value), place),
                None => self.complain_hidden(&property.key, place),
            }
        }
    }

    fn variables(&mut self, variables: &BTreeMap<String, String>) {
        for (variable, value) in variables {
            let place = Label::file(variable);
            if let Some(name) = variable.strip_prefix("FLYWAY_PLACEHOLDERS_") {
                self.placeholders.insert(name.lower(), (value.clone(), place));
            } else if let Some(key) = keys::KEYS.iter().find(|key| keys::variable(key.name) == *variable) {
                self.set(key.name, Raw::Text(value.clone()), place);
            }
        }
    }

    fn options(&mut self, options: &[(String, String)]) {
        for (key, value) in options {
            let name = key.strip_prefix("flyway.").unwrap_or(key);
            self.set(name, Raw::Text(value.clone()), Label::file(format!("-c {key}")));
        }
    }

    /// Takes a value for a key without the `flyway.` prefix; complains where Flyway would refuse the key.
    pub(super) fn set(&mut self, name: &str, raw: Raw, place: Label) {
        if let Some((map, item)) = name.split_once('.')
            && let Some(key) = keys::find(map)
        {
            match (key.kind, raw) {
                (Kind::Map, Raw::Text(value)) if key.name == "placeholders" => {
                    self.placeholders.insert(item.lower(), (value, place));
                }
                (Kind::Map | Kind::Namespace, _) => {}
                _ => self.complain_unknown(name, place),
            }
            return;
        }
        match keys::find(name) {
            Some(key) if self.knows(key, &place) => {
                self.entries.insert(key.name, Entry { raw, place });
            }
            Some(_) => {}
            None if name.starts_with("environments.") => {}
            None => self.complain_unknown(name, place),
        }
    }

    fn knows(&mut self, key: &Key, place: &Label) -> bool {
        match (self.edition, key.known) {
            (Edition::Redgate, _) | (_, Known::Always) => true,
            (Edition::Oss, Known::Redgate) => {
                self.complain_unknown(key.name, place.clone());
                false
            }
            (Edition::Oss, Known::Upgrade) => {
                let message = format!("`{}` needs a Redgate edition; the open-source build refuses it", key.name);
                self.complaints.push(
                    Complaint::refused("ERROR", message, place.clone())
                        .help("remove it, or use `--edition redgate` if that is what you run"),
                );
                false
            }
        }
    }

    /// Flyway silently passes over keys that do not start with `flyway.`, even where they nearly do.
    fn complain_hidden(&mut self, key: &str, place: Label) {
        let help = if key.starts_with("\u{feff}flyway.") {
            "save the file without a byte order mark"
        } else if key.lower().starts_with("flyway.") {
            "write `flyway.` in lower case"
        } else {
            return;
        };
        let message = format!("Flyway does not see `{}`", key.trim_start_matches('\u{feff}'));
        self.complaints.push(Complaint::noticed(message, place).help(help));
    }

    fn complain_unknown(&mut self, name: &str, place: Label) {
        let short = name.rsplit_once("flyway.").map_or(name, |(_, short)| short);
        let help = match nearest(short, keys::KEYS.iter().map(|key| key.name)) {
            Some(known) if known != short => format!("did you mean `{known}`?"),
            Some(_) => "the open-source build does not know it; use `--edition redgate` if that is what you run".into(),
            None if short.starts_with("ignore") => {
                "it was removed in Flyway 9: use `ignoreMigrationPatterns`".to_owned()
            }
            None => "remove it, or correct its name".to_owned(),
        };
        let message = format!("`{name}` is no setting of Flyway");
        self.complaints.push(Complaint::refused("CONFIGURATION", message, place).help(help));
    }
}
