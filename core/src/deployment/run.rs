//! One database session: scripts replayed statement by statement, with the transactions around them.

use std::sync::Arc;

use super::held::Held;
use super::step::{OpenTransaction, Opener, Step};
use crate::catalog::{Catalog, Origin};
use crate::change::{Block, Change, Identifier, Reading, Request, Session, Transaction, TransactionModel};
use crate::impact::{Server, Situation, Transactional, impact};
use crate::sql::Dialect;
use crate::text::Casing;

/// A database session in which scripts run one after the other.
///
/// Two sessions are equal if whatever runs next does the same in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    catalog: Catalog,
    session: Arc<Session>,
    /// The settings with which a session begins.
    kept: Arc<Session>,
    server: Server,
    open: Option<OpenTransaction>,
    /// Where the deployment began, as far as there is one.
    since: Option<Origin>,
    /// The settings that a rollback restores.
    at_begin: Arc<Session>,
    /// Transactions of SQL Server inside of each other.
    depth: u32,
    held: Held,
    /// The savepoints by their names in lower case, with what was held at each.
    points: Vec<(Option<String>, Held)>,
    /// Who opens the next transaction when a script has ended one.
    again: Option<Opener>,
    scripts: u32,
}

/// How scripts are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Runner {
    /// The transactions around statements.
    pub model: TransactionModel,
    /// Whether the statement after a `COMMIT` in the script opens a transaction again, as drivers do that switched
    /// autocommit off: JDBC, and so Flyway.
    pub begins_again: bool,
}

impl From<TransactionModel> for Runner {
    fn from(model: TransactionModel) -> Self {
        Self { model, begins_again: false }
    }
}

/// How many savepoints are kept, as in the catalog.
const MOST_POINTS: usize = 64;

impl Run {
    /// A session that begins with that schema.
    #[must_use]
    pub fn new(catalog: Catalog, server: Server) -> Self {
        Self {
            catalog,
            session: Arc::default(),
            kept: Arc::default(),
            server,
            open: None,
            since: None,
            at_begin: Arc::default(),
            depth: 0,
            held: Held::default(),
            points: Vec::new(),
            again: None,
            scripts: 0,
        }
    }

    /// The schema now.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The server.
    #[must_use]
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Whether a transaction is open.
    #[must_use]
    pub fn is_in_transaction(&self) -> bool {
        self.open.is_some()
    }

    /// Runs a script. What the runner opened for it alone is committed at its end.
    pub fn play(&mut self, reading: &Reading, runner: Runner) -> Vec<Step> {
        let implicit = self.server.dialect == Dialect::Postgres && reading.requests.len() > 1;
        let opener = match runner.model {
            TransactionModel::Script | TransactionModel::Deployment => Some(Opener::Runner),
            TransactionModel::Batch if implicit => Some(Opener::Server),
            TransactionModel::Batch | TransactionModel::Statement | TransactionModel::Unknown => None,
        };
        if let Some(opener) = opener.filter(|_| self.open.is_none()) {
            self.begin(opener, 0);
        }
        self.again = opener.filter(|opener| runner.begins_again || *opener == Opener::Server);
        let steps = (0..).zip(&reading.requests).map(|(at, request)| self.step(request, &reading.text, at)).collect();
        if opener.is_some() && runner.model != TransactionModel::Deployment {
            self.commit();
        }
        self.again = None;
        self.scripts = self.scripts.saturating_add(1);
        steps
    }

    /// How many scripts ran; the number of the next.
    pub(super) fn played(&self) -> u32 {
        self.scripts
    }

    /// A deployment began with that script: tables made before it are used by others.
    pub(super) fn deploy(&mut self, script: u32) {
        self.since = Some(Origin { script, statement: 0 });
    }

    /// The open transaction is committed, if there is one.
    pub fn commit(&mut self) {
        self.catalog.commit();
        self.close();
    }

    /// The runner sets back what it takes care of between scripts. Flyway does so with the search path, the role and
    /// MySQL's checks (`restoreOriginalState`, 13.0.0); all other settings stay.
    pub(super) fn restore(&mut self) {
        const NAMES: [&str; 7] =
            ["search_path", "schema", "current_schema", "database", "role", "foreign_key_checks", "sql_safe_updates"];
        self.catalog.restore_settings();
        if NAMES.iter().any(|name| self.session.get(name).is_some()) {
            Arc::make_mut(&mut self.session).forget(&NAMES);
        }
    }

    /// A script of unknown content runs.
    pub(super) fn play_unknown(&mut self) {
        self.catalog.doubt_absences();
        self.scripts = self.scripts.saturating_add(1);
    }

    /// The session ends, and another begins.
    pub fn reconnect(&mut self) {
        self.catalog.end_session();
        self.close();
        self.session = Arc::clone(&self.kept);
    }

    /// Every session from now on begins with the settings in force.
    pub(super) fn keep_settings(&mut self) {
        self.kept = Arc::clone(&self.session);
    }

    fn begin(&mut self, opener: Opener, statement: u32) {
        self.open = Some(OpenTransaction { opener, begin: Origin { script: self.scripts, statement } });
        self.at_begin = Arc::clone(&self.session);
        self.depth = 1;
        self.catalog.begin();
    }

    /// No transaction is open any more.
    fn close(&mut self) {
        if self.open.take().is_some() || self.session.in_transaction {
            Arc::make_mut(&mut self.session).end_transaction();
        }
        self.at_begin = Arc::default();
        self.depth = 0;
        self.held = Held::default();
        self.points = Vec::new();
    }

