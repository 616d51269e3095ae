//! Statements that SQLite ran.

use std::collections::BTreeSet;

use flightcheck_core::impact::{Impact, Transactional, Work};
use flightcheck_core::sql::Dialect;
use serde_json::Value;

use super::Outcome;
use super::case::{Run, lines, server, strings};

/// What stands for the whole database.
const ALL: &str = "*";

pub(crate) fn outcomes() -> Vec<Outcome> {
    let fixture = Run::new(Dialect::Sqlite, "fixture_sqlite.sql");
    let mut outcomes = Vec::new();
    for line in lines("sqlite") {
        for name in strings(&line["servers"]) {
            outcomes.extend(compared(&line, name, fixture.clone()));
        }
    }
    outcomes
}

fn compared(line: &Value, name: &str, mut run: Run) -> Vec<Outcome> {
    let server = server(name);
    for setup in strings(&line["setup"]) {
        run.apply(setup, server);
    }
    // Nobody else fills a table that the setup has just made.
    if strings(&line["setup"]).iter().any(|setup| setup.starts_with("CREATE TABLE")) {
        run.deploy();
    }
    let mut logged = run.clone();
    logged.apply("PRAGMA journal_mode = WAL", server);
    let mut ran = run.apply(line["sql"].as_str().unwrap(), server);
    let ran = ran.remove(0);
    let supported = ran.impact.fails.is_none() && ran.conflicts.is_empty();
    let mut outcomes = Vec::new();
    let mut compare = |field: &'static str, expected: String, found: String| {
        let id = line["id"].as_str().unwrap().to_owned();
        outcomes.push(Outcome { server: name.to_owned(), id, field, expected, found });
    };
    let expected = line["supported"] == true;
    compare("supported", expected.to_string(), supported.to_string());
    if !expected {
        return outcomes;
    }
    compare("rewrites", recorded(line, "rewrites"), told(&ran.impact, Work::Rewrite));
    compare("scans", recorded(line, "scans"), told(&ran.impact, Work::Scan));
    let in_transaction = ran.impact.transactional == Transactional::Yes;
    compare("in_transaction_ok", (line["in_transaction_ok"] == true).to_string(), in_transaction.to_string());
    let logged = logged.apply(line["sql"].as_str().unwrap(), server).remove(0).impact;
    for (impact, reads, writes) in [
        (&ran.impact, "blocks_reads_delete", "blocks_writes_delete"),
        (&logged, "blocks_reads_wal", "blocks_writes_wal"),
    ] {
        for (field, found) in [(reads, impact.stops().reads), (writes, impact.stops().writes)] {
            if let Some(expected) = line[field].as_bool().filter(|_| in_transaction) {
                compare(field, expected.to_string(), found.to_string());
            }
        }
    }
    outcomes
}

/// The tables that a server names; one that says that it was all of them names each.
fn recorded(line: &Value, field: &str) -> String {
    let whole = line["scans"][0] == ALL;
    let tables: BTreeSet<&str> = strings(&line[field]).into_iter().collect();
    if whole && !tables.is_empty() { ALL.to_owned() } else { tables.into_iter().collect::<Vec<_>>().join(" ") }
}

fn told(impact: &Impact, work: Work) -> String {
    let names: BTreeSet<String> = impact.relations(work).into_iter().map(|name| name.name.to_string()).collect();
    if names.contains("main") { ALL.to_owned() } else { names.into_iter().collect::<Vec<_>>().join(" ") }
}

#[test]
fn pieces_of_statements_do_no_harm() {
    let fixture = Run::new(Dialect::Sqlite, "fixture_sqlite.sql");
    let server = server("sqlite-3.54.1");
    for line in lines("sqlite") {
        let sql = line["sql"].as_str().unwrap();
        for end in (0..sql.len()).step_by(3).filter(|end| sql.is_char_boundary(*end)) {
            fixture.clone().apply(&sql[..end], server);
            fixture.clone().apply(&sql[end..], server);
        }
    }
}
