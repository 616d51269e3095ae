//! What takes each migration of a project back.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::deployment::Deployment;
use crate::layout::plain::{self, Direction, Place};
use crate::layout::{self, Kind, base_name, folder_of};
use crate::rollback::{Draft, Request, Rollback, draft};
use crate::settings::nearest;
use crate::version::Version;

use super::{Checked, Project};

impl Project {
    /// Every versioned migration with what takes it back, and how well.
    pub fn rollback(&self, checked: &Checked) -> Arc<Rollback> {
        self.rollback_of(&self.deployment(checked), checked)
    }

    pub(crate) fn rollback_of(&self, deployment: &Arc<Deployment>, checked: &Checked) -> Arc<Rollback> {
        let known = self.rolled_back.borrow().clone().filter(|(of, _)| of.server == deployment.server);
        if let Some((_, rollback)) = known.as_ref().filter(|(of, _)| same(of, deployment)) {
            return Arc::clone(rollback);
        }
        let versions = self.versions(checked);
        let version = |path: &str| versions.get(path).cloned();
        let before = known.as_ref().map(|(_, rollback)| rollback.as_ref());
        let rollback = Arc::new(Rollback::new(deployment, &version, &self.settings.flyway.table, before));
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
    scripts && undos
}

/// Why there is no draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoDraft {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Project {
    /// Writes the undo script of a migration, named by its version (`V7`, `7`), its file or its path.
    ///
    /// # Errors
    ///
    /// There is no such migration, it would not run, or its content is unknown.
    pub fn draft_undo(&self, checked: &Checked, wanted: &str) -> Result<Draft, NoDraft> {
        let versions = self.versions(checked);
        let Some((path, version)) = self.named(&versions, wanted) else {
            let near = nearest(wanted, versions.keys().map(|path| base_name(path)));
            let help = near.map_or_else(
                || "name it by its version or its file, such as V7 or V7__name.sql".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(NoDraft { message: format!("there is no migration `{wanted}`"), help });
        };
        let deployment = self.deployment(checked);
        let dialect = self.dialect().dialect;
        let by_hand = matches!(self.kind_of_undo(checked), Some((_, true)));
        let request = Request {
            deployment: &deployment,
            script: path,
            version,
            place: self.place_of_undo(checked, path),
            history: &self.settings.flyway.table,
            options: &self.options(dialect),
            by_hand,
        };
        draft(request).ok_or_else(|| NoDraft {
            message: format!("what `{path}` does is not known"),
            help: "it has to be SQL, and among what was applied or would be".to_owned(),
        })
    }

    fn named<'a>(&self, versions: &'a BTreeMap<String, String>, wanted: &str) -> Option<(&'a str, &'a str)> {
        let prefix = &self.settings.flyway.versioned_prefix;
        let bare = wanted.strip_prefix(prefix.as_str()).or_else(|| wanted.strip_prefix(['V', 'v'])).unwrap_or(wanted);
        let parsed = Version::parse(bare).ok();
        let is = |path: &str, version: &str| {
            path == wanted
                || base_name(path) == wanted
                || version == wanted
                || version == bare
                || parsed.is_some() && Version::parse(version).ok() == parsed
        };
        let mut found = versions.iter().filter(|(path, version)| is(path, version));
        found.next().map(|(path, version)| (path.as_str(), version.as_str()))
    }

    /// An undo script of the project, and whether it is run by hand.
    fn kind_of_undo<'a>(&self, checked: &'a Checked) -> Option<(&'a layout::Rollback, bool)> {
        let last = checked.layout.rollbacks.last()?;
        Some((last, base_name(&last.path).starts_with(&self.settings.flightcheck.rollback_prefix)))
    }

    /// Where the undo script of a migration belongs, as the project does it.
    fn place_of_undo(&self, checked: &Checked, path: &str) -> Place {
        if let Some(found) = self.other_tool() {
            return plain::place_of_undo(found.tool, path, &found.scripts);
        }
        let version = checked.layout.migrations.iter().find(|migration| migration.path == path);
        let version = version.and_then(|migration| migration.version.as_ref());
        if let Some(there) = version.and_then(|version| checked.layout.rollback_of(version)) {
            return Place::File { path: there.path.clone() };
        }
        let flyway = &self.settings.flyway;
        let rest = base_name(path).strip_prefix(flyway.versioned_prefix.as_str()).unwrap_or_else(|| base_name(path));
        let (mut folder, mut prefix) = (folder_of(path), &flyway.undo_prefix);
        if let Some((other, by_hand)) = self.kind_of_undo(checked) {
            let beside =
                checked.layout.migrations.iter().any(|migration| folder_of(&migration.path) == folder_of(&other.path));
            if !beside {
                folder = folder_of(&other.path);
            }
            if by_hand {
                prefix = &self.settings.flightcheck.rollback_prefix;
            }
        }
        let name = format!("{prefix}{rest}");
        Place::File { path: if folder.is_empty() { name } else { format!("{folder}/{name}") } }
    }
}
