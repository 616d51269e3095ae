//! The binary as people run it: files on disk, exit codes, JSON.

mod binary;

use std::fs;

use binary::{Folder, root, run};
use serde_json::{Value, json};

/// The recorded cases of a group whose files are plain text.
fn recorded(group: &str) -> Vec<Value> {
    let text = fs::read_to_string(root().join(format!("tests/recordings/flyway/{group}.jsonl"))).unwrap();
    let cases = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    cases.filter(|case| case["files"].as_array().unwrap().iter().all(|file| file["text"].is_string())).collect()
}

fn picked(value: &Value, keys: &[&str]) -> Value {
    keys.iter().map(|key| ((*key).to_owned(), value[*key].clone())).collect()
}

#[test]
fn recorded_cases_give_the_same_answers_through_files_and_json() {
    let left_out = fs::read_to_string(root().join("tests/recordings/flyway/left-out.txt")).unwrap();
    let of_group = |group: &str| recorded(group).into_iter().step_by(6).take(60).collect::<Vec<_>>();
    let cases: Vec<Value> = ["fixed", "random", "mixed"].into_iter().flat_map(of_group).collect();
    assert!(cases.len() > 100, "{} cases", cases.len());
    for (at, case) in cases.iter().enumerate() {
        let id = case["id"].as_str().unwrap();
        if left_out.contains(&format!("{id}:")) || !case["history_table"].is_null() {
            continue;
        }
        let table = case["config"]["flyway.table"].as_str();
        let folder = Folder::new(&format!("recorded-{id}"));
        fs::create_dir_all(folder.0.join("sql")).unwrap();
        for file in case["files"].as_array().unwrap() {
            folder.write(file["path"].as_str().unwrap(), file["text"].as_str().unwrap());
        }
        let mut arguments = vec!["info".to_owned(), folder.path().to_owned(), "--format=json".to_owned()];
        let mut file = String::new();
        for (key, value) in case["config"].as_object().unwrap() {
            let value = value.as_str().unwrap();
            // Half of the cases have a file, which cannot hold every value.
            if at % 2 == 0 && value.trim() == value && !value.contains('\n') {
                file += &format!("{key}={value}\n");
            } else {
                arguments.extend(["-c".to_owned(), format!("{key}={value}")]);
            }
        }
        folder.write("flyway.conf", file);
        let has_history = !case["history"].is_null() && table.is_none();
        if has_history {
            arguments.push("--history=-".to_owned());
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let outcome = run(&arguments, &case["history"].to_string());
        let answer = outcome.json();
        let expect = &case["expect"];
        let keys = ["version", "description", "type", "state", "script", "checksum", "category", "installed_rank"];
        let lines = |lines: &Value| lines.as_array().unwrap().iter().map(|line| picked(line, &keys)).collect::<Value>();
        assert_eq!(lines(&answer["migrations"]), lines(&expect["info"]), "{id}");
        assert_eq!(outcome.code, i32::from(!expect["exception"].is_null()), "{id}");
        let errors = |validate: &Value| {
            let keys = ["version", "description", "code"];
            validate["errors"].as_array().unwrap().iter().map(|error| picked(error, &keys)).collect::<Value>()
        };
        assert_eq!(errors(&answer["validate"]), errors(&expect["validate"]), "{id}");
        assert_eq!(answer["validate"]["ok"], expect["validate"]["ok"], "{id}");
        assert_eq!(answer["plan"], expect["migrate_plan"], "{id}");
        for (command, exception) in [
            ("info", &expect["exception"]),
            ("validate", &expect["validate"]["exception"]),
            ("migrate", &expect["migrate_exception"]),
        ] {
            let refused = answer["refused"].as_array().unwrap().iter().find(|refused| refused["command"] == command);
            let code = refused.map_or(json!("-"), |refused| refused["code"].clone());
            let expected = if exception.is_null() { json!("-") } else { exception["code"].clone() };
            assert_eq!(code, expected, "{id}: {command}");
        }
    }
}

#[test]
fn simulated_histories_chain() {
    let cases: Vec<Value> = recorded("effects").into_iter().step_by(5).collect();
    let left_out = fs::read_to_string(root().join("tests/recordings/flyway/left-out.txt")).unwrap();
    for case in cases.iter().filter(|case| case["config"]["flyway.table"].is_null()) {
        let id = case["id"].as_str().unwrap();
        if left_out.contains(&format!("{id}:")) {
            continue;
        }
        let folder = Folder::new(&format!("effects-{id}"));
        fs::create_dir_all(folder.0.join("sql")).unwrap();
        for file in case["files"].as_array().unwrap() {
            folder.write(file["path"].as_str().unwrap(), file["text"].as_str().unwrap());
        }
        let settings: Vec<String> = case["config"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(key, value)| format!("-c{key}={}", value.as_str().unwrap()))
            .collect();
        let empty = case["setup_sql"].as_array().is_none_or(Vec::is_empty);
        let mut history = case["history"].to_string();
        for step in case["expect"]["steps"].as_array().unwrap() {
            let command = step["command"].as_str().unwrap();
            if command == "history" {
                let rows: Value = serde_json::from_str(&history).unwrap();
                let keys = ["installed_rank", "version", "description", "type", "script", "checksum", "success"];
                let rows_of = |rows: &Value| -> Value {
                    rows.as_array().into_iter().flatten().map(|row| picked(row, &keys)).collect()
                };
                assert_eq!(rows_of(&rows), rows_of(&step["rows"]), "{id}");
            } else if ["migrate", "repair", "baseline"].contains(&command) {
                let empty = format!("--schema-empty={empty}");
                let mut arguments = vec!["simulate", command, folder.path(), "--history=-", empty.as_str()];
                arguments.extend(settings.iter().map(String::as_str));
                let outcome = run(&arguments, &history);
                assert_eq!(outcome.code, i32::from(!step["exception"].is_null()), "{id} {command}: {}", outcome.stderr);
                if outcome.code == 0 {
                    history = outcome.stdout;
                }
            }
        }
    }
}

fn example(name: &str) -> String {
    root().join("examples").join(name).display().to_string()
}

#[test]
fn exit_codes_say_clean_found_or_unusable() {
    let (webshop, billing, collision) = (example("webshop"), example("billing"), example("collision"));
    let production = |project: &str| format!("--history={project}/history/production.json");
    assert_eq!(run(&["check", &webshop, &production(&webshop)], "").code, 0);
    assert_eq!(run(&["check", &billing, &production(&billing)], "").code, 1);
    assert_eq!(run(&["check", &billing, &production(&billing), "--fail-on=never"], "").code, 0);
    assert_eq!(run(&["info", &collision], "").code, 1);
    assert_eq!(run(&["plan", &webshop, &production(&webshop)], "").code, 0);
    assert_eq!(run(&["plan", &collision], "").code, 1);
    for unusable in [
        vec!["check", "/no/such/folder"],
        vec!["check", &webshop, "--history=/no/such/file"],
        vec!["check", &webshop, "--history=-"],
        vec!["check", &webshop, "--config=/no/such/file"],
        vec!["explain", "no-such-rule"],
        vec!["frobnicate"],
    ] {
        let outcome = run(&unusable, "not a snapshot");
        assert_eq!(outcome.code, 2, "{unusable:?}");
        assert!(!outcome.stderr.is_empty(), "{unusable:?} says nothing");
    }
}

#[test]
fn secrets_and_peoples_names_never_appear() {
    let billing = example("billing");
    let qa = format!("--history={billing}/history/qa.sql");
    let webshop = example("webshop");
    let staging = format!("--history={webshop}/history/staging.csv");
    for (project, history) in [(&billing, &qa), (&webshop, &staging)] {
        for command in [vec!["check"], vec!["info"], vec!["plan"], vec!["simulate", "repair"]] {
            for format in ["--format=human", "--format=json"] {
                let mut arguments = command.clone();
                arguments.extend([project.as_str(), history.as_str(), format]);
                let outcome = run(&arguments, "");
                let said = outcome.stdout + &outcome.stderr;
                for secret in ["not-a-real-password", "billing_ci", "shop_ci", "on_call_admin", "installed_by"] {
                    assert!(!said.contains(secret), "{arguments:?} says {secret}");
                }
            }
        }
    }
}

#[test]
fn a_broken_seal_is_shown_with_its_line() {
    let folder = Folder::new("broken-seal");
    folder.write("V1__a.sql", "select 1;");
    folder.write("flightcheck.seal", "\nno seal\n");
    let outcome = run(&["check", folder.path()], "");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("\nflightcheck.seal:2: "), "{}", outcome.stderr);
}

