//! A project compared with the base of its branch.

use std::sync::Arc;

use crate::branch::{Branch, Side};
use crate::change::Reading;
use crate::layout::Layout;
use crate::layout::plain::Direction;
use crate::sql::Dialect;

use super::{Base, Project};

impl Project {
    /// Sets the base that the project is compared with; without one, everything is reported.
    pub fn set_base(&mut self, base: Option<Base>) {
        self.base = base.map(Arc::new);
    }

    /// What is changed against the base.
    pub(super) fn branch(&self, layout: &Layout) -> Option<Branch> {
        let base = self.base.as_deref()?;
        let (ancestor, tip) = (base.ancestor.layout(), base.tip.layout());
        let compare = |own: &Side<'_>| {
            base.ancestor.with_side(&ancestor, self, |ancestor| {
                base.tip.with_side(&tip, self, |tip| Branch::new(&base.name, own, ancestor, tip))
            })
        };
        let mut branch = self.with_side(layout, self, compare);
        for script in &mut branch.meanwhile {
            script.reading = base.tip.leading_up(&script.name, self.dialect().dialect);
        }
        Some(branch)
    }

    /// The part of a script that leads to the newer schema.
    fn leading_up(&self, path: &str, dialect: Dialect) -> Option<Arc<Reading>> {
        let Some(found) = self.other_tool() else { return self.read(path, dialect).map(Arc::new) };
        let script = found.scripts.iter().find(|script| script.path == path)?;
        let up = script.sections.iter().find(|section| section.direction == Direction::Up)?;
        Some(Arc::new(Reading::part(&self.text(path)?, up.span, &self.options(dialect))))
    }

    /// Asks about this side, its scripts read in the dialect of the branch.
    fn with_side<T>(&self, layout: &Layout, branch: &Self, ask: impl FnOnce(&Side<'_>) -> T) -> T {
        let found = self.other_tool();
        let configuration: Vec<(&str, &str)> = self.configuration_files().collect();
        let text = |path: &str| Some(self.text(path)?.into_owned());
        let reading = |path: &str| -> Option<Arc<Reading>> { self.read(path, branch.dialect().dialect).map(Arc::new) };
        ask(&Side {
            tool: self.tool(),
            settings: self.settings(),
            configuration: &configuration,
            files: self.files(),
            layout,
            other: found.as_deref(),
            text: &text,
            reading: &reading,
        })
    }
}
