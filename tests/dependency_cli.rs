//! `merge-check`, `equal` and `check --cherry-pick` on folders and real git repositories.

#[allow(dead_code, reason = "what the repository holds is not needed here")]
mod binary;

use std::process::Command;

use binary::{Folder, run};
use serde_json::Value;

fn git(folder: &Folder, arguments: &[&str]) {
    let out = Command::new("git")
        .current_dir(&folder.0)
        .args(["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
}

fn commit(folder: &Folder) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "a commit"]);
}

/// The path of something in a folder.
fn within(folder: &Folder, name: &str) -> String {
    format!("{}/{name}", folder.path())
}

const USERS: &str = "create table users (id int primary key, name text);\n";

#[test]
fn folders_are_compared_over_what_both_have() {
    let folder = Folder::new("merge-folders");
    for side in ["a", "b"] {
        folder.write(&format!("{side}/sql/V1__users.sql"), USERS);
    }
    folder.write("a/sql/V2__email.sql", "alter table users add column email text;\n");
    folder.write("b/sql/V3__index.sql", "create index users_email on users (email);\n");
    let (a, b) = (within(&folder, "a"), within(&folder, "b"));
    let arguments = ["merge-check", &a, &b, "--dialect", "postgres", "--format", "json"];
    let out = run(&arguments, "");
    let report = out.json();
    assert_eq!(out.code, 1);
    assert_eq!(report["verdict"], "dependent");
    assert_eq!(report["base"]["scripts"].as_array().unwrap().len(), 1);
    assert_eq!(report["pairs"][0]["first"], report["pairs"][0]["a"]);
    assert_eq!(report["pairs"][0]["objects"][0]["name"], "public.users.email");
    folder.write("b/sql/V3__index.sql", "create index users_name on users (name);\n");
    let out = run(&arguments, "");
    assert_eq!((out.code, &out.json()["verdict"]), (0, &Value::from("independent")));
}

#[test]
fn revisions_are_compared_over_their_common_ancestor() {
    let folder = Folder::new("merge-git");
    git(&folder, &["init", "-q", "-b", "main"]);
    folder.write("db/sql/V1__users.sql", USERS);
    commit(&folder);
    git(&folder, &["checkout", "-q", "-b", "one"]);
    folder.write("db/sql/V2__drop name.sql", "alter table users drop column name;\n");
    commit(&folder);
    git(&folder, &["checkout", "-q", "-b", "two", "main"]);
    folder.write("db/sql/V2__view.sql", "create view names as select name from users;\n");
    commit(&folder);
    // Git's own variables must not lead elsewhere.
    let out = Command::new(env!("CARGO_BIN_EXE_flightcheck"))
        .current_dir(&folder.0)
        .env("GIT_DIR", "/nowhere")
        .args(["merge-check", "one", "two", "--folder", "db", "--dialect", "postgres", "--format", "json"])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(report["verdict"], "conflicting", "{report}");
    assert_eq!(report["a"]["scripts"][0], "sql/V2__drop name.sql");
    assert_eq!(report["base"]["scripts"].as_array().unwrap().len(), 1);
}

#[test]
fn names_that_look_like_options_are_no_options() {
    let folder = Folder::new("merge-hostile");
    git(&folder, &["init", "-q", "-b", "main"]);
    folder.write("sql/V1__users.sql", USERS);
    commit(&folder);
    for name in ["--output=/tmp/x", "-h", "main:sql", "nobody", "$(id)"] {
        let out = run(&["merge-check", "--dialect", "postgres", "--folder", folder.path(), "--", name, "main"], "");
        assert_eq!(out.code, 2, "{name}");
        assert!(out.stderr.contains("revision") || out.stderr.contains("commit"), "{name}: {}", out.stderr);
    }
}

#[test]
fn a_baseline_is_equal_to_what_it_replaces() {
    let folder = Folder::new("equal");
    folder.write("steps/sql/V1__users.sql", USERS);
    folder.write("steps/sql/V2__email.sql", "alter table users add email varchar(50);\n");
    let table = |length: u8| {
        format!("create table users (id int primary key, name text, email character varying({length}));\n")
    };
    folder.write("same.sql", table(50));
    folder.write("other.sql", table(60));
    folder.write("odd.sql", "create table users (id int primary key); do $$ begin execute 'x' || y; end $$;\n");
    let steps = within(&folder, "steps");
    for (baseline, code, equal) in
        [("same.sql", 0, Value::Bool(true)), ("other.sql", 1, Value::Bool(false)), ("odd.sql", 1, Value::Null)]
    {
        let baseline = within(&folder, baseline);
        let out = run(&["equal", &steps, &baseline, "--dialect", "postgres", "--format", "json"], "");
        let report = out.json();
        assert_eq!((out.code, &report["equal"]), (code, &equal), "{report}");
        assert_eq!(report["reason"].is_null(), !equal.is_null());
    }
}

#[test]
fn what_is_picked_must_not_need_what_is_passed_over() {
    let folder = Folder::new("cherry-pick");
    folder.write("sql/V1__users.sql", USERS);
    folder.write("sql/V5__email.sql", "alter table users add column email text;\n");
    folder.write("sql/V6__index.sql", "create index users_email on users (email);\n");
    folder.write("sql/V7__teams.sql", "create table teams (id int primary key);\n");
    let check = |arguments: &[&str]| {
        let all = [&["check", folder.path(), "--dialect", "postgres", "--format", "json"], arguments].concat();
        let report = run(&all, "").json();
        let verdict = |pair: &Value| pair["verdict"].as_str().unwrap().to_owned();
        let verdicts: Vec<String> = report["pairs"].as_array().unwrap().iter().map(verdict).collect();
        let found = report["findings"].as_array().unwrap().iter();
        (verdicts.join(" "), found.filter(|finding| finding["rule"] == "dependency-on-skipped-script").count())
    };
    assert_eq!(check(&["--cherry-pick", "V1,V6"]), ("dependent".to_owned(), 1));
    assert_eq!(check(&["--cherry-pick", "V1,V7"]), ("independent independent".to_owned(), 0));
    assert_eq!(check(&["--hold-back", "V5"]), ("dependent independent".to_owned(), 1));
    assert_eq!(run(&["check", folder.path(), "--cherry-pick", "V99"], "").code, 2);
}