#[test]
fn a_seal_finds_what_a_checksum_cannot() {
    let folder = Folder::new("seal");
    folder.write("sql/V1__a.sql", "create table a (id int);\n");
    assert_eq!(run(&["seal", folder.path()], "").code, 0);
    let seal = fs::read_to_string(folder.0.join("flightcheck.seal")).unwrap();
    assert!(seal.ends_with("  sql/V1__a.sql\n"), "{seal}");
    // Line breaks do not count for Flyway: the checksum stays, the bytes change.
    folder.write("sql/V1__a.sql", "create table a\n (id int);\n");
    let findings = run(&["check", folder.path(), "--format=json"], "").json()["findings"].clone();
    assert_eq!(findings[0]["rule"], "changed-sealed-script", "{findings}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let billing = example("billing");
    let history = format!("--history={billing}/history/production.json");
    let once = || run(&["check", &billing, &history, "--format=json"], "").stdout;
    assert_eq!(once(), once());
}

#[test]
fn hostile_names_cannot_steer_the_terminal() {
    let folder = Folder::new("hostile");
    folder.write("sql/V1_\u{1b}[2Jx\u{202e}.sql", "select 1;");
    folder.write("sql/V2__\u{1b}]0;title\u{7}.sql", "select 1;");
    for command in ["check", "info", "plan"] {
        let outcome = run(&[command, folder.path(), "--color=never"], "");
        let said = outcome.stdout + &outcome.stderr;
        assert!(!said.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{command}: {said:?}");
    }
}

#[test]
fn parse_lists_statements_and_says_the_dialect() {
    let folder = Folder::new("parse");
    folder.write("a.sql", "ALTER TABLE public.users ADD COLUMN mail TEXT;\n\nFROBNICATE ${x}\n");
    let file = folder.0.join("a.sql").display().to_string();
    let json = run(&["parse", &file, "--dialect", "postgres", "--format", "json"], "").json();
    assert_eq!((&json["dialect"], &json["detected"]), (&"postgres".into(), &false.into()));
    let [alter, opaque] = json["statements"].as_array().unwrap().as_slice() else { panic!("{json}") };
    assert_eq!(
        (&alter["kind"], &alter["line"], &alter["terminator"]),
        (&"alter-table".into(), &1.into(), &"semicolon".into())
    );
    assert_eq!(alter["objects"][0]["name"], "public.users");
    assert_eq!((&opaque["understood"], &opaque["line"]), (&"opaque".into(), &3.into()));
    assert_eq!(json["totals"], serde_json::json!({ "understood": 1, "partly": 0, "opaque": 1 }));
    let human = run(&["parse", &file], "").stdout;
    assert!(human.contains("alter-table public.users | add-column mail"), "{human}");
    assert!(human.contains("2 statements as generic (detected)"), "{human}");
    assert_eq!(run(&["parse", &file, "--dialect", "klingon"], "").code, 2);
}
