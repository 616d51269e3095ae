//! `validate`: for each line of `info` at most one error, first match wins.
//!
//! Codes and order are Flyway's (`MigrationInfoImpl.validate`, 13.0.0); the words are ours.

use crate::layout::Kind;
use crate::settings::IgnorePattern;

use super::context::{Context, Info};
use super::row_type::RowType;
use super::state::State;
use super::{Applied, ignored_everywhere};

/// One thing that validation objects to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationError {
    /// Position of the line in `info`.
    pub info: usize,
    /// The version's display text; `None` for repeatables.
    pub version: Option<String>,
    /// The description.
    pub description: String,
    /// Flyway's error code.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
}

/// The description that stands for none where a database cannot store an empty text.
pub(super) const NO_DESCRIPTION: &str = "<< no description >>";

/// The states that are excused for every kind of migration.
struct Excused {
    pending: bool,
    ignored: bool,
    missing: bool,
    future: bool,
}

/// Checks every line under the patterns, in the order of `info`.
#[must_use]
pub fn validate(context: &Context<'_>, patterns: &[IgnorePattern]) -> Vec<ValidationError> {
    let excused = Excused {
        pending: ignored_everywhere(patterns, State::Pending),
        ignored: context.input.settings.flyway.cherry_pick.is_some() || ignored_everywhere(patterns, State::Ignored),
        missing: ignored_everywhere(patterns, State::MissingSuccess),
        future: ignored_everywhere(patterns, State::FutureSuccess),
    };
    let mut errors = Vec::new();
    for (at, info) in context.infos.iter().enumerate() {
        let state = context.state(info);
        let versioned = context.version(info).is_some();
        if patterns.iter().any(|pattern| pattern.matches(versioned, state.as_str())) {
            continue;
        }
        if let Some((code, message)) = check(context, info, state, &excused) {
            errors.push(ValidationError {
                info: at,
                version: context.version(info).map(ToString::to_string),
                description: context.description(info).to_owned(),
                code,
                message,
            });
        }
    }
    errors
}

fn check(context: &Context<'_>, info: &Info, state: State, excused: &Excused) -> Option<(&'static str, String)> {
    let name = name(context, info);
    let versioned = context.version(info).is_some();
    let by_kind = |of_versioned, of_repeatable| if versioned { of_versioned } else { of_repeatable };
    if matches!(state, State::Undone | State::AboveTarget | State::Deleted) {
        return None;
    }
    if state.is_failed() && !(state == State::FutureFailed && excused.future) {
        let code = by_kind("FAILED_VERSIONED_MIGRATION", "FAILED_REPEATABLE_MIGRATION");
        return Some((code, format!("{name} failed: undo what it did by hand, then run repair")));
    }
    if !context.is_picked(info) {
        return None;
    }
    let kind = context.kind(info);
    let missing = matches!(state, State::MissingSuccess | State::MissingFailed);
    let future = matches!(state, State::FutureSuccess | State::FutureFailed);
    let unresolved = info.migration.is_none()
        && !kind.is_synthetic()
        && !kind.is_undo()
        && state != State::Superseded
        && !(excused.missing && missing)
        && !(excused.future && future);
    if unresolved {
        let code = by_kind("APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED", "APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED");
        return Some((code, format!("{name} was applied but is not among the local migrations")));
    }
    unapplied(context, info, state, excused, &name).or_else(|| compare(context, info, state, excused, &name))
}

fn unapplied(
    context: &Context<'_>,
    info: &Info,
    state: State,
    excused: &Excused,
    name: &str,
) -> Option<(&'static str, String)> {
    let code = if context.version(info).is_some() {
        "RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED"
    } else {
        "RESOLVED_REPEATABLE_MIGRATION_NOT_APPLIED"
    };
    match state {
        State::Ignored if !excused.ignored => {
            let kind = info.migration.map(|at| context.migration(at).kind);
            let exempt = matches!(kind, Some(Kind::Baseline | Kind::Undo));
            if exempt || context.is_switched_off(info) {
                return None;
            }
            Some((code, format!("{name} is not applied, and a higher version is: it would be skipped")))
        }
        State::Pending if !excused.pending => Some((code, format!("{name} is not applied yet"))),
        State::Outdated if !excused.pending => {
            Some(("OUTDATED_REPEATABLE_MIGRATION", format!("{name} has changed since it was applied")))
        }
        _ => None,
    }
}

fn compare(
    context: &Context<'_>,
    info: &Info,
    state: State,
    excused: &Excused,
    name: &str,
) -> Option<(&'static str, String)> {
    let (Some(migration), Some(Applied { row, kind, version, .. })) =
        (info.migration.map(|at| context.migration(at)), info.row.map(|at| &context.rows[at]))
    else {
        return None;
    };
    let covered = version.is_some() && context.applied_baseline.is_some() && *version <= context.applied_baseline;
    if *kind == RowType::Delete || kind.is_undo() || covered {
        return None;
    }
    let local = RowType::of(migration);
    if *kind != local {
        let message = format!("{name} was applied as {} and is {} now", kind.as_str(), local.as_str());
        return Some(("TYPE_MISMATCH", message));
    }
    let compared = version.is_some() || (excused.pending && !matches!(state, State::Outdated | State::Superseded));
    if compared && !migration.checksum.passes(row.checksum) {
        let text = |checksum: Option<i32>| checksum.map_or_else(|| "none".to_owned(), |value| value.to_string());
        let message = format!(
            "{name} was applied with checksum {} and has {} now",
            text(row.checksum),
            text(migration.checksum.stored)
        );
        return Some(("CHECKSUM_MISMATCH", message));
    }
    let same = if row.description == NO_DESCRIPTION {
        migration.description.is_empty()
    } else {
        abbreviate_description(&migration.description) == row.description
    };
    if !same {
        let message = format!("{name} was applied as `{}` and is `{}` now", row.description, migration.description);
        return Some(("DESCRIPTION_MISMATCH", message));
    }
    None
}

/// The part of a description that the history can hold: 200 UTF-16 units, the last three of a longer one dots.
pub(super) fn abbreviate_description(description: &str) -> String {
    let units: Vec<u16> = description.encode_utf16().collect();
    if units.len() <= 200 {
        return description.to_owned();
    }
    String::from_utf16_lossy(&units[..197]) + "..."
}

/// How a line is called in a message.
pub(super) fn name(context: &Context<'_>, info: &Info) -> String {
    match context.version(info) {
        Some(version) => format!("version {version}"),
        None => format!("repeatable `{}`", context.description(info)),
    }
}
