//! The scripts of a deployment, replayed; what an edit leaves as it was is taken over from the replay before.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::meeting::{Meeting, meetings};
use super::order::{Input, Role, Turn, flyway};
use super::run::Run;
use super::selection::{Selection, selection};
use super::step::Step;
use super::undo::{self, Undone};
use crate::catalog::{Catalog, ConflictKind, Known, ObjectName, Origin, Persistence};
use crate::change::{Identifier, Name, ObjectKind, TransactionModel};
use crate::dependency::Schema;
use crate::impact::Server;
use crate::settings::nearest;
use crate::sql::Dialect;
use crate::text::Span;

/// Everything that would run, replayed in the tool's order: what was applied before, and what is pending.
#[derive(Debug, Clone)]
pub struct Deployment {
    /// The server.
    pub server: Server,
    /// Whether its version is only assumed.
    pub assumed: bool,
    /// The scripts in the order of the replay. [`Origin::script`] counts them.
    pub scripts: Vec<Arc<Played>>,
    /// How many scripts were replayed; the others were taken over.
    pub replayed: usize,
    /// The scripts that take others back, each replayed right after its own.
    pub undos: Vec<Arc<Undone>>,
    /// What would be if only some of the pending scripts ran, where that is asked.
    pub selection: Option<Selection>,
    /// Where scripts of the branch do not go together with those that the base got since.
    pub meetings: Vec<Meeting>,
    /// The session before the first script.
    start: Run,
    /// The replay on an empty database, where that showed that the database did not begin empty.
    from_nothing: Option<Arc<Self>>,
}

/// A script that was replayed.
#[derive(Debug)]
pub struct Played {
    /// Its turn.
    pub turn: Turn,
    /// Its statements; none where its content is unknown.
    pub steps: Vec<Step>,
    /// The session after it.
    after: Run,
}

impl Played {
    /// The schema after it.
    #[must_use]
    pub fn after(&self) -> &Catalog {
        self.after.catalog()
    }

    /// The session after it.
    pub(super) fn session(&self) -> Run {
        self.after.clone()
    }

    /// Whether an object was made in the deployment that the script belongs to, so that nobody uses it yet.
    #[must_use]
    pub fn is_new(&self, made: Option<Origin>) -> bool {
        made.is_some_and(|made| made.script >= self.turn.since)
    }

    /// Whether a relation is new at that point of the deployment, so that nobody uses it yet; a temporary one, too.
    #[must_use]
    pub fn has_new(&self, at: &Catalog, relation: &ObjectName) -> bool {
        // What may or may not have been made by now is new if it was.
        match at.relation_if_applied(relation) {
            Some(found) => found.persistence == Persistence::Temporary || self.is_new(found.made),
            None => at.relation(relation).is_absent() || self.has_new_schema(at, relation),
        }
    }

    /// Whether the schema of a relation is new at that point, and so all that may be in it.
    fn has_new_schema(&self, at: &Catalog, relation: &ObjectName) -> bool {
        let schema = Identifier { text: relation.schema.to_string(), quoted: true, span: Span::new(0, 0) };
        match at.other(ObjectKind::Schema, &Name::from(schema)) {
            Known::Present(made) => made.is_some() && self.is_new(made),
            _ => false,
        }
    }
}

impl Deployment {
    /// Replays Flyway's scripts. `before` is the replay before an edit.
    #[must_use]
    pub fn new(input: &Input<'_>, before: Option<&Self>) -> Self {
        let (turns, unknown) = flyway(input);
        let flyway = &input.settings.flyway;
        let schema = flyway.default_schema.as_ref().or_else(|| flyway.schemas.first());
        let dialect = input.server.dialect;
        let mut catalog = match schema.filter(|_| dialect != Dialect::Sqlite) {
            Some(schema) => Catalog::with_schema(dialect, schema),
            None => Catalog::new(dialect),
        };
        if unknown {
            catalog.make_open();
        }
        let mut deployment = Self::replay_all(turns, catalog, input.server, input.assumed, before);
        deployment.undos = undo::of_flyway(&deployment, input, before.map_or(&[][..], |before| &before.undos));
        deployment.selection = selection(&deployment, input);
        deployment.meetings = meetings(&deployment, input.branch);
        deployment
    }

    /// Replays scripts from a schema, or from an unknown one where they show that they do not begin with that.
    pub(super) fn replay_all(
        turns: Vec<Turn>,
        mut catalog: Catalog,
        server: Server,
        assumed: bool,
        before: Option<&Self>,
    ) -> Self {
        let from_nothing = before.map(|before| before.from_nothing.as_deref().unwrap_or(before));
        let deployment = Self::replay(turns, Run::new(catalog.clone(), server), assumed, from_nothing);
        if catalog.is_open() || !begins_elsewhere(&deployment) {
            return deployment;
        }
        catalog.make_open();
        let turns = deployment.scripts.iter().map(|played| played.turn.clone()).collect();
        let open = before.filter(|before| before.from_nothing.is_some());
        let open = Self::replay(turns, Run::new(catalog, server), assumed, open);
        Self { replayed: open.replayed.max(deployment.replayed), from_nothing: Some(Arc::new(deployment)), ..open }
    }

