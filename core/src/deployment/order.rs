//! Which scripts run, in which order and transactions, before any of them is replayed.

use std::sync::Arc;

use super::run::Runner;
use super::selection::Choice;
use crate::branch::Branch;
use crate::change::{Reading, TransactionModel};
use crate::impact::Server;
use crate::layout::{Callback, Kind, Language, Layout, Migration};
use crate::settings::Settings;
use crate::sql::Dialect;
use crate::sql::flyway::{Mode, mode};
use crate::status::{Described, State, Status};
use crate::text::Casing;

/// What a deployment is made from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Everything that is configured.
    pub settings: &'a Settings,
    /// Everything that was found.
    pub layout: &'a Layout,
    /// States and plan.
    pub status: &'a Status,
    /// Whether a history was given.
    pub has_history: bool,
    /// What the branch changes, where a base was given: without a history, what it adds is what would run.
    pub branch: Option<&'a Branch>,
    /// The server.
    pub server: Server,
    /// Whether its version is only assumed.
    pub assumed: bool,
    /// Which of the pending scripts are asked about.
    pub choice: &'a Choice,
    /// A script as SQL, by its path; `None` where its bytes are no text.
    pub reading: &'a dyn Fn(&str) -> Option<Arc<Reading>>,
}

/// Why a script is replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// It was applied before.
    Applied,
    /// It would be applied.
    Pending,
    /// It takes another one back.
    Undo,
    /// The tool runs it at that event.
    Callback(&'static str),
}

/// Flyway refuses to run it: it holds statements that run in a transaction and others that cannot, and `mixed` is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mixed {
    /// The script itself does.
    Script {
        /// The first statement of the second kind.
        statement: usize,
    },
    /// The scripts of a `group` are not all of one kind; this is the first of the second kind.
    Group,
}

/// A script as it takes its turn.
#[derive(Debug, Clone)]
pub struct Turn {
    /// Its path.
    pub path: String,
    /// Why it is replayed.
    pub role: Role,
    /// The number of the first script of the deployment it belongs to: what was made since is new.
    pub since: u32,
    /// The transactions around its statements.
    pub runner: Runner,
    /// Whether the runner commits after it, so that the next script is in another transaction.
    pub commits: bool,
    /// Whether a new session begins before it, with the settings that [`Turn::keeps`] has kept.
    pub connects: bool,
    /// Whether its settings are those of every session after it: it runs when the tool connects.
    pub keeps: bool,
    /// Whether the runner sets the search path and the role back before it.
    pub restores: bool,
    /// Why Flyway refuses to run it.
    pub mixed: Option<Mixed>,
    /// The script; `None` if its content is unknown: it is Java, or no text.
    pub reading: Option<Arc<Reading>>,
}

impl PartialEq for Turn {
    fn eq(&self, other: &Self) -> bool {
        let same_reading = match (&self.reading, &other.reading) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        let parts = |turn: &Self| {
            (turn.role, turn.since, turn.runner, turn.commits, turn.connects, turn.keeps, turn.restores, turn.mixed)
        };
        same_reading && self.path == other.path && parts(self) == parts(other)
    }
}

/// A callback with more statements than that is not replayed for each script, only for the first.
const MOST_REPEATED: usize = 100;

/// The turns of Flyway's scripts, and whether something of unknown content ran before them.
pub(super) fn flyway(input: &Input<'_>) -> (Vec<Turn>, bool) {
    let mut order = Order { input, turns: Vec::new(), since: 0 };
    let (mut applied, unknown) = applied(input);
    let mut pending = pending(input);
    if let Some(branch) = input.branch.filter(|_| !input.has_history) {
        let (new, merged): (Vec<_>, Vec<_>) = pending.into_iter().partition(|migration| runs(branch, migration));
        applied = merged;
        pending = new;
    }
    for migration in applied {
        order.since = order.next();
        order.migration(migration, Role::Applied, false);
    }
    order.since = order.next();
    let from = order.turns.len();
    if !pending.is_empty() {
        order.pending(&pending);
    }
    if let Some(first) = order.turns.get_mut(from) {
        first.connects = true;
    }
    let baseline = input.status.plan.as_ref().is_ok_and(|plan| plan.baseline.is_some());
    (order.turns, unknown || baseline)
}

