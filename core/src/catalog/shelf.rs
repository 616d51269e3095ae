//! The objects of one namespace: cheap to clone, copied where they change.

use std::sync::Arc;

use super::known::Known;
use super::naming::ObjectName;
use super::tree::{Hashed, Tree};

/// Objects by name, and what is known of names that are not there.
#[derive(Debug)]
pub(super) struct Shelf<K, T> {
    entries: Tree<K, Entry<T>>,
    /// Names whose absence is not what that of a name never seen means.
    exceptions: Tree<K, Absence>,
    /// What was put or edited since somebody took note of it; nothing is written down where nobody does.
    touched: Option<Vec<Touch<K, T>>>,
}

/// What was put or edited, and what it was before if it was edited.
type Touch<K, T> = (K, Option<Arc<T>>);

#[derive(Debug)]
struct Entry<T> {
    object: Arc<T>,
    /// Whether it surely is so; a condition that was not decided makes it doubtful.
    certain: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Absence {
    /// It was removed, or is known not to be there.
    Sure,
    /// A step that may have run removed it.
    Doubtful,
}

impl<T> Clone for Entry<T> {
    fn clone(&self) -> Self {
        Self { object: Arc::clone(&self.object), certain: self.certain }
    }
}

impl<T: PartialEq> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        self.certain == other.certain && (Arc::ptr_eq(&self.object, &other.object) || self.object == other.object)
    }
}

impl<T: Eq> Eq for Entry<T> {}

impl<K: Ord, T: PartialEq> PartialEq for Shelf<K, T> {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries && self.exceptions == other.exceptions
    }
}

impl<K: Ord, T: Eq> Eq for Shelf<K, T> {}

impl<K: Clone, T> Clone for Shelf<K, T> {
    fn clone(&self) -> Self {
        Self { entries: self.entries.clone(), exceptions: self.exceptions.clone(), touched: self.touched.clone() }
    }
}

impl<K, T> Default for Shelf<K, T> {
    fn default() -> Self {
        Self { entries: Tree::default(), exceptions: Tree::default(), touched: None }
    }
}

impl<K: Hashed + Ord + Clone, T: Clone> Shelf<K, T> {
    /// What stands under the name if every step that may have run did.
    pub(super) fn find(&self, key: &K) -> Option<&T> {
        self.entries.get(key).map(|entry| &*entry.object)
    }

    /// What is known of the name. `open` says what it means that a name was never seen.
    pub(super) fn look(&self, key: &K, open: bool) -> Known<&T> {
        match self.entries.get(key) {
            Some(entry) if entry.certain => Known::Present(&entry.object),
            Some(_) => Known::Unknown,
            None => match self.exceptions.get(key) {
                Some(Absence::Doubtful) => Known::Unknown,
                None if open => Known::Unknown,
                Some(Absence::Sure) | None => Known::Absent,
            },
        }
    }

    /// Whether an object was taken from under the name.
    pub(super) fn was_taken(&self, key: &K) -> bool {
        self.exceptions.get(key).is_some()
    }

    /// Puts an object under a name.
    pub(super) fn put(&mut self, key: K, object: T) {
        self.exceptions.remove(&key);
        touch(&mut self.touched, &key, None);
        self.entries.insert(key, Entry { object: Arc::new(object), certain: true });
    }

    /// The object under a name, to be changed.
    pub(super) fn edit(&mut self, key: &K) -> Option<&mut T> {
        let entry = self.entries.get_mut(key)?;
        touch(&mut self.touched, key, Some(&entry.object));
        Some(Arc::make_mut(&mut entry.object))
    }

    /// An empty shelf that writes down what is put or edited.
    pub(super) fn noted() -> Self {
        Self { touched: Some(Vec::new()), ..Self::default() }
    }

    /// What was put or edited since the last note.
    pub(super) fn touched(&self) -> &[Touch<K, T>] {
        self.touched.as_deref().unwrap_or_default()
    }

