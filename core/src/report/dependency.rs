//! What `merge-check`, `equal` and `check` say of scripts that may change places.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalog::ObjectRef;
use crate::dependency::{
    self, Access, Crossing, Equality, How, Numbered, Pair, Prefix, Schema, Script, Verdict, crossings, equality, pair,
    prefixes,
};
use crate::deployment::{Deployment, Played};

/// An object by its kind and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct NamedObject {
    /// `table`, `column`, `index`, and so on.
    pub kind: &'static str,
    /// Its full name; of a part of a table `schema.table.part`.
    pub name: String,
}

impl NamedObject {
    fn new(object: &ObjectRef) -> Self {
        let part = object.part.as_ref();
        let name = match part.filter(|_| object.kind.is_routine()) {
            Some(parameters) => format!("{}({parameters})", object.name),
            None => part.map_or_else(|| object.name.to_string(), |part| format!("{}.{part}", object.name)),
        };
        Self { kind: object.kind.as_str(), name }
    }

    fn all<'a>(objects: impl IntoIterator<Item = &'a ObjectRef>) -> Vec<Self> {
        let mut all: Vec<Self> = objects.into_iter().map(Self::new).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Two scripts, and what they are to each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ScriptPair {
    /// The first script; of a cherry-pick the one that is passed over.
    pub a: String,
    /// The second script; of a cherry-pick the one that runs.
    pub b: String,
    /// `independent`, `dependent`, `conflicting` or `unknown`.
    pub verdict: &'static str,
    /// Of two that depend: the script that has to run first.
    pub first: Option<String>,
    /// The objects that this is about.
    pub objects: Vec<NamedObject>,
    /// Why, in one sentence.
    pub reason: String,
}

impl ScriptPair {
    /// As it is reported.
    #[must_use]
    pub fn new(a: &str, b: &str, pair: &Pair) -> Self {
        Self {
            a: a.to_owned(),
            b: b.to_owned(),
            verdict: pair.verdict.as_str(),
            first: pair.first.clone(),
            objects: NamedObject::all(&pair.objects),
            reason: pair.reason.clone(),
        }
    }
}

/// Whether the previous version of the application can run on the schema after the first scripts of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ReleasePrefix {
    /// The last of these scripts.
    pub after: String,
    /// Whether it can; null where that cannot be told.
    pub safe: Option<bool>,
    /// Why not, or why that cannot be told: one sentence each.
    pub reasons: Vec<String>,
}

impl From<Prefix> for ReleasePrefix {
    fn from(prefix: Prefix) -> Self {
        Self { after: prefix.after, safe: prefix.safe, reasons: prefix.reasons }
    }
}

/// A script and the objects that it touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct TouchedObjects {
    /// The script.
    pub script: String,
    /// What has to be there for it.
    pub reads: Vec<NamedObject>,
    /// What it makes.
    pub makes: Vec<NamedObject>,
    /// What it changes, rows of tables included.
    pub alters: Vec<NamedObject>,
    /// What it removes.
    pub removes: Vec<NamedObject>,
    /// Why its effect is not known, where that is so: one sentence for each statement.
    pub opaque: Vec<String>,
}

impl TouchedObjects {
    /// As it is reported.
    #[must_use]
    pub fn new(script: &str, played: &dependency::Played) -> Self {
        let those = |wanted: &dyn Fn(&Access) -> bool| {
            let sure = |access: &&Access| !matches!(access.how, How::Reads(dependency::Use::Perhaps));
            let all = played.accesses.iter().filter(sure).filter(|access| wanted(access));
            NamedObject::all(all.map(|access| &access.object))
        };
        let opaque = played.opaque.iter().map(|opaque| format!("statement {}: {}", opaque.statement + 1, opaque.why));
        Self {
            script: script.to_owned(),
            reads: those(&|access| matches!(access.how, How::Reads(_))),
            makes: those(&|access| access.how == How::Makes),
            alters: those(&|access| matches!(access.how, How::Alters(_) | How::Writes(_))),
            removes: those(&|access| access.how == How::Removes),
            opaque: opaque.collect(),
        }
    }
}

/// What `merge-check` says of two sets of scripts.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct MergeReport {
    /// What the sets are to each other: the verdict of the pair that says most.
    pub verdict: &'static str,
    /// What both sets build on.
    pub base: ScriptSet,
    /// The first set.
    pub a: ScriptSet,
    /// The second set.
    pub b: ScriptSet,
    /// Each script of the first set against each of the second.
    pub pairs: Vec<ScriptPair>,
    /// What else is worth knowing: one sentence each.
    pub notes: Vec<String>,
}

/// Some scripts by their names.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ScriptSet {
    /// Where they are from, as it was given.
    pub name: String,
    /// The scripts, in their order.
    pub scripts: Vec<String>,
}

/// Scripts, and where they are from.
#[derive(Debug, Clone)]
pub struct Named {
    /// Where they are from.
    pub name: String,
    /// The scripts, in their order.
    pub scripts: Vec<Script>,
}

impl Named {
    fn set(&self) -> ScriptSet {
        ScriptSet { name: self.name.clone(), scripts: self.scripts.iter().map(|script| script.name.clone()).collect() }
    }
}

