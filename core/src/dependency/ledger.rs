//! What the catalog does not keep of objects: texts of queries and bodies, comments, owners, privileges, options.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use super::access::{Key, key};
use crate::catalog::{Catalog, Known, ObjectName, ObjectRef};
use crate::change::ObjectKind;

/// One side of an object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    /// First, so that all sides of an object and its parts stand together.
    name: ObjectName,
    key: Key,
    object: ObjectRef,
    about: String,
}

impl Slot {
    fn new(object: &ObjectRef, about: &str) -> Self {
        Self { name: object.name.clone(), key: key(object), object: object.clone(), about: about.to_owned() }
    }
}

/// What is said of each side of each object. To clone it costs as much as was said since it was settled.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    settled: Arc<BTreeMap<Slot, String>>,
    /// What was said since; `None` where it is gone.
    own: BTreeMap<Slot, Option<String>>,
}

/// One side of an object that two ledgers do not agree on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Disagreement {
    pub(super) object: ObjectRef,
    pub(super) about: String,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
}

impl Ledger {
    pub(super) fn get(&self, object: &ObjectRef, about: &str) -> Option<&str> {
        let slot = Slot::new(object, about);
        match self.own.get(&slot) {
            Some(own) => own.as_deref(),
            None => self.settled.get(&slot).map(String::as_str),
        }
    }

    pub(super) fn put(&mut self, object: &ObjectRef, about: &str, text: impl Into<String>) {
        self.own.insert(Slot::new(object, about), Some(text.into()));
    }

    pub(super) fn take(&mut self, object: &ObjectRef, about: &str) {
        self.set_gone(Slot::new(object, about));
    }

    fn set_gone(&mut self, slot: Slot) {
        if self.settled.contains_key(&slot) {
            self.own.insert(slot, None);
        } else {
            self.own.remove(&slot);
        }
    }

    /// Makes what was said so far cheap to clone.
    pub(super) fn settle(&mut self) {
        let settled = Arc::make_mut(&mut self.settled);
        for (slot, text) in std::mem::take(&mut self.own) {
            match text {
                Some(text) => settled.insert(slot, text),
                None => settled.remove(&slot),
            };
        }
    }

    /// All sides of what bears a name, its parts included.
    fn of_name(&self, name: &ObjectName) -> Vec<(Slot, String)> {
        let settled = from(&self.settled, name).filter(|(slot, _)| !self.own.contains_key(*slot));
        let own = from(&self.own, name).filter_map(|(slot, text)| Some((slot, text.as_ref()?)));
        let all = settled.chain(own).map(|(slot, text)| (slot.clone(), text.clone()));
        all.collect()
    }

    /// An object is gone, with its parts.
    pub(super) fn forget(&mut self, object: &ObjectRef) {
        let (space, _, part) = key(object);
        for (slot, _) in self.of_name(&object.name) {
            let of_it = match (&part, &slot.key.2) {
                (Some(_), _) => slot.key == key(object),
                (None, None) => slot.key.0 == space,
                (None, Some(_)) => object.kind.is_relation() || object.kind.is_routine() && slot.key.0 == space,
            };
            if of_it {
                self.set_gone(slot);
            }
        }
    }

    /// An object has another name; what is said of it and its parts moves along.
    pub(super) fn rename(&mut self, from: &ObjectRef, to: &ObjectRef) {
        let (space, _, part) = key(from);
        for (slot, text) in self.of_name(&from.name) {
            let moved = match (&part, &slot.key.2) {
                (Some(_), _) if slot.key == key(from) => ObjectRef { kind: slot.object.kind, ..to.clone() },
                (None, None) if slot.key.0 == space => ObjectRef { name: to.name.clone(), ..slot.object.clone() },
                (None, Some(_)) if from.kind.is_relation() || slot.key.0 == space => {
                    ObjectRef { name: to.name.clone(), ..slot.object.clone() }
                }
                _ => continue,
            };
            self.put(&moved, &slot.about, text);
            self.set_gone(slot);
        }
    }

    /// Forgets what is said of objects that are not there any more.
    pub(super) fn forget_absent(&mut self, catalog: &Catalog) {
        let known = |object: &ObjectRef| object.part.is_some() || object.kind.is_relation() || object.kind.is_routine();
        let gone = |slot: &&Slot| known(&slot.object) && catalog.presence(&slot.object) == Known::Absent;
        let mut absent: Vec<Slot> = self.settled.keys().filter(gone).cloned().collect();
        absent.extend(self.own.keys().filter(gone).cloned());
        for slot in absent {
            // Members, keys and values are no objects of their own.
            if !matches!(slot.object.kind, ObjectKind::Key | ObjectKind::Type) {
                self.set_gone(slot);
            }
        }
    }

    /// What two ledgers do not agree on.
    pub(super) fn disagreements(&self, other: &Self) -> Vec<Disagreement> {
        let same_ground = Arc::ptr_eq(&self.settled, &other.settled);
        let mut slots: Vec<&Slot> = self.own.keys().chain(other.own.keys()).collect();
        if !same_ground {
            slots.extend(self.settled.keys().chain(other.settled.keys()));
        }
        slots.sort_unstable();
        slots.dedup();
        let mut found = Vec::new();
        for slot in slots {
            let said = |ledger: &Self| match ledger.own.get(slot) {
                Some(own) => own.clone(),
                None => ledger.settled.get(slot).cloned(),
            };
            let (from, to) = (said(self), said(other));
            if from != to {
                found.push(Disagreement { object: slot.object.clone(), about: slot.about.clone(), from, to });
            }
        }
        found
    }
}

fn from<'a, T>(map: &'a BTreeMap<Slot, T>, name: &ObjectName) -> impl Iterator<Item = (&'a Slot, &'a T)> {
    let first = Slot {
        name: name.clone(),
        key: (super::access::Space::Relation, ObjectName::new("", ""), None),
        object: ObjectRef::whole(ObjectKind::Table, &ObjectName::new("", "")),
        about: String::new(),
    };
    let name = name.clone();
    map.range((Bound::Included(first), Bound::Unbounded)).take_while(move |(slot, _)| slot.name == name)
}
