//! The entries of a map one after the other, and where two versions of it differ.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Leaf, Link, Node, Tree};

impl<K, V> Tree<K, V> {
    /// All entries, in an order that means nothing.
    pub(crate) fn unsorted(&self) -> Entries<'_, K, V> {
        Entries { open: self.root.iter().map(Place::from).collect() }
    }

    /// Entries among which are all whose hash has the bits of another one above the lowest `low`.
    pub(crate) fn near(&self, hash: u64, low: u32) -> Entries<'_, K, V> {
        let mut link = self.root.as_ref();
        while let Some(Link::Node(node)) = link
            && node.shift >= low
        {
            link = node.children[node.slot(hash)].as_ref();
        }
        Entries { open: link.into_iter().map(Place::from).collect() }
    }
}

impl<K: Ord, V> Tree<K, V> {
    /// The keys that only one of two versions has, or whose values are not the same. What both share is passed over.
    pub(crate) fn differences<'a>(
        &'a self,
        other: &'a Self,
        same: impl Fn(&V, &V) -> bool,
    ) -> impl Iterator<Item = &'a K> {
        let (mut ones, mut twos) = (self.unsorted(), other.unsorted());
        std::iter::from_fn(move || {
            loop {
                ones.descend_beside(&mut twos);
                let order = match (ones.leaf(), twos.leaf()) {
                    (None, None) => return None,
                    (Some(_), None) => Ordering::Less,
                    (None, Some(_)) => Ordering::Greater,
                    (Some(one), Some(two)) => one.hash.cmp(&two.hash).then_with(|| one.key.cmp(&two.key)),
                };
                let one = if order.is_le() { ones.next() } else { None };
                let two = if order.is_ge() { twos.next() } else { None };
                match (one, two) {
                    (Some((_, one)), Some((_, two))) if same(one, two) => {}
                    (Some((key, _)), _) | (None, Some((key, _))) => return Some(key),
                    (None, None) => {}
                }
            }
        })
    }
}

/// The entries that are left, in the order of their hashes.
pub(crate) struct Entries<'a, K, V> {
    /// What is left, the next last.
    open: Vec<Place<'a, K, V>>,
}

enum Place<'a, K, V> {
    Leaf(&'a Arc<Leaf<K, V>>),
    Node(&'a Arc<Node<K, V>>),
}

impl<'a, K, V> From<&'a Link<K, V>> for Place<'a, K, V> {
    fn from(link: &'a Link<K, V>) -> Self {
        match link {
            Link::Leaf(leaf) => Self::Leaf(leaf),
            Link::Node(node) => Self::Node(node),
        }
    }
}

impl<K, V> Place<'_, K, V> {
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Leaf(one), Self::Leaf(two)) => Arc::ptr_eq(one, two),
            (Self::Node(one), Self::Node(two)) => Arc::ptr_eq(one, two),
            _ => false,
        }
    }
}

impl<'a, K, V> Entries<'a, K, V> {
    /// The next entry, if no node stands before it.
    fn leaf(&self) -> Option<&'a Leaf<K, V>> {
        match self.open.last()? {
            Place::Leaf(leaf) => Some(leaf),
            Place::Node(_) => None,
        }
    }

    /// How much the node comprises that is next.
    fn extent(&self) -> Option<u32> {
        match self.open.last()? {
            Place::Leaf(_) => None,
            Place::Node(node) => Some(node.shift),
        }
    }

    /// Puts the children in the place of their node.
    fn open(&mut self, node: &'a Node<K, V>) {
        self.open.extend(node.children.iter().rev().flatten().map(Place::from));
    }

    fn open_next(&mut self) {
        if let Some(Place::Node(node)) = self.open.pop_if(|place| matches!(place, Place::Node(_))) {
            self.open(node);
        }
    }

    /// Goes down to the next leaves of two versions, past what they share.
    fn descend_beside(&mut self, other: &mut Self) {
        loop {
            if let (Some(one), Some(two)) = (self.open.last(), other.open.last())
                && one.is(two)
            {
                self.open.pop();
                other.open.pop();
                continue;
            }
            let (one, two) = (self.extent(), other.extent());
            match one.cmp(&two) {
                Ordering::Greater => self.open_next(),
                Ordering::Less => other.open_next(),
                Ordering::Equal if one.is_none() => return,
                Ordering::Equal => {
                    self.open_next();
                    other.open_next();
                }
            }
        }
    }
}

impl<'a, K, V> Iterator for Entries<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.open.pop()? {
                Place::Node(node) => self.open(node),
                Place::Leaf(leaf) => {
                    self.open.extend(leaf.next.as_ref().map(Place::Leaf));
                    return Some((&leaf.key, &leaf.value));
                }
            }
        }
    }
}