/// The migrations that were applied, in the order in which that happened; and whether others were, too.
fn applied<'a>(input: &Input<'a>) -> (Vec<&'a Migration>, bool) {
    let (mut found, mut unknown) = (Vec::new(), false);
    for info in input.status.infos.iter().filter(|info| info.row.is_some()) {
        let bookkeeping = info.kind == "SCHEMA" || info.kind == "DELETE" || info.kind.starts_with("UNDO");
        let migration = info.migration.and_then(|at| input.layout.migrations.get(at));
        match (info.state, migration) {
            (State::Superseded | State::Undone, _) => {}
            _ if bookkeeping => {}
            (State::Success | State::OutOfOrder | State::Outdated, Some(migration)) => found.push((info, migration)),
            (State::Baseline, Some(migration)) if migration.kind == Kind::Baseline => found.push((info, migration)),
            _ => unknown = true,
        }
    }
    found.sort_by_key(|(info, _): &(&Described, _)| info.installed_rank);
    (found.into_iter().map(|(_, migration)| migration).collect(), unknown)
}

/// What the next run applies; where Flyway refuses to run, what it would apply once the reason is gone.
fn pending<'a>(input: &Input<'a>) -> Vec<&'a Migration> {
    let all = &input.layout.migrations;
    if let Ok(plan) = &input.status.plan {
        return plan.steps.iter().filter_map(|at| all.get(*at)).collect();
    }
    if input.status.infos.is_empty() {
        return all.iter().filter(|migration| matches!(migration.kind, Kind::Versioned | Kind::Repeatable)).collect();
    }
    let states = input.status.infos.iter().filter(|info| info.state == State::Pending);
    states.filter_map(|info| all.get(info.migration?)).collect()
}

/// Whether a deployment of the branch runs a script: it is new, or a repeatable that changed.
fn runs(branch: &Branch, migration: &Migration) -> bool {
    match migration.kind {
        Kind::Repeatable => branch.runs(&migration.path),
        _ => branch.adds(&migration.path),
    }
}

/// Whether a script says that it is a part of the baseline: such scripts run one after the other on an empty database, so
/// that what one of them makes is new in the next.
fn is_baseline(migration: &Migration) -> bool {
    migration.description.lower().contains("baseline")
}

struct Order<'a> {
    input: &'a Input<'a>,
    turns: Vec<Turn>,
    since: u32,
}

impl<'a> Order<'a> {
    fn next(&self) -> u32 {
        u32::try_from(self.turns.len()).unwrap_or(u32::MAX)
    }