    /// Note was taken of all that was put or edited.
    pub(super) fn forget_touched(&mut self) {
        self.touched.iter_mut().for_each(Vec::clear);
    }

    /// Changes every object that needs it.
    pub(super) fn edit_where(&mut self, needs: impl Fn(&T) -> bool, mut change: impl FnMut(&mut T)) {
        let keys: Vec<K> =
            self.entries.unsorted().filter(|(_, entry)| needs(&entry.object)).map(|(key, _)| key.clone()).collect();
        for key in &keys {
            self.edit(key).into_iter().for_each(&mut change);
        }
    }

    /// Takes an object away: from now on it is known to be absent.
    pub(super) fn take(&mut self, key: &K) -> Option<T> {
        let found = self.entries.remove(key);
        self.exceptions.insert(key.clone(), Absence::Sure);
        found.map(|entry| Arc::unwrap_or_clone(entry.object))
    }

    /// Gives an object another name, its certainty kept.
    pub(super) fn rename(&mut self, from: &K, to: &K) {
        let certain = self.entries.get(from).is_none_or(|entry| entry.certain);
        if let Some(object) = self.take(from) {
            self.put(to.clone(), object);
            if !certain {
                self.doubt(to);
            }
        }
    }

    /// Makes what is known of a name doubtful.
    pub(super) fn doubt(&mut self, key: &K) {
        match self.entries.get_mut(key) {
            Some(entry) => entry.certain = false,
            None => self.exceptions.insert(key.clone(), Absence::Doubtful),
        }
    }

    /// Makes all doubtful that is not as it was before.
    pub(super) fn doubt_changes(&mut self, before: &Self) {
        let same = |now: &Entry<T>, then: &Entry<T>| Arc::ptr_eq(&now.object, &then.object);
        let changed: Vec<K> = self.entries.differences(&before.entries, same).cloned().collect();
        for key in &changed {
            self.doubt(key);
        }
    }

    /// The names under which something else stands in another version; what both share is passed over.
    pub(super) fn differing<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a K> {
        self.entries.differences(&other.entries, |one, two| Arc::ptr_eq(&one.object, &two.object))
    }

    /// Forgets which names are known to be absent.
    pub(super) fn open(&mut self) {
        self.exceptions = Tree::default();
    }

    /// All objects in the order of their names.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &T)> {
        self.entries.iter().map(|(key, entry)| (key, &*entry.object))
    }

    /// All objects in the order of their names, and whether each surely is so.
    pub(super) fn all(&self) -> impl Iterator<Item = (&K, &Arc<T>, bool)> {
        self.entries.iter().map(|(key, entry)| (key, &entry.object, entry.certain))
    }
}

fn touch<K: Clone + PartialEq, T>(touched: &mut Option<Vec<Touch<K, T>>>, key: &K, before: Option<&Arc<T>>) {
    if let Some(touched) = touched.as_mut().filter(|touched| touched.last().is_none_or(|(last, _)| last != key)) {
        touched.push((key.clone(), before.cloned()));
    }
}

impl<T: Clone> Shelf<ObjectName, T> {
    /// Whether nothing stands on it.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The full name of what stands under a name in a schema.
    pub(super) fn name_of(&self, schema: &str, name: &str) -> Option<&ObjectName> {
        let is = |other: &ObjectName| *other.name == *name && *other.schema == *schema;
        self.entries.find(ObjectName::hash_of(schema, name), is).map(|(name, _)| name)
    }
}

impl<T> Shelf<ObjectName, T> {
    /// The names in a schema, in their order.
    pub(super) fn names_in(&self, schema: &str) -> Vec<ObjectName> {
        let near = self.entries.near(ObjectName::hash_of_schema(schema), u32::BITS).map(|(name, _)| name);
        let mut names: Vec<ObjectName> = near.filter(|name| *name.schema == *schema).cloned().collect();
        names.sort_unstable();
        names
    }
}
