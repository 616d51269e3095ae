//! The entries of a map one after the other, and where two versions of it differ.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{BITS, Item, Leaf, Link, Node, Tree};

impl<K, V> Tree<K, V> {
    /// All entries, in an order that means nothing.
    pub(crate) fn unsorted(&self) -> Entries<'_, K, V> {
        Entries { open: self.root.iter().map(Place::Item).collect() }
    }

    /// Entries among which are all whose hash has the bits of another one above the lowest `low`.
    pub(crate) fn near(&self, hash: u64, low: u32) -> Entries<'_, K, V> {
        let may_hold = |link: &&Link<K, V>| match &***link {
            Item::Node(node) if node.shift + BITS > low => node.leads_to(hash),
            item => (item.hash() ^ hash) >> low == 0,
        };
        let mut link = self.root.as_ref().filter(may_hold);
        while let Some(Item::Node(node)) = link.map(AsRef::as_ref)
            && node.shift >= low
        {
            link = node.children[node.slot(hash)].as_ref().filter(may_hold);
        }
        Entries { open: link.into_iter().map(Place::Item).collect() }
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
    Item(&'a Link<K, V>),
    /// An entry whose hash the one before it has.
    Next(&'a Arc<Leaf<K, V>>),
}

impl<'a, K, V> Place<'a, K, V> {
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Item(one), Self::Item(two)) => Arc::ptr_eq(one, two),
            (Self::Next(one), Self::Next(two)) => Arc::ptr_eq(one, two),
            _ => false,
        }
    }

    fn leaf(&self) -> Option<&'a Leaf<K, V>> {
        match self {
            Self::Next(leaf) => Some(leaf),
            Self::Item(item) => match &***item {
                Item::Leaf(leaf) => Some(leaf),
                Item::Node(_) => None,
            },
        }
    }

    fn node(&self) -> Option<&'a Node<K, V>> {
        match self {
            Self::Next(_) => None,
            Self::Item(item) => match &***item {
                Item::Leaf(_) => None,
                Item::Node(node) => Some(node),
            },
        }
    }
}

impl<'a, K, V> Entries<'a, K, V> {
    /// The next entry, if no node stands before it.
    fn leaf(&self) -> Option<&'a Leaf<K, V>> {
        self.open.last()?.leaf()
    }

    /// The node that stands before the next entry.
    fn node(&self) -> Option<&'a Node<K, V>> {
        self.open.last()?.node()
    }

    /// Puts the children in the place of the next node.
    fn open_next(&mut self) {
        if let Some(node) = self.node() {
            self.open.pop();
            self.open.extend(node.children.iter().rev().flatten().map(Place::Item));
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
            let (one, two) = (self.node().map(|node| node.shift), other.node().map(|node| node.shift));
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
        while self.node().is_some() {
            self.open_next();
        }
        let leaf = self.open.pop()?.leaf()?;
        self.open.extend(leaf.next.as_ref().map(Place::Next));
        Some((&leaf.key, &leaf.value))
    }
}
