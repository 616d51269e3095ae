//! What a project is compared with: the base of its branch, and environments.

use std::sync::Arc;

use crate::branch::{Branch, Side};
use crate::change::Reading;
use crate::environment::{Environment, Parts};
use crate::layout::Layout;
use crate::layout::plain::Direction;
use crate::repository::Repository;
use crate::rules::{Compares, Group, RULES};
use crate::sql::Dialect;

use super::{Checked, Project};

/// The base of a branch: its files and configuration, as projects of their own.
#[derive(Debug, Clone)]
pub struct Base {
    /// How it is called: `origin/main`.
    pub name: String,
    /// The last commit that branch and base have in common.
    pub ancestor: Project,
    /// The tip of the base.
    pub tip: Project,
}

impl Project {
    /// Sets the base that the project is compared with; without one, everything is reported.
    pub fn set_base(&mut self, base: Option<Base>) {
        self.base = base.map(Arc::new);
    }

    /// Sets the environments, the project's own first.
    pub fn set_environments(&mut self, environments: Vec<Environment>) {
        self.environments = environments;
    }

    /// The environments, where several were given.
    #[must_use]
    pub fn environments(&self) -> &[Environment] {
        &self.environments
    }

    /// Says what the repository around the project says of its files.
    pub fn set_repository(&mut self, repository: Option<Repository>) {
        self.repository = repository;
    }

    /// Whether some rule asks what a repository says of its files.
    #[must_use]
    pub fn asks_for_repository(&self) -> bool {
        let mut hygiene = RULES.iter().filter(|rule| rule.group == Group::Hygiene);
        hygiene.any(|rule| rule.off(&self.settings, self.tool(), self.compares()).is_none())
    }

    /// The project as an environment; `source` names its history.
    pub fn environment(&self, name: &str, source: &str, checked: &Checked) -> Environment {
        Environment::new(Parts {
            name,
            source,
            settings: self.settings(),
            layout: &checked.layout,
            snapshot: checked.snapshot.as_ref(),
            status: &checked.status,
        })
    }

    /// What the project is compared with.
    #[must_use]
    pub fn compares(&self) -> Compares {
        Compares { base: self.base.is_some(), environments: self.environments.len() > 1 }
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
