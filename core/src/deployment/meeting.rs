//! What the branch's scripts meet when they are merged: the scripts that the base got since.

use super::order::Role;
use super::replay::Deployment;
use crate::branch::Branch;
use crate::dependency::{Pair, Schema, Script, Verdict, crossings};

/// A script of the branch that does not go together with one that the base got since.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// Path of the branch's script.
    pub own: String,
    /// Path of the other one, on the base.
    pub other: String,
    /// What they are to each other.
    pub pair: Pair,
}

/// Judges each script that the branch adds against each that only the base has, on the schema that both have in common. What
/// fails without the other is no matter of the two.
pub(super) fn meetings(deployment: &Deployment, branch: Option<&Branch>) -> Vec<Meeting> {
    let Some(branch) = branch.filter(|branch| !branch.meanwhile.is_empty()) else { return Vec::new() };
    let mut common = Schema::new(deployment.begin().clone());
    let mut own = Vec::new();
    for (at, played) in (0..).zip(&deployment.scripts) {
        let script = Script { name: played.turn.path.clone(), reading: played.turn.reading.clone() };
        match played.turn.role {
            Role::Applied | Role::Pending if branch.runs(&script.name) => own.push(script),
            Role::Applied | Role::Pending => common.replay(&script, at),
            Role::Undo | Role::Callback(_) => {}
        }
    }
    if own.is_empty() {
        return Vec::new();
    }
    common.settle();
    let (ours, theirs) = (failing(&common, &own), failing(&common, &branch.meanwhile));
    let met = crossings(&common, &branch.meanwhile, &own, &|theirs_at, own_at| !theirs[theirs_at] && !ours[own_at]);
    met.into_iter()
        .filter(|crossing| crossing.pair.verdict == Verdict::Conflicting)
        .map(|crossing| Meeting {
            own: own[crossing.b].name.clone(),
            other: branch.meanwhile[crossing.a].name.clone(),
            pair: crossing.pair,
        })
        .collect()
}

/// Which scripts fail where they run in their own order alone.
fn failing(base: &Schema, scripts: &[Script]) -> Vec<bool> {
    let mut schema = base.clone();
    let played = (0..).zip(scripts).map(|(at, script)| schema.play(script, u32::MAX - 1 - at));
    played.map(|played| !played.failures.is_empty()).collect()
}
