//! Which relations speak of which, so that those that need one are found without a look at all.

use super::naming::ObjectName;
use super::relation::Relation;
use super::tree::Tree;

/// Who may speak of what. It is only added to: who asks looks whether it is still so.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    /// What is spoken of, and by which relation.
    relations: Tree<(ObjectName, ObjectName), ()>,
    /// The name of a constraint with the schema it stands in, and its table.
    constraints: Tree<(ObjectName, ObjectName), ()>,
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
    pub(super) fn note(&mut self, relation: &Relation) {
        let name = &relation.name;
        for other in mentioned(relation) {
            self.relations.insert_new((other.clone(), name.clone()), ());
        }
        for constraint in relation.constraints.iter().filter_map(|constraint| constraint.name.as_deref()) {
            self.constraints.insert_new((name.beside(constraint), name.clone()), ());
        }
    }

    /// The relations that may speak of another, in the order of their names.
    pub(super) fn speakers<'a>(&'a self, of: &ObjectName) -> impl Iterator<Item = &'a ObjectName> {
        behind(&self.relations, of)
    }

    /// The tables that may have a constraint of that name.
    pub(super) fn with_constraint<'a>(&'a self, name: &ObjectName) -> impl Iterator<Item = &'a ObjectName> {
        behind(&self.constraints, name)
    }
}

fn behind<'a>(tree: &'a Tree<(ObjectName, ObjectName), ()>, name: &ObjectName) -> impl Iterator<Item = &'a ObjectName> {
    let from = tree.from(|(first, _)| first < name);
    from.map(|(pair, ())| pair).take_while(move |(first, _)| first == name).map(|(_, second)| second)
}

/// Every relation that another one names.
fn mentioned(relation: &Relation) -> impl Iterator<Item = &ObjectName> {
    let keys = relation.constraints.iter().filter_map(|constraint| constraint.referenced());
    let parent = relation.partition_of.iter().map(|of| &of.parent);
    let owner = relation.owned_by.iter().map(|(owner, _)| owner);
    keys.chain(&relation.inherits).chain(&relation.reads).chain(parent).chain(owner)
}
