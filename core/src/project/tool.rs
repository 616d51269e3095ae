//! Which tool a project's scripts are for: Flyway, unless they look like another's and nothing speaks for Flyway.

use std::sync::Arc;

use crate::layout::Layout;
use crate::layout::flyway::resolve;
use crate::layout::plain::{Found, Tool, find};
use crate::settings::Source;

use super::Project;

impl Project {
    /// What was found of a tool other than Flyway; `None` where the project is Flyway's: it has a configuration or a
    /// history of Flyway, or scripts with Flyway's names.
    pub fn other_tool(&self) -> Option<Arc<Found>> {
        self.found.get_or_init(|| self.find_other_tool().map(Arc::new)).clone()
    }

    /// The tool.
    pub fn tool(&self) -> Tool {
        self.other_tool().map_or(Tool::Flyway, |found| found.tool)
    }

    fn find_other_tool(&self) -> Option<Found> {
        let is_file = |source: &Source| matches!(source, Source::Conf { .. } | Source::Toml { .. });
        let of_flyway = self.history.is_some()
            || self.settings.flyway.locations.is_some()
            || self.configuration.sources.iter().any(is_file);
        let told = self.settings.flightcheck.tool;
        let guessed_flyway = told.is_none() && of_flyway;
        if guessed_flyway { None } else { find(&self.files, self.settings.flightcheck.dialect, told) }
    }

    /// Everything that Flyway finds.
    pub(super) fn layout(&self) -> Layout {
        match self.other_tool() {
            Some(found) => self.layout_of(&found),
            None => resolve(self.settings(), &self.places(), self.files()),
        }
    }

    /// The layout as Flyway sees it where another tool's scripts lie: nothing is Flyway's.
    fn layout_of(&self, found: &Found) -> Layout {
        Layout { locations: vec![found.folder.clone()], files_seen: self.files.len(), ..Layout::default() }
    }
}
