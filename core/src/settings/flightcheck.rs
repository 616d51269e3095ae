//! `flightcheck.toml`: what the migration tool's own configuration cannot say.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::Label;
use crate::sql::Dialect;
use crate::text::Span;
use crate::version::{Release, ServerEdition};

use super::{Complaint, Edition, nearest};

/// flightcheck's own settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flightcheck {
    /// Which build of Flyway is followed; `--edition` wins.
    pub edition: Option<Edition>,
    /// Whose SQL the scripts are written in; wins over the JDBC URL.
    pub dialect: Option<Dialect>,
    /// The version of the server that the scripts run on.
    pub server_version: Option<Release>,
    /// Its edition: SQL Server's and Oracle's decide what runs `ONLINE`.
    pub server_edition: Option<ServerEdition>,
    /// Groups of rules that are off otherwise: `idempotency`, `style`.
    pub tiers: Vec<String>,
    /// Prefix of hand-written rollbacks kept beside the migrations: `RB5__name.sql` belongs to `V5`.
    pub rollback_prefix: String,
    /// Folders, relative to the project's, that hold rollbacks apart from the migrations.
    pub rollback_folders: Vec<String>,
    /// Migrations that live in code and so have unknown content.
    pub declared: Vec<Declared>,
    /// Values of default placeholders that only a live connection knows, by lower-case name without `flyway:`.
    pub connection: BTreeMap<String, String>,
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
            edition: None,
            dialect: None,
            server_version: None,
            server_edition: None,
            tiers: Vec::new(),
            rollback_prefix: "RB".into(),
            rollback_folders: ["rollback", "rollbacks", "undo", "down"].map(str::to_owned).to_vec(),
            declared: Vec::new(),
            connection: BTreeMap::new(),
        }
    }
}

const ROOT_KEYS: [&str; 8] =
    ["edition", "dialect", "server-version", "server-edition", "tiers", "rollback", "java-migrations", "connection"];
const TIERS: [&str; 2] = ["idempotency", "style"];
const ROLLBACK_KEYS: [&str; 2] = ["prefix", "folders"];
const CONNECTION_KEYS: [&str; 4] = ["user", "database", "default-schema", "working-directory"];

struct Reader<'a> {
    name: &'a str,
    settings: Flightcheck,
    complaints: Vec<Complaint>,
}

/// Reads a file. Whatever is wrong is complained about and leaves the default in place.
pub(super) fn read(name: &str, text: &str) -> (Flightcheck, Vec<Complaint>) {
    let mut reader = Reader { name, settings: Flightcheck::default(), complaints: Vec::new() };
    match DeTable::parse(text) {
        Ok(root) => reader.root(root.get_ref()),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            let message = format!("this is no valid TOML: {}", error.message());
            reader.complain(&span, message, String::new());
        }
    }
    (reader.settings, reader.complaints)
}

