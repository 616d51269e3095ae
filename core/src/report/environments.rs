//! The environments side by side.

use serde::Serialize;

use crate::environment::{self, Environment, Key};

/// The environments side by side.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Environments {
    /// Each with what the next run would do, in the order in which they were given.
    pub environments: Vec<ReportedEnvironment>,
    /// Each migration with its state everywhere, versions first.
    pub migrations: Vec<Promoted>,
    /// Where they have drifted apart.
    pub drift: Vec<ReportedDrift>,
}

/// An environment, and what the next run would do in it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ReportedEnvironment {
    /// Its name.
    pub name: String,
    /// The name of its history, or of the base that stands for one.
    pub history: String,
    /// The locations of its scripts.
    pub locations: Vec<String>,
    /// Its target, where one is set.
    pub target: Option<String>,
    /// The highest version that it has applied.
    pub schema_version: Option<String>,
    /// The scripts that the next `migrate` would apply, in order; null where it refuses.
    pub would_run: Option<Vec<String>>,
    /// Why it refuses.
    pub refused: Option<String>,
}

/// A migration in all environments.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Promoted {
    /// The version's display text; null for repeatables.
    pub version: Option<String>,
    /// The description, of the first environment that knows it.
    pub description: String,
    /// Whether environments ran it with different checksums.
    pub checksums_differ: bool,
    /// Its state in each environment, in their order; null where it is neither in the history nor among the scripts.
    pub states: Vec<Option<EnvironmentState>>,
}

/// The state of a migration in an environment.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct EnvironmentState {
    /// The environment.
    pub environment: String,
    /// Flyway's name of the state.
    pub state: &'static str,
    /// The script as the history names it.
    pub script: String,
    /// Path of the script; null where there is none.
    pub file: Option<String>,
    /// The row's checksum, or the script's where there is no row.
    pub checksum: Option<i32>,
    /// The rank; null where there is no row.
    pub installed_rank: Option<i64>,
}

/// A place where environments have drifted apart.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ReportedDrift {
    /// `checksum`: one version ran with different texts. `hole`: one environment has gone past a version that another has
    /// run. `refused`: Flyway refuses to go on there.
    pub kind: &'static str,
    /// The version's display text; null for repeatables.
    pub version: Option<String>,
    /// The description.
    pub description: String,
    /// Path of the script; null where there is none.
    pub file: Option<String>,
    /// The environments that it is about.
    pub environments: Vec<String>,
    /// What is wrong, in one sentence.
    pub message: String,
}

impl Environments {
    /// Side by side; `None` where there are fewer than two.
    pub(super) fn new(environments: &[Environment]) -> Option<Self> {
        if environments.len() < 2 {
            return None;
        }
        let one = |environment: &Environment| ReportedEnvironment {
            name: environment.name.clone(),
            history: environment.source.clone(),
            locations: environment.locations.clone(),
            target: environment.target.clone(),
            schema_version: environment.schema_version.clone(),
            would_run: environment.would_run.as_ref().ok().cloned(),
            refused: environment.would_run.as_ref().err().cloned(),
        };
        let drift = environment::drift(environments).into_iter().map(|drift| ReportedDrift {
            kind: drift.kind.as_str(),
            version: drift.version,
            description: drift.description,
            file: drift.file,
            environments: drift.environments,
            message: drift.message,
        });
        Some(Self {
            environments: environments.iter().map(one).collect(),
            migrations: environment::keys(environments).iter().map(|key| promoted(environments, key)).collect(),
            drift: drift.collect(),
        })
    }
}

fn promoted(environments: &[Environment], key: &Key) -> Promoted {
    let state = |environment: &Environment| {
        let line = environment.line(key)?;
        Some(EnvironmentState {
            environment: environment.name.clone(),
            state: line.state.as_str(),
            script: line.script.clone(),
            file: line.file.clone(),
            checksum: line.checksum,
            installed_rank: line.installed_rank,
        })
    };
    let first = environments.iter().find_map(|environment| environment.line(key));
    Promoted {
        version: first.and_then(|line| line.version.clone()),
        description: first.map(|line| line.description.clone()).unwrap_or_default(),
        checksums_differ: environment::checksums_differ(environments, key),
        states: environments.iter().map(state).collect(),
    }
}
