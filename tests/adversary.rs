//! The binary against input that is broken, hidden away or meant to do harm.

mod binary;

use std::fs;

use binary::{Folder, root, run};
use serde_json::json;

#[test]
fn a_misspelt_secret_is_not_drawn() {
    for (name, text) in [
        ("flyway.conf", "flyway.passwrod=s3cret\n"),
        ("flyway.conf", "flyway.passwrod : s3cret\nflyway.outOfOrder=perhaps\n"),
        ("flyway.conf", "flyway.placeholder.key=s3cret\n"),
        ("flyway.conf", "flyway.url=jdbc:x://bob:s3cret@host/db\nflyway.urls=jdbc:x://bob:s3cret@host/db\n"),
        ("flyway.toml", "[environments.default]\npassword = s3cret\n"),
        ("flyway.toml", "[environments.default]\npassword = \"s3cret\n"),
        ("flyway.toml", "[environments.default]\nurl = [\"jdbc:x://bob:s3cret@host/db\"]\n"),
        ("flyway.toml", "[flyway]\npasswrod = \"s3cret\"\n"),
        ("flyway.toml", "[flyway]\nplaceholders = { key = \"s3cret\", \"flyway:x\" = \"s3cret\" }\n"),
    ] {
        let folder = Folder::new("misspelt");
        folder.write(name, text);
        folder.write("sql/V1__a.sql", "select 1;");
        for command in ["check", "info", "plan"] {
            for format in ["--format=human", "--format=json"] {
                let outcome = run(&[command, folder.path(), format], "");
                let said = outcome.stdout + &outcome.stderr;
                assert!(!said.contains("s3cret"), "{text}: {said}");
                assert_ne!(outcome.code, 2, "{text}: {said}");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_passed_over_as_flyway_does() {
    let folder = Folder::new("unreadable");
    folder.write("sql/V1__a.sql", "select 1;");
    std::os::unix::fs::symlink("nowhere", folder.0.join("sql/V2__dangling.sql")).unwrap();
    std::os::unix::fs::symlink("../sql", folder.0.join("sql/loop")).unwrap();
    fs::create_dir(folder.0.join("sql/V4__folder.sql")).unwrap();
    let outcome = run(&["info", folder.path(), "--format=json"], "");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let answer = outcome.json();
    let scripts: Vec<_> = answer["migrations"].as_array().unwrap().iter().map(|line| &line["script"]).collect();
    assert_eq!(scripts, ["V1__a.sql"]);
    assert!(outcome.stderr.contains("V2__dangling.sql` is passed over"), "{}", outcome.stderr);
}

#[test]
fn a_full_disk_is_told_and_no_panic() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let webshop = root().join("examples/webshop").display().to_string();
    for arguments in
        [vec!["rules"], vec!["explain", "near-miss-name"], vec!["completions", "bash"], vec!["info", &webshop]]
    {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_flightcheck"));
        let output = command.args(&arguments).stdout(full.try_clone().unwrap()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"), "{arguments:?}");
    }
}

#[test]
fn errors_cannot_steer_the_terminal() {
    let outcome = run(&["info", "no\u{1b}[2J\u{202e}such"], "");
    assert_eq!(outcome.code, 2);
    assert!(!outcome.stderr.contains(['\u{1b}', '\u{202e}']), "{:?}", outcome.stderr);
}

#[test]
fn an_option_has_a_key() {
    for set in ["outOfOrder", "=true"] {
        assert_eq!(run(&["info", ".", "-c", set], "").code, 2, "{set}");
    }
}

#[test]
fn both_answers_explain_what_they_pass_over() {
    let folder = Folder::new("both-answers");
    folder.write("flyway.conf", "flyway.baselineOnMigrate=true\nflyway.target=2\n");
    for version in ["1", "2", "3"] {
        folder.write(&format!("sql/V{version}__a.sql"), "select 1;");
    }
    let answer = run(&["plan", folder.path(), "--format=json"], "").json();
    let above = json!({"script": "V3__a.sql", "why": "it is above the target 2"});
    assert_eq!(answer["skipped"], json!([above]));
    let other = &answer["if_schema_not_empty"];
    assert_eq!(other["plan"], json!(["V2__a.sql"]));
    assert_eq!(other["skipped"], json!([{"script": "V1__a.sql", "why": "the baseline 1 stands for it"}, above]));
    let said = run(&["plan", folder.path()], "").stdout;
    assert!(said.contains("If the schema is empty, migrate would apply"), "{said}");
    assert!(said.contains("  V1__a.sql: the baseline 1 stands for it"), "{said}");
    let simulated = run(&["simulate", "migrate", folder.path()], "");
    assert!(simulated.stderr.contains("taken to be empty"), "{}", simulated.stderr);
    assert_eq!(run(&["simulate", "migrate", folder.path(), "--schema-empty=true"], "").stderr, "");
}

#[test]
fn a_location_that_is_not_there_is_named() {
    let folder = Folder::new("no-location");
    folder.write("sql/V1__a.sql", "select 1;");
    let arguments = ["info", folder.path(), "-c", "locations=filesystem:sql,filesystem:sqll,s3:bucket"];
    assert!(run(&arguments, "").stdout.contains("filesystem:sql, filesystem:sqll (not found), s3:bucket"));
    let answer = run(&[&arguments[..], &["--format=json"]].concat(), "").json();
    assert_eq!(answer["locations_missing"], json!(["filesystem:sqll"]));
    let outcome = run(&["info", folder.path(), "-c", "locations=", "-c", "target="], "");
    assert!(outcome.stdout.contains("none: `locations` is empty"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("`target` takes a version, and it is empty"), "{}", outcome.stdout);
}

#[test]
fn near_misses_are_named_and_other_files_left_alone() {
    let folder = Folder::new("near-misses");
    let cases = [
        ("V3__c.sq", Some("rename it to `V3__c.sql`")),
        ("V7__g.psql", Some("rename it to `V7__g.sql`")),
        ("V__x.sql", Some("give it a version")),
        ("after_migrate.sql", Some("rename it to `afterMigrate.sql`")),
        ("beforeMigration__x.sql", Some("rename it to `beforeMigrate__x.sql`")),
        ("createSchemas.sql", Some("rename it to `createSchema.sql`")),
        ("V2__seed.csv", None),
        ("V9__old.sql.bak", None),
        ("cleanup.sql", None),
        ("notes.sql", None),
        ("undo.sql", None),
        ("schema.psql", None),
    ];
    for (name, _) in cases {
        folder.write(&format!("sql/{name}"), "select 1;");
    }
    let findings = run(&["check", folder.path(), "--format=json"], "").json()["findings"].clone();
    for (name, help) in cases {
        let file = format!("sql/{name}");
        let found = findings.as_array().unwrap().iter().find(|finding| finding["file"] == file);
        let said = found.map(|found| found["help"].as_str().unwrap());
        let as_expected = match (help, said) {
            (Some(help), Some(said)) => said.starts_with(help),
            (help, said) => help == said,
        };
        assert!(as_expected, "{name}: {said:?}");
    }
}

#[test]
fn a_row_out_of_place_does_not_tell_a_name() {
    let header = "installed_rank,version,description,type,script,installed_by,checksum,success";
    let shifted = format!("{header}\n1,1,a,SQL,V1__a.sql,5,bobby,true\n");
    let outcome = run(&["info", ".", "--history=-"], &shifted);
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("column `checksum`: this is no whole number"), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("bobby"), "{}", outcome.stderr);
}
