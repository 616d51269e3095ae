//! A map of which old versions cost next to nothing: a change copies the path to it and shares the rest.
//!
//! A replay keeps the catalog before each statement. With a map that is copied whole, that would take quadratic time.
//! It is a trie over the bits of the keys' hashes, the highest first, in which no node has a single child: a look-up
//! passes four nodes among thousands of entries, and equal sets of keys have equal shapes.

mod entries;

use std::cmp::Ordering;
use std::sync::Arc;

/// What can be a key.
pub(crate) trait Hashed {
    /// The same number for equal keys, on every machine.
    fn hash(&self) -> u64;
}

/// A map.
#[derive(Debug)]
pub(crate) struct Tree<K, V> {
    root: Option<Link<K, V>>,
}

type Link<K, V> = Arc<Item<K, V>>;

#[derive(Debug, Clone)]
enum Item<K, V> {
    Leaf(Leaf<K, V>),
    Node(Node<K, V>),
}

/// An entry.
#[derive(Debug, Clone)]
struct Leaf<K, V> {
    hash: u64,
    key: K,
    value: V,
    /// The entry with the next higher key among those of the same hash.
    next: Option<Arc<Self>>,
}

/// How many bits of a hash choose among the children of a node.
const BITS: u32 = 3;

#[derive(Debug)]
struct Node<K, V> {
    /// The hash of some entry below: all have the same bits above those that choose among the children.
    hash: u64,
    /// The lowest of the bits that choose among the children.
    shift: u32,
    children: [Option<Link<K, V>>; 1 << BITS],
}

impl<K, V> Clone for Node<K, V> {
    fn clone(&self) -> Self {
        Self { hash: self.hash, shift: self.shift, children: self.children.clone() }
    }
}

impl<K, V> Clone for Tree<K, V> {
    fn clone(&self) -> Self {
        Self { root: self.root.clone() }
    }
}

impl<K, V> Default for Tree<K, V> {
    fn default() -> Self {
        Self { root: None }
    }
}

impl<K: Ord, V: PartialEq> PartialEq for Tree<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.differences(other, |one, two| one == two).next().is_none()
    }
}

impl<K: Ord, V: Eq> Eq for Tree<K, V> {}

impl<K, V> Item<K, V> {
    fn hash(&self) -> u64 {
        match self {
            Self::Leaf(leaf) => leaf.hash,
            Self::Node(node) => node.hash,
        }
    }

    /// Whether an entry of that hash stands here or below, if it stands anywhere.
    fn leads_to(&self, hash: u64) -> bool {
        match self {
            Self::Leaf(leaf) => leaf.hash == hash,
            Self::Node(node) => node.leads_to(hash),
        }
    }

    /// A node of two of which none leads to the other.
    fn join(one: Link<K, V>, two: Link<K, V>) -> Self {
        let differ = one.hash() ^ two.hash();
        let shift = (u64::BITS - 1 - differ.leading_zeros()) / BITS * BITS;
        let mut node = Node { hash: one.hash(), shift, children: Default::default() };
        for link in [one, two] {
            let slot = node.slot(link.hash());
            node.children[slot] = Some(link);
        }
        Self::Node(node)
    }
}

impl<K, V> Node<K, V> {
    fn leads_to(&self, hash: u64) -> bool {
        (self.hash ^ hash) >> self.shift >> BITS == 0
    }

    fn slot(&self, hash: u64) -> usize {
        ((hash >> self.shift) % (1 << BITS)) as usize
    }
}

impl<K, V> Tree<K, V> {
    /// Whether it has no entries.
    pub(crate) fn is_empty(&self) -> bool {
        self.root.is_none()
    }
}

impl<K: Ord, V> Tree<K, V> {
    /// All entries in the order of their keys.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        let mut entries: Vec<(&K, &V)> = self.unsorted().collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        entries.into_iter()
    }
}

impl<K: Hashed + Ord + Clone, V: Clone> Tree<K, V> {
    /// The value of a key.
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        if self.is_empty() {
            return None;
        }
        self.find(key.hash(), |other| key == other).map(|(_, value)| value)
    }

    /// The entry of the key that has that hash and is the one that is looked for.
    pub(crate) fn find(&self, hash: u64, is: impl Fn(&K) -> bool) -> Option<(&K, &V)> {
        let mut item = self.root.as_deref()?;
        let mut leaf = loop {
            match item {
                Item::Node(node) => item = node.children[node.slot(hash)].as_deref()?,
                Item::Leaf(leaf) => break leaf,
            }
        };
        if leaf.hash != hash {
            return None;
        }
        while !is(&leaf.key) {
            leaf = leaf.next.as_deref()?;
        }
        Some((&leaf.key, &leaf.value))
    }

    /// The value of a key, to be changed.
    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let hash = key.hash();
        let mut item = Arc::make_mut(self.root.as_mut()?);
        let mut leaf = loop {
            match item {
                Item::Node(node) => item = Arc::make_mut(node.children[node.slot(hash)].as_mut()?),
                Item::Leaf(leaf) => break leaf,
            }
        };
        while leaf.key != *key {
            leaf = Arc::make_mut(leaf.next.as_mut()?);
        }
        Some(&mut leaf.value)
    }

    /// Sets the value of a key.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        let leaf = Leaf { hash: key.hash(), key, value, next: None };
        match &mut self.root {
            Some(root) => insert(root, leaf),
            None => self.root = Some(Arc::new(Item::Leaf(leaf))),
        }
    }

    /// Takes a key away.
    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        self.get(key)?;
        remove(&mut self.root, key.hash(), key)
    }
}

