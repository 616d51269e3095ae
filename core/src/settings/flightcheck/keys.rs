//! The keys of `flightcheck.toml`: the one list behind reading, suggesting, the schema for editors and `init`.

use crate::settings::Tool;
use crate::sql::Dialect;
use crate::version::ServerEdition;

/// Keys in groups; groups are shared by tables that may set the same.
pub type Keys = &'static [&'static [Key]];

/// One key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its value is.
    pub takes: Takes,
    /// A value in TOML. For tables it is empty: their keys have some.
    pub example: &'static str,
    /// What it is for, in one sentence.
    pub about: &'static str,
    /// Whether its table makes no sense without it.
    pub required: bool,
}

/// What a value has to be.
#[derive(Debug, Clone, Copy)]
pub enum Takes {
    /// Any text that is not empty.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number from 0 on.
    Count,
    /// A version of a server: a text, or a whole number.
    Release,
    /// A day, as a text or as TOML's own.
    Date,
    /// A name that is known; more may be understood than are listed.
    Name {
        /// Whether it is known.
        known: fn(&str) -> bool,
        /// The names to list.
        names: fn() -> Vec<&'static str>,
    },
    /// A share: `95%`.
    Share,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list of these words.
    Choices(&'static [&'static str]),
    /// The name of a rule, or a list of such names. Whether there are such rules is asked where the rules are.
    Rules,
    /// Rules by name, each with one of [`LEVELS`].
    Levels,
    /// Free names, each with a text.
    Map,
    /// A table.
    Table(Keys),
    /// A list of tables: `[[name]]`.
    Tables(Keys),
    /// Free names, each with a table: `[name.free]`.
    Named(Keys),
}

/// What a rule may count as.
pub(super) const LEVELS: &[&str] = &["off", "info", "warning", "error"];
/// The tiers of rules that are off unless they are asked for.
const TIERS: &[&str] = &["hygiene", "idempotency", "style"];

const DIALECT: Takes = Takes::Name {
    known: |name| Dialect::from_name(name).is_some(),
    names: || Dialect::all().map(Dialect::as_str).collect(),
};
const SERVER_EDITION: Takes =
    Takes::Name { known: |name| ServerEdition::from_name(name).is_some(), names: || ServerEdition::names().collect() };
const TOOL: Takes = Takes::Name { known: |name| Tool::from_name(name).is_some(), names: || Tool::names().collect() };

impl Takes {
    /// The words to choose from, where there are some.
    #[must_use]
    pub fn words(self) -> Vec<&'static str> {
        match self {
            Self::Choice(words) | Self::Choices(words) => words.to_vec(),
            Self::Name { names, .. } => names(),
            Self::Levels => LEVELS.to_vec(),
            _ => Vec::new(),
        }
    }
}

const fn key(name: &'static str, takes: Takes, example: &'static str, about: &'static str) -> Key {
    Key { name, takes, example, about, required: false }
}

const fn required(name: &'static str, takes: Takes, example: &'static str, about: &'static str) -> Key {
    Key { name, takes, example, about, required: true }
}

const fn table(name: &'static str, takes: Takes, about: &'static str) -> Key {
    Key { name, takes, example: "", about, required: false }
}

/// What the file, a project and an environment may say; the latter win over the former.
const SCOPE: &[Key] = &[
    key(
        "dialect",
        DIALECT,
        "\"postgres\"",
        "Whose SQL the scripts are written in; without it the JDBC URL or the scripts say it",
    ),
    key(
        "server-version",
        Takes::Release,
        "\"15\"",
        "The version of the server; without it the oldest that its vendor supports is assumed",
    ),
    key(
        "server-edition",
        SERVER_EDITION,
        "\"standard\"",
        "The edition of SQL Server or Oracle: some run nothing `ONLINE`; without it the poorer one is assumed",
    ),
    key(
        "edition",
        Takes::Choice(&["oss", "redgate"]),
        "\"redgate\"",
        "Which build of Flyway is followed: the open-source one as recorded, or Redgate's as documented",
    ),
    key(
        "fail-on",
        Takes::Choice(&["error", "warning", "info", "never"]),
        "\"warning\"",
        "The lowest severity that makes `check` fail",
    ),
    key("tiers", Takes::Choices(TIERS), "[\"style\"]", "Groups of rules that are off otherwise"),
    key(
        "config",
        Takes::Texts,
        "[\"conf/flyway.conf\"]",
        "Flyway's configuration files, relative to this file; without it they are looked for in the project's folder",
    ),
    key(
        "locations",
        Takes::Texts,
        "[\"filesystem:sql\"]",
        "Flyway's `locations`; wins over its own files and variables",
    ),
    key("target", Takes::Text, "\"latest\"", "Flyway's `target`; wins over its own files and variables"),
    key("history", Takes::Text, "\"history/prod.json\"", "The snapshot of the history table, relative to this file"),
    key("base", Takes::Text, "\"origin/main\"", "The branch or commit that changes are compared with"),
    table("placeholders", Takes::Map, "Flyway's placeholders; they win over its own files and variables"),
    table("rules", Takes::Levels, "What the findings of a rule count as: `off`, `info`, `warning` or `error`"),
];

