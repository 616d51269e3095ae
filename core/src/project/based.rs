//! What a project is compared with: the base of its branch, and environments.

use crate::environment::{Environment, Parts};
use crate::repository::Repository;
use crate::rules::{Compares, Group, RULES};

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

    /// What is changed against the base: nothing, as there is none.
    #[cfg(not(feature = "bases"))]
    pub(super) fn branch(&self, _: &crate::layout::Layout) -> Option<crate::branch::Branch> {
        None
    }
}
