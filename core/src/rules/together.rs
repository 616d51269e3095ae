//! The scripts of one deployment, and what was found in them the last time.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::statement::{Statement, of_script};
use super::{Check, Facts, Rule};
use crate::deployment::{Deployment, Played, Role};
use crate::finding::{Edit, Finding};

/// Scripts that run together: all that most rules look at.
pub(super) struct Together<'a> {
    deployment: &'a Deployment,
    scripts: &'a [Arc<Played>],
}

impl<'a> Together<'a> {
    /// The statements of the pending ones, in the order in which they would run.
    pub(super) fn statements(&self) -> impl Iterator<Item = Statement<'a>> {
        let deployment = self.deployment;
        let pending = self.scripts.iter().filter(|played| played.turn.role == Role::Pending);
        pending.flat_map(move |played| of_script(deployment, played))
    }
}

/// What rules found in each deployment, in order. It holds as long as the scripts stay that were looked at: those of the
/// deployment, and those of others that the findings point into.
#[derive(Debug, Clone, Default)]
pub struct Kept(Vec<Looked>);

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
        let old = before.next().filter(|old| old.holds(deployment, scripts));
        let looked = old.unwrap_or_else(|| {
            let findings = look(rules, &Together { deployment, scripts });
            let beside = beside(&findings, scripts, deployment, &places);
            Looked { scripts: scripts.to_vec(), beside, findings }
        });
        out.extend(looked.findings.iter().cloned());
        kept.0.push(looked);
    }
}

fn look(rules: &[&Rule], together: &Together<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if together.statements().next().is_some() {
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