const ROLLBACK: &[Key] = &[
    key("prefix", Takes::Text, "\"DOWN\"", "Prefix of rollbacks that stand beside the migrations"),
    key("folders", Takes::Texts, "[\"back\"]", "Folders of rollbacks, relative to the project's"),
    key(
        "min-coverage",
        Takes::Share,
        "\"95%\"",
        "The share of pending migrations that has to be proved, or irreversible with a written reason",
    ),
];

const CONNECTION: &[Key] = &[
    key("user", Takes::Text, "\"app\"", "The value of `${flyway:user}`"),
    key("database", Takes::Text, "\"shop\"", "The value of `${flyway:database}`"),
    key("default-schema", Takes::Text, "\"public\"", "The value of `${flyway:defaultSchema}`"),
    key("working-directory", Takes::Text, "\"/srv/app\"", "The value of `${flyway:workingDirectory}`"),
];

const PATH: &[Key] = &[
    required(
        "match",
        Takes::Text,
        "\"db/legacy/**\"",
        "The files that are meant, relative to this file; a folder means everything below it",
    ),
    key("tiers", Takes::Choices(TIERS), "[\"style\"]", "Groups of rules that are on for them too"),
    key("require-reason", Takes::Flag, "true", "Whether an ignore in them has to say why"),
    key(
        "rollback",
        Takes::Choice(&["required", "optional"]),
        "\"required\"",
        "Whether it has to be proved that each migration among them can be taken back",
    ),
    table("rules", Takes::Levels, "What the findings of a rule count as in them"),
];

const TABLE: &[Key] = &[
    required(
        "name",
        Takes::Text,
        "\"public.orders\"",
        "The table, with or without its schema; `*` and `?` stand for any characters",
    ),
    key("rows", Takes::Count, "120000000", "How many rows it has"),
    key("bytes", Takes::Count, "15000000000", "How many bytes it has on disk, without indexes"),
    table("rules", Takes::Levels, "What the findings of a rule count as where they are about this table"),
];

const IGNORE: &[Key] = &[
    required(
        "path",
        Takes::Text,
        "\"db/migration/V3__*.sql\"",
        "The files that are meant, relative to this file; a folder means everything below it",
    ),
    required("rule", Takes::Rules, "\"dropped-column\"", "The rule, or a list of rules"),
    key("reason", Takes::Text, "\"nobody has read it since 2024\"", "Why its findings do not count"),
    key("until", Takes::Date, "2027-01-31", "The last day on which the ignore applies"),
];

const PROJECT: &[Key] = &[required(
    "folder",
    Takes::Text,
    "\"services/billing\"",
    "The folder of a project, relative to this file; findings say which it is",
)];

const ROOT: &[Key] = &[
    key(
        "tool",
        TOOL,
        "\"goose\"",
        "The migration tool; without it the names of the scripts and the files beside them say it",
    ),
    key("environment", Takes::Text, "\"prod\"", "The environment that is taken where none is named with `--env`"),
    key("require-reason", Takes::Flag, "true", "Whether an ignore has to say why"),
    key("java-migrations", Takes::Texts, "[\"V5__Name\"]", "Migrations that live in code"),
    table("rollback", Takes::Table(&[ROLLBACK]), "Scripts that take migrations back"),
    table("connection", Takes::Table(&[CONNECTION]), "Values of placeholders that only a live connection knows"),
    table("paths", Takes::Tables(&[PATH]), "What is different for some files; later entries win"),
    table(
        "tables",
        Takes::Tables(&[TABLE]),
        "What is known of some tables, and what is different for them; later entries win",
    ),
    table("ignore", Takes::Tables(&[IGNORE]), "Findings that do not count; the only way for scripts that were applied"),
    table("environments", Takes::Named(&[SCOPE]), "What is different in an environment; `--env` takes one"),
    table(
        "projects",
        Takes::Tables(&[PROJECT, SCOPE]),
        "The projects of this repository; `check` of this folder checks each",
    ),
];

/// The keys of the whole file.
pub const KEYS: Keys = &[SCOPE, ROOT];

/// All keys of groups, in their order.
pub fn all(keys: Keys) -> impl Iterator<Item = &'static Key> {
    keys.iter().copied().flatten()
}

/// Whether a key of that name may be shown with its value. Placeholders may hold secrets, and unknown keys too.
pub(in crate::settings) fn is_public(name: &str) -> bool {
    fn known(keys: Keys, name: &str) -> bool {
        all(keys).any(|key| match key.takes {
            Takes::Map => false,
            Takes::Table(inner) | Takes::Tables(inner) | Takes::Named(inner) => known(inner, name),
            _ => key.name == name,
        })
    }
    known(KEYS, name)
}
