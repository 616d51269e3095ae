//! Migrations × history × settings → the state of each, the tool's own verdict, and the plan of the next run.

mod applied;
mod cause;
mod context;
mod explain;
mod plan;
mod row_type;
mod simulate;
mod state;
mod validate;

pub use applied::Applied;
pub use cause::{Cause, cause, difference};
pub use context::{Context, Info, Input};
pub use plan::{Plan, plan};
pub use row_type::RowType;
pub use simulate::{Command, simulate};
pub use state::State;
pub use validate::{ValidationError, validate};

use crate::finding::Refusal;
use crate::settings::IgnorePattern;

/// Everything the tool would say about a project, computed once.
#[derive(Debug, Clone)]
pub struct Status {
    /// The migrations in the tool's own order; empty where it refuses.
    pub infos: Vec<Described>,
    /// The highest applied version as the tool reports it.
    pub schema_version: Option<String>,
    /// Why `info` aborts.
    pub info_refused: Option<Refusal>,
    /// Why `validate` aborts before it has looked at a migration.
    pub validate_refused: Option<Refusal>,
    /// What `validate` finds.
    pub errors: Vec<ValidationError>,
    /// What `migrate` finds when it validates first, with what is pending excused; empty where it does not validate.
    pub migrate_errors: Vec<ValidationError>,
    /// What `migrate` would do, or why it refuses.
    pub plan: Result<Plan, Refusal>,
}

/// One line of `info`: a row of the history, a migration, or both.
#[derive(Debug, Clone)]
pub struct Described {
    /// Position in the layout's migrations, where the line has a local migration.
    pub migration: Option<usize>,
    /// Position in the history's rows, where the line has a row.
    pub row: Option<usize>,
    /// The version's display text.
    pub version: Option<String>,
    /// The description.
    pub description: String,
    /// The type as the tool names it.
    pub kind: String,
    /// The category as the tool names it.
    pub category: &'static str,
    /// The script.
    pub script: String,
    /// The row's checksum, or the local one where there is no row.
    pub checksum: Option<i32>,
    /// The rank in the history.
    pub installed_rank: Option<i64>,
    /// The state.
    pub state: State,
    /// Why it has this state, in one sentence.
    pub why: String,
}

/// Computes everything. A refusal of `info` leaves the rest refused for the same reason.
#[must_use]
pub fn status(input: &Input<'_>) -> Status {
    let context = match Context::new(input) {
        Ok(context) => context,
        Err(refusal) => return refused(refusal),
    };
    let infos = context.infos.iter().map(|info| explain::describe(&context, info)).collect();
    let (validate_refused, errors, migrate_errors) = match &input.settings.flyway.ignore_patterns {
        Ok(patterns) => (None, validate(&context, patterns), plan::validate_first(&context, patterns)),
        Err(refusal) => (Some(refusal.clone()), Vec::new(), Vec::new()),
    };
    Status {
        infos,
        schema_version: context.schema_version(),
        info_refused: None,
        validate_refused,
        errors,
        migrate_errors,
        plan: plan(input, &context),
    }
}

fn refused(refusal: Refusal) -> Status {
    Status {
        info_refused: Some(refusal.clone()),
        validate_refused: Some(refusal.clone()),
        plan: Err(refusal),
        infos: Vec::new(),
        schema_version: None,
        errors: Vec::new(),
        migrate_errors: Vec::new(),
    }
}

/// Whether the patterns together excuse a state of versioned and of repeatable migrations alike.
fn ignored_everywhere(patterns: &[IgnorePattern], state: State) -> bool {
    [true, false].into_iter().all(|versioned| patterns.iter().any(|pattern| pattern.matches(versioned, state.as_str())))
}
