//! What Flyway says: the state of each migration, `validate`, the plan, and where it would abort.

use serde::Serialize;

use super::{Place, Positions};
use crate::finding::Refusal;
use crate::layout::Kind;
use crate::project::{Checked, Project};
use crate::seal::to_hex;
use crate::status::{Described, Plan, State};

/// Where the history came from.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct History {
    /// Its shown name.
    pub name: String,
    /// The form that it came in.
    pub form: &'static str,
    /// How many rows it has; null where it says that there is no table.
    pub rows: Option<usize>,
    /// What it does not carry and therefore cannot be verified.
    pub gaps: Vec<String>,
}

/// One line of `info`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Migration {
    /// The version's display text; null for repeatables.
    pub version: Option<String>,
    /// The description.
    pub description: String,
    /// Flyway's name of the type.
    #[serde(rename = "type")]
    pub row_type: String,
    /// Flyway's name of the state.
    pub state: &'static str,
    /// The script as the history names it.
    pub script: String,
    /// The row's checksum, or the script's where there is no row.
    pub checksum: Option<i32>,
    /// The rank; null where there is no row.
    pub installed_rank: Option<i64>,
    /// Flyway's name of the category.
    pub category: &'static str,
    /// What the migration is for: `versioned`, `repeatable`, `baseline`, `undo`; null where there is no script.
    pub kind: Option<&'static str>,
    /// Path of the script; null where there is none.
    pub file: Option<String>,
    /// SHA-256 of the script's bytes.
    pub sha256: Option<String>,
    /// Path of the script that takes it back.
    pub undo: Option<String>,
    /// Why it has this state, in one sentence.
    pub why: String,
}

/// The outcome of `validate`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Validate {
    /// Whether it passes.
    pub ok: bool,
    /// What it finds.
    pub errors: Vec<ValidateError>,
}

/// One thing that `validate` finds.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ValidateError {
    /// The version; null for repeatables.
    pub version: Option<String>,
    /// The description.
    pub description: String,
    /// Flyway's code.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
}

/// A migration that the next run passes over.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Skipped {
    /// The script.
    pub script: String,
    /// Why.
    pub why: String,
}

/// The other answer where nobody said whether the schema is empty.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Alternative {
    /// The scripts that would be applied; null where `migrate` refuses.
    pub plan: Option<Vec<String>>,
    /// The baseline that would be written first.
    pub plan_baseline: Option<String>,
    /// The migrations that would be passed over, each with the reason.
    pub skipped: Vec<Skipped>,
    /// Why it refuses.
    pub refused: Option<Refused>,
}

/// A command that Flyway would abort.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Refused {
    /// `info`, `validate` or `migrate`.
    pub command: &'static str,
    /// Flyway's code; null where it crashes without one.
    pub code: Option<&'static str>,
    /// Why, in our words.
    pub message: String,
    /// Where the cause is; null where it is in no file.
    pub place: Option<Place>,
}

pub(super) fn history_of(checked: &Checked, name: Option<&str>) -> Option<History> {
    let snapshot = checked.snapshot.as_ref()?;
    Some(History {
        name: name.unwrap_or_default().to_owned(),
        form: snapshot.form.as_str(),
        rows: snapshot.rows.as_ref().map(Vec::len),
        gaps: snapshot.gaps.clone(),
    })
}

/// Flyway leaves undo scripts that could be run out of its JSON.
pub(super) fn migrations(checked: &Checked) -> Vec<Migration> {
    let shown = checked.status.infos.iter().filter(|info| info.state != State::Available);
    shown.map(|info| migration(checked, info)).collect()
}

fn migration(checked: &Checked, info: &Described) -> Migration {
    let layout = &checked.layout;
    let local = info.migration.map(|at| &layout.migrations[at]);
    let version = local.filter(|local| local.kind != Kind::Undo).and_then(|local| local.version.as_ref());
    Migration {
        version: info.version.clone(),
        description: info.description.clone(),
        row_type: info.kind.clone(),
        state: info.state.as_str(),
        script: info.script.clone(),
        checksum: info.checksum,
        installed_rank: info.installed_rank,
        category: info.category,
        kind: local.map(|local| local.kind.as_str()),
        file: local.map(|local| local.path.clone()),
        sha256: local.and_then(|local| local.sha256.as_ref()).map(to_hex),
        undo: version.and_then(|version| layout.rollback_of(version)).map(|undo| undo.path.clone()),
        why: info.why.clone(),
    }
}

pub(super) fn validate(checked: &Checked) -> Validate {
    let status = &checked.status;
    let error = |error: &crate::status::ValidationError| ValidateError {
        version: error.version.clone(),
        description: error.description.clone(),
        code: error.code,
        message: error.message.clone(),
    };
    Validate {
        ok: status.validate_refused.is_none() && status.errors.is_empty(),
        errors: status.errors.iter().map(error).collect(),
    }
}

pub(super) fn scripts(checked: &Checked, plan: &Plan) -> Vec<String> {
    plan.steps.iter().map(|step| checked.layout.migrations[*step].script.clone()).collect()
}

pub(super) fn skipped(checked: &Checked, plan: &Plan) -> Vec<Skipped> {
    let script = |at: usize| checked.layout.migrations[at].script.clone();
    plan.skipped.iter().map(|(at, why)| Skipped { script: script(*at), why: why.clone() }).collect()
}

pub(super) fn alternative(project: &Project, checked: &Checked, plan: &Plan) -> Option<Alternative> {
    let otherwise = plan.otherwise.as_deref()?;
    let other = otherwise.as_ref().ok();
    Some(Alternative {
        plan: other.map(|plan| scripts(checked, plan)),
        plan_baseline: other.and_then(|plan| plan.baseline.clone()),
        skipped: other.map_or_else(Vec::new, |plan| skipped(checked, plan)),
        refused: otherwise.as_ref().err().map(|refusal| refusing(project, "migrate", refusal)),
    })
}

pub(super) fn refused(project: &Project, checked: &Checked) -> Vec<Refused> {
    let status = &checked.status;
    let commands = [
        ("info", status.info_refused.as_ref()),
        ("validate", status.validate_refused.as_ref()),
        ("migrate", status.plan.as_ref().err()),
    ];
    commands.into_iter().filter_map(|(command, refusal)| Some(refusing(project, command, refusal?))).collect()
}

fn refusing(project: &Project, command: &'static str, refusal: &Refusal) -> Refused {
    let place = refusal.place.as_ref().map(|label| Positions::new(project).of(label));
    Refused { command, code: refusal.code, message: refusal.message.clone(), place }
}
