//! Scripts that are likely to run twice: hotfixes, which somebody runs by hand first, and undo scripts, which run in a hurry.

use std::collections::BTreeMap;

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
        let hotfixes = self.hotfixes();
        let pending = self.deployment.pending().filter_map(move |played| {
            let path = played.turn.path.as_str();
            let asked = facts.asks_for(rule, path);
            let why = named_hotfix(path).or_else(|| hotfixes.get(path).copied());
            (asked || why.is_some()).then_some(Rerun { played, why: why.filter(|_| !asked) })
        });
        let undos = self.deployment.undos.iter().filter(|undone| undone.of.turn.role == Role::Pending);
        let undo = move |played: &'a Played| {
            let why = (!facts.asks_for(rule, &played.turn.path)).then_some("it is an undo script");
            Rerun { played, why }
        };
        pending.chain(undos.map(move |undone| undo(&undone.script)))
    }

    /// The scripts that their versions make hotfixes, with the reason: they run after newer ones, or were put in between two
    /// others.
    fn hotfixes(&self) -> BTreeMap<&'a str, &'static str> {
        let versioned = self.versioned();
        let applied = self.last_applied().map(|(applied, _)| applied);
        let parts = |at: usize| versioned.get(at).map(|(_, version, _)| parts(version));
        let put_between = |at: usize| {
            let before = at.checked_sub(1).and_then(parts);
            before.zip(parts(at)).zip(parts(at + 1)).is_some_and(|((before, own), after)| own > before && own > after)
        };
        let mut hotfixes = BTreeMap::new();
        for (at, (migration, version, _)) in versioned.iter().enumerate() {
            if applied.as_ref().is_some_and(|applied| *version < applied) {
                hotfixes.insert(migration.path.as_str(), "it runs after newer ones, as a hotfix does");
            } else if put_between(at) {
                let why = "its version was put in between two others, as that of a hotfix is";
                hotfixes.insert(migration.path.as_str(), why);
            }
        }
        hotfixes
    }
}

/// Whether a script's name says that it is a hotfix, as a reason.
fn named_hotfix(path: &str) -> Option<&'static str> {
    let name = base_name(path).to_ascii_lowercase().replace(['_', '-', ' '], "");
    name.contains("hotfix").then_some("its name says that it is a hotfix")
}

/// How many parts a version has: `2.1` has two.
fn parts(version: &Version) -> usize {
    version.as_str().split('.').count()
}