impl MergeReport {
    /// Judges two sets of scripts. `schema` is what the scripts of `base` leave.
    #[must_use]
    pub fn new(base: &Named, schema: &Schema, a: &Named, b: &Named, notes: Vec<String>) -> Self {
        let found = crossings(schema, &a.scripts, &b.scripts, &|_, _| true);
        let worst = found.iter().map(|crossing| crossing.pair.verdict).max();
        let pairs = found.iter().map(|crossing| reported(crossing, &a.scripts, &b.scripts)).collect();
        let verdict = worst.unwrap_or(Verdict::Independent).as_str();
        Self { verdict, base: base.set(), a: a.set(), b: b.set(), pairs, notes }
    }
}

/// The scripts of a graph, and its edges.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct DependencyReport {
    /// What each script touches, in their order.
    pub scripts: Vec<TouchedObjects>,
    /// Each script against each after it, where they are not independent. What follows from others may be left out.
    pub pairs: Vec<ScriptPair>,
}

impl DependencyReport {
    /// Judges scripts that run one after the other on a schema.
    ///
    /// Two scripts meet on the schema before the first, with those between that may run before it. A script that fails in
    /// its own turn, or without one between, says nothing of the two by failing.
    #[must_use]
    pub fn new(schema: &Schema, scripts: &[Script]) -> Self {
        // Any number will do that no other script has.
        let numbered: Vec<Numbered<'_>> = scripts.iter().zip(u32::MAX / 2..).collect();
        let mut along = schema.clone();
        let (mut befores, mut fails) = (Vec::new(), Vec::new());
        let mut report = Self { scripts: Vec::new(), pairs: Vec::new() };
        for &(script, number) in &numbered {
            befores.push(along.clone());
            let played = along.play(script, number);
            fails.push(!played.failures.is_empty());
            report.scripts.push(TouchedObjects::new(&script.name, &played));
        }
        // From the last one, so that it is known what those between are to the later ones.
        let mut related: BTreeMap<(usize, usize), Pair> = BTreeMap::new();
        for (a, mut ground) in befores.into_iter().enumerate().rev() {
            let mut after_a: Vec<usize> = Vec::new();
            for b in a + 1..numbered.len() {
                let follows = after_a.iter().any(|&between| related.contains_key(&(between, b)));
                let pair = pair(&ground, numbered[a], numbered[b]);
                let counts = match pair.verdict {
                    Verdict::Independent => false,
                    Verdict::Conflicting => !follows && !fails[a] && !fails[b],
                    Verdict::Dependent | Verdict::Unknown => true,
                };
                if counts || follows {
                    after_a.push(b);
                } else {
                    ground.replay(numbered[b].0, numbered[b].1);
                }
                if counts {
                    related.insert((a, b), pair);
                }
            }
        }
        let pair =
            |((a, b), pair): (&(usize, usize), &Pair)| ScriptPair::new(&scripts[*a].name, &scripts[*b].name, pair);
        report.pairs = related.iter().map(pair).collect();
        report
    }
}

/// What is passed over against what runs, where only some of the pending scripts do.
pub(super) fn pairs(deployment: &Deployment) -> Option<Vec<ScriptPair>> {
    let selection = deployment.selection.as_ref()?;
    let pair = |crossing: &Crossing| reported(crossing, &selection.passed, &selection.running);
    Some(selection.crossings.iter().map(pair).collect())
}

/// The prefixes of what is pending.
pub(super) fn prefixes_of(deployment: &Deployment) -> Vec<ReleasePrefix> {
    let script = |played: &Played| Script { name: played.turn.path.clone(), reading: played.turn.reading.clone() };
    let pending: Vec<Script> = deployment.pending().map(script).collect();
    prefixes(&deployment.before_pending(), &pending).into_iter().map(ReleasePrefix::from).collect()
}

/// A pair of scripts of two sets.
#[must_use]
fn reported(crossing: &Crossing, ones: &[Script], others: &[Script]) -> ScriptPair {
    let name = |scripts: &[Script], at: usize| scripts.get(at).map_or_else(String::new, |script| script.name.clone());
    ScriptPair::new(&name(ones, crossing.a), &name(others, crossing.b), &crossing.pair)
}

/// What `equal` says of two sets of scripts.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct EqualReport {
    /// Whether both make the same schema; null where that cannot be told.
    pub equal: Option<bool>,
    /// Why it cannot be told; null where it can.
    pub reason: Option<String>,
    /// The first set.
    pub a: ScriptSet,
    /// The second set.
    pub b: ScriptSet,
    /// What is not the same.
    pub differences: Vec<ObjectDifference>,
    /// What else is worth knowing: one sentence each.
    pub notes: Vec<String>,
}

/// An object that two sets of scripts do not make the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ObjectDifference {
    /// The object, or the part of one.
    pub object: NamedObject,
    /// What the first set makes of it; null where it is not there.
    pub a: Option<String>,
    /// What the second set makes of it.
    pub b: Option<String>,
}

impl EqualReport {
    /// Compares what two sets of scripts make of a schema.
    #[must_use]
    pub fn new(schema: &Schema, a: &Named, b: &Named) -> Self {
        let Equality { equal, unlike, mut notes } = equality(schema, &a.scripts, &b.scripts);
        let reason = if equal.is_none() && !notes.is_empty() { Some(notes.remove(0)) } else { None };
        let differences = unlike.into_iter().map(|unlike| ObjectDifference {
            object: NamedObject::new(&unlike.object),
            a: unlike.a,
            b: unlike.b,
        });
        Self { equal, reason, a: a.set(), b: b.set(), differences: differences.collect(), notes }
    }
}
