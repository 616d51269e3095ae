//! The history as it would be after a command.

use flightcheck_core::history::to_json;
use flightcheck_core::project::{Checked, Project};
use flightcheck_core::status::{Command, simulate};
use flightcheck_core::version::Version;
use serde::Deserialize;
use tsify::Tsify;

use crate::failure::Failure;

/// A command whose outcome can be told beforehand.
#[derive(Debug, Clone, Copy, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Simulated {
    /// Applies what is pending; every migration is assumed to succeed.
    Migrate,
    /// Removes failed rows, marks missing ones as deleted, aligns checksums.
    Repair,
    /// Writes the baseline row.
    Baseline,
    /// Takes back applied migrations.
    Undo,
}

/// The snapshot afterwards. `to` is, for undo, the version that stays applied.
pub(crate) fn history_after(
    project: &Project,
    checked: &Checked,
    command: Simulated,
    to: Option<&str>,
) -> Result<String, Failure> {
    let version = |text: &str| {
        Version::parse(text).map_err(|_| Failure::new(format!("`{text}` is no version; give one such as 4.2")))
    };
    let command = match command {
        Simulated::Migrate => Command::Migrate,
        Simulated::Repair => Command::Repair,
        Simulated::Baseline => Command::Baseline,
        Simulated::Undo => Command::Undo(to.map(version).transpose()?),
    };
    let rows = simulate(&project.input(&checked.layout, checked.snapshot.as_ref()), &command).map_err(|refusal| {
        let code = refusal.code.map_or_else(String::new, |code| format!(" [{code}]"));
        Failure::new(format!("{} refuses{code}: {}", command.name(), refusal.message))
    })?;
    Ok(to_json(rows.as_deref()))
}
