//! What each script of the deployment does: its statements, and the locks as they pile up.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::impact::parts;
use crate::catalog::ObjectName;
use crate::change::Change;
use crate::deployment::{Deployment, Played, Role, Step};
use crate::impact::{Effect, LockMode, Stops, Work};
use crate::text::{LineIndex, Span};

/// A script that would run. What is done to relations that are new in the deployment is left out: nobody uses them yet.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ScriptImpact {
    /// Path of the script.
    pub file: String,
    /// The event at which it runs, where it is a callback.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<&'static str>,
    /// Whether all its statements run in one transaction.
    pub one_transaction: bool,
    /// Whether its content is unknown: it is no SQL, or no text.
    pub unknown: bool,
    /// The locks that others wait for, in the order in which they are taken.
    pub locks: Vec<ScriptLock>,
    /// Its statements, in order.
    pub statements: Vec<ScriptStatement>,
}

/// A lock that others wait for. A relation that is locked again more strongly has a second one.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ScriptLock {
    /// The relation, as people of this dialect write it.
    pub relation: String,
    /// The mode, as the server's manual spells it.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub mode: super::Lock,
    /// Whether queries wait for it.
    pub blocks_reads: bool,
    /// Whether `INSERT`, `UPDATE` and `DELETE` wait for it.
    pub blocks_writes: bool,
    /// The statement that takes it, counted from 0; null where a script before did, in the same transaction.
    pub taken: Option<usize>,
    /// The last statement under which it is held; null where it is still held after the script.
    pub released: Option<usize>,
}

/// A statement. What does not apply is left out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ScriptStatement {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it asks for, in one line.
    pub summary: String,
    /// The relations of which rows are locked, one by one: whoever writes one of them waits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locks_rows: Vec<String>,
    /// The relations whose rows are all written anew.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rewrites: Vec<String>,
    /// The indexes that are built anew.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub index_rebuilds: Vec<String>,
    /// The relations of which all rows are read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scans: Vec<String>,
    /// The tables that are emptied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub truncated: Vec<String>,
    /// Why the server refuses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fails: Option<String>,
    /// `understood`, `partly` or `opaque`.
    pub understood: &'static str,
}

impl ScriptLock {
    /// Who waits.
    #[must_use]
    pub fn stops(&self) -> Stops {
        Stops { reads: self.blocks_reads, writes: self.blocks_writes }
    }
}

impl ScriptImpact {
    /// The lock for which the most wait, the strongest of its kind.
    #[must_use]
    pub fn strongest(&self) -> Option<&ScriptLock> {
        self.locks.iter().max_by_key(|lock| (lock.blocks_reads, lock.blocks_writes, lock.mode.0))
    }

    /// Every script that would run, in the order in which that happens.
    pub(super) fn all(deployment: &Deployment) -> Vec<Self> {
        let pending: BTreeSet<u32> = deployment.pending().map(|played| played.turn.since).collect();
        let runs = |played: &Played| played.turn.role != Role::Applied && pending.contains(&played.turn.since);
        let scripts = deployment.scripts.iter().enumerate().filter(|(_, played)| runs(played));
        scripts.map(|(at, played)| script(deployment, at, played)).collect()
    }
}

/// What a script of a deployment does; `at` is its number in the replay.
pub(super) fn script(deployment: &Deployment, at: usize, played: &Played) -> ScriptImpact {
    let turn = &played.turn;
    let dialect = deployment.server.dialect;
    let mut statements = Vec::with_capacity(played.steps.len());
    if let Some(reading) = &turn.reading {
        let lines = LineIndex::new(&reading.text);
        for step in &played.steps {
            let Some(request) = reading.requests.get(step.statement) else { continue };
            let is_old = |effect: &&Effect| !played.has_new(&step.before, &effect.relation);
            let effects = || step.impact.effects.iter().filter(is_old);
            let under = |work: Work| {
                let mut names: Vec<&ObjectName> =
                    effects().filter(|effect| effect.work == work).map(|effect| &effect.relation).collect();
                names.sort_unstable();
                names.dedup();
                names.into_iter().map(|name| name.spelled(dialect)).collect()
            };
            statements.push(ScriptStatement {
                line: lines.position(&reading.text, request.span.start).line + 1,
                span: request.span,
                summary: request.to_string(),
                locks_rows: under(Work::LockRows),
                rewrites: under(Work::Rewrite),
                index_rebuilds: under(Work::IndexRebuild),
                scans: under(Work::Scan),
                truncated: under(Work::Truncate),
                fails: step.fails(request, dialect),
                understood: request.understood().as_str(),
            });
        }
    }
    ScriptImpact {
        file: turn.path.clone(),
        event: match turn.role {
            Role::Callback(event) => Some(event),
            Role::Applied | Role::Pending | Role::Undo => None,
        },
        one_transaction: is_one(&played.steps),
        unknown: turn.reading.is_none(),
        locks: Locks::of(deployment, at, played),
        statements,
    }
}