fn insert<K: Ord + Clone, V: Clone>(link: &mut Link<K, V>, leaf: Leaf<K, V>) {
    if !link.leads_to(leaf.hash) {
        *link = Arc::new(Item::join(Arc::clone(link), Arc::new(Item::Leaf(leaf))));
        return;
    }
    match Arc::make_mut(link) {
        Item::Leaf(first) => chain(first, leaf),
        Item::Node(node) => {
            let slot = node.slot(leaf.hash);
            match &mut node.children[slot] {
                Some(child) => insert(child, leaf),
                empty => *empty = Some(Arc::new(Item::Leaf(leaf))),
            }
        }
    }
}

/// Puts an entry among those of its hash.
fn chain<K: Ord + Clone, V: Clone>(first: &mut Leaf<K, V>, mut leaf: Leaf<K, V>) {
    match first.key.cmp(&leaf.key) {
        Ordering::Equal => first.value = leaf.value,
        Ordering::Greater => {
            let old = std::mem::replace(first, leaf);
            first.next = Some(Arc::new(old));
        }
        Ordering::Less => {
            let mut at = &mut first.next;
            while at.as_ref().is_some_and(|other| other.key < leaf.key) {
                let Some(other) = at else { return };
                at = &mut Arc::make_mut(other).next;
            }
            leaf.next = match at.take() {
                Some(same) if same.key == leaf.key => same.next.clone(),
                rest => rest,
            };
            *at = Some(Arc::new(leaf));
        }
    }
}

/// Takes a key away that is there.
fn remove<K: Ord + Clone, V: Clone>(link: &mut Option<Link<K, V>>, hash: u64, key: &K) -> Option<V> {
    let mut shared = link.take()?;
    match Arc::make_mut(&mut shared) {
        Item::Leaf(first) if first.key == *key => {
            *link = first.next.take().map(|next| Arc::new(Item::Leaf(Arc::unwrap_or_clone(next))));
            Some(first.value.clone())
        }
        Item::Leaf(first) => {
            let removed = unchain(&mut first.next, key);
            *link = Some(shared);
            removed
        }
        Item::Node(node) => {
            let slot = node.slot(hash);
            let removed = remove(&mut node.children[slot], hash, key);
            let mut left = node.children.iter_mut().filter(|child| child.is_some());
            *link = match (left.next(), left.next()) {
                (Some(only), None) => only.take(),
                _ => Some(shared),
            };
            removed
        }
    }
}

/// Takes an entry from among those of its hash.
fn unchain<K: Ord + Clone, V: Clone>(mut link: &mut Option<Arc<Leaf<K, V>>>, key: &K) -> Option<V> {
    while link.as_ref()?.key != *key {
        link = &mut Arc::make_mut(link.as_mut()?).next;
    }
    let removed = Arc::unwrap_or_clone(link.take()?);
    *link = removed.next;
    Some(removed.value)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Every third key shares its hash with others.
    impl Hashed for u32 {
        fn hash(&self) -> u64 {
            if self.is_multiple_of(3) { 7 } else { u64::from(*self).wrapping_mul(0x9e37_79b9_7f4a_7c15) }
        }
    }

    #[test]
    fn it_does_what_the_map_of_the_standard_library_does() {
        let (mut tree, mut map, mut random) = (Tree::default(), BTreeMap::new(), 1_u32);
        for round in 0..5_000_u32 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let key = (random >> 16) % 300;
            let before = tree.clone();
            if random & 1024 == 0 {
                tree.insert(key, round);
                map.insert(key, round);
            } else {
                assert_eq!(tree.remove(&key), map.remove(&key));
            }
            let changed: Vec<_> = tree.differences(&before, |now, then| now == then).collect();
            assert_eq!(changed, if tree.iter().eq(before.iter()) { Vec::new() } else { vec![&key] });
            assert!(tree.iter().eq(map.iter()));
            let mut alike: Vec<u32> = tree.near(7, 0).map(|(key, _)| *key).filter(|key| key.hash() == 7).collect();
            alike.sort_unstable();
            assert!(alike.iter().eq(map.keys().filter(|key| key.hash() == 7)));
            assert_eq!(tree.get(&key), map.get(&key));
            assert_eq!(tree.get_mut(&key), map.get_mut(&key));
        }
    }

    #[test]
    fn an_old_version_stays_as_it_was() {
        let mut tree = Tree::default();
        (0..100).for_each(|key| tree.insert(key, key));
        let old = tree.clone();
        *tree.get_mut(&40).unwrap() = 0;
        tree.remove(&7);
        assert!(old.iter().all(|(key, value)| key == value));
        assert_eq!(old.iter().count(), 100);
        assert!(tree != old);
        assert!(tree.near(100_000.hash(), 32).next().is_none(), "nothing is looked at that is not near");
    }
}
