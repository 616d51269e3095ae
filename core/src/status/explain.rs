//! Why a migration has its state, in one sentence.

use crate::layout::Kind;

use super::Described;
use super::context::{Context, Info};
use super::row_type::RowType;
use super::state::State;

/// The line as it is reported.
pub(super) fn describe(context: &Context<'_>, info: &Info) -> Described {
    let state = context.state(info);
    let kind = context.kind(info);
    let row = info.row.map(|at| &context.rows[at]);
    let migration = info.migration.map(|at| context.migration(at));
    let script = match (row, migration) {
        (Some(row), _) => row.row.script.clone(),
        (None, Some(migration)) => migration.script.clone(),
        (None, None) => String::new(),
    };
    Described {
        migration: info.migration,
        row: info.row,
        version: context.version(info).map(ToString::to_string),
        description: context.description(info).to_owned(),
        kind: kind.as_str().to_owned(),
        category: category(context, info, kind),
        script,
        checksum: match row {
            Some(row) => row.row.checksum,
            None => migration.and_then(|migration| migration.checksum.stored),
        },
        installed_rank: row.map(|row| row.row.installed_rank),
        state,
        why: why(context, info, state),
    }
}

fn category(context: &Context<'_>, info: &Info, kind: RowType) -> &'static str {
    if kind.is_synthetic() {
        ""
    } else if context.version(info).is_none() {
        "Repeatable"
    } else if kind.is_undo() {
        "Undo"
    } else if kind.is_baseline() {
        "Baseline"
    } else {
        "Versioned"
    }
}

/// The sentence.
pub(super) fn why(context: &Context<'_>, info: &Info, state: State) -> String {
    match state {
        State::Pending => pending(context, info),
        State::AboveTarget => match context.target.as_ref().filter(|target| !target.is_empty()) {
            Some(target) => format!("it is above the target {target}"),
            None => "it is above the target: nothing is applied yet".into(),
        },
        State::BelowBaseline => format!("it is below the baseline {}, which stands for it", base(context)),
        State::BaselineIgnored => format!("the baseline {} stands for it", base(context)),
        State::Baseline => "everything up to here counts as applied".into(),
        State::Ignored => ignored(context, info),
        State::MissingSuccess => "it was applied, but its script is not among the local migrations".into(),
        State::MissingFailed => "it failed, and its script is not among the local migrations".into(),
        State::Success if context.kind(info) == RowType::Delete => "repair has marked a migration as deleted".into(),
        State::Success => success(context, info),
        State::Undone => "a later row takes it back (as documented)".into(),
        State::Available => "it can take back an applied migration (as documented)".into(),
        State::Failed => "it failed: undo what it did by hand, then run repair".into(),
        State::OutOfOrder => "it was applied after a higher version".into(),
        State::FutureSuccess => "it was applied, and it is above every local version".into(),
        State::FutureFailed => "it failed, and it is above every local version".into(),
        State::Outdated => "its script has changed since; the next run applies it again".into(),
        State::Superseded => "it has been applied again since".into(),
        State::Deleted => "repair has marked it as deleted".into(),
    }
}

fn base(context: &Context<'_>) -> String {
    context.base().map(ToString::to_string).unwrap_or_default()
}

fn pending(context: &Context<'_>, info: &Info) -> String {
    match (context.version(info), info.migration.map(|at| context.migration(at))) {
        (_, Some(migration)) if migration.kind == Kind::Baseline => {
            "nothing is applied yet, so it stands for every version up to its own".into()
        }
        (Some(version), _) if *version < context.last_applied => {
            format!("it is below the applied {}, but outOfOrder is on", context.last_applied)
        }
        (Some(_), _) => "it is not applied yet".into(),
        (None, Some(migration)) if context.latest_run.contains_key(migration.description.as_str()) => {
            "its checksum differs from the one that was applied last".into()
        }
        (None, _) => "it has never been applied".into(),
    }
}

fn ignored(context: &Context<'_>, info: &Info) -> String {
    if !context.is_picked(info) {
        return "cherryPick does not name it (as documented)".into();
    }
    if context.is_switched_off(info) {
        return "its shouldExecute is false (as documented)".into();
    }
    let Some(migration) = info.migration.map(|at| context.migration(at)) else {
        return "it is not considered".into();
    };
    match &migration.version {
        _ if migration.kind == Kind::Baseline => {
            "a baseline migration only runs on an empty history, and something is applied".into()
        }
        Some(version) => {
            let other = context.rows.iter().find(|row| row.version.as_ref() == Some(version) && !row.deleted);
            match other {
                Some(row) => format!(
                    "version {version} was applied as {}, so this {} is another migration, below the applied {}",
                    row.kind.as_str(),
                    RowType::of(migration).as_str(),
                    context.last_applied
                ),
                None => format!("it is below the applied {}, and outOfOrder is off", context.last_applied),
            }
        }
        None => "it is not considered".into(),
    }
}

fn success(context: &Context<'_>, info: &Info) -> String {
    let unknowable = info.migration.and_then(|at| context.migration(at).checksum.unknowable.as_ref());
    match unknowable {
        Some(name) => format!(
            "it was applied; whether it has changed cannot be decided without a connection, because of `{name}`"
        ),
        None => "it was applied".into(),
    }
}
