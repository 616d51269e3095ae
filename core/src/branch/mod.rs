//! What a branch changes against its base: the scripts that it adds, edits, renames and deletes, and the versions that the
//! base has taken meanwhile.
//!
//! Three sides are compared: the branch as it lies there, uncommitted files included; the last commit that it has in common
//! with its base; and the tip of the base. The first two say what the branch does, the last what it meets.

mod callbacks;
mod configuration;
mod kind;
mod order;
mod scripts;
mod side;

pub use callbacks::{CallbackChange, ChangedCallback};
pub use configuration::{Alteration, ChangedKey, Reinterpreted};
pub use kind::ChangeKind;
pub use order::{Late, refuses_late};
pub use scripts::{Deleted, Edited, Renamed, Repeatable, Taken};
pub use side::{Key, Script, Side};

use side::Scripted;

use std::collections::BTreeSet;

use crate::dependency;
use crate::version::Version;

/// What a branch changes.
#[derive(Debug, Clone, Default)]
pub struct Branch {
    /// How the base is called: `origin/main`.
    pub base: String,
    /// The paths of scripts that the base does not have, and those of the scripts that take them back.
    pub added: BTreeSet<String>,
    /// The paths of all files that the branch adds or changes: scripts, callbacks, configuration.
    pub changed: BTreeSet<String>,
    /// Merged scripts that the branch edits.
    pub edited: Vec<Edited>,
    /// Merged scripts that have another name on the branch.
    pub renamed: Vec<Renamed>,
    /// Merged scripts that the branch no longer has.
    pub deleted: Vec<Deleted>,
    /// Scripts of the branch with a version or a name that the base gave to another one.
    pub taken: Vec<Taken>,
    /// Scripts of the branch below the newest version of the base.
    pub late: Vec<Late>,
    /// Repeatable scripts that both sides changed.
    pub repeatables: Vec<Repeatable>,
    /// The scripts that only the base got since: what the branch's scripts meet when they are merged.
    pub meanwhile: Vec<dependency::Script>,
    /// Callbacks that the branch adds, edits or deletes.
    pub callbacks: Vec<ChangedCallback>,
    /// What a change of the configuration does to merged scripts.
    pub reinterpreted: Option<Reinterpreted>,
    /// Settings of the branch's own that name versions: `target`, `cherryPick`.
    pub retargeted: Vec<&'static str>,
    /// The versioned scripts of the branch, merged or not, by path.
    pub versioned: Vec<(String, Version)>,
    /// The versions that the base has.
    pub versions: BTreeSet<Version>,
}

impl Branch {
    /// Compares a branch with the last commit in common and with the tip of its base.
    #[must_use]
    pub fn new(base: &str, own: &Side<'_>, ancestor: &Side<'_>, tip: &Side<'_>) -> Self {
        let [now, before, merged] = [own, ancestor, tip].map(Scripted::new);
        let scripts = scripts::compare(&now, &before, &merged);
        let mut branch = Self { base: base.to_owned(), added: scripts.added, ..Self::default() };
        (branch.edited, branch.renamed, branch.deleted) = (scripts.edited, scripts.renamed, scripts.deleted);
        (branch.taken, branch.repeatables) = (scripts.taken, scripts.repeatables);
        branch.meanwhile = scripts.meanwhile;
        branch.versions = merged.versions();
        branch.versioned = now.versioned();
        branch.late = order::late(&now, &merged, &branch.added, &branch.taken);
        branch.callbacks = callbacks::changed(own, ancestor, tip);
        branch.reinterpreted = configuration::reinterpreted(own, ancestor, &scripts.altered);
        branch.retargeted = configuration::retargeted(own, ancestor);
        branch.added.extend(own.new_rollbacks(ancestor, tip));
        branch.changed = own.changed(ancestor, tip);
        branch.changed.extend(branch.added.iter().cloned());
        branch
    }

    /// Whether the branch adds a script.
    #[must_use]
    pub fn adds(&self, path: &str) -> bool {
        self.added.contains(path)
    }

    /// Whether a repeatable script is another one than the base's, so that it runs again.
    #[must_use]
    pub fn runs(&self, path: &str) -> bool {
        self.adds(path) || self.changed.contains(path)
    }
}
