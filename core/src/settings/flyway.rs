//! Flyway's settings with their types and defaults: merged values → one struct, and what Flyway would refuse.

use std::collections::BTreeMap;

use crate::finding::{Label, Refusal};
use crate::text::{Casing, Encoding};
use crate::version::Version;

use super::placeholders::{Marks, Values};
use super::sources::{Entry, Merged, Raw};
use super::{Complaint, Edition, IgnorePattern, Location, Scheme, Target, java_trim};

/// The settings of Flyway that decide what a script is, what state it has and what a command would do.
#[derive(Debug, Clone)]
pub struct Flyway {
    /// Which build's behaviour is followed.
    pub edition: Edition,
    /// Where migrations are; `None` where nothing is configured.
    pub locations: Option<Vec<Location>>,
    /// Where callbacks are; empty means with the migrations.
    pub callback_locations: Vec<Location>,
    /// Whether a missing location aborts every command.
    pub fail_on_missing_locations: bool,
    /// The character set of scripts.
    pub encoding: Encoding,
    /// Whether the character set is guessed for each script.
    pub detect_encoding: bool,
    /// Prefix of versioned migrations.
    pub versioned_prefix: String,
    /// Prefix of repeatable migrations.
    pub repeatable_prefix: String,
    /// Prefix of baseline migrations.
    pub baseline_prefix: String,
    /// Prefix of undo migrations.
    pub undo_prefix: String,
    /// What separates the version from the description.
    pub separator: String,
    /// Endings of SQL scripts, compared without case.
    pub suffixes: Vec<String>,
    /// Whether a malformed script name aborts every command.
    pub validate_naming: bool,
    /// Whether scripts other than declared ones are looked for at all.
    pub skip_default_resolvers: bool,
    /// Whether SQL callbacks are left out.
    pub skip_default_callbacks: bool,
    /// Whether placeholders are replaced.
    pub placeholder_replacement: bool,
    /// The marks around placeholders in SQL.
    pub marks: Marks,
    /// The marks around placeholders in script files.
    pub script_marks: Marks,
    /// The configured placeholder values by lower-case name.
    pub placeholders: BTreeMap<String, String>,
    /// Where each of them is set.
    pub placeholder_places: BTreeMap<String, Label>,
    /// How far `migrate` goes.
    pub target: Target,
    /// Whether a version below the highest applied one may still be applied.
    pub out_of_order: bool,
    /// The only migrations to apply, in this order (Redgate).
    pub cherry_pick: Option<Vec<String>>,
    /// What validation excuses, or why the setting is unreadable: only commands that validate notice that.
    pub ignore_patterns: Result<Vec<IgnorePattern>, Refusal>,
    /// Whether `migrate` validates first.
    pub validate_on_migrate: bool,
    /// The version that `baseline` writes.
    pub baseline_version: Version,
    /// The description that `baseline` writes.
    pub baseline_description: String,
    /// Whether `migrate` writes a baseline where a schema holds objects but has no history.
    pub baseline_on_migrate: bool,
    /// The name of the history table.
    pub table: String,
    /// The schema that holds the history table.
    pub default_schema: Option<String>,
    /// The managed schemas.
    pub schemas: Vec<String>,
    /// Whether all pending migrations share one transaction.
    pub group: bool,
    /// Whether one script may hold transactional and non-transactional statements.
    pub mixed: bool,
    /// Whether scripts run in a transaction.
    pub execute_in_transaction: bool,
    /// Whether `migrate` only writes history.
    pub skip_executing: bool,
    /// Whether `clean` is switched off.
    pub clean_disabled: bool,
    /// The JDBC URL without credentials and parameters.
    pub url: Option<String>,
    /// The environment of `flyway.toml` in force.
    pub environment: String,
    /// The keys that were given, each with the place that gives it.
    pub given: BTreeMap<&'static str, Label>,
}

struct Reader<'a> {
    merged: &'a mut Merged,
}

