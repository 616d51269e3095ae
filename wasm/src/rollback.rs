//! Taking migrations back: drafted undo scripts, and what undoing would do.

use flightcheck_core::project::{Checked, Project};
use flightcheck_core::report::{DraftReport, UndoPlan};

use crate::failure::Failure;

/// The undo script of a migration.
pub(crate) fn draft(project: &Project, checked: &Checked, migration: &str) -> Result<DraftReport, Failure> {
    let draft = project
        .draft_undo(checked, migration)
        .map_err(|problem| Failure::new(format!("{}; {}", problem.message, problem.help)))?;
    Ok(DraftReport::new(&draft, false))
}

/// What takes the applied migrations back to a version.
pub(crate) fn plan(project: &Project, checked: &Checked, version: &str) -> Result<UndoPlan, Failure> {
    UndoPlan::new(project, checked, version)
        .ok_or_else(|| Failure::new(format!("there is no migration of version `{version}`")))
}
