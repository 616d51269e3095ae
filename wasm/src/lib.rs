//! The JavaScript face of flightcheck: named texts in, reports out. Nothing is read, nothing is sent, nothing is kept but
//! what the caller holds.

mod content;
mod dependencies;
mod failure;
mod formats;
mod impact;
mod listing;
mod loading;
mod options;
mod panic;
mod project;
mod rollback;
mod rules;
mod simulation;
mod value;

pub use dependencies::{DependenciesInput, dependencies};
pub use formats::{FormatDescription, formats};
pub use impact::{ImpactInput, Script, Transaction, impact};
pub use listing::listed_projects;
pub use options::Options;
pub use panic::{provoke_panic, reset};
pub use project::Project;
pub use rules::{RuleDescription, rules};
pub use simulation::Simulated;

use flightcheck_core::report::Report;
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

use content::Contents;
use failure::Failure;

/// Runs once for each instance.
#[wasm_bindgen(start, skip_typescript)]
fn start() {
    panic::throw_panics();
}

/// The version of flightcheck.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Checks files by their paths, as `flightcheck check` does a folder that holds them.
///
/// Throws where the options, the history or the seal cannot be worked with. What is wrong with scripts and configuration
/// is in the report.
#[wasm_bindgen]
pub fn check(files: &Contents, options: Option<Ts<Options>>) -> Result<Ts<Report>, Failure> {
    let mut project = Project::new(options)?;
    for (path, content) in content::entries(files)? {
        project.set(path, content);
    }
    project.report()
}
