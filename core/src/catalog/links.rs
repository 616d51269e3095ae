//! Which relations speak of which, so that those that need one are found without a look at all.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use super::naming::ObjectName;
use super::relation::Relation;
use super::tree::Hashed;

/// Who may speak of what: a hint that all versions of a catalog share. It is only added to, also by later versions; who
/// asks looks whether it is so in his.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    known: Arc<RwLock<Known>>,
}

/// The hash of a name that is spoken of, and who speaks.
type Speakers = BTreeSet<(u64, ObjectName)>;

#[derive(Debug)]
struct Known {
    /// The name before all others.
    least: ObjectName,
    relations: Speakers,
    /// Only those that are partitions of it or inherit from it: most tables have none, and each change looks for them.
    children: Speakers,
    /// By the name of a constraint in the schema of its table: the table.
    constraints: Speakers,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            least: ObjectName::new("", ""),
            relations: Speakers::new(),
            children: Speakers::new(),
            constraints: Speakers::new(),
        }
    }
}

/// Links follow from the relations, so they make no difference of their own.
impl PartialEq for Links {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Links {}

impl Links {
    /// Takes note of all that a relation speaks of.
    pub(super) fn note(&self, relation: &Relation) {
        let name = &relation.name;
        // Whatever another thread was doing when it stopped, a map stays a map.
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        for other in mentioned(relation) {
            known.relations.insert((other.hash(), name.clone()));
        }
        for parent in parents(relation) {
            known.children.insert((parent.hash(), name.clone()));
        }
        for constraint in relation.constraints.iter().filter_map(|constraint| constraint.name.as_deref()) {
            known.constraints.insert((name.hash_beside(constraint), name.clone()));
        }
    }

    /// The relations that may speak of another.
    pub(super) fn speakers(&self, of: &ObjectName) -> Vec<ObjectName> {
        self.ask(|known| &known.relations, of.hash())
    }

    /// The relations that may be partitions of another or inherit from it.
    pub(super) fn children(&self, of: &ObjectName) -> Vec<ObjectName> {
        self.ask(|known| &known.children, of.hash())
    }

    /// The tables beside another that may have a constraint of that name.
    pub(super) fn with_constraint(&self, table: &ObjectName, name: &str) -> Vec<ObjectName> {
        self.ask(|known| &known.constraints, table.hash_beside(name))
    }

    fn ask(&self, kind: impl Fn(&Known) -> &Speakers, hash: u64) -> Vec<ObjectName> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let from = kind(&known).range((hash, known.least.clone())..);
        from.take_while(|(of, _)| *of == hash).map(|(_, speaker)| speaker.clone()).collect()
    }
}

/// Whether two versions of a relation speak of the same, as far as a glance tells.
pub(super) fn speak_alike(one: &Relation, other: &Relation) -> bool {
    one.name == other.name
        && one.constraints.are_shared(&other.constraints)
        && one.reads == other.reads
        && one.inherits == other.inherits
        && one.partition_of == other.partition_of
        && one.owned_by == other.owned_by
}

/// Every relation that another one names.
fn mentioned(relation: &Relation) -> impl Iterator<Item = &ObjectName> {
    let keys = relation.constraints.iter().filter_map(|constraint| constraint.referenced());
    let owner = relation.owned_by.iter().map(|(owner, _)| owner);
    keys.chain(&relation.reads).chain(parents(relation)).chain(owner)
}

/// The tables that a relation is a partition of or inherits from.
fn parents(relation: &Relation) -> impl Iterator<Item = &ObjectName> {
    relation.inherits.iter().chain(relation.partition_of.iter().map(|of| &of.parent))
}
