//! A map of which old versions cost next to nothing: a change copies the path to it and shares the rest.
//!
//! A replay keeps the catalog before each statement. With a map that is copied whole, that would take quadratic time.
//! Entries stand in the order of the hashes of their keys: every look-up compares a dozen, and most names of a project
//! begin alike.

use std::cmp::Ordering;
use std::sync::Arc;

/// What can be a key.
pub(crate) trait Hashed {
    /// The same number for equal keys, on every machine.
    fn hash(&self) -> u64;
}

/// A map, balanced as Adelson-Velsky and Landis describe.
#[derive(Debug)]
pub(crate) struct Tree<K, V> {
    root: Link<K, V>,
}

type Link<K, V> = Option<Arc<Node<K, V>>>;

/// A node is copied a dozen times as often as its entry is changed; so the entry stands apart, and the copy is small.
#[derive(Debug)]
struct Node<K, V> {
    hash: u64,
    entry: Arc<(K, V)>,
    height: u8,
    left: Link<K, V>,
    right: Link<K, V>,
}

impl<K, V> Clone for Node<K, V> {
    fn clone(&self) -> Self {
        let Self { hash, entry, height, left, right } = self;
        Self { hash: *hash, entry: Arc::clone(entry), height: *height, left: left.clone(), right: right.clone() }
    }
}

impl<K: Ord, V> Node<K, V> {
    /// Where a key stands, seen from here.
    fn side_of(&self, hash: u64, key: &K) -> Ordering {
        hash.cmp(&self.hash).then_with(|| key.cmp(&self.entry.0))
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

impl<K, V> Tree<K, V> {
    /// All entries, in an order that means nothing.
    pub(crate) fn unsorted(&self) -> Entries<'_, K, V> {
        let mut entries = Entries { open: Vec::new() };
        entries.descend(self.root.as_ref());
        entries
    }

    /// The entries from the first one on whose key has that hash or a higher one; those of equal hashes stand together.
    pub(crate) fn hashed_from(&self, hash: u64) -> Entries<'_, K, V> {
        let mut open = Vec::new();
        let mut link = self.root.as_ref();
        while let Some(node) = link {
            link = if node.hash < hash {
                node.right.as_ref()
            } else {
                open.push(node);
                node.left.as_ref()
            };
        }
        Entries { open }
    }
}

impl<K: Ord, V> Tree<K, V> {
    /// All entries in the order of their keys.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        let mut entries: Vec<(&K, &V)> = self.unsorted().collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        entries.into_iter()
    }

    /// The keys that only one of two versions has, or whose values are not the same. What both share is passed over.
    pub(crate) fn differences<'a>(
        &'a self,
        other: &'a Self,
        same: impl Fn(&V, &V) -> bool,
    ) -> impl Iterator<Item = &'a K> {
        let (mut ones, mut twos) = (self.unsorted(), other.unsorted());
        std::iter::from_fn(move || {
            loop {
                ones.pass_shared(&mut twos);
                let order = match (ones.peek(), twos.peek()) {
                    (None, None) => return None,
                    (Some(_), None) => Ordering::Less,
                    (None, Some(_)) => Ordering::Greater,
                    (Some(one), Some(two)) => one.side_of(two.hash, &two.entry.0).reverse(),
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

impl<K: Hashed + Ord + Clone, V: Clone> Tree<K, V> {
    /// The value of a key.
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        let hash = key.hash();
        let mut link = self.root.as_ref();
        while let Some(node) = link {
            link = match node.side_of(hash, key) {
                Ordering::Less => node.left.as_ref(),
                Ordering::Greater => node.right.as_ref(),
                Ordering::Equal => return Some(&node.entry.1),
            };
        }
        None
    }

    /// The value of a key, to be changed.
    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let hash = key.hash();
        let mut link = self.root.as_mut();
        while let Some(node) = link {
            let node = Arc::make_mut(node);
            link = match node.side_of(hash, key) {
                Ordering::Less => node.left.as_mut(),
                Ordering::Greater => node.right.as_mut(),
                Ordering::Equal => return Some(&mut Arc::make_mut(&mut node.entry).1),
            };
        }
        None
    }

    /// Sets the value of a key.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        insert(&mut self.root, key.hash(), key, value);
    }

    /// Takes a key away.
    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        self.get(key)?;
        remove(&mut self.root, key.hash(), key)
    }
}

fn height<K, V>(link: &Link<K, V>) -> u8 {
    link.as_ref().map_or(0, |node| node.height)
}

