//! The scripts of one deployment, and what was found in them the last time.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::statement::{Statement, of_script};
use super::{Check, Facts, Rule};
use crate::deployment::{Deployment, Played, Role};
use crate::finding::{Edit, Finding};
use crate::settings::Tool;

/// Scripts that run together: all that most rules look at.
pub(super) struct Together<'a> {
    /// The replay that they belong to; of other scripts in it only what findings point at may be asked.
    pub(super) deployment: &'a Deployment,
    scripts: &'a [Arc<Played>],
    facts: &'a Facts<'a>,
    /// Whether a rule asked for more.
    asked: Cell<bool>,
}

impl<'a> Together<'a> {
    /// The pending ones, in the order in which they would run.
    pub(super) fn pending(&self) -> impl Iterator<Item = &'a Played> {
        self.scripts.iter().map(AsRef::as_ref).filter(|played| played.turn.role == Role::Pending)
    }

    /// Their statements; of a branch, those of its own.
    pub(super) fn statements(&self) -> impl Iterator<Item = Statement<'a>> {
        let (deployment, branch) = (self.deployment, self.facts.branch);
        let is_own = move |played: &&Played| branch.is_none_or(|branch| branch.changed.contains(&played.turn.path));
        self.pending().filter(is_own).flat_map(move |played| of_script(deployment, played))
    }

    /// The tool that the scripts are for.
    pub(super) fn tool(&self) -> Tool {
        self.facts.tool
    }

    /// Everything else: names and versions of other scripts, for fixes that make a new one. What is found then is not kept.
    pub(super) fn facts(&self) -> &'a Facts<'a> {
        self.asked.set(true);
        self.facts
    }
}

/// What rules found in each deployment, in order. It holds as long as the scripts stay that were looked at: those of the
/// deployment, and those of others that the findings point into; `None` where a rule asked for more.
#[derive(Debug, Clone, Default)]
pub struct Kept(Vec<Option<Looked>>);

#[derive(Debug, Clone)]
struct Looked {
    scripts: Vec<Arc<Played>>,
    /// Scripts of other deployments, each with its place in the replay.
    beside: Vec<(usize, Arc<Played>)>,
    findings: Vec<Finding>,
}

impl Looked {
    fn holds(&self, deployment: &Deployment, scripts: &[Arc<Played>]) -> bool {
        let same = |(one, other): (&Arc<Played>, &Arc<Played>)| Arc::ptr_eq(one, other);
        let stays =
            |(at, one): &(usize, Arc<Played>)| deployment.scripts.get(*at).is_some_and(|other| Arc::ptr_eq(one, other));
        self.scripts.len() == scripts.len()
            && self.scripts.iter().zip(scripts).all(same)
            && self.beside.iter().all(stays)
    }
}

/// Adds what rules find that look at one deployment after the other; only deployments that changed are looked at again.
pub(super) fn find(rules: &[&Rule], facts: &Facts<'_>, kept: &mut Kept, out: &mut Vec<Finding>) {
    let deployment = facts.deployment;
    let places: OnceCell<BTreeMap<&str, usize>> = OnceCell::new();
    let mut before = std::mem::take(&mut kept.0).into_iter();
    for scripts in deployment.scripts.chunk_by(|one, next| one.turn.since == next.turn.since) {
        if let Some(looked) = before.next().flatten().filter(|old| old.holds(deployment, scripts)) {
            out.extend(looked.findings.iter().cloned());
            kept.0.push(Some(looked));
            continue;
        }
        let together = Together { deployment, scripts, facts, asked: Cell::new(false) };
        let findings = look(rules, &together);
        let alone = !together.asked.get();
        let looked = alone.then(|| Looked {
            scripts: scripts.to_vec(),
            beside: beside(&findings, scripts, deployment, &places),
            findings: findings.clone(),
        });
        out.extend(findings);
        kept.0.push(looked);
    }
}

fn look(rules: &[&Rule], together: &Together<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if together.pending().next().is_some() {
        for rule in rules {
            if let Check::Together(check) = rule.check {
                rule.stamp(&mut findings, |out| check(together, out));
            }
        }
    }
    findings
}

/// The scripts beside these that findings point into, each with its place in the replay.
fn beside<'a>(
    findings: &[Finding],
    scripts: &[Arc<Played>],
    deployment: &'a Deployment,
    places: &OnceCell<BTreeMap<&'a str, usize>>,
) -> Vec<(usize, Arc<Played>)> {
    let labels = findings.iter().flat_map(|finding| finding.related.iter().chain([&finding.primary]));
    let edits = findings.iter().flat_map(|finding| &finding.fixes).flat_map(|fix| &fix.edits);
    let files: BTreeSet<&str> = labels.map(|label| label.file.as_str()).chain(edits.map(Edit::file)).collect();
    let others = files.into_iter().filter(|file| scripts.iter().all(|played| played.turn.path != *file));
    let all = || deployment.scripts.iter().enumerate().map(|(at, played)| (played.turn.path.as_str(), at)).collect();
    let found = others.filter_map(|file| places.get_or_init(all).get(file).copied());
    found.map(|at| (at, Arc::clone(&deployment.scripts[at]))).collect()
}
