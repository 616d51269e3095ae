//! What scripts need of each other, for a graph of them.

use std::sync::Arc;

use flightcheck_core::change::Reading;
use flightcheck_core::dependency::{Schema, Script as Played};
use flightcheck_core::project::{Checked, Project};
use flightcheck_core::report::DependencyReport;
use flightcheck_core::sql::{Dialect, Options, detect};
use serde::Deserialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::failure::Failure;
use crate::impact::Script;
use crate::options::parsed;
use crate::value::value;

/// Scripts in the order in which they run, and what was there before.
#[derive(Debug, Clone, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct DependenciesInput {
    /// The scripts, in the order in which they run.
    pub scripts: Vec<Script>,
    /// Whose SQL it is; without it the scripts are asked.
    #[serde(deserialize_with = "parsed")]
    pub dialect: Option<Dialect>,
    /// Texts that make the schema in which the first script begins. Without any it is empty.
    pub schema: Vec<String>,
    /// Whether the schema holds more than these texts make, so that what they do not make may be there all the same.
    pub open: bool,
}

/// What each script reads, makes, alters and removes, and what each is to those after it.
///
/// Throws where nothing tells whose SQL it is.
#[wasm_bindgen]
pub fn dependencies(input: &Ts<DependenciesInput>) -> Result<Ts<DependencyReport>, Failure> {
    let input = input.to_rust()?;
    let texts = input.scripts.iter().map(|script| &script.text).chain(&input.schema);
    let dialect = match input.dialect {
        Some(dialect) => dialect,
        None => match detect(texts.map(String::as_str)).dialect {
            Dialect::Generic => return Err(Failure::new("nothing tells whose SQL this is; say it with `dialect`")),
            dialect => dialect,
        },
    };
    let options = Options::new(dialect);
    let script = |name: String, text: String| Played { name, reading: Some(Arc::new(Reading::new(text, &options))) };
    let before: Vec<Played> = input.schema.into_iter().map(|text| script(String::new(), text)).collect();
    let scripts: Vec<Played> = input.scripts.into_iter().map(|own| script(own.name, own.text)).collect();
    let schema = Schema::of(&before, dialect, input.open);
    value(&DependencyReport::new(&schema, &scripts))
}

/// The same for scripts of a project, which knows where they begin.
pub(crate) fn of_project(project: &Project, checked: &Checked, paths: &[String]) -> DependencyReport {
    let mut schema = Schema::new(project.deployment(checked).begin().clone());
    let mut wanted: Vec<Played> = Vec::new();
    let mut scripts = project.scripts(checked).into_iter();
    for number in 0.. {
        let Some(script) = scripts.next() else { break };
        if !paths.contains(&script.name) {
            if wanted.is_empty() {
                schema.replay(&script, number);
            }
        } else if !scripts.as_slice().iter().any(|later| later.name == script.name) {
            // A repeatable script that will run again counts where it does.
            wanted.push(script);
        }
    }
    schema.settle();
    DependencyReport::new(&schema, &wanted)
}
