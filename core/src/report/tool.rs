//! Which tool the scripts were read for.

use serde::Serialize;

use crate::layout::plain;
use crate::project::Project;

/// The tool that the scripts are for.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// The folder of its migrations; null for Flyway, whose are in `locations`.
    pub folder: Option<String>,
    /// What gave it away; null for Flyway.
    pub evidence: Option<String>,
    /// Folders that look like migrations too, and were not read.
    pub others: Vec<String>,
    /// Scripts whose bytes are no UTF-8, and were not read.
    pub unreadable: Vec<String>,
}

impl Tool {
    /// The tool of a project.
    pub(super) fn new(project: &Project) -> Self {
        let found = project.other_tool();
        let found = found.as_deref();
        Self {
            name: found.map_or(plain::Tool::Flyway, |found| found.tool).as_str(),
            folder: found.map(|found| found.folder.clone()),
            evidence: found.map(|found| found.evidence.clone()),
            others: found.map_or_else(Vec::new, |found| found.others.clone()),
            unreadable: found.map_or_else(Vec::new, |found| found.unreadable.clone()),
        }
    }

    /// Whether it is Flyway, so that states, plan and history mean something.
    #[must_use]
    pub fn is_flyway(&self) -> bool {
        self.folder.is_none()
    }
}
