//! The columns, constraints, indexes and triggers of a relation: a list that is cheap to copy, since a replay keeps each
//! relation as it was before every statement that changes it.

use std::collections::BTreeSet;
use std::sync::Arc;

/// A list whose copies share their parts; a part is copied when it is changed.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts<T> {
    parts: Vec<Arc<T>>,
}

impl<T> Clone for Parts<T> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone() }
    }
}

impl<T> Default for Parts<T> {
    fn default() -> Self {
        Self { parts: Vec::new() }
    }
}

impl<T> Parts<T> {
    /// The parts in their order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { parts: self.parts.iter() }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether these are the very parts of another list.
    pub(super) fn are_shared(&self, other: &Self) -> bool {
        self.len() == other.len() && self.parts.iter().zip(&other.parts).all(|(one, two)| Arc::ptr_eq(one, two))
    }

    /// The parts that another list does not share.
    pub(super) fn apart_from(&self, other: Option<&Self>) -> impl Iterator<Item = &T> {
        let shared: BTreeSet<*const T> = other.into_iter().flat_map(|other| &other.parts).map(Arc::as_ptr).collect();
        self.parts.iter().filter(move |part| !shared.contains(&Arc::as_ptr(part))).map(AsRef::as_ref)
    }

    pub(super) fn push(&mut self, part: impl Into<Arc<T>>) {
        self.parts.push(part.into());
    }

    pub(super) fn insert(&mut self, at: usize, part: T) {
        self.parts.insert(at, Arc::new(part));
    }

    pub(super) fn retain(&mut self, mut stays: impl FnMut(&T) -> bool) {
        self.parts.retain(|part| stays(part));
    }
}

impl<T: Clone> Parts<T> {
    /// Some of the parts, to be changed.
    pub(super) fn iter_mut_where(&mut self, mut wanted: impl FnMut(&T) -> bool) -> impl Iterator<Item = &mut T> {
        self.parts.iter_mut().filter(move |part| wanted(part)).map(Arc::make_mut)
    }

    /// All parts, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.parts.iter_mut().map(Arc::make_mut)
    }
}

/// Goes through the parts of a relation.
#[derive(Debug)]
pub struct Iter<'a, T> {
    parts: std::slice::Iter<'a, Arc<T>>,
}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone() }
    }
}

/// Goes through none.
impl<T> Default for Iter<'_, T> {
    fn default() -> Self {
        Self { parts: [].iter() }
    }
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        self.parts.next().map(AsRef::as_ref)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.parts.size_hint()
    }
}

impl<T> DoubleEndedIterator for Iter<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.parts.next_back().map(AsRef::as_ref)
    }
}

impl<'a, T> IntoIterator for &'a Parts<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> FromIterator<T> for Parts<T> {
    fn from_iter<I: IntoIterator<Item = T>>(parts: I) -> Self {
        Self { parts: parts.into_iter().map(Arc::new).collect() }
    }
}

impl<T> Extend<T> for Parts<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, parts: I) {
        self.parts.extend(parts.into_iter().map(Arc::new));
    }
}
