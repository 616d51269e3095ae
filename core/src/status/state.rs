//! The state of a migration: first match wins, as in Flyway's `MigrationInfoImpl` and its relatives.
//!
//! The order of the rules was checked against the `fixed`, `random` and `mixed` recordings (13.0.0).

use std::cmp::Ordering;

use crate::layout::{Kind, Language};
use crate::version::Version;

use super::context::{Context, Info};
use super::row_type::RowType;

/// A state, by Flyway's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Not applied yet; the next run applies it.
    Pending,
    /// Not applied and above the target.
    AboveTarget,
    /// Not applied and below the baseline.
    BelowBaseline,
    /// Not applied and as high as the baseline.
    BaselineIgnored,
    /// The baseline.
    Baseline,
    /// Not applied and never will be, as things stand.
    Ignored,
    /// Applied, but not found locally.
    MissingSuccess,
    /// Failed, and not found locally.
    MissingFailed,
    /// Applied.
    Success,
    /// Applied and then taken back.
    Undone,
    /// An undo script that can be run.
    Available,
    /// Failed.
    Failed,
    /// Applied after a higher version.
    OutOfOrder,
    /// Applied, and above every local version.
    FutureSuccess,
    /// Failed, and above every local version.
    FutureFailed,
    /// A repeatable that has changed since.
    Outdated,
    /// A repeatable that has been applied again since.
    Superseded,
    /// Marked as deleted by `repair`.
    Deleted,
}

impl State {
    /// The name that Flyway displays, and that patterns are compared with.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::AboveTarget => "Above Target",
            Self::BelowBaseline => "Below Baseline",
            Self::BaselineIgnored => "Ignored (Baseline)",
            Self::Baseline => "Baseline",
            Self::Ignored => "Ignored",
            Self::MissingSuccess => "Missing",
            Self::MissingFailed => "Failed (Missing)",
            Self::Success => "Success",
            Self::Undone => "Undone",
            Self::Available => "Available",
            Self::Failed => "Failed",
            Self::OutOfOrder => "Out of Order",
            Self::FutureSuccess => "Future",
            Self::FutureFailed => "Failed (Future)",
            Self::Outdated => "Outdated",
            Self::Superseded => "Superseded",
            Self::Deleted => "Deleted",
        }
    }

    /// Whether the migration failed.
    #[must_use]
    pub fn is_failed(self) -> bool {
        matches!(self, Self::MissingFailed | Self::Failed | Self::FutureFailed)
    }
}

/// The state of an info under the context's target.
pub(super) fn of(context: &Context<'_>, info: &Info) -> State {
    match info.row {
        Some(row) => applied(context, info, row),
        None => unapplied(context, info),
    }
}

fn applied(context: &Context<'_>, info: &Info, at: usize) -> State {
    let row = &context.rows[at];
    let success = row.row.success;
    let version = row.version.as_ref();
    let below_resolved = version.is_some_and(|version| version.compare(&context.last_resolved).is_lt());
    let latest = version.is_none() && context.latest_run.get(row.row.description.as_str()) == Some(&at);
    if row.undone {
        return State::Undone;
    }
    if row.deleted {
        return State::Deleted;
    }
    if row.kind.is_baseline_migration() {
        return match (success, info.migration) {
            (false, _) => State::Failed,
            (true, Some(_)) => State::Baseline,
            (true, None) if below_resolved => State::MissingSuccess,
            (true, None) => State::FutureSuccess,
        };
    }
    match row.kind {
        RowType::Delete => return State::Success,
        RowType::Baseline => return State::Baseline,
        _ => {}
    }
    let picked = context.is_picked(info);
    if info.migration.is_none() && (version.is_some() || latest) {
        return match (picked, row.kind, version.is_none() || below_resolved, success) {
            (false, ..) => State::Ignored,
            (true, RowType::Schema, ..) => State::Success,
            (true, _, true, true) => State::MissingSuccess,
            (true, _, true, false) => State::MissingFailed,
            (true, _, false, true) => State::FutureSuccess,
            (true, _, false, false) => State::FutureFailed,
        };
    }
    if !picked {
        return State::Ignored;
    }
    if !success {
        return State::Failed;
    }
    if row.kind == RowType::Schema {
        return State::Success;
    }
    if version.is_none() {
        let current = info.migration.is_some_and(|at| context.is_current(context.migration(at), row.row));
        return match (latest, current) {
            (true, true) => State::Success,
            (true, false) => State::Outdated,
            (false, _) => State::Superseded,
        };
    }
    if row.out_of_order { State::OutOfOrder } else { State::Success }
}

fn unapplied(context: &Context<'_>, info: &Info) -> State {
    let Some(migration) = info.migration.map(|at| context.migration(at)) else { return State::Pending };
    if migration.kind == Kind::Undo {
        return State::Available;
    }
    let state = before_adjustment(context, info, migration.version.as_ref());
    // Flyway resolves a baseline in a script file through a class that does not know of baselines.
    if migration.kind != Kind::Baseline || migration.language == Language::Script {
        return state;
    }
    let fresh = context.applied_baseline.is_none() && context.last_applied.is_empty();
    match state {
        State::Pending if !fresh => State::Ignored,
        State::BaselineIgnored if fresh && migration.version == context.pending_baseline => State::Pending,
        state => state,
    }
}

fn before_adjustment(context: &Context<'_>, info: &Info, version: Option<&Version>) -> State {
    if !context.is_picked(info) || context.is_switched_off(info) {
        return State::Ignored;
    }
    let Some(version) = version else { return State::Pending };
    if let Some(base) = context.base() {
        match version.compare(base) {
            Ordering::Less => return State::BelowBaseline,
            Ordering::Equal => return State::BaselineIgnored,
            Ordering::Greater => {}
        }
    }
    let above_target =
        context.target.as_ref().is_some_and(|target| !target.is_next() && version.compare(target).is_gt());
    if above_target {
        return State::AboveTarget;
    }
    if version.compare(&context.last_applied).is_lt() && !context.out_of_order {
        return State::Ignored;
    }
    State::Pending
}
