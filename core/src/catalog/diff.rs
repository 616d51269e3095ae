//! What two catalogs differ in, whatever the order of columns and wherever objects were made.

use std::collections::{BTreeMap, BTreeSet};

use super::describe::{Described, Facts, of_relation, of_routine, of_type};
use super::naming::{ObjectName, ObjectRef};
use super::state::Catalog;
use crate::change::ObjectKind;

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
    differences(&Differing::new(from, to), from, to)
}

/// The same of what bears the names of some objects; it costs no more where the catalogs differ in much else.
#[must_use]
pub fn diff_of<'a>(from: &Catalog, to: &Catalog, objects: impl IntoIterator<Item = &'a ObjectRef>) -> Vec<Difference> {
    differences(&Differing::named(objects), from, to)
}

fn differences(names: &Differing<'_>, from: &Catalog, to: &Catalog) -> Vec<Difference> {
    let mut sides: BTreeMap<ObjectRef, [Vec<Facts>; 2]> = BTreeMap::new();
    for (side, (catalog, other)) in [(from, to), (to, from)].into_iter().enumerate() {
        for (object, facts) in names.described(catalog, other) {
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

/// The names under which two catalogs do not hold the same; most of what they hold is shared.
struct Differing<'a> {
    relations: BTreeSet<&'a ObjectName>,
    types: BTreeSet<&'a ObjectName>,
    routines: BTreeSet<&'a ObjectName>,
    others: BTreeSet<(ObjectKind, &'a ObjectName)>,
}

impl<'a> Differing<'a> {
    fn new(from: &'a Catalog, to: &'a Catalog) -> Self {
        let (from, to) = (&from.state, &to.state);
        Self {
            relations: from.relations.differing(&to.relations).collect(),
            types: from.types.differing(&to.types).collect(),
            routines: from.routines.differing(&to.routines).collect(),
            others: from.others.differing(&to.others).map(|(kind, name)| (*kind, name)).collect(),
        }
    }

    fn named(objects: impl IntoIterator<Item = &'a ObjectRef>) -> Self {
        let others: BTreeSet<(ObjectKind, &ObjectName)> =
            objects.into_iter().map(|object| (object.kind, &object.name)).collect();
        let names: BTreeSet<&ObjectName> = others.iter().map(|(_, name)| *name).collect();
        Self { relations: names.clone(), types: names.clone(), routines: names, others }
    }

    /// What bears the names in one catalog, without the parts that it shares with the other.
    fn described(&self, catalog: &Catalog, other: &Catalog) -> Vec<Described> {
        let state = &catalog.state;
        let mut all = Vec::new();
        for (kind, name) in
            self.others.iter().filter(|(kind, name)| state.others.find(&(*kind, (*name).clone())).is_some())
        {
            all.push((ObjectRef::whole(*kind, name), Facts::new()));
        }
        for (name, found) in self.types.iter().filter_map(|name| Some((name, state.types.find(name)?))) {
            all.push((found.reference(name), of_type(found)));
        }
        for (name, found) in self.routines.iter().filter_map(|name| Some((name, state.routines.find(name)?))) {
            all.push((ObjectRef::whole(ObjectKind::Routine, name), of_routine(found)));
        }
        for (name, found) in self.relations.iter().filter_map(|name| Some((name, state.relations.find(name)?))) {
            all.extend(of_relation(found, other.state.relations.find(name)));
        }
        all
    }
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
    let whats: BTreeSet<&'static str> = old.keys().chain(new.keys()).copied().collect();
    let differs = whats.into_iter().filter(|what| old.get(what) != new.get(what));
    differs
        .map(|what| DifferenceKind::Changed { what, from: old.get(what).cloned(), to: new.get(what).cloned() })
        .collect()
}
