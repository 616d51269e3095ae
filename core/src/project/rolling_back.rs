//! What takes each migration of a project back.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::deployment::Deployment;
use crate::layout::Kind;
use crate::layout::plain::Direction;
use crate::rollback::Rollback;

use super::{Checked, Project};

impl Project {
    /// Every versioned migration with what takes it back, and how well.
    pub fn rollback(&self, checked: &Checked) -> Arc<Rollback> {
        self.rollback_of(&self.deployment(checked), checked)
    }

    pub(super) fn rollback_of(&self, deployment: &Arc<Deployment>, checked: &Checked) -> Arc<Rollback> {
        let known = self.rolled_back.borrow().clone();
        if let Some((_, rollback)) = known.filter(|(of, _)| same(of, deployment)) {
            return rollback;
        }
        let versions = self.versions(checked);
        let version = |path: &str| versions.get(path).cloned();
        let rollback = Arc::new(Rollback::new(deployment, &version, &self.settings.flyway.table));
        *self.rolled_back.borrow_mut() = Some((Arc::clone(deployment), Arc::clone(&rollback)));
        rollback
    }

    /// The versioned migrations by their paths, each with its version.
    fn versions(&self, checked: &Checked) -> BTreeMap<String, String> {
        if let Some(found) = self.other_tool() {
            let up = found
                .scripts
                .iter()
                .filter(|script| script.sections.iter().any(|section| section.direction == Direction::Up));
            return up.map(|script| (script.path.clone(), script.version.clone())).collect();
        }
        let versioned = checked.layout.migrations.iter().filter(|migration| migration.kind == Kind::Versioned);
        versioned
            .filter_map(|migration| Some((migration.path.clone(), migration.version.as_ref()?.to_string())))
            .collect()
    }
}

/// Whether two deployments are the same replay.
fn same(one: &Arc<Deployment>, two: &Arc<Deployment>) -> bool {
    let scripts = one.scripts.len() == two.scripts.len()
        && one.scripts.iter().zip(&two.scripts).all(|(one, two)| Arc::ptr_eq(one, two));
    let undos =
        one.undos.len() == two.undos.len() && one.undos.iter().zip(&two.undos).all(|(one, two)| Arc::ptr_eq(one, two));
    scripts && undos && one.server == two.server
}
