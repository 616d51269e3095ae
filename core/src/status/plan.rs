//! What the next `migrate` would do, or why it would refuse.

use crate::finding::Refusal;
use crate::history::Row;
use crate::layout::Kind;
use crate::settings::IgnorePattern;

use super::context::{Context, Input};
use super::state::State;
use super::validate::{ValidationError, name, validate};
use super::{RowType, ignored_everywhere, simulate};

/// The next run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The version that `baselineOnMigrate` writes first.
    pub baseline: Option<String>,
    /// Positions of the migrations to apply, in order.
    pub steps: Vec<usize>,
    /// The migrations that are not applied, each with the reason in one sentence.
    pub skipped: Vec<(usize, String)>,
    /// What would be done instead if the schema turned out not to be empty: nobody said whether it is.
    pub otherwise: Option<Box<Result<Plan, Refusal>>>,
}

/// The plan for a context without refusals.
pub fn plan(input: &Input<'_>, context: &Context<'_>) -> Result<Plan, Refusal> {
    let mut plan = plan_assuming(input, context, input.schema_empty.unwrap_or(true))?;
    if input.schema_empty.is_none() && input.rows.is_none() {
        plan.otherwise = Some(Box::new(plan_assuming(input, context, false)));
    }
    Ok(plan)
}

fn plan_assuming(input: &Input<'_>, context: &Context<'_>, schema_empty: bool) -> Result<Plan, Refusal> {
    check_validation(context)?;
    if input.rows.is_some() || schema_empty {
        return steps(input, context);
    }
    let flyway = &input.settings.flyway;
    if !flyway.baseline_on_migrate {
        let message = "the schema is not empty and has no history table: run baseline first, or set baselineOnMigrate";
        return Err(Refusal::new("NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE", message));
    }
    let rows = [simulate::baseline_row(flyway)];
    let baselined = Input { rows: Some(&rows), ..*input };
    let context = Context::new(&baselined)?;
    let mut plan = steps(&baselined, &context)?;
    plan.baseline = Some(flyway.baseline_version.to_string());
    Ok(plan)
}

/// What `migrate` finds when it validates first; it excuses what is pending.
pub(super) fn validate_first(context: &Context<'_>, patterns: &[IgnorePattern]) -> Vec<ValidationError> {
    if !context.input.settings.flyway.validate_on_migrate {
        return Vec::new();
    }
    validate(context, &[patterns, &[IgnorePattern::any_pending()]].concat())
}

fn check_validation(context: &Context<'_>) -> Result<(), Refusal> {
    let flyway = &context.input.settings.flyway;
    if !flyway.validate_on_migrate {
        return Ok(());
    }
    let errors = validate_first(context, flyway.ignore_patterns.as_ref().map_err(Clone::clone)?);
    let Some(first) = errors.first() else { return Ok(()) };
    let more = match errors.len() {
        1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    };
    Err(Refusal::new("VALIDATE_ERROR", format!("validation fails: {}{more}", first.message)))
}

/// A failed row stops `migrate` even without validation, unless it is one of the future that is excused.
fn check_failed(context: &Context<'_>) -> Result<(), Refusal> {
    let failed: Vec<_> = context.infos.iter().filter(|info| context.state(info).is_failed()).collect();
    let Some(first) = failed.first() else { return Ok(()) };
    let patterns: &[IgnorePattern] = context.input.settings.flyway.ignore_patterns.as_deref().unwrap_or_default();
    let excused = failed.len() == 1
        && context.state(first) == State::FutureFailed
        && ignored_everywhere(patterns, State::FutureSuccess);
    if excused {
        return Ok(());
    }
    Err(Refusal::new("ERROR", format!("the history holds a failed migration: {}", name(context, first))))
}

fn steps(input: &Input<'_>, context: &Context<'_>) -> Result<Plan, Refusal> {
    check_failed(context)?;
    let pending = |context: &Context<'_>| -> Vec<usize> {
        let states = context.infos.iter().filter(|info| context.state(info) == State::Pending);
        states.filter_map(|info| info.migration).collect()
    };
    let mut steps = pending(context);
    let flyway = &input.settings.flyway;
    if flyway.target.version.is_next() && !flyway.group {
        steps.truncate(1);
    } else if !flyway.group && starts_with_baseline(input, &steps) {
        // Flyway looks again after each migration; only a baseline migration changes what it then sees.
        let mut rows: Vec<Row> = input.rows.unwrap_or_default().to_vec();
        rows.push(simulate::row_for(&input.layout.migrations[steps[0]], simulate::next_rank(&rows)));
        let after = Input { rows: Some(&rows), ..*input };
        steps.truncate(1);
        steps.extend(pending(&Context::new(&after)?).into_iter().filter(|step| *step != steps[0]).collect::<Vec<_>>());
    }
    // Flyway replaces placeholders when a script's turn comes, so the scripts before it would have been applied.
    if let Some(refusal) = steps.iter().find_map(|step| input.layout.migrations[*step].unreplaceable.clone()) {
        return Err(Refusal { code: Some("ERROR"), ..refusal });
    }
    let skipped = skipped(context, &steps);
    Ok(Plan { baseline: None, steps, skipped, otherwise: None })
}

fn starts_with_baseline(input: &Input<'_>, steps: &[usize]) -> bool {
    steps.first().is_some_and(|first| input.layout.migrations[*first].kind == Kind::Baseline)
}

fn skipped(context: &Context<'_>, steps: &[usize]) -> Vec<(usize, String)> {
    let unapplied = context.infos.iter().filter(|info| info.row.is_none());
    unapplied
        .filter(|info| !context.kind(info).is_undo() || context.kind(info) == RowType::UndoScript)
        .filter_map(|info| {
            let migration = info.migration.filter(|at| !steps.contains(at))?;
            Some((migration, super::explain::why(context, info, context.state(info))))
        })
        .collect()
}
