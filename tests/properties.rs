//! Whatever bytes come in, nothing panics, and the same input gives the same output.

use flightcheck_core::project::{Configuration, Project};
use flightcheck_core::render;
use flightcheck_core::report::Report;
use flightcheck_core::settings::{Edition, Source};
use flightcheck_core::status::{Command, simulate};
use proptest::prelude::*;

/// Names that are nearly right, so that most of the grammar is reached.
fn name() -> impl Strategy<Value = String> {
    let prefix = prop::sample::select(vec!["V", "R", "B", "U", "RB", "v", "beforeMigrate", "afterMigrate", ""]);
    let version = prop::sample::select(vec!["1", "2", "1.1", "01", "20240102030405", "next", "-1", "", "9.a"]);
    let separator = prop::sample::select(vec!["__", "_", "-", ""]);
    let description = "[a-z_ .é]{0,6}";
    let suffix = prop::sample::select(vec![".sql", ".SQL", ".sh", "", ".sql.conf", ".sql.txt", ".java"]);
    let folder = prop::sample::select(vec!["sql/", "sql/sub/", "sql/.hidden/", "undo/", "", "../sql/", "/sql/"]);
    (folder, prefix, version, separator, description, suffix).prop_map(
        |(folder, prefix, version, separator, text, suffix)| {
            format!("{folder}{prefix}{version}{separator}{text}{suffix}")
        },
    )
}

fn content() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..60),
        "(select|\\$\\{x\\}|\\$\\{|\\}|--|;|\r|\n| |\u{feff}|é){0,12}".prop_map(String::into_bytes),
        "(encoding|executeInTransaction|shouldExecute|bad)(=| )(true|UTF-16|x==y|)\n".prop_map(String::into_bytes),
    ]
}

fn conf() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec![
        "flyway.locations",
        "flyway.target",
        "flyway.outOfOrder",
        "flyway.placeholders.x",
        "flyway.encoding",
        "flyway.ignoreMigrationPatterns",
        "flyway.cherryPick",
        "flyway.sqlMigrationSuffixes",
        "flyway.unknown",
        "x",
        "flyway.sqlMigrationPrefix",
        "flyway.placeholderPrefix",
        "flyway.baselineVersion",
        "flyway.group",
    ]);
    let value = prop::sample::select(vec![
        "true",
        "",
        "latest",
        "1?",
        "next",
        "current",
        "filesystem:sql",
        "filesystem:sql/**/x*",
        "classpath:db",
        "*:*",
        "*:missing,versioned:pending",
        "UTF-16LE",
        ",",
        "${",
        "\\",
        "\u{feff}",
        "1,2,v",
    ]);
    let line = (key, value).prop_map(|(key, value)| format!("{key}={value}\n"));
    prop_oneof![prop::collection::vec(line, 0..5).prop_map(|lines| lines.concat()), any::<String>()]
}

fn row() -> impl Strategy<Value = String> {
    let kind =
        prop::sample::select(vec!["SQL", "BASELINE", "DELETE", "SCHEMA", "UNDO_SQL", "SQL_BASELINE", "sql", "JDBC"]);
    let version = prop::sample::select(vec!["\"1\"", "\"2\"", "null", "\"1.1\"", "\"x\"", "\"\""]);
    (0..6_i64, version, kind, any::<Option<i32>>(), any::<bool>()).prop_map(|(rank, version, kind, checksum, success)| {
        let checksum = checksum.map_or_else(|| "null".to_owned(), |checksum| checksum.to_string());
        format!(
            r#"{{"installed_rank":{rank},"version":{version},"description":"a","type":"{kind}","script":"s","checksum":{checksum},"success":{success}}}"#
        )
    })
}

fn history() -> impl Strategy<Value = Option<Vec<u8>>> {
    let rows = prop::collection::vec(row(), 0..6).prop_map(|rows| Some(format!("[{}]", rows.join(",")).into_bytes()));
    prop_oneof![Just(None), rows, prop::collection::vec(any::<u8>(), 0..80).prop_map(Some)]
}

fn project() -> impl Strategy<Value = Project> {
    let files = prop::collection::btree_map(name(), content(), 0..8);
    let toml = prop_oneof![any::<String>(), "(\\[flyway\\]\n)?(target|locations|group) = (\"1\"|\\[\\]|true|1)\n"];
    let own = prop::option::of(prop_oneof![
        any::<String>(),
        "(edition|rollback|java-migrations) = (\"redgate\"|\\[\"V1__a\"\\]|1)\n"
    ]);
    (files, conf(), toml, own, history(), any::<Option<bool>>(), any::<bool>()).prop_map(
        |(files, conf, toml, own, history, empty, redgate)| {
            let sources = vec![
                Source::Conf { name: "flyway.conf".into(), text: conf },
                Source::Toml { name: "flyway.toml".into(), text: toml },
            ];
            let edition = redgate.then_some(Edition::Redgate);
            let own = own.map(|text| ("flightcheck.toml".to_owned(), text));
            let mut project = Project::new(Configuration { own, sources, edition, ..Configuration::default() });
            for (path, bytes) in files {
                project.set_file(&path, bytes);
            }
            if let Some(bytes) = history {
                project.set_history("history", bytes);
            }
            project.set_schema_empty(empty);
            project
        },
    )
}

/// Everything that the faces print.
fn outputs(project: &Project) -> Vec<String> {
    let Ok(checked) = project.check() else { return Vec::new() };
    let report = Report::new(project, &checked, Some("history")).with_findings(project, &checked);
    let input = project.input(&checked.layout, checked.snapshot.as_ref());
    let commands = [Command::Migrate, Command::Repair, Command::Baseline, Command::Undo(None)];
    let simulated = commands.iter().map(|command| format!("{:?}", simulate(&input, command)));
    let mut outputs = vec![render::table(&report), render::plan(&report)];
    outputs.extend(render::FORMATS.iter().map(|format| format.render(&render::View::new(&report, project))));
    outputs.extend(simulated);
    outputs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_in_gives_the_same_out_twice(project in project()) {
        prop_assert_eq!(outputs(&project), outputs(&project.clone()));
    }

    #[test]
    fn any_text_is_a_configuration(text in any::<String>()) {
        for source in [
            Source::Conf { name: "flyway.conf".into(), text: text.clone() },
            Source::Toml { name: "flyway.toml".into(), text: text.clone() },
        ] {
            let configuration = Configuration { own: Some(("f".into(), text.clone())), sources: vec![source], ..Configuration::default() };
            drop(outputs(&Project::new(configuration)));
        }
    }
}