/// Turns merged values into settings. Complaints are added for ill-typed values; the default stands in for them.
pub(super) fn read(merged: &mut Merged, edition: Edition) -> Flyway {
    let given = merged.entries.iter().map(|(key, entry)| (*key, entry.place.clone())).collect();
    let placeholders = merged.placeholders.iter().map(|(name, (value, _))| (name.clone(), value.clone())).collect();
    let places = merged.placeholders.iter().map(|(name, (_, place))| (name.clone(), place.clone())).collect();
    let mut reader = Reader { merged };
    reader.check_types();
    let separator = reader.not_empty("placeholderSeparator", ":");
    let marks = Marks {
        prefix: reader.not_empty("placeholderPrefix", "${"),
        suffix: reader.not_empty("placeholderSuffix", "}"),
        separator: separator.clone(),
    };
    let script_marks = Marks {
        prefix: reader.not_empty("scriptPlaceholderPrefix", "FP__"),
        suffix: reader.not_empty("scriptPlaceholderSuffix", "__"),
        separator: "_".into(),
    };
    reader.reserved_placeholders(&separator);
    Flyway {
        edition,
        locations: reader.locations("locations"),
        callback_locations: reader.locations("callbackLocations").unwrap_or_default(),
        fail_on_missing_locations: reader.boolean("failOnMissingLocations", false),
        encoding: reader.encoding(),
        detect_encoding: reader.boolean("detectEncoding", false),
        versioned_prefix: reader.text("sqlMigrationPrefix", "V"),
        repeatable_prefix: reader.text("repeatableSqlMigrationPrefix", "R"),
        baseline_prefix: reader.text("baselineMigrationPrefix", "B"),
        undo_prefix: reader.text("undoSqlMigrationPrefix", "U"),
        separator: reader.not_empty("sqlMigrationSeparator", "__"),
        suffixes: reader.list("sqlMigrationSuffixes").unwrap_or_else(|| vec![".sql".into()]),
        validate_naming: reader.boolean("validateMigrationNaming", false),
        skip_default_resolvers: reader.boolean("skipDefaultResolvers", false),
        skip_default_callbacks: reader.boolean("skipDefaultCallbacks", false),
        placeholder_replacement: reader.boolean("placeholderReplacement", true),
        marks,
        script_marks,
        placeholders,
        placeholder_places: places,
        target: reader.target(),
        out_of_order: reader.boolean("outOfOrder", false),
        cherry_pick: reader.list("cherryPick").filter(|picks| picks.iter().any(|pick| !pick.is_empty())),
        ignore_patterns: reader.ignore_patterns(),
        validate_on_migrate: reader.boolean("validateOnMigrate", true),
        baseline_version: reader.baseline_version(),
        baseline_description: reader.text("baselineDescription", "<< Flyway Baseline >>"),
        baseline_on_migrate: reader.boolean("baselineOnMigrate", false),
        table: reader.text("table", "flyway_schema_history"),
        default_schema: reader.optional_text("defaultSchema"),
        schemas: reader.list("schemas").unwrap_or_default(),
        group: reader.boolean("group", false),
        mixed: reader.boolean("mixed", false),
        execute_in_transaction: reader.boolean("executeInTransaction", true),
        skip_executing: reader.boolean("skipExecutingMigrations", false),
        clean_disabled: reader.boolean("cleanDisabled", true),
        url: reader.optional_text("url").map(|url| super::secrets::without_secrets(&url)),
        environment: reader.text("environment", "default"),
        given,
    }
}

