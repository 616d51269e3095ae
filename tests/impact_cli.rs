//! `flightcheck impact` as people run it.

mod binary;

use binary::{Folder, run};
use serde_json::{Value, json};

fn statements(arguments: &[&str], input: &str) -> Vec<Value> {
    let outcome = run(&[&["impact", "--format=json"], arguments].concat(), input);
    outcome.json()["statements"].as_array().unwrap().clone()
}

#[test]
fn a_statement_is_described_with_the_keys_that_are_documented() {
    let outcome = run(&["impact", "--dialect=postgres", "--format=json"], "-- a\nalter table a add b int;");
    let report = outcome.json();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&report), ["dialect", "server_version", "assumed", "statements", "totals"]);
    assert_eq!((&report["dialect"], &report["server_version"]), (&json!("postgres"), &json!("15")));
    assert_eq!(report["assumed"], true);
    let page = std::fs::read_to_string(binary::root().join("docs/json.md")).unwrap();
    let statement = &report["statements"][0];
    let expected = [
        "file",
        "line",
        "span",
        "kind",
        "objects",
        "locks",
        "held",
        "rewrites",
        "index_rebuilds",
        "scans",
        "truncated",
        "blocks_reads",
        "blocks_writes",
        "in_transaction_ok",
        "algorithm",
        "lock",
        "fails",
        "understood",
    ];
    assert_eq!(keys(statement), expected);
    for key in keys(statement).iter().chain(&keys(&report["totals"])) {
        assert!(page.contains(&format!("`{key}`")), "docs/json.md does not speak of `{key}`");
    }
    assert_eq!((&statement["file"], &statement["line"]), (&json!("<stdin>"), &json!(2)));
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
}

#[test]
fn files_are_one_session() {
    let folder = Folder::new("impact-session");
    folder.write("schema.sql", "set search_path = other; create schema app; create table app.a (id int);");
    folder.write("before.sql", "set search_path = app; create temporary table t (id int);");
    folder.write("1.sql", "alter table a add b int; alter table t add b int; alter table gone add b int;");
    folder.write("2.sql", "alter table a drop b; alter table a drop b;");
    let path = |name: &str| folder.0.join(name).to_str().unwrap().to_owned();
    let arguments = ["--schema", &path("schema.sql"), "--assume-applied", &path("before.sql"), "--dialect=postgres"];
    let fails = |arguments: &[&str]| -> Vec<Value> {
        let files = [path("1.sql"), path("2.sql")];
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        statements(&[arguments, &files].concat(), "").iter().map(|statement| statement["fails"].clone()).collect()
    };
    let expected = [
        Value::Null,
        Value::Null,
        json!("there is no table app.gone"),
        Value::Null,
        json!("there is no column b of app.a"),
    ];
    assert_eq!(fails(&arguments), expected);
    // Without a schema nothing is known to be absent.
    assert_eq!(fails(&["--dialect=postgres"])[2], Value::Null);
}

#[test]
fn the_arguments_say_what_they_take() {
    let outcome = run(&["impact", "--dialect=pg", "--server-version=latest"], "");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("a version begins with a number"), "{}", outcome.stderr);
    let outcome = run(&["impact", "--dialect=pgsql"], "");
    assert!(outcome.stderr.contains("there are postgres, mysql"), "{}", outcome.stderr);
    let outcome = run(&["impact", "-"], "select 1;");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("say it with --dialect"), "{}", outcome.stderr);
    let outcome = run(&["impact", "missing.sql", "--dialect=pg"], "");
    assert!(outcome.stderr.contains("`missing.sql` cannot be read"), "{}", outcome.stderr);
    let outcome = run(&["impact", "--dialect=pg", "--server-version=16.3", "--format=json"], "");
    assert_eq!((&outcome.json()["server_version"], &outcome.json()["assumed"]), (&json!("16.3"), &json!(false)));
}

#[test]
fn people_get_a_picture() {
    let input = "create table a (id int);\ncommit;\ndrop table \u{202e}b;\n";
    let outcome = run(&["impact", "--dialect=pg", "--schema=/dev/null"], input);
    assert!(outcome.stdout.contains("(one transaction)\n"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("(each statement alone)\n"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("fails: there is no table public.\"\\u{202e}b\"\n"), "{}", outcome.stdout);
    assert!(!outcome.stdout.contains('\u{202e}'));
    assert_eq!(outcome.code, 1);
}

#[test]
fn the_server_and_its_version_can_be_configured() {
    let folder = Folder::new("impact-settings");
    folder.write("sql/V1__a.sql", "create table a (id int);");
    let complaints = |text: &str| {
        folder.write("flightcheck.toml", text);
        run(&["check", folder.path()], "").stdout
    };
    assert!(complaints("dialect = \"postgres\"\nserver-version = 17\n").contains("flightcheck.toml"));
    assert!(complaints("dialect = \"postgrs\"\n").contains("did you mean `postgres`?"));
    assert!(complaints("server-version = 8.4\n").contains("write it as a text"));
    assert!(complaints("server-version = \"new\"\n").contains("`new` is no version of a server"));
}