    fn pending(&mut self, pending: &[&'a Migration]) {
        let together = self.input.has_history || self.input.branch.is_some();
        let grouped = self.input.settings.flyway.group && together;
        let group = grouped.then(|| self.group(pending));
        self.events(&["afterConnect", "beforeMigrate"]);
        let mut last: Option<Kind> = None;
        for (at, migration) in pending.iter().enumerate() {
            let repeatable = migration.kind == Kind::Repeatable;
            if repeatable && last != Some(Kind::Repeatable) {
                if last.is_some() {
                    self.events(&["afterVersioned"]);
                }
                self.events(&["beforeRepeatables"]);
            }
            last = Some(migration.kind);
            let alone = !self.input.has_history && self.input.branch.is_none();
            if alone && at > 0 && !(is_baseline(migration) && is_baseline(pending[at - 1])) {
                self.since = self.next();
            }
            let from = self.turns.len();
            self.around(&["beforeEachMigrate", "beforeEachMigrateStatement"], at);
            self.migration(migration, Role::Pending, true);
            self.around(&["afterEachMigrateStatement", "afterEachMigrate"], at);
            self.join(from, group, at, pending.len());
        }
        if last.is_some_and(|kind| kind != Kind::Repeatable) {
            self.events(&["afterVersioned"]);
        }
        self.events(&["afterMigrateApplied", "afterMigrate"]);
    }

    /// How the scripts of a group run, and the first that makes it mixed.
    fn group(&self, pending: &[&'a Migration]) -> (TransactionModel, Option<usize>) {
        let inside: Vec<bool> =
            pending.iter().map(|migration| self.model(migration).0 == TransactionModel::Script).collect();
        let odd = inside.iter().position(|one| Some(one) != inside.first());
        let mixed = self.input.settings.flyway.mixed;
        let together = if mixed { inside.iter().all(|one| *one) } else { inside.first() == Some(&true) };
        let model = if together { TransactionModel::Deployment } else { TransactionModel::Statement };
        (model, odd.filter(|_| !mixed))
    }

    /// Puts a migration and the callbacks around it into one transaction, or all of a group.
    fn join(&mut self, from: usize, group: Option<(TransactionModel, Option<usize>)>, at: usize, of: usize) {
        let own = self.turns[from..].iter().find(|turn| turn.role == Role::Pending).map(|turn| turn.runner.model);
        let Some(model) = group.map(|(model, _)| model).or(own) else { return };
        let odd = group.is_some_and(|(_, odd)| odd == Some(at));
        let (last, count) = (at + 1 == of, self.turns.len());
        for (place, turn) in self.turns.iter_mut().enumerate().skip(from) {
            turn.runner.model = model;
            turn.restores = place == from;
            turn.connects = place == from && !self.input.has_history && self.input.branch.is_none();
            turn.commits = place + 1 == count && (last || model != TransactionModel::Deployment);
            if turn.role == Role::Pending && odd {
                turn.mixed = turn.mixed.or(Some(Mixed::Group));
            }
        }
    }

    /// The callbacks of events that have transactions of their own.
    fn events(&mut self, events: &[&'static str]) {
        for event in events {
            for callback in self.input.layout.callbacks.iter().filter(|callback| callback.event == *event) {
                self.callback(callback, TransactionModel::Script);
            }
        }
    }

    /// The callbacks of events around a migration.
    fn around(&mut self, events: &[&'static str], at: usize) {
        for event in events {
            for callback in self.input.layout.callbacks.iter().filter(|callback| callback.event == *event) {
                let long = |reading: &Arc<Reading>| reading.requests.len() > MOST_REPEATED;
                if at == 0 || !self.read(&callback.path, callback.language).is_some_and(|reading| long(&reading)) {
                    self.callback(callback, TransactionModel::Script);
                }
            }
        }
    }

    fn callback(&mut self, callback: &Callback, model: TransactionModel) {
        let reading = self.read(&callback.path, callback.language);
        self.turns.push(Turn {
            path: callback.path.clone(),
            role: Role::Callback(callback.event),
            since: self.since,
            runner: Runner { model, begins_again: true },
            commits: true,
            connects: false,
            keeps: matches!(callback.event, "afterConnect" | "beforeMigrate"),
            restores: false,
            mixed: None,
            reading,
        });
    }

    fn migration(&mut self, migration: &Migration, role: Role, commits: bool) {
        let (model, mixed) = self.model(migration);
        self.turns.push(Turn {
            path: migration.path.clone(),
            role,
            since: self.since,
            runner: Runner { model, begins_again: true },
            commits: commits || role == Role::Applied,
            connects: role == Role::Applied,
            keeps: false,
            restores: true,
            mixed,
            reading: self.read(&migration.path, migration.language),
        });
    }

    fn read(&self, path: &str, language: Language) -> Option<Arc<Reading>> {
        (self.input.reading)(path).filter(|_| language == Language::Sql)
    }

    /// The transactions around a migration's statements, and why Flyway refuses it.
    fn model(&self, migration: &Migration) -> (TransactionModel, Option<Mixed>) {
        let flyway = &self.input.settings.flyway;
        let of = |inside: bool| if inside { TransactionModel::Script } else { TransactionModel::Statement };
        let said = migration.options.execute_in_transaction.or((!flyway.execute_in_transaction).then_some(false));
        if let Some(inside) = said {
            return (of(inside), None);
        }
        let Some(reading) = self.read(&migration.path, migration.language) else { return (of(true), None) };
        let known = !self.input.assumed && self.input.server.dialect == Dialect::Postgres;
        let server = known.then_some(u32::from(self.input.server.version.0));
        match mode(&reading.text, &reading.script, flyway.mixed, server) {
            Mode::Transaction => (of(true), None),
            Mode::NoTransaction => (of(false), None),
            Mode::Refused { statement } => (of(true), Some(Mixed::Script { statement })),
        }
    }
}
