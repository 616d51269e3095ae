//! The public data model of what flightcheck says: versioned, documented in `docs/json.md`, the same for every face.

mod impact;
mod positions;
mod sql;
mod suppressed;
mod tool;

pub use impact::{ImpactReport, ImpactTotals, Lock, Session, StatementImpact};
pub use sql::Sql;
pub use suppressed::{Suppressed, SuppressedBy};
pub use tool::Tool;

use positions::Positions;
use serde::Serialize;
use suppressed::Split;

use crate::finding::{Fix, Refusal, Severity};
use crate::layout::Kind;
use crate::project::{Checked, Project};
use crate::ratchet::Recorded;
use crate::seal::to_hex;
use crate::settings::{Edition, Scheme};
use crate::status::{Described, Plan, State};
use crate::text::Span;

/// The version of this data model; it grows by one when a field changes its meaning or goes away.
pub const FORMAT: u32 = 1;

/// Everything that there is to say about a project.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// [`FORMAT`].
    pub format: u32,
    /// The version of flightcheck.
    pub flightcheck: &'static str,
    /// The tool that the scripts are for.
    pub tool: Tool,
    /// Which build of Flyway was followed.
    pub edition: Edition,
    /// Which of the projects it is that `flightcheck.toml` lists: its folder as seen from that file; null where it
    /// lists none.
    pub project: Option<String>,
    /// The environment of `flightcheck.toml` in force.
    pub environment: Option<String>,
    /// The configuration files that were read, flightcheck's own first, then lower precedence first.
    pub configuration: Vec<String>,
    /// The locations that migrations were taken from.
    pub locations: Vec<String>,
    /// Those of them that do not exist on this machine.
    pub locations_missing: Vec<String>,
    /// Whether the locations were configured; otherwise they were taken because they are usual.
    pub locations_configured: bool,
    /// The history, where one was given.
    pub history: Option<History>,
    /// The highest applied version.
    pub schema_version: Option<String>,
    /// The lines of `info`, in Flyway's own order.
    pub migrations: Vec<Migration>,
    /// The outcome of `validate`.
    pub validate: Validate,
    /// The scripts that the next `migrate` would apply, in order; null where it refuses.
    pub plan: Option<Vec<String>>,
    /// The baseline that `migrate` would write first.
    pub plan_baseline: Option<String>,
    /// The migrations that the next run passes over, each with the reason.
    pub skipped: Vec<Skipped>,
    /// What `migrate` would do if the schema turned out not to be empty; null where that is known, or makes no difference.
    pub if_schema_not_empty: Option<Alternative>,
    /// Where Flyway would abort, at most once for each command.
    pub refused: Vec<Refused>,
    /// What was looked at.
    pub checked: Counts,
    /// How much of the SQL was understood; null but for `check`.
    pub sql: Option<Sql>,
    /// What rules found; null where they were not asked.
    pub findings: Option<Vec<ReportedFinding>>,
    /// What was found and does not count, because it is ignored or recorded; null where rules were not asked.
    pub suppressed: Option<Vec<Suppressed>>,
    /// What the ratchet has recorded and is found no more; null where rules were not asked.
    pub gone: Option<Vec<Recorded>>,
}

/// Where the history came from.
#[derive(Debug, Clone, Serialize)]
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
pub struct Validate {
    /// Whether it passes.
    pub ok: bool,
    /// What it finds.
    pub errors: Vec<ValidateError>,
}

/// One thing that `validate` finds.
#[derive(Debug, Clone, Serialize)]
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
pub struct Skipped {
    /// The script.
    pub script: String,
    /// Why.
    pub why: String,
}

/// The other answer where nobody said whether the schema is empty.
#[derive(Debug, Clone, Serialize)]
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

/// What was looked at.
#[derive(Debug, Clone, Serialize)]
pub struct Counts {
    /// Files in the locations, migrations or not.
    pub files: usize,
    /// Migrations.
    pub migrations: usize,
    /// Callbacks.
    pub callbacks: usize,
    /// Undo scripts and rollbacks.
    pub undo: usize,
}

/// A finding with its places in lines and columns.
#[derive(Debug, Clone, Serialize)]
pub struct ReportedFinding {
    /// The rule.
    pub rule: &'static str,
    /// What the rule is about.
    pub group: &'static str,
    /// The severity.
    pub severity: Severity,
    /// A name that stays when lines move, statements are renumbered, or other parts of the file change.
    pub fingerprint: String,
    /// One line that names the object.
    pub message: String,
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// Other places that belong to the story.
    pub labels: Vec<ReportedLabel>,
    /// What to do; empty where there is nothing to do.
    pub help: String,
    /// Ways to silence it.
    pub fixes: Vec<Fix>,
}

