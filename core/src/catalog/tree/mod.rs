//! A map of which old versions cost next to nothing: a change copies the path to it and shares the rest.
//!
//! A replay keeps the catalog before each statement. With a map that is copied whole, that would take quadratic time.
//! It is a trie over the bits of the keys' hashes, the highest first, in which no node has a single child: a look-up
//! passes four nodes among thousands of entries, and equal sets of keys have equal shapes.

mod entries;

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

#[derive(Debug)]
enum Link<K, V> {
    Leaf(Arc<Leaf<K, V>>),
    Node(Arc<Node<K, V>>),
}

/// An entry. It stands apart from the nodes, so that these are small to copy.
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

impl<K, V> Clone for Link<K, V> {
    fn clone(&self) -> Self {
        match self {
            Self::Leaf(leaf) => Self::Leaf(Arc::clone(leaf)),
            Self::Node(node) => Self::Node(Arc::clone(node)),
        }
    }
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

impl<K, V> Link<K, V> {
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

    /// A node of two links of which none leads to the other.
    fn join(one: Self, two: Self) -> Self {
        let differ = one.hash() ^ two.hash();
        let shift = (u64::BITS - 1 - differ.leading_zeros()) / BITS * BITS;
        let mut node = Node { hash: one.hash(), shift, children: Default::default() };
        for link in [one, two] {
            let slot = node.slot(link.hash());
            node.children[slot] = Some(link);
        }
        Self::Node(Arc::new(node))
    }
}

impl<K, V> Node<K, V> {
    /// Whether an entry of that hash stands below, if it stands anywhere.
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
        let hash = if self.is_empty() { return None } else { key.hash() };
        self.find(hash, |other| key == other).map(|(_, value)| value)
    }

    /// The entry of the key that has that hash and is the one that is looked for.
    pub(crate) fn find(&self, hash: u64, is: impl Fn(&K) -> bool) -> Option<(&K, &V)> {
        let mut link = self.root.as_ref();
        while let Some(Link::Node(node)) = link {
            link = node.children[node.slot(hash)].as_ref().filter(|_| node.leads_to(hash));
        }
        let Some(Link::Leaf(leaf)) = link else { return None };
        let mut leaf = Some(leaf).filter(|leaf| leaf.hash == hash);
        while let Some(other) = leaf.filter(|leaf| !is(&leaf.key)) {
            leaf = other.next.as_ref();
        }
        leaf.map(|leaf| (&leaf.key, &leaf.value))
    }

    /// The value of a key, to be changed.
    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let hash = key.hash();
        let mut link = self.root.as_mut()?;
        while let Link::Node(node) = link {
            let node = Some(node).filter(|node| node.leads_to(hash)).map(Arc::make_mut)?;
            link = node.children[node.slot(hash)].as_mut()?;
        }
        let Link::Leaf(leaf) = link else { return None };
        let mut leaf = Some(leaf).filter(|leaf| leaf.hash == hash).map(Arc::make_mut);
        while leaf.as_ref().is_some_and(|leaf| leaf.key != *key) {
            leaf = leaf?.next.as_mut().map(Arc::make_mut);
        }
        leaf.map(|leaf| &mut leaf.value)
    }

    /// Sets the value of a key.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        let leaf = Leaf { hash: key.hash(), key, value, next: None };
        match &mut self.root {
            Some(root) => insert(root, leaf),
            None => self.root = Some(Link::Leaf(Arc::new(leaf))),
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
        *link = Link::join(link.clone(), Link::Leaf(Arc::new(leaf)));
        return;
    }
    match link {
        Link::Leaf(first) => chain(first, leaf),
        Link::Node(node) => {
            let node = Arc::make_mut(node);
            let slot = node.slot(leaf.hash);
            match &mut node.children[slot] {
                Some(child) => insert(child, leaf),
                empty => *empty = Some(Link::Leaf(Arc::new(leaf))),
            }
        }
    }
}

/// Puts an entry among those of its hash.
fn chain<K: Ord + Clone, V: Clone>(mut first: &mut Arc<Leaf<K, V>>, mut leaf: Leaf<K, V>) {
    while first.key < leaf.key {
        match &mut Arc::make_mut(first).next {
            Some(next) => first = next,
            none => {
                *none = Some(Arc::new(leaf));
                return;
            }
        }
    }
    leaf.next = if first.key == leaf.key { first.next.clone() } else { Some(Arc::clone(first)) };
    *first = Arc::new(leaf);
}

/// Takes a key away that is there.
fn remove<K: Ord + Clone, V: Clone>(link: &mut Option<Link<K, V>>, hash: u64, key: &K) -> Option<V> {
    match link.take()? {
        Link::Leaf(leaf) => {
            let mut first = Some(leaf);
            let removed = unchain(&mut first, key);
            *link = first.map(Link::Leaf);
            removed
        }
        Link::Node(mut shared) => {
            let node = Arc::make_mut(&mut shared);
            let slot = node.slot(hash);
            let removed = remove(&mut node.children[slot], hash, key);
            let mut left = node.children.iter_mut().filter(|child| child.is_some());
            *link = match (left.next(), left.next()) {
                (Some(only), None) => only.take(),
                _ => Some(Link::Node(shared)),
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
    }
}