    fn step(&mut self, request: &Request, text: &str, statement: u32) -> Step {
        let origin = Origin { script: self.scripts, statement };
        if let Some(opener) = self.due(&request.change) {
            self.begin(opener, statement);
        }
        let before = self.catalog.clone();
        let session = Arc::clone(&self.session);
        let begin = self.open.map(|open| open.begin);
        let (server, since) = (self.server, self.since);
        let situation = Situation { catalog: &before, text, session: &session, server, begin, since };
        let mut impact = impact(request, &situation);
        // It is kept for long.
        impact.effects.shrink_to_fit();
        if impact.transactional == Transactional::Commits || self.catalog.commits_before(&request.change) {
            self.commit();
        }
        let transaction = self.open;
        let refused = impact.transactional == Transactional::Refused || self.is_second_begin(&request.change);
        // An inner COMMIT of SQL Server only counts down.
        let inner = matches!(request.change, Change::Transaction(Transaction::Commit)) && self.depth > 1;
        let conflicts = if inner { Vec::new() } else { self.catalog.apply(request, text, origin) };
        self.held.take(&impact, origin);
        let mut held = self.held.clone();
        if speaks_of_session(&request.change) {
            if !inner {
                Arc::make_mut(&mut self.session).apply(&request.change, transaction.is_some());
            }
            match &request.change {
                Change::Transaction(change) => {
                    self.transact(change, origin);
                    held = self.held.clone();
                }
                Change::Block(block) => self.transact_inside(block, origin, &held),
                _ => {}
            }
        }
        if self.open.is_none() {
            self.held = Held::default();
        }
        let refused_in_transaction = refused && transaction.is_some();
        let statement = statement as usize;
        Step { statement, before, conflicts, impact, session, transaction, held, refused_in_transaction }
    }

    /// Who opens a transaction before a statement that nobody opened one for.
    fn due(&self, change: &Change) -> Option<Opener> {
        let says = |name: &str, known: [&str; 3]| {
            let values = self.session.get(name).unwrap_or_default();
            values.iter().any(|value| known.iter().any(|known| value.eq_ignore_ascii_case(known)))
        };
        let silent = match self.server.dialect {
            Dialect::Mysql | Dialect::Mariadb => says("autocommit", ["0", "off", "false"]),
            Dialect::SqlServer => says("implicit_transactions", ["on", "1", "true"]),
            _ => false,
        };
        let opener = self.again.or_else(|| silent.then_some(Opener::Script));
        opener.filter(|_| self.open.is_none() && !matches!(change, Change::Transaction(_) | Change::Set(_)))
    }

    fn is_second_begin(&self, change: &Change) -> bool {
        self.server.dialect == Dialect::Sqlite && matches!(change, Change::Transaction(Transaction::Begin))
    }

    /// Takes over what a statement about transactions does to the transaction itself.
    fn transact(&mut self, change: &Transaction, origin: Origin) {
        let commits_first = matches!(self.server.dialect, Dialect::Mysql | Dialect::Mariadb);
        match change {
            Transaction::Begin if self.open.is_some() && self.server.dialect == Dialect::SqlServer => {
                self.depth = self.depth.saturating_add(1);
            }
            Transaction::Begin if self.open.is_none() || commits_first => {
                self.held = Held::default();
                self.points = Vec::new();
                self.begin(Opener::Script, origin.statement);
            }
            Transaction::Commit if self.depth > 1 => self.depth -= 1,
            Transaction::Commit | Transaction::TwoPhase => self.close(),
            Transaction::Rollback => {
                if self.open.is_some() {
                    self.session = Arc::clone(&self.at_begin);
                }
                self.close();
            }
            Transaction::Savepoint(name) if self.points.len() < MOST_POINTS => {
                self.points.push((lowered(name.as_ref()), self.held.clone()));
            }
            Transaction::Begin | Transaction::Savepoint(_) => {}
            Transaction::RollbackTo(name) => {
                if let Some(at) = self.point(name.as_ref()) {
                    self.held = self.points[at].1.clone();
                    self.points.truncate(at + 1);
                }
            }
            Transaction::Release(name) => {
                let at = self.point(name.as_ref());
                self.points.truncate(at.unwrap_or(self.points.len()));
            }
        }
    }

    /// The last savepoint of that name; without one the last.
    fn point(&self, name: Option<&Identifier>) -> Option<usize> {
        let name = lowered(name);
        self.points.iter().rposition(|(own, _)| name.is_none() || *own == name)
    }

    /// The same for the statements of a block. Locks of a block that ends a transaction and opens another count to both.
    fn transact_inside(&mut self, block: &Block, origin: Origin, held: &Held) {
        let mut ended = false;
        for step in block.steps.iter().filter(|step| step.guard.is_none()) {
            let Change::Transaction(change) = &step.request.change else { continue };
            ended |= self.open.is_some() && matches!(change, Transaction::Commit | Transaction::Rollback);
            self.transact(change, origin);
        }
        if ended && self.open.is_some() || self.held.is_empty() {
            self.held = held.clone();
        }
    }
}

fn lowered(name: Option<&Identifier>) -> Option<String> {
    name.map(|name| name.text.lower())
}

/// Whether a statement may change settings or transactions.
fn speaks_of_session(change: &Change) -> bool {
    match change {
        Change::Set(_) | Change::Transaction(_) => true,
        Change::Block(block) => block.steps.iter().any(|step| speaks_of_session(&step.request.change)),
        _ => false,
    }
}