    /// Replays scripts in their order.
    fn replay(turns: Vec<Turn>, start: Run, assumed: bool, before: Option<&Self>) -> Self {
        let before = before.filter(|before| before.start == start);
        let old = before.map_or(&[][..], |before| &before.scripts);
        let mut scripts: Vec<Arc<Played>> = Vec::with_capacity(turns.len());
        let mut replayed = 0;
        // Whether the session is where it was at this script before; else after how many scripts to look next.
        let (mut same, mut apart, mut look) = (before.is_some(), 0_usize, 1_usize);
        for (at, turn) in turns.into_iter().enumerate() {
            let known = old.get(at);
            if let Some(known) = known.filter(|known| same && known.turn == turn) {
                scripts.push(Arc::clone(known));
                continue;
            }
            if same || known.is_some_and(|known| known.turn != turn) {
                (same, apart, look) = (false, 0, 1);
            }
            let last = scripts.last().map_or(&start, |last| &last.after);
            let played = play(turn, last.clone());
            replayed += 1;
            apart += 1;
            // To compare costs as much as what differs, so it is done at growing distances.
            if apart == look {
                same = known.is_some_and(|known| known.after == played.after);
                look = look.saturating_mul(4);
            }
            scripts.push(Arc::new(played));
        }
        Self {
            server: *start.server(),
            assumed,
            scripts,
            replayed,
            undos: Vec::new(),
            selection: None,
            meetings: Vec::new(),
            start,
            from_nothing: None,
        }
    }

    /// The schema before the first script.
    #[must_use]
    pub fn begin(&self) -> &Catalog {
        self.start.catalog()
    }

    /// The schema before the first pending script, with the texts of its objects.
    #[must_use]
    pub fn before_pending(&self) -> Schema {
        super::selection::before(self)
    }

    /// The scripts that would be applied, callbacks left out.
    pub fn pending(&self) -> impl Iterator<Item = &Played> {
        self.scripts.iter().map(AsRef::as_ref).filter(|played| played.turn.role == Role::Pending)
    }

    /// The script and the statement where an object was made.
    #[must_use]
    pub fn place(&self, origin: Origin) -> Option<(&str, Span)> {
        let turn = &self.scripts.get(origin.script as usize)?.turn;
        let request = turn.reading.as_ref()?.requests.get(origin.statement as usize)?;
        Some((&turn.path, request.span))
    }
}

/// A script as it takes its turn in a session.
pub(super) fn play(turn: Turn, mut run: Run) -> Played {
    if turn.connects {
        run.reconnect();
    }
    if turn.restores {
        run.restore();
    }
    run.deploy(turn.since);
    let mut runner = turn.runner;
    if runner.model == TransactionModel::Script {
        // The callbacks around a script are in its transaction, so the turn says when that ends.
        runner.model = TransactionModel::Deployment;
    }
    let steps = if let Some(reading) = &turn.reading {
        run.play(reading, runner)
    } else {
        run.play_unknown();
        Vec::new()
    };
    if turn.commits && runner.model == TransactionModel::Deployment {
        run.commit();
    }
    if turn.keeps {
        run.keep_settings();
    }
    Played { turn, steps, after: run }
}

/// Whether scripts need tables that none of them ever makes: then the database did not begin empty, and what was never
/// seen is unknown, not absent. A single name that is nearly another's is a slip of the pen.
fn begins_elsewhere(deployment: &Deployment) -> bool {
    let Some(last) = deployment.scripts.last() else { return false };
    let made: BTreeSet<&ObjectName> = last.after().relations().map(|relation| &relation.name).collect();
    let mut needed: BTreeSet<&ObjectName> = BTreeSet::new();
    for step in deployment.scripts.iter().flat_map(|played| &played.steps) {
        for conflict in step.conflicts.iter().filter(|conflict| conflict.kind == ConflictKind::Missing) {
            let (object, name) = (&conflict.object, &conflict.object.name);
            let is_relation = matches!(object.kind, ObjectKind::Table | ObjectKind::View) && object.part.is_none();
            let never_made = !step.before.was_removed(name) && !made.contains(name);
            if is_relation && never_made && !last.after().was_removed(name) {
                needed.insert(name);
            }
        }
    }
    let is_slip = |one: &ObjectName| {
        let beside = made.iter().filter(|other| other.schema == one.schema);
        nearest(&one.name, beside.map(|other| &*other.name)).is_some()
    };
    needed.len() > 1 || needed.first().is_some_and(|one| !is_slip(one))
}
