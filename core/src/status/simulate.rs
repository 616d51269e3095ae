//! The history as it would be after a command.
//!
//! What Flyway writes was recorded (`effects`, 13.0.0); what `undo` writes is only documented.

use crate::finding::Refusal;
use crate::history::Row;
use crate::layout::{Kind, Layout, Migration};
use crate::settings::{Edition, Flyway};
use crate::version::Version;

use super::context::{Context, Input};
use super::plan::plan;
use super::row_type::RowType;
use super::state::State;
use super::validate::abbreviate_description;

/// A command that changes the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Applies what is pending; every migration is assumed to succeed.
    Migrate,
    /// Removes failed rows, marks missing ones as deleted, aligns checksums.
    Repair,
    /// Writes the baseline row.
    Baseline,
    /// Takes back applied migrations, down to but not including the version, or one step.
    Undo(Option<Version>),
}

impl Command {
    /// The command's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Migrate => "migrate",
            Self::Repair => "repair",
            Self::Baseline => "baseline",
            Self::Undo(_) => "undo",
        }
    }
}

/// The rows afterwards, `None` without a table, or why the command refuses.
pub fn simulate(input: &Input<'_>, command: &Command) -> Result<Option<Vec<Row>>, Refusal> {
    match command {
        Command::Migrate => migrate(input).map(Some),
        Command::Repair => repair(input),
        Command::Baseline => baseline(input).map(Some),
        Command::Undo(target) => undo(input, target.as_ref()).map(Some),
    }
}

fn migrate(input: &Input<'_>) -> Result<Vec<Row>, Refusal> {
    let context = Context::new(input)?;
    let plan = plan(input, &context)?;
    let mut rows = input.rows.unwrap_or_default().to_vec();
    if plan.baseline.is_some() {
        rows.push(baseline_row(&input.settings.flyway));
    }
    for (rank, step) in (next_rank(&rows)..).zip(plan.steps) {
        rows.push(row_for(&input.layout.migrations[step], rank));
    }
    Ok(rows)
}

fn repair(input: &Input<'_>) -> Result<Option<Vec<Row>>, Refusal> {
    let Some(rows) = input.rows else { return Ok(None) };
    let patterns = input.settings.flyway.ignore_patterns.clone()?;
    Context::for_repair(input)?;
    let kept: Vec<Row> = rows.iter().filter(|row| row.success).cloned().collect();
    let input = Input { rows: Some(&kept), ..*input };
    let context = Context::for_repair(&input)?;
    let mut repaired = kept.clone();
    for info in &context.infos {
        let Some(at) = info.row else { continue };
        let kind = context.rows[at].kind;
        let state = context.state(info);
        let gone =
            matches!(state, State::MissingSuccess | State::MissingFailed | State::FutureSuccess | State::FutureFailed);
        let versioned = context.version(info).is_some();
        let excused = patterns.iter().any(|pattern| pattern.matches(versioned, state.as_str()));
        if gone && !excused && !kind.is_synthetic() && !kind.is_undo() {
            let row = &kept[at];
            repaired.push(Row {
                installed_rank: next_rank(&repaired),
                kind: RowType::Delete.as_str().into(),
                installed_on: None,
                execution_time: Some(0),
                ..row.clone()
            });
        }
        if let Some(migration) = info.migration.map(|at| context.migration(at)) {
            align(&mut repaired[at], migration, kind, state);
        }
    }
    Ok(Some(repaired))
}

/// Gives a row what its migration says now, where `repair` would.
fn align(row: &mut Row, migration: &Migration, kind: RowType, state: State) {
    if kind.is_synthetic() || matches!(state, State::Undone | State::Ignored) {
        return;
    }
    let differs = if migration.version.is_some() {
        !migration.checksum.is_current(row.checksum)
            || row.description != migration.description
            || row.kind != RowType::of(migration).as_str()
    } else {
        row.checksum != migration.checksum.stored && migration.checksum.is_current(row.checksum)
    };
    if differs && migration.checksum.unknowable.is_none() {
        row.description = abbreviate_description(&migration.description);
        row.kind = RowType::of(migration).as_str().into();
        row.checksum = migration.checksum.stored;
    }
}