fn is_one(steps: &[Step]) -> bool {
    let begin = |step: &Step| step.transaction.map(|open| open.begin);
    steps.first().is_some_and(|first| begin(first).is_some() && steps.iter().all(|step| begin(step) == begin(first)))
}

/// The locks of a script as they pile up.
struct Locks<'a> {
    deployment: &'a Deployment,
    all: Vec<ScriptLock>,
    /// Those that are held, by their relation.
    open: BTreeMap<&'a ObjectName, Vec<usize>>,
}

impl<'a> Locks<'a> {
    fn of(deployment: &'a Deployment, at: usize, played: &'a Played) -> Vec<ScriptLock> {
        let mut locks = Self { deployment, all: Vec::new(), open: BTreeMap::new() };
        if let Some(first) = played.steps.first() {
            let before = first.held.iter().filter(|(_, held)| (held.since.script as usize) < at);
            for (relation, held) in before {
                locks.take(relation, held.mode, held.mode.stops(), None, played.has_new(&first.before, relation));
            }
        }
        for (at, step) in played.steps.iter().enumerate() {
            let begin = |step: &Step| step.transaction.map(|open| open.begin);
            if at.checked_sub(1).is_some_and(|last| begin(&played.steps[last]) != begin(step)) {
                locks.release(at - 1, |_| true);
            }
            let parts: Vec<&Effect> = parts(&step.impact).collect();
            for effect in &step.impact.effects {
                let Work::Lock(mode) = effect.work else { continue };
                let left_out = parts.iter().any(|part| std::ptr::eq(*part, effect))
                    || played.has_new(&step.before, &effect.relation);
                locks.take(&effect.relation, mode, effect.stops, Some(at), left_out);
            }
            // To ask for each lock after each statement would cost the square of both.
            if step.transaction.is_none() {
                locks.release(at, |_| true);
            } else if may_release(played, step) {
                locks.release(at, |relation| step.held.on(relation).is_none());
            }
        }
        if let Some(last) = played.steps.len().checked_sub(1).filter(|_| played.turn.commits) {
            locks.release(last, |_| true);
        }
        locks.all
    }

    /// A lock is taken, unless it is held already as strongly, or nobody waits for it.
    fn take(&mut self, relation: &'a ObjectName, mode: LockMode, stops: Stops, taken: Option<usize>, left_out: bool) {
        let held = self.open.get(relation);
        let held = held.is_some_and(|locks| locks.iter().any(|lock| self.all[*lock].mode.0 >= mode));
        if left_out || stops == Stops::NOBODY || held {
            return;
        }
        self.open.entry(relation).or_default().push(self.all.len());
        self.all.push(ScriptLock {
            relation: relation.spelled(self.deployment.server.dialect),
            mode: super::Lock(mode),
            blocks_reads: stops.reads,
            blocks_writes: stops.writes,
            taken,
            released: None,
        });
    }

    fn release(&mut self, at: usize, is_released: impl Fn(&ObjectName) -> bool) {
        let all = &mut self.all;
        self.open.retain(|relation, locks| {
            let released = is_released(relation);
            if released {
                for lock in locks {
                    all[*lock].released = Some(at);
                }
            }
            !released
        });
    }
}

/// Whether a statement may let go of locks while its transaction goes on, or end it.
fn may_release(played: &Played, step: &Step) -> bool {
    let reading = played.turn.reading.as_ref();
    let request = reading.and_then(|reading| reading.requests.get(step.statement));
    request.is_some_and(|request| matches!(request.change, Change::Transaction(_) | Change::Block(_)))
}
