//! What flightcheck says that statements do, against what real servers did: `tests/oracle`.
//!
//! Every difference is listed in `exceptions.txt` with its reason; one that is not listed fails, and so does a listed one
//! that is none any more. `UPDATE=1 cargo test -p flightcheck-core --test accuracy` writes `docs/accuracy.md`.

mod case;
mod mysql;
mod postgres;
mod sqlite;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// One thing that a server did, and what flightcheck says of it.
struct Outcome {
    /// The server with its version: `postgres-15`.
    server: String,
    /// The case.
    id: String,
    /// What is compared.
    field: &'static str,
    expected: String,
    found: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The listed differences: server or `*`, case, field, reason.
fn exceptions() -> Vec<(String, String, String, String)> {
    let text = fs::read_to_string(root().join("tests/accuracy/exceptions.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let exception = |line: &str| {
        let mut parts = line.splitn(4, ' ').map(str::to_owned);
        let mut next = || parts.next().unwrap_or_else(|| panic!("too short: {line}"));
        (next(), next(), next(), next())
    };
    lines.map(exception).collect()
}

/// Right and all answers, by server and field.
type Table = BTreeMap<String, BTreeMap<&'static str, (usize, usize)>>;

fn table(outcomes: &[Outcome]) -> Table {
    let mut table = Table::new();
    for outcome in outcomes {
        let (right, all) = table.entry(outcome.server.clone()).or_default().entry(outcome.field).or_default();
        *right += usize::from(outcome.expected == outcome.found);
        *all += 1;
    }
    table
}

fn page(table: &Table, cases: &BTreeMap<String, usize>) -> String {
    let mut page = String::from(
        "# Accuracy\n\nWhat flightcheck says that a statement does, against what the server did (`tests/oracle`): right answers of all, by what was asked.\nWritten by `UPDATE=1 cargo test -p flightcheck-core --test accuracy`; the test fails where this page is not true.\nEvery wrong answer stands with its reason in `tests/accuracy/exceptions.txt`.\n",
    );
    for (server, fields) in table {
        page += &format!(
            "\n## {server}: {} statements\n\n| asked | right | of | |\n| --- | ---: | ---: | ---: |\n",
            cases[server]
        );
        let all = fields.values().fold((0, 0), |sum, (right, all)| (sum.0 + right, sum.1 + all));
        for (field, (right, all)) in fields.iter().map(|(field, counts)| (*field, counts)).chain([("all", &all)]) {
            page += &format!("| {field} | {right} | {all} | {}.{} % |\n", 100 * right / all, 1000 * right / all % 10);
        }
    }
    page
}

#[test]
fn what_is_said_is_what_servers_did() {
    let mut outcomes = postgres::outcomes();
    outcomes.extend(mysql::outcomes());
    outcomes.extend(sqlite::outcomes());
    assert!(outcomes.len() > 20_000, "{}", outcomes.len());
    let exceptions = exceptions();
    let mut used = BTreeSet::new();
    let mut wrong = Vec::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.expected != outcome.found) {
        let listed = exceptions.iter().position(|(server, id, field, _)| {
            (server == "*" || *server == outcome.server) && *id == outcome.id && field == outcome.field
        });
        match listed {
            Some(at) => drop(used.insert(at)),
            None => wrong.push(format!(
                "{} {} {}: the server {}, flightcheck {}",
                outcome.server, outcome.id, outcome.field, outcome.expected, outcome.found
            )),
        }
    }
    let idle = exceptions.iter().enumerate().filter(|(at, _)| !used.contains(at));
    wrong.extend(idle.map(|(_, (server, id, field, _))| format!("{server} {id} {field} is listed and agrees")));
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_page_is_true() {
    let mut outcomes = postgres::outcomes();
    outcomes.extend(mysql::outcomes());
    outcomes.extend(sqlite::outcomes());
    let mut cases: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for outcome in &outcomes {
        cases.entry(outcome.server.clone()).or_default().insert(&outcome.id);
    }
    let counts = cases.into_iter().map(|(server, ids)| (server, ids.len())).collect();
    let page = page(&table(&outcomes), &counts);
    let path = root().join("docs/accuracy.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, page).unwrap();
    } else {
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page);
    }
}
