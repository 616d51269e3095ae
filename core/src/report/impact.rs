//! What `flightcheck impact` says: each statement of a session, what it does, and the locks held by then.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use crate::catalog::{Catalog, ObjectName};
use crate::change::{Named, Reading, Request, Totals, TransactionModel};
use crate::deployment::{Opener, Run, Runner, Step};
use crate::impact::{Effect, Impact, LockMode, Server, Stops, Target, Transactional, Work};
use crate::sql::{Dialect, Options};
use crate::text::{LineIndex, Span};

/// Scripts that run in one session, and what was there before.
#[derive(Debug, Clone, Copy)]
pub struct Session<'a> {
    /// The server.
    pub server: Server,
    /// Whether its version was not given.
    pub assumed: bool,
    /// The texts that make the schema in which the session begins. Without any, nothing is known of the schema.
    pub schema: &'a [String],
    /// The texts that ran in the session before, and were committed.
    pub applied: &'a [String],
    /// Names and texts of the scripts that are reported on.
    pub files: &'a [(String, String)],
    /// The transactions around each of them.
    pub model: TransactionModel,
}

/// What the statements of a session do.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ImpactReport {
    /// Whose server it is.
    pub dialect: Dialect,
    /// Its version.
    pub server_version: String,
    /// Whether the version is only the oldest that is supported.
    pub assumed: bool,
    /// Every statement, in the order in which they run.
    pub statements: Vec<StatementImpact>,
    /// How many there are of each kind.
    pub totals: ImpactTotals,
}

/// What one statement does.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct StatementImpact {
    /// The script.
    pub file: String,
    /// The line on which it begins, counted from one.
    pub line: usize,
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it asks for.
    pub kind: String,
    /// The objects it speaks of.
    pub objects: Vec<Named>,
    /// The strongest lock that it takes on each relation.
    pub locks: BTreeMap<String, Lock>,
    /// Those of them that are locked with a table they belong to: indexes and sequences.
    #[serde(skip)]
    pub parts: BTreeSet<String>,
    /// The strongest lock on each relation once it has run, with what its transaction took before.
    pub held: BTreeMap<String, Lock>,
    /// The relations whose rows are all written anew.
    pub rewrites: Vec<String>,
    /// The indexes that are built anew.
    pub index_rebuilds: Vec<String>,
    /// The relations of which all rows are read.
    pub scans: Vec<String>,
    /// The tables that are emptied.
    pub truncated: Vec<String>,
    /// Whether queries wait for it.
    pub blocks_reads: bool,
    /// Whether `INSERT`, `UPDATE` and `DELETE` wait for it.
    pub blocks_writes: bool,
    /// Whether the server takes it in a transaction.
    pub in_transaction_ok: bool,
    /// The cheapest `ALGORITHM` that MySQL or MariaDB takes for it.
    pub algorithm: Option<&'static str>,
    /// The weakest `LOCK` that it takes with that.
    pub lock: Option<&'static str>,
    /// Why the server refuses it.
    pub fails: Option<String>,
    /// `understood`, `partly` or `opaque`.
    pub understood: &'static str,
    /// All of it in one line, for people.
    #[serde(skip)]
    pub summary: String,
    /// Who opened the transaction around it; `None` if it stands alone.
    #[serde(skip)]
    pub opener: Option<Opener>,
    /// Whether the transaction ends before the statement after it.
    #[serde(skip)]
    pub last: bool,
}

/// A lock on a relation; as JSON the name of its mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(type = "string"))]
pub struct Lock(pub LockMode);

impl Lock {
    /// Who waits for it.
    #[must_use]
    pub fn stops(self) -> Stops {
        self.0.stops()
    }
}

impl Serialize for Lock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

/// How many statements there are of each kind.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ImpactTotals {
    /// All.
    pub statements: usize,
    /// Those for which queries wait.
    pub block_reads: usize,
    /// Those for which writers wait.
    pub block_writes: usize,
    /// Those that write all rows of a relation anew.
    pub rewrite: usize,
    /// Those that the server refuses.
    pub fail: usize,
    /// How many were understood.
    #[serde(flatten)]
    pub understood: Totals,
}

