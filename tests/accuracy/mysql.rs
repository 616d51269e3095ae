//! Statements that MySQL and MariaDB ran.

use flightcheck_core::impact::{Transactional, Work};
use flightcheck_core::sql::Dialect;
use serde_json::Value;

use super::Outcome;
use super::case::{Ran, Run, lines, server, strings};

/// What flightcheck says of every recorded statement.
pub(crate) fn outcomes() -> Vec<Outcome> {
    let fixture = |dialect| Run::new(dialect, "fixture_mysql.sql");
    let (mysql, mariadb) = (fixture(Dialect::Mysql), fixture(Dialect::Mariadb));
    let mut outcomes = Vec::new();
    for line in lines("mariadb") {
        for name in strings(&line["servers"]) {
            let run = if server(name).dialect == Dialect::Mysql { &mysql } else { &mariadb };
            one(&line, name, run.clone(), &mut outcomes);
        }
    }
    outcomes
}

fn one(line: &Value, name: &str, mut run: Run, outcomes: &mut Vec<Outcome>) {
    for before in strings(&line["setup"]).into_iter().chain(strings(&line["session"])) {
        run.apply(before, server(name));
    }
    let ran = run.apply(line["sql"].as_str().unwrap(), server(name));
    let ran = &ran[0];
    let mut push = |field, expected: String, found: String| {
        let id = line["id"].as_str().unwrap().to_owned();
        outcomes.push(Outcome { server: name.to_owned(), id, field, expected, found });
    };
    let refused = ran.impact.fails.is_some() || !ran.conflicts.is_empty();
    let says = |refused| if refused { "refuses it" } else { "takes it" }.to_owned();
    push("refused", says(line["error"].is_string()), says(refused));
    if line["error"].is_string() {
        return;
    }
    let word = |value: &Value| value.as_str().unwrap_or("none").to_owned();
    push("algorithm", word(&line["algorithm"]), ran.impact.algorithm.unwrap_or("none").to_owned());
    push("lock", word(&line["lock"]), ran.impact.lock.unwrap_or("none").to_owned());
    let commits = ran.impact.transactional == Transactional::Commits;
    push("commits", line["implicit_commit"].as_bool().unwrap_or(false).to_string(), commits.to_string());
    if let Some(table) = line["table"].as_str() {
        push("rebuilt", rebuilt(line).to_string(), rebuilds(ran, table).to_string());
        push(
            "waits",
            line["waits_for_open_reader"].as_bool().unwrap_or(false).to_string(),
            waits(ran, table).to_string(),
        );
    }
}

/// Whether the server built the table or partitions of it anew. The number of a table tells nothing of one that comes to
/// `InnoDB` or gets partitions, so a copy counts.
fn rebuilt(line: &Value) -> bool {
    let listed = |field: &str| line[field].as_array().is_some_and(|list| !list.is_empty());
    line["new_table_id"] == true
        || line["algorithm"] == "COPY"
        || listed("accepted_but_table_rebuilt")
        || listed("partitions_new_id")
}

/// A table that is emptied gets a new number too.
fn rebuilds(ran: &Ran, table: &str) -> bool {
    let works = ran.impact.effects.iter().filter(|effect| &*effect.relation.name == table);
    works.into_iter().any(|effect| matches!(effect.work, Work::Rewrite | Work::Truncate))
}

/// Whether an open transaction that has read the table makes the statement wait.
fn waits(ran: &Ran, table: &str) -> bool {
    let mut works = ran.impact.effects.iter().filter(|effect| &*effect.relation.name == table);
    works.any(|effect| matches!(effect.work, Work::Lock(mode) if ["EXCLUSIVE", "SHARED_NO_READ_WRITE"].contains(&mode.as_str())))
}
