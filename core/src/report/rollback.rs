//! What takes each migration back, and how well that is proved.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::ReportedFinding;
use crate::rollback::{self, Taken};
use crate::text::Span;

/// What takes migrations back.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Rollback {
    /// How many can be taken back for sure.
    pub coverage: RollbackCoverage,
    /// The versioned migrations, in the order in which they are applied.
    pub scripts: Vec<ScriptRollback>,
}

/// How many migrations can be taken back for sure.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct RollbackCoverage {
    /// Of the migrations that would be applied.
    pub pending: RollbackShare,
    /// Of all migrations.
    pub all: RollbackShare,
}

/// A share of migrations.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct RollbackShare {
    /// Those that are proved, and those that are irreversible with a written reason.
    pub covered: usize,
    /// All but those that do nothing.
    pub of: usize,
    /// The share in per cent, with two digits; null of none.
    pub percent: Option<f64>,
}

/// A migration and its undo script.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ScriptRollback {
    /// Path of the migration.
    pub script: String,
    /// Its version.
    pub version: String,
    /// Whether it would be applied by the next run.
    pub pending: bool,
    /// Path of the undo script; where a file holds both, the same. Null where there is none.
    pub undo: Option<String>,
    /// `proved`, `unproved`, `irreversible`, `uncovered` or `nothing`.
    pub class: &'static str,
    /// The reason that the scripts give why there is no way back.
    pub reason: Option<String>,
    /// What it does to the schema and to rows.
    pub effects: Vec<RollbackEffect>,
    /// What rules found about taking it back.
    pub findings: Vec<ReportedFinding>,
    /// What is not known, so that nothing is proved, and what differs without harm.
    pub notes: Vec<String>,
}

/// One effect of a migration.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct RollbackEffect {
    /// What it does, in words: `adds column email of public.users`.
    pub effect: String,
    /// Where the migration does it, in bytes.
    pub span: Span,
    /// The statement of the undo script that reverses it, in bytes; null where there is none.
    pub undone_by: Option<Span>,
    /// What is lost by it for good; null where nothing is.
    pub loses: Option<String>,
    /// What to do before, so that it can come back; null where nothing is lost.
    pub recipe: Option<String>,
}

/// The rules about taking migrations back.
pub(super) const RULES: [&str; 9] = [
    "broken-undo-script",
    "effect-not-undone",
    "low-rollback-coverage",
    "mismatched-history-row",
    "restored-differently",
    "undo-of-half-applied-script",
    "undo-without-data",
    "undone-too-much",
    "unproved-rollback",
];

impl Rollback {
    /// What takes the migrations of a project back. `findings` are those of the report.
    pub(super) fn new(rollback: &rollback::Rollback, findings: &[ReportedFinding]) -> Self {
        let coverage = rollback.coverage();
        let mut by_file: BTreeMap<&str, Vec<&ReportedFinding>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| RULES.contains(&finding.rule)) {
            by_file.entry(&finding.place.file).or_default().push(finding);
        }
        Self {
            coverage: RollbackCoverage { pending: share(coverage.pending), all: share(coverage.all) },
            scripts: rollback.scripts().map(|taken| script(taken, &by_file)).collect(),
        }
    }
}

fn share(share: rollback::Share) -> RollbackShare {
    let percent = share.percent().map(|percent| f64::from(percent.hundredths()) / 100.0);
    RollbackShare { covered: share.covered, of: share.of, percent }
}

/// `findings` are those about rollback, by their files.
fn script(taken: &Taken, findings: &BTreeMap<&str, Vec<&ReportedFinding>>) -> ScriptRollback {
    let files: BTreeSet<&str> = taken.undo.as_deref().into_iter().chain([taken.script.as_str()]).collect();
    let about = files.into_iter().filter_map(|file| findings.get(file)).flatten().copied();
    let effects = taken.effects.iter().map(|effect| RollbackEffect {
        effect: effect.what.clone(),
        span: effect.span,
        undone_by: effect.undone_by,
        loses: effect.loses.as_ref().map(|loss| loss.what.clone()),
        recipe: effect.loses.as_ref().map(|loss| loss.recipe.clone()),
    });
    ScriptRollback {
        script: taken.script.clone(),
        version: taken.version.clone(),
        pending: taken.pending,
        undo: taken.undo.clone(),
        class: taken.class.as_str(),
        reason: taken.reason.clone(),
        effects: effects.collect(),
        findings: about.cloned().collect(),
        notes: taken.notes.clone(),
    }
}
