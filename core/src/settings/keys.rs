//! The keys that Flyway 13.0.0 knows, each with its type: the one list behind reading, checking and suggesting.
//!
//! Source: `spec` of Flyway's configuration reference and the `conf` recordings (unknown keys abort every command).

/// What a key's value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `true` or `false`, any case.
    Boolean,
    /// A whole number.
    Integer,
    /// Any text.
    Text,
    /// Items separated by commas, or a TOML array of strings.
    List,
    /// One level of keys with texts.
    Map,
    /// A table that this tool does not read.
    Namespace,
}

/// Who understands a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Every build.
    Always,
    /// Redgate builds; the open-source build does not know the key at all.
    Redgate,
    /// The open-source build knows the key and asks for an upgrade.
    Upgrade,
}

/// One key, without the `flyway.` prefix.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) known: Known,
}

const fn key(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, known: Known::Always }
}

/// All keys, sorted by name.
pub(super) const KEYS: &[Key] = &[
    key("baselineDescription", Kind::Text),
    key("baselineMigrationPrefix", Kind::Text),
    key("baselineOnMigrate", Kind::Boolean),
    key("baselineVersion", Kind::Text),
    key("batch", Kind::Boolean),
    key("callbackLocations", Kind::List),
    key("callbacks", Kind::List),
    key("check", Kind::Namespace),
    Key { name: "cherryPick", kind: Kind::List, known: Known::Upgrade },
    key("cleanDisabled", Kind::Boolean),
    key("color", Kind::Text),
    key("communityDBSupportEnabled", Kind::Boolean),
    key("configFileEncoding", Kind::Text),
    key("configFiles", Kind::List),
    key("connectRetries", Kind::Integer),
    key("connectRetriesInterval", Kind::Integer),
    key("createSchemas", Kind::Boolean),
    key("defaultSchema", Kind::Text),
    key("detectEncoding", Kind::Boolean),
    key("driver", Kind::Text),
    key("dryRunOutput", Kind::Text),
    key("email", Kind::Text),
    key("encoding", Kind::Text),
    key("environment", Kind::Text),
    key("environmentProvisionMode", Kind::Text),
    key("errorOverrides", Kind::List),
    key("executeInTransaction", Kind::Boolean),
    key("failOnMissingLocations", Kind::Boolean),
    key("group", Kind::Boolean),
    key("ignoreMigrationPatterns", Kind::List),
    key("initSql", Kind::Text),
    key("installedBy", Kind::Text),
    key("jarDirs", Kind::List),
    key("jdbcProperties", Kind::Map),
    key("kerberosConfigFile", Kind::Text),
    key("licenseKey", Kind::Text),
    key("locations", Kind::List),
    key("lockRetryCount", Kind::Integer),
    key("loggers", Kind::List),
    key("migrate", Kind::Namespace),
    key("mixed", Kind::Boolean),
    key("oracle", Kind::Namespace),
    key("outOfOrder", Kind::Boolean),
    key("outputLogsInJson", Kind::Boolean),
    key("outputProgress", Kind::Boolean),
    key("outputQueryResults", Kind::Boolean),
    key("outputType", Kind::Text),
    key("password", Kind::Text),
    key("placeholderPrefix", Kind::Text),
    key("placeholderReplacement", Kind::Boolean),
    key("placeholders", Kind::Map),
    key("placeholderSeparator", Kind::Text),
    key("placeholderSuffix", Kind::Text),
    key("postgresql", Kind::Namespace),
    key("provisionMode", Kind::Text),
    key("repeatableSqlMigrationPrefix", Kind::Text),
    key("reportEnabled", Kind::Boolean),
    key("reportFilename", Kind::Text),
    key("resolvers", Kind::List),
    key("schemas", Kind::List),
    key("scriptPlaceholderPrefix", Kind::Text),
    key("scriptPlaceholderSuffix", Kind::Text),
    key("skipDefaultCallbacks", Kind::Boolean),
    key("skipDefaultResolvers", Kind::Boolean),
    key("skipExecutingMigrations", Kind::Boolean),
    key("sqlMigrationPrefix", Kind::Text),
    key("sqlMigrationSeparator", Kind::Text),
    key("sqlMigrationSuffixes", Kind::List),
    key("sqlserver", Kind::Namespace),
    key("stream", Kind::Boolean),
    key("table", Kind::Text),
    key("tablespace", Kind::Text),
    key("tags", Kind::Namespace),
    key("target", Kind::Text),
    key("token", Kind::Text),
    Key { name: "undoSqlMigrationPrefix", kind: Kind::Text, known: Known::Redgate },
    key("url", Kind::Text),
    key("user", Kind::Text),
    key("validateMigrationNaming", Kind::Boolean),
    key("validateOnMigrate", Kind::Boolean),
    key("vault", Kind::Namespace),
    key("workingDirectory", Kind::Text),
];

/// Keys that live in `[environments.NAME]` of a `flyway.toml`.
pub(super) const ENVIRONMENT_KEYS: &[&str] = &[
    "connectRetries",
    "connectRetriesInterval",
    "displayName",
    "driver",
    "flyway",
    "initSql",
    "jarDirs",
    "jdbcProperties",
    "kerberosConfigFile",
    "password",
    "provisioner",
    "resolvers",
    "schemas",
    "url",
    "user",
];

/// The key of that exact name.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// Keys whose values are secrets or people's names, or may hold them.
const PRIVATE: [&str; 8] = ["email", "initSql", "installedBy", "licenseKey", "password", "token", "url", "user"];

/// Whether the value of that key may be shown. Unknown keys may be misspelt private ones.
pub(super) fn is_public(name: &str) -> bool {
    let is_plain = |key: &Key| !matches!(key.kind, Kind::Map | Kind::Namespace);
    find(name).is_some_and(is_plain) && !PRIVATE.contains(&name)
}

/// The name of the environment variable that sets a key: `outOfOrder` → `FLYWAY_OUT_OF_ORDER`.
pub(super) fn variable(name: &str) -> String {
    let mut variable = String::from("FLYWAY_");
    for (at, char) in name.char_indices() {
        if at > 0 && char.is_ascii_uppercase() && !name[..at].ends_with(|before: char| before.is_ascii_uppercase()) {
            variable.push('_');
        }
        variable.push(char.to_ascii_uppercase());
    }
    variable
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Casing;

    #[test]
    fn keys_are_sorted_and_unique() {
        let folded: Vec<String> = KEYS.iter().map(|key| key.name.lower()).collect();
        assert!(folded.is_sorted_by(|left, right| left < right));
    }

    #[test]
    fn variables_follow_the_reference() {
        assert_eq!(variable("sqlMigrationSuffixes"), "FLYWAY_SQL_MIGRATION_SUFFIXES");
        assert_eq!(variable("outOfOrder"), "FLYWAY_OUT_OF_ORDER");
        assert_eq!(variable("communityDBSupportEnabled"), "FLYWAY_COMMUNITY_DBSUPPORT_ENABLED");
    }
}
