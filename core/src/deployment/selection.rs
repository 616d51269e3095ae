//! What would be if only some of the pending scripts ran: those passed over against those that run.

use std::sync::Arc;

use super::order::{Input, Role};
use super::replay::Deployment;
use crate::change::Reading;
use crate::dependency::{Crossing, Schema, Script, crossings};
use crate::layout::{Kind, Language, Migration, base_name};
use crate::status::State;
use crate::version::Version;

/// Which of the pending scripts are asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Those that alone would run, by version, description or name; none means all.
    pub picked: Vec<String>,
    /// Those that would not run.
    pub held_back: Vec<String>,
}

/// Scripts that would be passed over, against those that run although they come later.
#[derive(Debug, Clone)]
pub struct Selection {
    /// Those that would be passed over.
    pub passed: Vec<Script>,
    /// Those that would run.
    pub running: Vec<Script>,
    /// Each that would be passed over, against each that comes later and runs.
    pub crossings: Vec<Crossing>,
    /// What was asked for and names no pending script.
    pub unknown: Vec<String>,
}

/// Judges a choice among the pending scripts; `None` where none is made.
pub(super) fn selection(deployment: &Deployment, input: &Input<'_>) -> Option<Selection> {
    let configured = input.settings.flyway.cherry_pick.clone();
    let picked = if input.choice.picked.is_empty() { configured } else { Some(input.choice.picked.clone()) };
    if picked.is_none() && input.choice.held_back.is_empty() {
        return None;
    }
    let pending = pending(input);
    let names = |names: &[String], migration: &Migration| names.iter().any(|name| is_named(migration, name));
    let runs = |migration: &Migration| {
        picked.as_ref().is_none_or(|picked| names(picked, migration)) && !names(&input.choice.held_back, migration)
    };
    let script = |migration: &Migration| Script {
        name: migration.path.clone(),
        reading: (input.reading)(&migration.path).filter(|_| migration.language == Language::Sql),
    };
    let split = |wanted: bool| -> (Vec<usize>, Vec<Script>) {
        let chosen = pending.iter().enumerate().filter(|(_, migration)| runs(migration) == wanted);
        chosen.map(|(at, migration)| (at, script(migration))).unzip()
    };
    let ((passed_at, passed), (running_at, running)) = (split(false), split(true));
    let later = |a: usize, b: usize| passed_at[a] < running_at[b];
    let asked = picked.iter().flatten().chain(&input.choice.held_back);
    let unknown = asked.filter(|name| !pending.iter().any(|migration| is_named(migration, name))).cloned().collect();
    let base = before(deployment);
    Some(Selection { crossings: crossings(&base, &passed, &running, &later), passed, running, unknown })
}

/// The schema before the first pending script.
pub(super) fn before(deployment: &Deployment) -> Schema {
    let mut schema = Schema::new(deployment.begin().clone());
    for (at, played) in (0..).zip(deployment.scripts.iter().take_while(|played| played.turn.role == Role::Applied)) {
        let reading: Option<Arc<Reading>> = played.turn.reading.clone();
        schema.replay(&Script { name: played.turn.path.clone(), reading }, at);
    }
    schema.settle();
    schema
}

/// Every script that was not applied, in the order in which all would run.
fn pending<'a>(input: &Input<'a>) -> Vec<&'a Migration> {
    let all = &input.layout.migrations;
    let runs = |migration: &&Migration| matches!(migration.kind, Kind::Versioned | Kind::Repeatable);
    let mut found: Vec<&Migration> = if input.status.infos.is_empty() {
        all.iter().filter(runs).collect()
    } else {
        let waits = |state: State| matches!(state, State::Pending | State::Ignored | State::AboveTarget);
        let infos = input.status.infos.iter().filter(|info| info.row.is_none() && waits(info.state));
        infos.filter_map(|info| all.get(info.migration?)).filter(runs).collect()
    };
    found.sort_by(|one, other| {
        let by_kind = (one.kind == Kind::Repeatable).cmp(&(other.kind == Kind::Repeatable));
        by_kind.then_with(|| one.version.cmp(&other.version)).then_with(|| one.description.cmp(&other.description))
    });
    found
}

/// Whether somebody means a migration by its version, with or without the prefix, its description, or its name.
fn is_named(migration: &Migration, name: &str) -> bool {
    let bare = name.strip_prefix(['V', 'v']).unwrap_or(name);
    let by_version = migration.version.as_ref().is_some_and(|version| {
        Version::parse(name).or_else(|_| Version::parse(bare)).is_ok_and(|named| named == *version)
    });
    by_version
        || base_name(&migration.path) == name
        || migration.path == name
        || name.replace('_', " ") == migration.description
}
