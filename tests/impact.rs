//! What statements do on servers that were not measured, and on releases that were not: scripts with marks.
//!
//! `tests/impact/<dialect>-<subject>.sql` is a script whose first line names the server: `-- server: sqlserver-2019`, where
//! the edition matters `-- server: sqlserver-2019 standard`. A line `--! …` under a statement says what it does.
//! `UPDATE=1 cargo test -p flightcheck-core --test impact` writes the marks anew: read the difference.

mod marks;

use std::fs;
use std::path::{Path, PathBuf};

use flightcheck_core::catalog::{Catalog, Origin};
use flightcheck_core::change::{Change, Session, Transaction, read_all};
use flightcheck_core::impact::{Impact, Release, Server, ServerEdition, Situation, Stops, Transactional, Work, impact};
use flightcheck_core::sql::{Dialect, Options, read};
use proptest::prelude::*;

const MARK: &str = "--! ";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/impact")
}

/// The server that a script names.
fn server(text: &str) -> Server {
    let name = text.lines().next().and_then(|line| line.strip_prefix("-- server: ")).unwrap();
    let (name, edition) = name.split_once(' ').unwrap_or((name, ""));
    let (dialect, version) = name.split_once('-').unwrap();
    let (dialect, version) = (Dialect::from_name(dialect).unwrap(), Release::parse(version).unwrap());
    Server { dialect, version, edition: ServerEdition::from_name(edition) }
}

fn who(stops: Stops) -> &'static str {
    match (stops.reads, stops.writes) {
        (false, false) => "",
        (true, false) => ", readers wait",
        (false, true) => ", writers wait",
        (true, true) => ", everybody waits",
    }
}

/// What a statement does, one line for each effect.
fn said(impact: &Impact) -> String {
    let mut out = String::new();
    if let Some(refusal) = &impact.fails {
        out.push_str(&format!("{MARK}refused: {}\n", refusal.reason));
    }
    if let Some(algorithm) = impact.algorithm {
        out.push_str(&format!("{MARK}algorithm {algorithm}, lock {}\n", impact.lock.unwrap_or("none")));
    }
    match impact.transactional {
        Transactional::Yes => {}
        Transactional::Commits => out.push_str(&format!("{MARK}commits\n")),
        Transactional::Refused => out.push_str(&format!("{MARK}not in a transaction\n")),
    }
    for effect in &impact.effects {
        let work = match effect.work {
            Work::Lock(mode) => format!("lock {}", mode.as_str()),
            Work::LockRows => "lock-rows".to_owned(),
            Work::Rewrite => "rewrite".to_owned(),
            Work::IndexRebuild => "index-rebuild".to_owned(),
            Work::Scan => "scan".to_owned(),
            Work::Truncate => "truncate".to_owned(),
        };
        let (relation, stops, fact) = (&effect.relation, who(effect.stops), effect.fact.name);
        out.push_str(&format!("{MARK}{relation}: {work}{stops} [{fact}]\n"));
    }
    out
}

/// What each statement of a script does, with where the statement ends.
fn impacts(text: &str, server: Server, mut catalog: Catalog) -> Vec<(usize, Impact)> {
    let options = Options::new(server.dialect);
    let script = read(text, &options);
    let (mut session, mut begin) = (Session::default(), None);
    let mut found = Vec::new();
    for (number, (request, statement)) in (0..).zip(read_all(text, &script, &options).iter().zip(&script.statements)) {
        let situation = Situation { catalog: &catalog, text, session: &session, server, begin, since: None };
        found.push((statement.end, impact(request, &situation)));
        let origin = Origin { script: 0, statement: number };
        catalog.apply(request, text, origin);
        session.apply(&request.change, begin.is_some());
        match &request.change {
            Change::Transaction(Transaction::Begin) => begin = Some(origin),
            Change::Transaction(Transaction::Commit | Transaction::Rollback) => begin = None,
            _ => {}
        }
    }
    found
}

/// The script with its marks, old ones gone.
fn marked(text: &str) -> String {
    let plain: String = text.split_inclusive('\n').filter(|line| !line.starts_with(MARK.trim_end())).collect();
    let server = server(&plain);
    let found = impacts(&plain, server, Catalog::new(server.dialect));
    marks::under(&plain, found.iter().map(|(end, impact)| (*end, said(impact))))
}

fn fixtures() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn statements_do_what_their_marks_say() {
    marks::hold(&fixtures(), |_, text| marked(text));
}

/// Whole statements of all fixtures in any order, and words that together make many.
fn hostile() -> impl Strategy<Value = String> {
    let mut whole: Vec<String> = fixtures()
        .iter()
        .flat_map(|path| {
            let text = fs::read_to_string(path).unwrap();
            text.split_inclusive(";\n").map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    let words = "CREATE TABLE INDEX ALTER DROP ADD COLUMN RENAME TO t u a b int text varchar(9) ENUM('x') PRIMARY KEY \
                 REFERENCES UNIQUE CHECK NOT NULL DEFAULT IF EXISTS PARTITION BY CONSTRAINT ON WITH MODIFY CHANGE AFTER \
                 FIRST AS STORED VIRTUAL ENGINE = ONLINE ALGORITHM LOCK TRUNCATE MOVE ENABLE ( ) ( ) , ; ; 'x' 1 \n";
    whole.extend(words.split(' ').filter(|word| !word.is_empty()).map(|word| format!(" {word}")));
    prop::collection::vec(prop::sample::select(whole), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_panics_and_nothing_is_random(text in prop_oneof![any::<String>(), hostile()]) {
        for dialect in Dialect::all() {
            for catalog in [Catalog::new(dialect), Catalog::open(dialect)] {
                let server = Server::oldest(dialect);
                let once = impacts(&text, server, catalog.clone());
                prop_assert_eq!(&once, &impacts(&text, server, catalog));
            }
        }
    }
}
