//! What `draft-undo` and `plan --undo-to` say.

use serde::Serialize;

use super::script::{ScriptImpact, ScriptLock, script};
use crate::layout::base_name;
use crate::layout::plain::Place;
use crate::project::{Checked, Project};
use crate::rollback::{Class, Draft, Taken};
use crate::version::Version;

/// An undo script that was written for a migration.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct DraftReport {
    /// Path of the migration.
    pub script: String,
    /// Path of the file it belongs into; null where the tool knows no undo scripts.
    pub path: Option<String>,
    /// The line before it, where it is a part of the migration's own file.
    pub marker: Option<&'static str>,
    /// Its text.
    pub text: String,
    /// Whether the proof accepts it: the schema is what it was before the migration.
    pub proved: bool,
    /// What the migration is with it: `proved`, `unproved`, `irreversible` or `nothing`.
    pub class: &'static str,
    /// What is lost for good by the migration.
    pub loses: Vec<String>,
    /// What is not proved.
    pub unproved: Vec<String>,
    /// Whether it was written into the project.
    pub written: bool,
}

impl DraftReport {
    /// What there is to say about a draft.
    #[must_use]
    pub fn new(draft: &Draft, written: bool) -> Self {
        let Taken { class, effects, flaws, excused, failure, notes, .. } = &draft.taken;
        let unproved = *class == Class::Unproved;
        let failed = failure.iter().map(|failure| failure.reason.clone());
        let flawed = flaws.iter().map(|flaw| flaw.message.clone());
        let unknown = notes.iter().filter(|_| unproved).cloned();
        Self {
            script: draft.script.clone(),
            path: match &draft.place {
                Place::File { path } | Place::Section { path, .. } => Some(path.clone()),
                Place::Nowhere { .. } => None,
            },
            marker: match &draft.place {
                Place::Section { marker, .. } => Some(marker),
                _ => None,
            },
            text: draft.text.clone(),
            proved: !unproved && excused.is_empty(),
            class: class.as_str(),
            loses: effects.iter().filter_map(|effect| Some(effect.loses.as_ref()?.what.clone())).collect(),
            unproved: failed.chain(flawed).chain(excused.iter().cloned()).chain(unknown).collect(),
            written,
        }
    }
}

/// What takes migrations back to a version.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct UndoPlan {
    /// The version that stays applied.
    pub undo_to: String,
    /// The migrations to be taken back, the last one first.
    pub steps: Vec<UndoStep>,
    /// The migrations among them that have no undo script.
    pub missing: Vec<String>,
}

/// One migration that is taken back.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct UndoStep {
    /// Its version.
    pub version: String,
    /// Path of the migration.
    pub script: String,
    /// Path of its undo script; null where there is none.
    pub undo: Option<String>,
    /// How well it takes the migration back: `proved`, `unproved`, `irreversible`, `uncovered` or `nothing`.
    pub class: &'static str,
    /// The locks that others wait for, in the order in which they are taken.
    pub locks: Vec<ScriptLock>,
    /// The statements of the undo script, each in one line.
    pub statements: Vec<String>,
    /// What is written into what the migration made, and goes with it.
    pub loses: Vec<String>,
    /// What the migration destroyed, and no undo script brings back.
    pub not_restored: Vec<String>,
    /// Why the undo script fails; null where nothing speaks for that.
    pub fails: Option<String>,
    /// What else is wrong with it, or not known.
    pub notes: Vec<String>,
}

impl UndoPlan {
    /// What takes the migrations of a project back to a version; `None` where there is no such version. Without a history all
    /// migrations are taken to be applied.
    #[must_use]
    pub fn new(project: &Project, checked: &Checked, to: &str) -> Option<Self> {
        let rollback = project.rollback(checked);
        let deployment = project.deployment(checked);
        let all: Vec<&Taken> =
            rollback.scripts().filter(|taken| checked.snapshot.is_none() || !taken.pending).collect();
        let wanted = to.trim_start_matches(project.settings().flyway.versioned_prefix.as_str());
        let wanted = wanted.trim_start_matches(['V', 'v']);
        let chosen = chosen(&all, wanted)?;
        let mut steps = Vec::new();
        for taken in chosen.into_iter().rev() {
            let undone = deployment
                .undos
                .iter()
                .find(|undone| taken.undo.as_deref() == Some(undone.path()) && undone.of.turn.path == taken.script);
            let impact: Option<ScriptImpact> =
                undone.map(|undone| script(&deployment, undone.script.turn.since as usize, &undone.script));
            let statements =
                impact.iter().flat_map(|impact| &impact.statements).map(|said| said.summary.clone()).collect();
            let flaws = taken.flaws.iter().map(|flaw| flaw.message.clone());
            steps.push(UndoStep {
                version: taken.version.clone(),
                script: taken.script.clone(),
                undo: taken.undo.clone(),
                class: taken.class.as_str(),
                statements,
                locks: impact.map_or_else(Vec::new, |impact| impact.locks),
                loses: taken.undo_loses.clone(),
                not_restored: taken
                    .effects
                    .iter()
                    .filter_map(|effect| Some(effect.loses.as_ref()?.what.clone()))
                    .collect(),
                fails: taken.failure.as_ref().map(|failure| failure.reason.clone()),
                notes: flaws.chain(taken.notes.iter().cloned()).collect(),
            });
        }
        let without = steps.iter().filter(|step| step.undo.is_none() && step.class != Class::Nothing.as_str());
        let missing = without.map(|step| base_name(&step.script).to_owned()).collect();
        Some(Self { undo_to: wanted.to_owned(), steps, missing })
    }

    /// Whether every migration has an undo script that nothing speaks against.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.steps.iter().all(|step| step.fails.is_none())
    }
}

/// The migrations after a version, in the order in which they were applied.
fn chosen<'a>(all: &[&'a Taken], wanted: &str) -> Option<Vec<&'a Taken>> {
    let exact = all.iter().rposition(|taken| taken.version == wanted);
    let Ok(version) = Version::parse(wanted) else { return exact.map(|at| all[at + 1..].to_vec()) };
    let parsed = |taken: &Taken| Version::parse(&taken.version).ok();
    if all.iter().all(|taken| parsed(taken).is_some()) {
        let same = |taken: &&Taken| parsed(taken).is_some_and(|own| own == version);
        let below = wanted.bytes().all(|byte| byte == b'0');
        let known =
            below || all.iter().any(same) || all.iter().all(|taken| parsed(taken).is_some_and(|own| own > version));
        return known
            .then(|| all.iter().copied().filter(|taken| parsed(taken).is_some_and(|own| own > version)).collect());
    }
    exact.map(|at| all[at + 1..].to_vec())
}