impl Flyway {
    /// The names of default placeholders and their values; `None` where only a live connection knows.
    ///
    /// `filename` is the script's base name. Source: Flyway's reference, "default placeholders"; they win over
    /// configured ones.
    #[must_use]
    pub fn placeholder_values(&self, marks: &Marks, filename: &str, connection: &BTreeMap<String, String>) -> Values {
        let mut values = Values::default();
        for (name, value) in &self.placeholders {
            values.set(name, Some(value.clone()));
        }
        let connected = |name: &str| connection.get(name).cloned();
        let default_schema = self.default_schema.clone().or_else(|| self.schemas.first().cloned());
        for (name, value) in [
            ("defaultSchema", default_schema.or_else(|| connected("defaultschema"))),
            ("user", connected("user")),
            ("database", connected("database")),
            ("timestamp", None),
            ("filename", Some(filename.to_owned())),
            ("workingDirectory", connected("workingdirectory")),
            ("table", Some(self.table.clone())),
            ("environment", Some(self.environment.clone())),
        ] {
            values.set(&format!("flyway{}{name}", marks.separator), value);
        }
        values
    }
}

impl Reader<'_> {
    fn complain(&mut self, key: &str, place: Label, expected: &str, found: &str) {
        let found = if super::keys::is_public(key) { instead(found) } else { String::new() };
        let message = format!("`{key}` takes {expected}{found}");
        self.merged.complaints.push(Complaint::refused("CONFIGURATION", message, place));
    }

    /// Keys that no verdict depends on still abort Flyway when they are ill-typed.
    fn check_types(&mut self) {
        use super::keys::{KEYS, Kind};
        for key in KEYS {
            match key.kind {
                Kind::Boolean => drop(self.boolean(key.name, false)),
                Kind::Integer => self.integer(key.name),
                _ => {}
            }
        }
    }

    fn entry(&self, key: &str) -> Option<Entry> {
        self.merged.entries.get(key).cloned()
    }

    /// Forgets an ill-typed value, so that it is complained about once.
    fn reject(&mut self, key: &'static str, expected: &str, found: &str) {
        if let Some(entry) = self.merged.entries.remove(key) {
            self.complain(key, entry.place, expected, found);
        }
    }

    fn boolean(&mut self, key: &'static str, default: bool) -> bool {
        let found = match self.entry(key).map(|entry| entry.raw) {
            None => return default,
            Some(Raw::Boolean(value)) => return value,
            Some(Raw::Text(text)) if text.eq_ignore_ascii_case("true") => return true,
            Some(Raw::Text(text)) if text.eq_ignore_ascii_case("false") => return false,
            Some(other) => other.described(),
        };
        self.reject(key, "`true` or `false`", &found);
        default
    }

    fn integer(&mut self, key: &'static str) {
        let found = match self.entry(key).map(|entry| entry.raw) {
            None | Some(Raw::Integer(_)) => return,
            Some(Raw::Text(text)) if text.parse::<i32>().is_ok() => return,
            Some(other) => other.described(),
        };
        self.reject(key, "a whole number", &found);
    }

    fn optional_text(&mut self, key: &'static str) -> Option<String> {
        match self.entry(key)?.raw {
            Raw::Text(text) => Some(text),
            Raw::Integer(value) => Some(value.to_string()),
            Raw::Boolean(value) => Some(value.to_string()),
            other @ (Raw::List(_) | Raw::Other(_)) => {
                self.reject(key, "a text", &other.described());
                None
            }
        }
    }

    fn text(&mut self, key: &'static str, default: &str) -> String {
        self.optional_text(key).unwrap_or_else(|| default.to_owned())
    }

    fn not_empty(&mut self, key: &'static str, default: &str) -> String {
        match self.optional_text(key) {
            Some(text) if text.is_empty() => {
                self.reject(key, "a text that is not empty", "");
                default.to_owned()
            }
            Some(text) => text,
            None => default.to_owned(),
        }
    }

    /// Splits as Flyway does: trailing empty items fall away, an empty text is one empty item.
    fn list(&mut self, key: &'static str) -> Option<Vec<String>> {
        match self.entry(key)?.raw {
            Raw::List(items) => Some(items),
            Raw::Text(text) if text.is_empty() => Some(vec![String::new()]),
            Raw::Text(text) => {
                let mut items: Vec<String> = text.split(',').map(str::to_owned).collect();
                while items.last().is_some_and(String::is_empty) {
                    items.pop();
                }
                Some(
                    items.iter().map(|item| if self.merged.toml { item } else { java_trim(item) }.to_owned()).collect(),
                )
            }
            other => {
                self.reject(key, "a list", &other.described());
                None
            }
        }
    }

    fn locations(&mut self, key: &'static str) -> Option<Vec<Location>> {
        let place = self.entry(key)?.place;
        let mut locations = Vec::new();
        for descriptor in self.list(key)? {
            match Location::parse(&descriptor) {
                Ok(location) if location.scheme == Scheme::Remote => {
                    let message = format!("`{descriptor}` is not on this machine; its migrations are not checked");
                    self.merged.complaints.push(Complaint::noticed(message, place.clone()));
                    locations.push(location);
                }
                Ok(location) => locations.push(location),
                Err(prefix) => {
                    let message = format!("`{prefix}:` is no prefix of a location");
                    let complaint = Complaint::refused("ERROR", message, place.clone());
                    self.merged.complaints.push(complaint.help("use `filesystem:` or `classpath:`"));
                }
            }
        }
        Some(locations)
    }

    fn encoding(&mut self) -> Encoding {
        let Some(name) = self.optional_text("encoding") else { return Encoding::Utf8 };
        Encoding::for_name(&name).unwrap_or_else(|| {
            if let Some(entry) = self.entry("encoding") {
                self.merged.complaints.push(Complaint::crashed(unknown_encoding(&name), entry.place));
            }
            Encoding::Utf8
        })
    }

    fn target(&mut self) -> Target {
        let Some(text) = self.optional_text("target") else { return Target::latest() };
        Target::parse(&text).unwrap_or_else(|_| {
            self.bad_version("target", &text);
            Target::latest()
        })
    }

    fn baseline_version(&mut self) -> Version {
        let text = self.text("baselineVersion", "1");
        Version::parse(&text).unwrap_or_else(|_| {
            self.bad_version("baselineVersion", &text);
            Version::empty()
        })
    }

    fn bad_version(&mut self, key: &str, text: &str) {
        if let Some(entry) = self.entry(key) {
            let message = format!("`{key}` takes a version{}", instead(text));
            let complaint = Complaint::refused("ERROR", message, entry.place);
            self.merged.complaints.push(complaint.help("a version is made of whole numbers, dots and underscores"));
        }
    }

    fn ignore_patterns(&mut self) -> Result<Vec<IgnorePattern>, Refusal> {
        let Some(items) = self.list("ignoreMigrationPatterns") else {
            return Ok(IgnorePattern::parse("*:future").into_iter().collect());
        };
        if items.iter().all(String::is_empty) {
            return Ok(Vec::new());
        }
        let place = self.entry("ignoreMigrationPatterns").map(|entry| entry.place);
        items.iter().map(|item| IgnorePattern::parse(item)).collect::<Result<_, _>>().map_err(|message| Refusal {
            code: Some("ERROR"),
            message: format!("`ignoreMigrationPatterns`: {message}"),
            place,
        })
    }

    fn reserved_placeholders(&mut self, separator: &str) {
        let reserved = format!("flyway{separator}").lower();
        for (name, (_, place)) in &self.merged.placeholders {
            if name.starts_with(&reserved) {
                let message = format!(
                    "the placeholder `{name}` is reserved: names that start with `{reserved}` are Flyway's own"
                );
                self.merged.complaints.push(Complaint::refused("ERROR", message, place.clone()));
            }
        }
    }
}

/// The end of a message about an ill-typed value.
fn instead(found: &str) -> String {
    if found.is_empty() { ", and it is empty".into() } else { format!(", not `{found}`") }
}

/// What to say about a character set that cannot be decoded here.
pub(crate) fn unknown_encoding(name: &str) -> String {
    format!("`{name}` is no character set that can be decoded here; Flyway takes the names of Java's character sets")
}

impl Raw {
    fn described(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(items) => items.join(","),
            Self::Boolean(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Other(kind) => (*kind).to_owned(),
        }
    }
}
