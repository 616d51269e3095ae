//! Scripts that are likely to run twice: hotfixes, which somebody runs by hand first, and undo scripts, which run in a hurry.

use crate::deployment::{Played, Role};
use crate::layout::base_name;
use crate::version::Version;

use super::{Facts, Rule};

/// A script that is likely to run twice.
#[derive(Clone, Copy)]
pub(super) struct Rerun<'a> {
    /// The script.
    pub(super) played: &'a Played,
    /// Why it may, in words; nothing where all scripts are asked to be repeatable.
    pub(super) why: Option<&'static str>,
}

impl Rerun<'_> {
    /// The end of a help text.
    pub(super) fn note(&self) -> String {
        self.why.map_or_else(String::new, |why| format!("; it is asked of this script because {why}"))
    }
}

impl<'a> Facts<'a> {
    /// The scripts that have to stand a second run, as a rule asks: where its tier is on all that would run, and always
    /// hotfixes and the undo scripts of what would run.
    pub(super) fn reruns(&self, rule: &'static Rule) -> impl Iterator<Item = Rerun<'a>> {
        let facts = *self;
        let pending = self.deployment.pending().filter_map(move |played| {
            let asked = facts.asks_for(rule, &played.turn.path);
            let why = facts.hotfix(&played.turn.path);
            (asked || why.is_some()).then_some(Rerun { played, why: why.filter(|_| !asked) })
        });
        let undos = self.deployment.undos.iter().filter(|undone| undone.of.turn.role == Role::Pending);
        let undo = move |played: &'a Played| {
            let why = (!facts.asks_for(rule, &played.turn.path)).then_some("it is an undo script");
            Rerun { played, why }
        };
        pending.chain(undos.map(move |undone| undo(&undone.script)))
    }

    /// Why a script is taken for a hotfix: its name says so, it runs after newer ones, or its version was put in between two
    /// others.
    fn hotfix(&self, path: &str) -> Option<&'static str> {
        let name = base_name(path).to_ascii_lowercase().replace(['_', '-', ' '], "");
        if name.contains("hotfix") {
            return Some("its name says that it is a hotfix");
        }
        let versioned = self.versioned();
        let at = versioned.iter().position(|(migration, ..)| migration.path == path)?;
        let (_, version, _) = versioned[at];
        if self.last_applied().is_some_and(|(applied, _)| *version < applied) {
            return Some("it runs after newer ones, as a hotfix does");
        }
        let parts = |at: usize| versioned.get(at).map(|(_, version, _)| parts(version));
        let (before, own, after) = (parts(at.checked_sub(1)?)?, parts(at)?, parts(at + 1)?);
        (own > before && own > after).then_some("its version was put in between two others, as that of a hotfix is")
    }
}

/// How many parts a version has: `2.1` has two.
fn parts(version: &Version) -> usize {
    version.as_str().split('.').count()
}
