//! The public data model of what flightcheck says: versioned, documented in `docs/json.md`, the same for every face.

mod compared;
mod coverage;
mod dependency;
mod environments;
mod finding;
mod flyway;
mod impact;
mod positions;
mod schema;
mod rollback;
mod script;
mod suppressed;
mod tool;
mod undo;

pub use compared::Compared;
pub use coverage::{Counts, Missed, RuleOff, RulesRun, Sql, Unread};
pub use dependency::{
    DependencyReport, EqualReport, MergeReport, Named, NamedObject, ObjectDifference, ReleasePrefix, ScriptPair,
    ScriptSet, TouchedObjects,
};
pub use environments::{EnvironmentState, Environments, Promoted, ReportedDrift, ReportedEnvironment};
pub use finding::{Place, ReportedEdit, ReportedFinding, ReportedFix, ReportedLabel};
pub use flyway::{Alternative, History, Migration, Refused, Skipped, Validate, ValidateError};
pub use impact::{ImpactReport, ImpactTotals, Lock, Session, StatementImpact};
pub use rollback::{Rollback, RollbackCoverage, RollbackEffect, RollbackShare, ScriptRollback};
pub use schema::{Fact, Schema, SchemaChange, SchemaDifference, SchemaObject, SchemaPart};
pub use script::{ScriptImpact, ScriptLock, ScriptStatement};
pub use suppressed::{Suppressed, SuppressedBy};
pub use tool::Tool;
pub use undo::{DraftReport, UndoPlan, UndoStep};

use positions::Positions;
use serde::Serialize;
use suppressed::Split;

use crate::project::{Checked, Judged, Project};
use crate::ratchet::Recorded;
use crate::settings::{Edition, Scheme};

/// The version of this data model; it grows by one when a field changes its meaning or goes away.
pub const FORMAT: u32 = 1;

/// Everything that there is to say about a project.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Report {
    /// The version of this data model.
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
    /// What the branch changes against its base; null where none was given.
    pub base: Option<Compared>,
    /// The environments side by side; null where fewer than two were given.
    pub environments: Option<Environments>,
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
    /// Which rules ran; null but for `check`.
    pub rules: Option<RulesRun>,
    /// What each script that would run does, in their order; null but for `check`.
    pub scripts: Option<Vec<ScriptImpact>>,
    /// What rules found; null but for `check`.
    pub findings: Option<Vec<ReportedFinding>>,
    /// What takes each migration back, and how well that is proved; null but for `check`.
    pub rollback: Option<Rollback>,
    /// What was found and does not count, because it is ignored or recorded; null but for `check`.
    pub suppressed: Option<Vec<Suppressed>>,
    /// Where only some of the pending scripts run: each that is passed over, against each that comes later and runs; null
    /// where all run.
    pub pairs: Option<Vec<ScriptPair>>,
    /// After which of the pending scripts the previous version of the application can still run; null but for
    /// `check --prefixes`.
    pub prefixes: Option<Vec<ReleasePrefix>>,
    /// What the ratchet has recorded and is found no more; null where rules were not asked.
    pub gone: Option<Vec<Recorded>>,
}

/// The JSON schema of a report, from its types.
#[cfg(feature = "schema")]
#[must_use]
pub fn schema() -> serde_json::Value {
    let mut settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.inline_subschemas = false;
    let mut schema = settings.into_generator().into_root_schema_for::<Report>();
    schema.insert("title".to_owned(), "What flightcheck reports".into());
    schema.to_value()
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
            history: flyway::history_of(checked, history),
            base: Compared::new(checked),
            environments: Environments::new(project.environments()),
            schema_version: status.schema_version.clone(),
            migrations: flyway::migrations(checked),
            validate: flyway::validate(checked),
            plan: plan.map(|plan| flyway::scripts(checked, plan)),
            plan_baseline: plan.and_then(|plan| plan.baseline.clone()),
            skipped: plan.map_or_else(Vec::new, |plan| flyway::skipped(checked, plan)),
            if_schema_not_empty: plan.and_then(|plan| flyway::alternative(project, checked, plan)),
            refused: flyway::refused(project, checked),
            checked: Counts::new(project, checked),
            sql: None,
            rules: None,
            scripts: None,
            findings: None,
            rollback: None,
            suppressed: None,
            pairs: None,
            prefixes: None,
            gone: None,
        }
    }

    /// Adds what rules found, what each script would do, and how much was understood.
    #[must_use]
    pub fn with_findings(self, project: &Project, checked: &Checked) -> Self {
        self.with_judged(project, checked, &project.judged(checked))
    }

    /// The same of findings that are known.
    #[must_use]
    pub fn with_judged(mut self, project: &Project, checked: &Checked, judged: &Judged) -> Self {
        let deployment = project.deployment(checked);
        self.sql = Some(Sql::new(project, checked));
        self.rules = Some(RulesRun::new(project));
        self.scripts = Some(ScriptImpact::all(&deployment));
        let split = Split::new(project, judged);
        self.rollback = Some(Rollback::new(&project.rollback_of(&deployment, checked), &split.findings));
        self.findings = Some(split.findings);
        self.suppressed = Some(split.suppressed);
        self.gone = Some(split.gone);
        self.pairs = dependency::pairs(&deployment);
        if let Some(base) = &mut self.base {
            base.elsewhere = Some(split.elsewhere);
        }
        self
    }

    /// Adds after which of the pending scripts the previous version of the application can still run.
    #[must_use]
    pub fn with_prefixes(mut self, project: &Project, checked: &Checked) -> Self {
        self.prefixes = Some(dependency::prefixes_of(&project.deployment(checked)));
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