fn insert<K: Ord, V>(link: &mut Link<K, V>, hash: u64, key: K, value: V) {
    let Some(node) = link else {
        *link = Some(Arc::new(Node { hash, entry: Arc::new((key, value)), height: 1, left: None, right: None }));
        return;
    };
    let node = Arc::make_mut(node);
    match node.side_of(hash, &key) {
        Ordering::Less => insert(&mut node.left, hash, key, value),
        Ordering::Greater => insert(&mut node.right, hash, key, value),
        Ordering::Equal => {
            node.entry = Arc::new((key, value));
            return;
        }
    }
    balance(node);
}

fn remove<K: Ord + Clone, V: Clone>(link: &mut Link<K, V>, hash: u64, key: &K) -> Option<V> {
    let node = Arc::make_mut(link.as_mut()?);
    let removed = match node.side_of(hash, key) {
        Ordering::Less => remove(&mut node.left, hash, key)?,
        Ordering::Greater => remove(&mut node.right, hash, key)?,
        Ordering::Equal if node.left.is_none() || node.right.is_none() => {
            let rest = node.left.take().or(node.right.take());
            let removed = std::mem::replace(link, rest)?;
            return Some(Arc::unwrap_or_clone(Arc::unwrap_or_clone(removed).entry).1);
        }
        Ordering::Equal => {
            let next = take_first(&mut node.right)?;
            node.hash = next.hash;
            let removed = std::mem::replace(&mut node.entry, next.entry);
            Arc::unwrap_or_clone(removed).1
        }
    };
    balance(node);
    Some(removed)
}

fn take_first<K, V>(link: &mut Link<K, V>) -> Option<Node<K, V>> {
    let node = Arc::make_mut(link.as_mut()?);
    if node.left.is_none() {
        let rest = node.right.take();
        return std::mem::replace(link, rest).map(Arc::unwrap_or_clone);
    }
    let first = take_first(&mut node.left);
    balance(node);
    first
}

/// Makes the heights of both sides differ by one at most, where they differ by two.
fn balance<K, V>(node: &mut Node<K, V>) {
    let (left, right) = (height(&node.left), height(&node.right));
    if left > right + 1 {
        if let Some(child) = node.left.as_mut().map(Arc::make_mut)
            && height(&child.left) < height(&child.right)
        {
            rotate_left(child);
        }
        rotate_right(node);
    } else if right > left + 1 {
        if let Some(child) = node.right.as_mut().map(Arc::make_mut)
            && height(&child.right) < height(&child.left)
        {
            rotate_right(child);
        }
        rotate_left(node);
    } else {
        measure(node);
    }
}

fn measure<K, V>(node: &mut Node<K, V>) {
    node.height = 1 + height(&node.left).max(height(&node.right));
}

/// The right child comes to the top.
fn rotate_left<K, V>(node: &mut Node<K, V>) {
    let Some(child) = node.right.take() else { return };
    let mut child = Arc::unwrap_or_clone(child);
    node.right = child.left.take();
    measure(node);
    std::mem::swap(node, &mut child);
    node.left = Some(Arc::new(child));
    measure(node);
}

/// The left child comes to the top.
fn rotate_right<K, V>(node: &mut Node<K, V>) {
    let Some(child) = node.left.take() else { return };
    let mut child = Arc::unwrap_or_clone(child);
    node.left = child.right.take();
    measure(node);
    std::mem::swap(node, &mut child);
    node.right = Some(Arc::new(child));
    measure(node);
}

/// The entries that are left, in the order of their hashes.
pub(crate) struct Entries<'a, K, V> {
    /// Nodes whose left sides are done, the next one last.
    open: Vec<&'a Arc<Node<K, V>>>,
}

impl<'a, K, V> Entries<'a, K, V> {
    fn descend(&mut self, mut link: Option<&'a Arc<Node<K, V>>>) {
        while let Some(node) = link {
            self.open.push(node);
            link = node.left.as_ref();
        }
    }

    fn peek(&self) -> Option<&'a Node<K, V>> {
        self.open.last().map(|node| &***node)
    }

    /// Passes over nodes that two versions share, with all that stands right of them there.
    fn pass_shared(&mut self, other: &mut Self) {
        while let (Some(one), Some(two)) = (self.open.last(), other.open.last())
            && Arc::ptr_eq(one, two)
        {
            self.open.pop();
            other.open.pop();
        }
    }
}

impl<'a, K, V> Iterator for Entries<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        let node = self.open.pop()?;
        self.descend(node.right.as_ref());
        Some((&node.entry.0, &node.entry.1))
    }
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
            assert!(height(&tree.root) < 12);
            let mut alike: Vec<u32> =
                tree.hashed_from(7).map(|(key, _)| *key).take_while(|key| key.hash() == 7).collect();
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
