//! The objects of one namespace: cheap to clone, copied where they change.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::known::Known;

/// Objects by name, and what is known of names that are not there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shelf<K: Ord, T> {
    entries: Arc<BTreeMap<K, Entry<T>>>,
    /// Names whose absence is not what that of a name never seen means.
    exceptions: Arc<BTreeMap<K, Absence>>,
}

#[derive(Debug, PartialEq, Eq)]
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

impl<K: Ord, T> Clone for Shelf<K, T> {
    fn clone(&self) -> Self {
        Self { entries: Arc::clone(&self.entries), exceptions: Arc::clone(&self.exceptions) }
    }
}

impl<K: Ord, T> Default for Shelf<K, T> {
    fn default() -> Self {
        Self { entries: Arc::default(), exceptions: Arc::default() }
    }
}

impl<K: Ord + Clone, T: Clone> Shelf<K, T> {
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

    /// A shelf with nothing but what stands under the name.
    pub(super) fn only(&self, key: &K) -> Self {
        let entry = self.entries.get(key).map(|entry| (key.clone(), entry.clone()));
        Self { entries: Arc::new(entry.into_iter().collect()), exceptions: Arc::default() }
    }

    /// Puts an object under a name.
    pub(super) fn put(&mut self, key: K, object: T) {
        if self.exceptions.contains_key(&key) {
            Arc::make_mut(&mut self.exceptions).remove(&key);
        }
        Arc::make_mut(&mut self.entries).insert(key, Entry { object: Arc::new(object), certain: true });
    }

    /// The object under a name, to be changed.
    pub(super) fn edit(&mut self, key: &K) -> Option<&mut T> {
        if !self.entries.contains_key(key) {
            return None;
        }
        Arc::make_mut(&mut self.entries).get_mut(key).map(|entry| Arc::make_mut(&mut entry.object))
    }

    /// Changes every object that needs it.
    pub(super) fn edit_where(&mut self, needs: impl Fn(&T) -> bool, mut change: impl FnMut(&mut T)) {
        let keys: Vec<K> =
            self.entries.iter().filter(|(_, entry)| needs(&entry.object)).map(|(key, _)| key.clone()).collect();
        for key in &keys {
            self.edit(key).into_iter().for_each(&mut change);
        }
    }

    /// Takes an object away: from now on it is known to be absent.
    pub(super) fn take(&mut self, key: &K) -> Option<T> {
        let found = self.find(key).is_some().then(|| Arc::make_mut(&mut self.entries).remove(key)).flatten();
        Arc::make_mut(&mut self.exceptions).insert(key.clone(), Absence::Sure);
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
        if self.entries.contains_key(key) {
            if let Some(entry) = Arc::make_mut(&mut self.entries).get_mut(key) {
                entry.certain = false;
            }
        } else {
            Arc::make_mut(&mut self.exceptions).insert(key.clone(), Absence::Doubtful);
        }
    }

    /// Makes all doubtful that is not as it was before.
    pub(super) fn doubt_changes(&mut self, before: &Self) {
        if Arc::ptr_eq(&self.entries, &before.entries) {
            return;
        }
        let same = |key: &K| match (self.entries.get(key), before.entries.get(key)) {
            (Some(now), Some(then)) => Arc::ptr_eq(&now.object, &then.object),
            (now, then) => now.is_none() && then.is_none(),
        };
        let keys = self.entries.keys().chain(before.entries.keys());
        let changed: Vec<K> = keys.filter(|key| !same(key)).cloned().collect();
        for key in &changed {
            self.doubt(key);
        }
    }

    /// Forgets which names are known to be absent.
    pub(super) fn open(&mut self) {
        if !self.exceptions.is_empty() {
            self.exceptions = Arc::default();
        }
    }

    /// All objects in the order of their names.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &T)> {
        self.entries.iter().map(|(key, entry)| (key, &*entry.object))
    }

    /// All objects in the order of their names, and whether each surely is so.
    pub(super) fn all(&self) -> impl Iterator<Item = (&K, &Arc<T>, bool)> {
        self.entries.iter().map(|(key, entry)| (key, &entry.object, entry.certain))
    }

    /// The names that fulfil a condition.
    pub(super) fn names(&self, wanted: impl Fn(&K) -> bool) -> Vec<K> {
        self.entries.keys().filter(|key| wanted(key)).cloned().collect()
    }
}
