//! What the catalog does not keep: the texts of views, routines, triggers and policies, comments, grants, and settings of
//! objects.
//!
//! A book is written on as scripts are replayed, and remembers each change, so that it can be turned back.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::{ObjectName, ObjectRef};
use crate::change::ObjectKind;
use crate::sql::Dialect;

/// What a note is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aspect {
    /// How the object is defined.
    Definition,
    /// Its comment.
    Comment,
    /// A privilege, and who has it.
    Grant(String, String),
    /// Any other setting, by its name.
    Setting(String),
}

impl Aspect {
    /// The word for it.
    pub(super) fn in_words(&self) -> String {
        match self {
            Self::Definition => "definition".to_owned(),
            Self::Comment => "comment".to_owned(),
            Self::Grant(privilege, grantee) => format!("{privilege} of {grantee}"),
            Self::Setting(name) => name.clone(),
        }
    }
}

/// Where a note stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// The object, or what it is a part of.
    pub(super) name: ObjectName,
    /// The part; the parameters of a routine.
    pub(super) part: Option<Arc<str>>,
    /// What the object or the part is.
    pub(super) kind: ObjectKind,
    /// What is said of it.
    pub(super) aspect: Aspect,
}

impl Key {
    pub(super) fn new(object: &ObjectRef, aspect: Aspect) -> Self {
        Self { name: object.name.clone(), part: object.part.clone(), kind: object.kind, aspect }
    }

    /// The object it is about.
    pub(super) fn object(&self) -> ObjectRef {
        ObjectRef { kind: self.kind, name: self.name.clone(), part: self.part.clone() }
    }
}

/// What is said of an object.
#[derive(Debug, Clone)]
pub(super) struct Note {
    /// In one spelling, to be compared.
    pub(super) said: String,
    /// As it was written, to be said again.
    pub(super) source: Arc<str>,
}

impl PartialEq for Note {
    fn eq(&self, other: &Self) -> bool {
        self.said == other.said
    }
}

/// What a key held before a change.
pub(super) type Before = BTreeMap<Key, Option<Note>>;

/// The notes on all objects.
#[derive(Debug)]
pub(super) struct Book {
    pub(super) dialect: Dialect,
    notes: BTreeMap<Key, Note>,
    journal: Vec<(Key, Option<Note>)>,
}

impl Book {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { dialect, notes: BTreeMap::new(), journal: Vec::new() }
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Note> {
        self.notes.get(key)
    }

    pub(super) fn set(&mut self, key: Key, note: Note) {
        let old = self.notes.insert(key.clone(), note);
        self.journal.push((key, old));
    }

    pub(super) fn remove(&mut self, key: &Key) -> Option<Note> {
        let old = self.notes.remove(key)?;
        self.journal.push((key.clone(), Some(old.clone())));
        Some(old)
    }

    /// The keys about an object and its parts.
    pub(super) fn about(&self, name: &ObjectName) -> Vec<Key> {
        // `Table` is the first of all kinds.
        let from = Key { name: name.clone(), part: None, kind: ObjectKind::Table, aspect: Aspect::Definition };
        self.notes.range(from..).map(|(key, _)| key).take_while(|key| key.name == *name).cloned().collect()
    }

    /// A point to which the book can be turned back.
    pub(super) fn mark(&self) -> usize {
        self.journal.len()
    }

    /// What has changed since a mark: the keys that do not hold now what they held then, with that.
    pub(super) fn changes(&self, mark: usize) -> Before {
        let mut before = Before::new();
        for (key, old) in &self.journal[mark..] {
            before.entry(key.clone()).or_insert_with(|| old.clone());
        }
        before.retain(|key, old| self.notes.get(key) != old.as_ref());
        before
    }

    /// What it says now of the keys that have changed since a mark.
    pub(super) fn news(&self, mark: usize) -> Vec<(Key, Option<Note>)> {
        self.changes(mark).into_keys().map(|key| (key.clone(), self.notes.get(&key).cloned())).collect()
    }

    /// Takes over what another book came to say.
    pub(super) fn take_over(&mut self, news: &[(Key, Option<Note>)]) {
        for (key, note) in news {
            match note {
                Some(note) => drop(self.notes.insert(key.clone(), note.clone())),
                None => drop(self.notes.remove(key)),
            }
        }
    }

    /// Turns the book back to a mark.
    pub(super) fn rewind(&mut self, mark: usize) {
        while self.journal.len() > mark {
            match self.journal.pop() {
                Some((key, Some(old))) => drop(self.notes.insert(key, old)),
                Some((key, None)) => drop(self.notes.remove(&key)),
                None => return,
            }
        }
    }

    /// Forgets how it came to be what it is.
    pub(super) fn settle(&mut self) {
        self.journal.clear();
    }
}
