//! What two catalogs differ in, whatever the order of columns and wherever objects were made.

use std::collections::BTreeMap;

use super::describe::Facts;
use super::naming::ObjectRef;
use super::state::Catalog;

/// One object or part that is not the same in two catalogs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The object or part.
    pub object: ObjectRef,
    /// What differs.
    pub kind: DifferenceKind,
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DifferenceKind {
    /// Only the second catalog has it.
    Added,
    /// Only the first catalog has it.
    Removed,
    /// Both have it, and one thing is not the same.
    Changed {
        /// What: `type`, `not null`, `default`.
        what: &'static str,
        /// In the first catalog; `None` if it is not said there.
        from: Option<String>,
        /// In the second catalog; `None` if it is not said there.
        to: Option<String>,
    },
}

/// What differs from the first catalog to the second, in the order of the objects.
#[must_use]
pub fn diff(from: &Catalog, to: &Catalog) -> Vec<Difference> {
    if from.state == to.state {
        return Vec::new();
    }
    let mut sides: BTreeMap<ObjectRef, [Vec<Facts>; 2]> = BTreeMap::new();
    for (side, catalog) in [from, to].into_iter().enumerate() {
        for (object, facts, _) in catalog.describe() {
            sides.entry(object).or_default()[side].push(facts);
        }
    }
    let mut found = Vec::new();
    for (object, [mut from, mut to]) in sides {
        // Unnamed constraints of the same columns share a name here: equal ones cancel out.
        from.retain(|facts| to.iter().position(|other| other == facts).map(|at| to.remove(at)).is_none());
        let pairs = from.len().min(to.len());
        let mut add = |kind| found.push(Difference { object: object.clone(), kind });
        for (old, new) in from.drain(..pairs).zip(to.drain(..pairs)) {
            changes(&old, &new).into_iter().for_each(&mut add);
        }
        for _ in &from {
            add(DifferenceKind::Removed);
        }
        for _ in &to {
            add(DifferenceKind::Added);
        }
    }
    found
}

/// The facts of one object that are not the same.
fn changes(old: &Facts, new: &Facts) -> Vec<DifferenceKind> {
    let joined = |facts: &Facts| {
        let mut all: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for (what, text) in facts {
            all.entry(what).or_default().push(text.clone());
        }
        all.into_iter().map(|(what, texts)| (what, texts.join(", "))).collect::<BTreeMap<_, _>>()
    };
    let (old, new) = (joined(old), joined(new));
    let whats: std::collections::BTreeSet<&'static str> = old.keys().chain(new.keys()).copied().collect();
    let differs = whats.into_iter().filter(|what| old.get(what) != new.get(what));
    differs
        .map(|what| DifferenceKind::Changed { what, from: old.get(what).cloned(), to: new.get(what).cloned() })
        .collect()
}
