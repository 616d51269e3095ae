//! Configuration files, variables and options: precedence, types, and a located message for everything that is wrong.

use std::collections::BTreeMap;

use flightcheck_core::settings::{Configuration, Edition, Settings, Source};
use flightcheck_core::text::LineIndex;

fn read(sources: &[Source], environment: &[(&str, &str)]) -> Settings {
    let environment: BTreeMap<String, String> =
        environment.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    Configuration { sources: sources.to_vec(), environment, ..Configuration::default() }.read()
}

fn toml(text: &str) -> Source {
    Source::Toml { name: "flyway.toml".into(), text: text.into() }
}

fn conf(text: &str) -> Source {
    Source::Conf { name: "flyway.conf".into(), text: text.into() }
}

fn options(pairs: &[(&str, &str)]) -> Source {
    Source::Options(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
}

fn variables(pairs: &[(&str, &str)]) -> Source {
    Source::Environment(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
}

#[test]
fn a_toml_file_is_read_with_its_types() {
    let settings = read(
        &[toml(
            "[flyway]\n\
             locations = [\"filesystem:migrations\", \"classpath:db\"]\n\
             outOfOrder = true\n\
             target = \"7\"\n\
             baselineVersion = 3\n\
             sqlMigrationSuffixes = [\".sql\", \".pks\"]\n\
             ignoreMigrationPatterns = []\n\
             [flyway.placeholders]\n\
             Region = \"eu\"\n\
             [flyway.check]\n\
             majorRules = \"anything\"\n\
             [flywayDesktop]\n\
             developmentEnvironment = \"development\"\n",
        )],
        &[],
    );
    assert_eq!(settings.complaints, []);
    let flyway = settings.flyway;
    let locations: Vec<String> = flyway.locations.unwrap().into_iter().map(|location| location.descriptor).collect();
    assert_eq!(locations, ["filesystem:migrations", "classpath:db"]);
    assert!(flyway.out_of_order);
    assert_eq!(flyway.target.version.as_str(), "7");
    assert_eq!(flyway.baseline_version.as_str(), "3");
    assert_eq!(flyway.suffixes, [".sql", ".pks"]);
    assert_eq!(flyway.ignore_patterns.unwrap().len(), 1, "an empty list leaves the default in force");
    assert_eq!(flyway.placeholders["region"], "eu");
}

#[test]
fn later_sources_win_and_the_environment_of_a_toml_file_beats_its_flyway_table() {
    let file = toml(
        "[flyway]\n\
         environment = \"prod\"\n\
         table = \"from_flyway\"\n\
         defaultSchema = \"from_flyway\"\n\
         target = \"1\"\n\
         [environments.prod]\n\
         url = \"jdbc:postgresql://someone:secret@db.example:5432/shop?password=secret\"\n\
         schemas = [\"shop\"]\n\
         [environments.prod.flyway]\n\
         table = \"from_environment\"\n\
         [environments.test.flyway]\n\
         table = \"from_test\"\n",
    );
    let user =
        Source::Toml { name: "flyway.user.toml".into(), text: "[flyway]\ndefaultSchema = \"from_user\"\n".into() };
    let sources = [file, user, variables(&[("FLYWAY_TARGET", "2")]), options(&[("flyway.target", "3")])];
    let flyway = read(&sources, &[]).flyway;
    assert_eq!(flyway.table, "from_environment");
    assert_eq!(flyway.default_schema.as_deref(), Some("from_user"));
    assert_eq!(flyway.target.version.as_str(), "3");
    assert_eq!(flyway.schemas, ["shop"]);
    assert_eq!(flyway.url.as_deref(), Some("jdbc:postgresql://db.example:5432/shop"), "no credentials are kept");
    let test = read(&[sources[0].clone(), options(&[("environment", "test")])], &[]).flyway;
    assert_eq!(test.table, "from_test");
}

#[test]
fn variables_and_references_are_resolved() {
    let sources = [
        conf("flyway.table=${TABLE}\nflyway.placeholders.a=x\n"),
        variables(&[
            ("FLYWAY_OUT_OF_ORDER", "true"),
            ("FLYWAY_PLACEHOLDERS_SCHEMA_NAME", "s"),
            ("FLYWAY_EDITION", "x"),
        ]),
    ];
    let settings = read(&sources, &[("TABLE", "history")]);
    assert_eq!(settings.complaints, []);
    assert_eq!(settings.flyway.table, "history");
    assert!(settings.flyway.out_of_order);
    assert_eq!(settings.flyway.placeholders["schema_name"], "s");
    let text = "[flyway]\ntable = \"${env.TABLE}_$${env.TABLE}\"\nplaceholderPrefix = \"${\"\n";
    let settings = read(&[toml(text)], &[("TABLE", "history")]);
    assert_eq!(settings.flyway.table, "history_${env.TABLE}");
    assert_eq!(settings.flyway.marks.prefix, "${");
}

/// Text of a source, and what has to be said about it: line, whether Flyway refuses, words of message and help.
const WRONG: &[(&str, &str, usize, bool, &str, &str)] = &[
    (
        "conf",
        "flyway.url=x\nflyway.outOfOrdr=true\n",
        2,
        true,
        "`outOfOrdr` is no setting",
        "did you mean `outOfOrder`?",
    ),
    ("conf", "flyway.outOfOrder=yes\n", 1, true, "`outOfOrder` takes `true` or `false`, not `yes`", ""),
    ("conf", "\nflyway.lockRetryCount=x\n", 2, true, "`lockRetryCount` takes a whole number", ""),
    ("conf", "flyway.target=1.x\n", 1, true, "`target` takes a version", "whole numbers"),
    ("conf", "flyway.locations=ftp:sql\n", 1, true, "`ftp:` is no prefix", "filesystem:"),
    ("conf", "flyway.locations=s3:bucket\n", 1, false, "not on this machine", ""),
    ("conf", "flyway.encoding=klingon\n", 1, true, "`klingon` is no character set", ""),
    ("conf", "flyway.placeholderPrefix=\n", 1, true, "`placeholderPrefix` takes a text that is not empty", ""),
    ("conf", "flyway.placeholderSeparator=_\nflyway.placeholders.flyway_x=1\n", 2, true, "reserved", ""),
    ("conf", "flyway.undoSqlMigrationPrefix=X\n", 1, true, "`undoSqlMigrationPrefix`", "--edition redgate"),
    ("conf", "flyway.cherryPick=1\n", 1, true, "Redgate", "--edition redgate"),
    ("conf", "flyway.ignoreMissingMigrations=true\n", 1, true, "`ignoreMissingMigrations`", "ignoreMigrationPatterns"),
    ("conf", "\u{feff}flyway.table=x\n", 1, false, "does not see `flyway.table`", "byte order mark"),
    ("conf", "Flyway.table=x\n", 1, false, "does not see `Flyway.table`", "lower case"),
    ("toml", "[flyway]\ntable = \"x\"\noutOfOrder = \"maybe\"\n", 3, true, "`outOfOrder` takes `true` or `false`", ""),
    ("toml", "[flyway]\nlocations = 7\n", 2, true, "`locations` takes a list", ""),
    ("toml", "[flyway]\ntarget = [\"1\"]\n", 2, true, "`target` takes a text", ""),
    (
        "toml",
        "[flyway]\nlocatons = [\"filesystem:x\"]\n",
        2,
        true,
        "`locatons` is no setting",
        "did you mean `locations`?",
    ),
    ("toml", "[flyway\n", 1, true, "no valid TOML", ""),
    ("toml", "[environments.default]\nurll = \"x\"\n", 2, false, "`urll` is no setting of an environment", "`url`"),
    ("own", "edition = \"teams\"\n", 1, false, "`teams` is nothing that `edition` takes", "`oss` or `redgate`"),
    ("own", "[rollback]\nprefixes = \"RB\"\n", 2, false, "`prefixes` is no setting", "did you mean `prefix`?"),
    ("own", "java-migrations = [5]\n", 1, false, "takes a list of texts", "[\"V5__Name\"]"),
    ("own", "edition = 5\n", 1, false, "`edition` takes a word in quotes", "edition = \"redgate\""),
    ("own", "= 1\n", 1, false, "no valid TOML", ""),
];

#[test]
fn everything_that_is_wrong_is_said_with_its_place() {
    for (kind, text, line, refused, message, help) in WRONG {
        let (own, sources) = match *kind {
            "conf" => (None, vec![conf(text)]),
            "toml" => (None, vec![toml(text)]),
            _ => (Some(("flightcheck.toml".to_owned(), (*text).to_owned())), vec![]),
        };
        let settings = Configuration { own, sources, ..Configuration::default() }.read();
        let [complaint] = settings.complaints.as_slice() else { panic!("{text:?}: {:?}", settings.complaints) };
        assert!(complaint.message.contains(message), "{text:?}: {}", complaint.message);
        assert!(complaint.help.contains(help), "{text:?}: {}", complaint.help);
        assert_eq!(complaint.refusal.is_some(), *refused, "{text:?}");
        let span = complaint.place.span.unwrap_or_else(|| panic!("{text:?} has no place"));
        assert_eq!(LineIndex::new(text).position(text, span.start).line + 1, *line, "{text:?}");
    }
}

#[test]
fn redgate_knows_more_keys() {
    let text = "flyway.undoSqlMigrationPrefix=X\nflyway.cherryPick=1,v\n";
    let settings =
        Configuration { sources: vec![conf(text)], edition: Some(Edition::Redgate), ..Configuration::default() }.read();
    assert_eq!(settings.complaints, []);
    assert_eq!(settings.flyway.undo_prefix, "X");
    assert_eq!(settings.flyway.cherry_pick.unwrap(), ["1", "v"]);
}