fn baseline(input: &Input<'_>) -> Result<Vec<Row>, Refusal> {
    let flyway = &input.settings.flyway;
    if let Some(refusal) = input.settings.refusals().chain(&input.layout.refusals).next() {
        return Err(refusal.clone());
    }
    let Some(rows) = input.rows else { return Ok(vec![baseline_row(flyway)]) };
    let kind = |row: &Row| RowType::parse(&row.kind, flyway.edition);
    for row in rows {
        kind(row)?;
    }
    // Flyway looks for its marker in the first two rows only: the schema marker may stand before it.
    if let Some(marker) = rows.iter().take(2).find(|row| kind(row) == Ok(RowType::Baseline)) {
        let same_version = marker.version.as_deref().and_then(|version| Version::parse(version).ok()).as_ref()
            == Some(&flyway.baseline_version);
        if same_version && marker.description == flyway.baseline_description {
            return Ok(rows.to_vec());
        }
        let version = marker.version.as_deref().unwrap_or_default();
        let message = format!("the history already has the baseline {version} ({})", marker.description);
        return Err(Refusal::new("ERROR", message));
    }
    let schema_marker = rows.iter().any(|row| kind(row) == Ok(RowType::Schema));
    let only_markers = rows.iter().all(|row| kind(row).is_ok_and(RowType::is_synthetic));
    let message = match rows {
        [] => "the history table exists and is empty: drop it, then run baseline",
        _ if schema_marker && Version::parse("0") == Ok(flyway.baseline_version.clone()) => {
            "version 0 stands for the creation of the schema: choose another baselineVersion"
        }
        _ if schema_marker && only_markers => {
            let mut rows = rows.to_vec();
            let rank = next_rank(&rows);
            rows.push(Row { installed_rank: rank, ..baseline_row(flyway) });
            return Ok(rows);
        }
        _ => "the history already contains migrations",
    };
    Err(Refusal::new("ERROR", message))
}

fn undo(input: &Input<'_>, target: Option<&Version>) -> Result<Vec<Row>, Refusal> {
    if input.settings.flyway.edition != Edition::Redgate {
        return Err(Refusal::new(
            "ERROR",
            "undo needs a Redgate edition; use `--edition redgate` to follow its documentation",
        ));
    }
    let context = Context::new(input)?;
    let mut rows = input.rows.unwrap_or_default().to_vec();
    let mut applied: Vec<&Version> = context
        .rows
        .iter()
        .filter(|row| {
            let live = !row.undone && !row.deleted && row.row.success;
            live && !row.kind.is_synthetic() && !row.kind.is_undo() && !row.kind.is_baseline()
        })
        .filter_map(|row| row.version.as_ref())
        .collect();
    applied.sort();
    applied.dedup();
    let steps = applied.into_iter().rev().take_while(|version| target.is_none_or(|target| *version > target));
    for version in steps.take(if target.is_some() { usize::MAX } else { 1 }) {
        let script = undo_script(input.layout, version)
            .ok_or_else(|| Refusal::new("ERROR", format!("version {version} has no undo script")))?;
        let rank = next_rank(&rows);
        rows.push(row_for(script, rank));
    }
    Ok(rows)
}

fn undo_script<'a>(layout: &'a Layout, version: &Version) -> Option<&'a Migration> {
    let of_version = |migration: &&Migration| migration.version.as_ref() == Some(version);
    layout.migrations.iter().filter(of_version).find(|migration| migration.kind == Kind::Undo)
}

/// The row that a successful migration leaves.
pub(super) fn row_for(migration: &Migration, rank: i64) -> Row {
    Row {
        installed_rank: rank,
        version: migration.version.as_ref().map(ToString::to_string),
        description: abbreviate_description(&migration.description),
        kind: RowType::of(migration).as_str().into(),
        script: abbreviate_script(&migration.script),
        checksum: migration.checksum.stored,
        installed_on: None,
        execution_time: Some(0),
        success: true,
    }
}

/// The row that `baseline` leaves in a new table.
pub(super) fn baseline_row(flyway: &Flyway) -> Row {
    Row {
        installed_rank: 1,
        version: Some(flyway.baseline_version.to_string()),
        description: abbreviate_description(&flyway.baseline_description),
        kind: RowType::Baseline.as_str().into(),
        script: abbreviate_script(&flyway.baseline_description),
        checksum: None,
        installed_on: None,
        execution_time: Some(0),
        success: true,
    }
}

/// One more than the highest rank.
pub(super) fn next_rank(rows: &[Row]) -> i64 {
    rows.iter().map(|row| row.installed_rank).max().map_or(1, |rank| rank + 1)
}

/// The part of a script's name that the history can hold: the first 1,000 UTF-16 units, the first three replaced.
fn abbreviate_script(script: &str) -> String {
    let units: Vec<u16> = script.encode_utf16().collect();
    if units.len() <= 1000 {
        return script.to_owned();
    }
    "...".to_owned() + &String::from_utf16_lossy(&units[3..1000])
}