/// A related place.
#[derive(Debug, Clone, Serialize)]
pub struct ReportedLabel {
    /// The place.
    #[serde(flatten)]
    pub place: Place,
    /// What there is to say about it.
    pub message: String,
}

/// A place in a file.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    /// Path of the file.
    pub file: String,
    /// Line, from 1; null where the file as a whole is meant.
    pub line: Option<usize>,
    /// Column in UTF-16 units, from 1.
    pub column: Option<usize>,
    /// Byte offsets in the decoded text.
    pub span: Option<Span>,
}

impl Report {
    /// The report of a check. `history` is the snapshot's shown name.
    #[must_use]
    pub fn new(project: &Project, checked: &Checked, history: Option<&str>) -> Self {
        let status = &checked.status;
        let plan = status.plan.as_ref().ok();
        Self {
            format: FORMAT,
            flightcheck: env!("CARGO_PKG_VERSION"),
            tool: Tool::new(project),
            edition: project.settings().flyway.edition,
            project: listed(project),
            environment: project.settings().flightcheck.environment.clone(),
            configuration: project.configuration_files().map(|(name, _)| name.to_owned()).collect(),
            locations: checked.layout.locations.clone(),
            locations_missing: missing(checked),
            locations_configured: checked.places.configured,
            history: history_of(checked, history),
            schema_version: status.schema_version.clone(),
            migrations: migrations(checked),
            validate: validate(checked),
            plan: plan.map(|plan| scripts(checked, plan)),
            plan_baseline: plan.and_then(|plan| plan.baseline.clone()),
            skipped: plan.map_or_else(Vec::new, |plan| skipped(checked, plan)),
            if_schema_not_empty: plan.and_then(|plan| alternative(project, checked, plan)),
            refused: refused(project, checked),
            checked: tool::counts(project, checked),
            sql: None,
            findings: None,
            suppressed: None,
            gone: None,
        }
    }

    /// Adds what rules found, and how much of the SQL was understood.
    #[must_use]
    pub fn with_findings(mut self, project: &Project, checked: &Checked) -> Self {
        self.sql = Some(Sql::new(project, checked));
        let mut positions = Positions::new(project);
        let split = Split::new(project.judged(checked), &mut positions);
        self.findings = Some(split.findings);
        self.suppressed = Some(split.suppressed);
        self.gone = Some(split.gone);
        self
    }
}

/// The project's folder, if its file lists it.
fn listed(project: &Project) -> Option<String> {
    let own = &project.settings().flightcheck;
    own.projects.iter().any(|(folder, _)| *folder == own.folder).then(|| own.folder.clone())
}

fn missing(checked: &Checked) -> Vec<String> {
    let here = checked.places.missing.iter().filter(|location| location.scheme != Scheme::Remote);
    here.map(|location| location.descriptor.clone()).collect()
}

fn history_of(checked: &Checked, name: Option<&str>) -> Option<History> {
    let snapshot = checked.snapshot.as_ref()?;
    Some(History {
        name: name.unwrap_or_default().to_owned(),
        form: snapshot.form.as_str(),
        rows: snapshot.rows.as_ref().map(Vec::len),
        gaps: snapshot.gaps.clone(),
    })
}

/// Flyway leaves undo scripts that could be run out of its JSON.
fn migrations(checked: &Checked) -> Vec<Migration> {
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

fn validate(checked: &Checked) -> Validate {
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

fn scripts(checked: &Checked, plan: &Plan) -> Vec<String> {
    plan.steps.iter().map(|step| checked.layout.migrations[*step].script.clone()).collect()
}

fn skipped(checked: &Checked, plan: &Plan) -> Vec<Skipped> {
    let script = |at: usize| checked.layout.migrations[at].script.clone();
    plan.skipped.iter().map(|(at, why)| Skipped { script: script(*at), why: why.clone() }).collect()
}

fn alternative(project: &Project, checked: &Checked, plan: &Plan) -> Option<Alternative> {
    let otherwise = plan.otherwise.as_deref()?;
    let other = otherwise.as_ref().ok();
    Some(Alternative {
        plan: other.map(|plan| scripts(checked, plan)),
        plan_baseline: other.and_then(|plan| plan.baseline.clone()),
        skipped: other.map_or_else(Vec::new, |plan| skipped(checked, plan)),
        refused: otherwise.as_ref().err().map(|refusal| refusing(project, "migrate", refusal)),
    })
}

fn refused(project: &Project, checked: &Checked) -> Vec<Refused> {
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
