//! Statements that PostgreSQL 12 to 18 ran.

use std::collections::{BTreeMap, BTreeSet};

use flightcheck_core::catalog::ObjectName;
use flightcheck_core::impact::{Impact, LockMode, Stops, Transactional, Work};
use flightcheck_core::sql::Dialect;
use serde_json::Value;

use super::Outcome;
use super::case::{Ran, Run, lines, server, strings};

/// Classes of errors that the rows decide, which nobody sees without a database.
const OF_ROWS: [&str; 3] = ["23505", "23514", "23503"];

pub(crate) fn outcomes() -> Vec<Outcome> {
    let fixture = Run::new(Dialect::Postgres, "fixture_postgres.sql");
    let lines: Vec<Value> = ["postgres", "postgres_more"].into_iter().flat_map(lines).collect();
    let lines = lines.iter().filter(|line| line["setup_failed"].is_null() && !by_rows(line));
    lines
        .flat_map(|line| strings(&line["servers"]).into_iter().flat_map(|name| compare(line, name, &fixture)))
        .collect()
}

fn by_rows(line: &Value) -> bool {
    let error = line["error"].as_str().unwrap_or_default();
    let adds = line["sql"].as_str().is_some_and(|sql| sql.contains(" ADD COLUMN "));
    OF_ROWS.iter().any(|class| error.starts_with(class)) || error.starts_with("23502") && !adds
}

fn quoted(part: &str) -> String {
    let plain = part.starts_with(|char: char| char.is_ascii_lowercase() || char == '_')
        && part.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_');
    if plain { part.to_owned() } else { format!("\"{part}\"") }
}

fn spelled(name: &ObjectName) -> String {
    format!("{}.{}", quoted(&name.schema), quoted(&name.name))
}

fn join<'a>(names: impl IntoIterator<Item = &'a ObjectName>) -> String {
    names.into_iter().map(spelled).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
}

fn list(value: &Value) -> String {
    strings(value).into_iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
}

/// What is compared, as both sides spell it.
type Fields = Vec<(&'static str, String)>;

fn compare(line: &Value, name: &str, fixture: &Run) -> Vec<Outcome> {
    let target = server(name);
    let mut run = fixture.clone();
    for text in strings(&line["setup"]).into_iter().chain(strings(&line["session"])) {
        run.apply(text, target);
    }
    let in_transaction = line["in_transaction_ok"] == true || line["same_tx_before"].is_array();
    if in_transaction {
        run.begin();
    }
    let mut before = Vec::new();
    for text in strings(&line["same_tx_before"]) {
        before.extend(run.apply(text, target));
    }
    let sql = line["sql"].as_str().unwrap();
    let ran = run.apply(sql, target);
    let refused = |ran: &Ran| ran.impact.fails.is_some() || !ran.conflicts.is_empty();
    let found_refused = ran.iter().any(refused);
    let said = |refused: bool| if refused { "refuses" } else { "runs it" }.to_owned();
    let mut expected: Fields = vec![("refused", said(!line["error"].is_null()))];
    let mut found: Fields = vec![("refused", said(found_refused))];
    if line["error"].is_null() {
        expected.extend(recorded(line));
        found.extend(told(&before, &ran));
        // Who waits was tried for the recordings only, not for what was added to them.
        let tried = line.get("in_multi_statement_ok").is_some() || !line["id"].as_str().unwrap().starts_with("own-");
        expected.retain(|(field, _)| tried || !field.starts_with("blocks"));
        found.retain(|(field, _)| tried || !field.starts_with("blocks"));
    }
    let pairs = expected.into_iter().zip(found);
    let outcome = |((field, expected), (_, found))| Outcome {
        server: name.to_owned(),
        id: line["id"].as_str().unwrap().to_owned(),
        field,
        expected,
        found,
    };
    pairs.map(outcome).collect()
}

/// Whether a lock is on a table or what is like one.
fn is_table(kind: &Value) -> bool {
    ["r", "p", "m", "f", "v"].iter().any(|table| kind == table)
}

fn recorded(line: &Value) -> Fields {
    let locks = |tables: bool| {
        let all = line["locks"].as_object().into_iter().flatten();
        let kept = all.filter(|(name, _)| is_table(&line["kinds"][name.as_str()]) == tables);
        let spelled = kept.map(|(name, mode)| format!("{name}={}", mode.as_str().unwrap()));
        spelled.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
    };
    vec![
        ("in_transaction_ok", (line["in_transaction_ok"] == true).to_string()),
        ("locks", locks(true)),
        ("locks-of-indexes", locks(false)),
        ("rewrites", list(&line["rewrites"])),
        ("scans", list(&line["scans"])),
        ("index_rebuilds", list(&line["index_rebuilds"])),
        ("truncated", list(&line["truncated"])),
        ("blocks_reads", (line["blocks_reads"] == true).to_string()),
        ("blocks_writes", (line["blocks_writes"] == true).to_string()),
    ]
}

fn told(before: &[Ran], ran: &[Ran]) -> Fields {
    let mut held: BTreeMap<String, (LockMode, bool)> = BTreeMap::new();
    let mut stops = Stops::NOBODY;
    for impact in before.iter().chain(ran).map(|ran| &ran.impact) {
        stops = stops.or(impact.stops());
        for effect in &impact.effects {
            if let Work::Lock(mode) = effect.work {
                use flightcheck_core::impact::Target;
                let table = !matches!(effect.target, Target::Index | Target::Sequence | Target::Type);
                let lock = held.entry(spelled(&effect.relation)).or_insert((mode, table));
                lock.0 = lock.0.max(mode);
            }
        }
    }
    let locks = |tables: bool| {
        let kept = held.iter().filter(|(_, (_, table))| *table == tables);
        let spelled = kept.map(|(name, (mode, _))| format!("{name}={}", mode.as_str()));
        spelled.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
    };
    let none = Impact::default();
    let impact = ran.first().map_or(&none, |ran| &ran.impact);
    let of = |work: Work| join(impact.relations(work));
    vec![
        ("in_transaction_ok", (impact.transactional != Transactional::Refused).to_string()),
        ("locks", locks(true)),
        ("locks-of-indexes", locks(false)),
        ("rewrites", of(Work::Rewrite)),
        ("scans", of(Work::Scan)),
        ("index_rebuilds", of(Work::IndexRebuild)),
        ("truncated", of(Work::Truncate)),
        ("blocks_reads", stops.reads.to_string()),
        ("blocks_writes", stops.writes.to_string()),
    ]
}