impl Reader<'_> {
    fn root(&mut self, root: &DeTable<'_>) {
        for (key, value) in root {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("edition", DeValue::String(edition)) => match edition.as_ref() {
                    "oss" => self.settings.edition = Some(Edition::Oss),
                    "redgate" => self.settings.edition = Some(Edition::Redgate),
                    other => {
                        let message = format!("`{other}` is no edition");
                        self.complain(&value.span(), message, "use `oss` or `redgate`".into());
                    }
                },
                ("dialect", DeValue::String(name)) => self.dialect(name, &value.span()),
                ("server-version", DeValue::String(version)) => self.server_version(version, &value.span()),
                // A number without a point means what it says; `8.10` would be 8.1.
                ("server-version", DeValue::Integer(version)) => {
                    self.server_version(&version.to_string(), &value.span());
                }
                ("server-version", DeValue::Float(_)) => {
                    let help = "write it as a text, such as \"8.4\"".to_owned();
                    self.complain(&value.span(), "`server-version` takes a text".into(), help);
                }
                ("server-edition", DeValue::String(name)) => self.server_edition(name, &value.span()),
                ("tiers", DeValue::Array(_)) => self.tiers(value),
                ("rollback", DeValue::Table(rollback)) => self.rollback(rollback),
                ("java-migrations", DeValue::Array(_)) => {
                    for (class, place) in self.texts("java-migrations", value) {
                        self.settings.declared.push(Declared { class, place });
                    }
                }
                ("connection", DeValue::Table(connection)) => self.connection(connection),
                (known, _) => self.unexpected(key, known, &ROOT_KEYS),
            }
        }
    }

    fn tiers(&mut self, value: &Spanned<DeValue<'_>>) {
        for (tier, place) in self.texts("tiers", value) {
            if TIERS.contains(&tier.as_str()) {
                self.settings.tiers.push(tier);
            } else if let Some(span) = place.span {
                let help = format!("there are {}", TIERS.join(" and "));
                self.complain(&(span.start..span.end), format!("`{tier}` is no tier of rules"), help);
            }
        }
    }

    fn dialect(&mut self, name: &str, span: &std::ops::Range<usize>) {
        self.settings.dialect = Dialect::from_name(name);
        if self.settings.dialect.is_none() {
            let known: Vec<&str> = Dialect::all().map(Dialect::as_str).collect();
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", known.join(", ")),
            };
            self.complain(span, format!("`{name}` is no dialect"), help);
        }
    }

    fn server_edition(&mut self, name: &str, span: &std::ops::Range<usize>) {
        self.settings.server_edition = ServerEdition::from_name(name);
        if self.settings.server_edition.is_none() {
            let help = format!("there are {}", ServerEdition::names().collect::<Vec<_>>().join(", "));
            self.complain(span, format!("`{name}` is no edition of a server"), help);
        }
    }

    fn server_version(&mut self, version: &str, span: &std::ops::Range<usize>) {
        self.settings.server_version = Release::parse(version);
        if self.settings.server_version.is_none() {
            let help = "a version begins with a number, such as \"15\" or \"8.0.29\"".to_owned();
            self.complain(span, format!("`{version}` is no version of a server"), help);
        }
    }

    fn rollback(&mut self, rollback: &DeTable<'_>) {
        for (key, value) in rollback {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("prefix", DeValue::String(prefix)) if !prefix.is_empty() => {
                    self.settings.rollback_prefix = prefix.to_string();
                }
                ("folders", DeValue::Array(_)) => {
                    let folders = self.texts("folders", value).into_iter().map(|(folder, _)| folder);
                    self.settings.rollback_folders = folders.collect();
                }
                (known, _) => self.unexpected(key, known, &ROLLBACK_KEYS),
            }
        }
    }

    fn connection(&mut self, connection: &DeTable<'_>) {
        for (key, value) in connection {
            match (key.get_ref().as_ref(), value.get_ref()) {
                (known, DeValue::String(text)) if CONNECTION_KEYS.contains(&known) => {
                    self.settings.connection.insert(known.replace('-', ""), text.to_string());
                }
                (known, _) => self.unexpected(key, known, &CONNECTION_KEYS),
            }
        }
    }

    fn texts(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<(String, Label)> {
        let DeValue::Array(items) = value.get_ref() else { return Vec::new() };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.push((text.to_string(), self.place(&item.span()))),
                _ => self.complain(&item.span(), format!("`{key}` takes a list of texts"), String::new()),
            }
        }
        texts
    }

    /// An unknown key, or a known one with a value of another type.
    fn unexpected(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, name: &str, known: &[&str]) {
        let (message, help) = if known.contains(&name) {
            (format!("`{name}` does not take a value of this type"), String::new())
        } else {
            let help = nearest(name, known.iter().copied())
                .map_or_else(|| format!("known here: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
            (format!("`{name}` is no setting of flightcheck"), help)
        };
        self.complain(&key.span(), message, help);
    }

    fn complain(&mut self, span: &std::ops::Range<usize>, message: String, help: String) {
        let place = self.place(span);
        self.complaints.push(Complaint::noticed(message, place).help(help));
    }

    fn place(&self, span: &std::ops::Range<usize>) -> Label {
        Label::at(self.name, Span::new(span.start, span.end))
    }
}