impl ImpactReport {
    /// Replays a session.
    #[must_use]
    pub fn new(session: &Session<'_>) -> Self {
        let server = session.server;
        let options = Options::new(server.dialect);
        let read = |text: &str| Reading::new(text.to_owned(), &options);
        let mut run = begun(session, read);
        let mut report = Self {
            dialect: server.dialect,
            server_version: server.version.to_string(),
            assumed: session.assumed,
            statements: Vec::new(),
            totals: ImpactTotals::default(),
        };
        for (name, text) in session.files {
            let reading = read(text);
            let lines = LineIndex::new(text);
            let steps = run.play(&reading, Runner::from(session.model));
            for (at, step) in steps.iter().enumerate() {
                let Some(request) = reading.requests.get(step.statement) else { continue };
                let mut statement = statement(name, request, step, server.dialect);
                statement.line = lines.position(text, request.span.start).line + 1;
                statement.last = match steps.get(at + 1) {
                    Some(next) => next.transaction.map(|open| open.begin) != step.transaction.map(|open| open.begin),
                    None => !run.is_in_transaction(),
                };
                report.totals.count(&statement, request);
                report.statements.push(statement);
            }
        }
        report
    }
}

/// The session when the first script begins.
fn begun(session: &Session<'_>, read: impl Fn(&str) -> Reading) -> Run {
    let dialect = session.server.dialect;
    let catalog = if session.schema.is_empty() { Catalog::open(dialect) } else { Catalog::new(dialect) };
    let mut run = Run::new(catalog, session.server);
    for text in session.schema {
        run.play(&read(text), Runner::from(TransactionModel::Statement));
        run.commit();
        run.reconnect();
    }
    for text in session.applied {
        run.play(&read(text), Runner::from(TransactionModel::Statement));
        run.commit();
    }
    run
}

impl ImpactTotals {
    fn count(&mut self, statement: &StatementImpact, request: &Request) {
        self.statements += 1;
        self.block_reads += usize::from(statement.blocks_reads);
        self.block_writes += usize::from(statement.blocks_writes);
        self.rewrite += usize::from(!statement.rewrites.is_empty());
        self.fail += usize::from(statement.fails.is_some());
        self.understood.count(request.understood());
    }
}

fn statement(file: &str, request: &Request, step: &Step, dialect: Dialect) -> StatementImpact {
    let impact = &step.impact;
    let spelled = |name: &ObjectName| name.spelled(dialect);
    let under = |work: Work| impact.relations(work).into_iter().map(spelled).collect();
    let stops = impact.stops();
    StatementImpact {
        file: file.to_owned(),
        line: 0,
        span: request.span,
        kind: request.kind().into_owned(),
        objects: Named::all(request),
        locks: impact.locks().into_iter().map(|(name, mode)| (spelled(name), Lock(mode))).collect(),
        parts: parts(impact).map(|effect| spelled(&effect.relation)).collect(),
        held: step.held.iter().map(|(name, held)| (spelled(name), Lock(held.mode))).collect(),
        rewrites: under(Work::Rewrite),
        index_rebuilds: under(Work::IndexRebuild),
        scans: under(Work::Scan),
        truncated: under(Work::Truncate),
        blocks_reads: stops.reads,
        blocks_writes: stops.writes,
        in_transaction_ok: impact.transactional != Transactional::Refused && !step.refused_in_transaction,
        algorithm: impact.algorithm,
        lock: impact.lock,
        fails: step.fails(request, dialect),
        understood: request.understood().as_str(),
        summary: request.to_string(),
        opener: step.transaction.map(|open| open.opener),
        last: false,
    }
}

/// The locks on indexes and sequences for which nobody waits longer than for a table that the statement locks, too.
pub(super) fn parts(impact: &Impact) -> impl Iterator<Item = &Effect> {
    let is_part = |effect: &Effect| matches!(effect.target, Target::Index | Target::Sequence);
    let is_lock = |effect: &&Effect| matches!(effect.work, Work::Lock(_));
    let tables = impact.effects.iter().filter(is_lock).filter(move |effect| !is_part(effect));
    let stops = tables.fold(Stops::NOBODY, |stops, effect| stops.or(effect.stops));
    impact.effects.iter().filter(is_lock).filter(move |effect| is_part(effect) && stops.or(effect.stops) == stops)
}
