//! A recorded statement, and the state of a server before it.

use std::fs;

use flightcheck_core::catalog::{Catalog, Conflict, Origin};
use flightcheck_core::change::{Change, Session, Transaction, read_all};
use flightcheck_core::impact::{Impact, Release, Server, Situation, impact};
use flightcheck_core::sql::{Dialect, Options, read};
use serde_json::Value;

/// The recorded lines of a family of servers.
pub(crate) fn lines(family: &str) -> Vec<Value> {
    let text = fs::read_to_string(super::root().join(format!("tests/oracle/{family}.jsonl"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The strings of a list; none where there is no list.
pub(crate) fn strings(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The server that a recording names: `postgres-15`, `mysql-9.7`.
pub(crate) fn server(name: &str) -> Server {
    let (dialect, version) = name.split_once('-').unwrap();
    Server { dialect: Dialect::from_name(dialect).unwrap(), version: Release::parse(version).unwrap(), edition: None }
}

/// A database session in which statements run one after the other.
#[derive(Clone)]
pub(crate) struct Run {
    pub(crate) catalog: Catalog,
    session: Session,
    begin: Option<Origin>,
    scripts: u32,
}

/// What a statement did.
pub(crate) struct Ran {
    pub(crate) impact: Impact,
    pub(crate) conflicts: Vec<Conflict>,
}

impl Run {
    pub(crate) fn new(dialect: Dialect, fixture: &str) -> Self {
        let mut run = Self { catalog: Catalog::new(dialect), session: Session::default(), begin: None, scripts: 0 };
        let text = fs::read_to_string(super::root().join("tests/oracle").join(fixture)).unwrap();
        run.apply(&text, Server::oldest(dialect));
        run
    }

    /// A transaction begins.
    pub(crate) fn begin(&mut self) {
        self.begin = Some(Origin { script: self.scripts, statement: 0 });
        self.catalog.begin();
    }

    /// What was made since the fixture counts as new, though it is committed.
    pub(crate) fn deploy(&mut self) {
        self.begin = Some(Origin { script: 1, statement: 0 });
    }

    /// The statements of a text, each with what it does.
    pub(crate) fn apply(&mut self, text: &str, server: Server) -> Vec<Ran> {
        let options = Options::new(self.catalog.dialect());
        let script = read(text, &options);
        let number = self.scripts;
        self.scripts += 1;
        let mut ran = Vec::new();
        for (statement, request) in (0..).zip(read_all(text, &script, &options)) {
            let situation = Situation {
                catalog: &self.catalog,
                text,
                session: &self.session,
                server,
                begin: self.begin,
                since: None,
            };
            let impact = impact(&request, &situation);
            let conflicts = self.catalog.apply(&request, text, Origin { script: number, statement });
            self.session.apply(&request.change, self.begin.is_some());
            if matches!(request.change, Change::Transaction(Transaction::Commit | Transaction::Rollback)) {
                self.begin = None;
            }
            ran.push(Ran { impact, conflicts });
        }
        ran
    }
}
