//! What a statement does, as it is found out.

use std::collections::BTreeSet;

use super::modes::ACCESS_EXCLUSIVE;
use crate::catalog::{Catalog, Index, Iter, Known, ObjectName, Persistence, Relation, RelationKind, Rows};
use crate::change::Name;
use crate::impact::{Effect, Fact, Impact, LockMode, Refusal, Situation, Stops, Target, Work};
use crate::text::Span;

/// The effects of a statement, put together clause by clause.
pub(super) struct Doing<'a> {
    pub(super) situation: &'a Situation<'a>,
    pub(super) impact: Impact,
    /// The clause that is looked at.
    pub(super) span: Span,
}

/// A relation that a statement names or reaches.
#[derive(Debug, Clone)]
pub(super) struct Subject<'a> {
    pub(super) name: ObjectName,
    /// What is known of it; nothing where the scripts never made it.
    pub(super) relation: Option<&'a Relation>,
}

impl<'a> Subject<'a> {
    pub(super) fn of(relation: &'a Relation) -> Self {
        Self { name: relation.name.clone(), relation: Some(relation) }
    }

    pub(super) fn target(&self) -> Target {
        let Some(relation) = self.relation else { return Target::Table };
        match relation.kind {
            RelationKind::Table if relation.partition_key.is_some() => Target::Partitioned,
            RelationKind::Table => Target::Table,
            RelationKind::ForeignTable => Target::Foreign,
            RelationKind::View | RelationKind::Synonym => Target::View,
            RelationKind::MaterializedView => Target::MaterializedView,
            RelationKind::Sequence => Target::Sequence,
        }
    }

    pub(super) fn indexes(&self) -> Iter<'a, Index> {
        self.relation.map(|relation| relation.indexes.iter()).unwrap_or_default()
    }
}

/// Who waits for a lock on such a relation. Measured: a materialised view and a view have readers only, a foreign table
/// of a file too; a sequence is read without a lock that counts.
fn stops(target: Target, mode: LockMode) -> Stops {
    match target {
        Target::Table | Target::Partitioned | Target::Index | Target::Database => mode.stops(),
        Target::MaterializedView | Target::View | Target::Foreign => Stops { writes: false, ..mode.stops() },
        Target::Sequence | Target::Type => Stops::NOBODY,
    }
}

impl<'a> Doing<'a> {
    pub(super) fn new(situation: &'a Situation<'a>, span: Span) -> Self {
        Self { situation, impact: Impact::default(), span }
    }

    pub(super) fn catalog(&self) -> &'a Catalog {
        self.situation.catalog
    }

    /// The major version of the server.
    pub(super) fn major(&self) -> u16 {
        self.situation.server.version.0
    }

    /// The relation that a name stands for; `None` if there is none.
    pub(super) fn find(&self, name: &Name) -> Option<Subject<'a>> {
        self.lookup(&self.catalog().relation_name(name))
    }

    pub(super) fn lookup(&self, name: &ObjectName) -> Option<Subject<'a>> {
        match self.catalog().relation(name) {
            Known::Present(relation) => Some(Subject::of(relation)),
            Known::Absent => None,
            Known::Unknown => Some(Subject { name: name.clone(), relation: None }),
        }
    }

    /// The partitions and children of a relation, and theirs.
    pub(super) fn descendants(&self, subject: &Subject<'a>) -> Vec<Subject<'a>> {
        let mut found: Vec<Subject<'a>> = Vec::new();
        let (mut seen, mut open) = (BTreeSet::new(), Vec::new());
        let mut parent = Some(&subject.name);
        while let Some(name) = parent {
            for child in self.catalog().children_of(name) {
                if child.name != subject.name && seen.insert(&child.name) {
                    open.push(&child.name);
                    found.push(Subject::of(child));
                }
            }
            parent = open.pop();
        }
        found
    }

    /// A relation and, unless only it is meant, its partitions and children.
    pub(super) fn family(&self, subject: &Subject<'a>, only: bool) -> Vec<Subject<'a>> {
        let mut family = vec![subject.clone()];
        if !only {
            family.extend(self.descendants(subject));
        }
        family
    }

    /// Whether a relation holds rows of its own, and may hold some now.
    pub(super) fn has_rows(&self, subject: &Subject<'_>) -> bool {
        let since = self.situation.since;
        let used = |relation: &Relation| since.is_some_and(|since| relation.made.is_none_or(|made| made < since));
        matches!(subject.target(), Target::Table | Target::MaterializedView)
            && subject.relation.is_none_or(|relation| relation.rows != Rows::None || used(relation))
    }

    /// Whether nobody else can use it: it was made in this transaction, or is temporary.
    pub(super) fn is_private(&self, subject: &Subject<'_>) -> bool {
        let Some(relation) = subject.relation else { return false };
        let begin = self.situation.begin;
        relation.persistence == Persistence::Temporary
            || begin.is_some_and(|begin| relation.made.is_some_and(|made| made >= begin))
    }

    pub(super) fn add(&mut self, relation: &ObjectName, target: Target, work: Work, stops: Stops, fact: &'static Fact) {
        self.impact.effects.push(Effect { relation: relation.clone(), target, work, stops, fact, span: self.span });
    }

    pub(super) fn lock(&mut self, subject: &Subject<'_>, mode: LockMode, fact: &'static Fact) {
        if !self.is_private(subject) {
            let target = subject.target();
            self.add(&subject.name, target, Work::Lock(mode), stops(target, mode), fact);
        }
    }

    /// Locks an index of a relation.
    pub(super) fn lock_index(&mut self, owner: &Subject<'_>, index: &Index, mode: LockMode, fact: &'static Fact) {
        let stops = stops(Subject { name: owner.name.clone(), relation: owner.relation }.target(), mode);
        let stops = if mode == ACCESS_EXCLUSIVE { stops } else { Stops::NOBODY };
        self.lock_index_for(owner, index, mode, stops, fact);
    }

    /// Locks an index for which others wait than its mode says.
    pub(super) fn lock_index_for(
        &mut self,
        owner: &Subject<'_>,
        index: &Index,
        mode: LockMode,
        stops: Stops,
        fact: &'static Fact,
    ) {
        let Some(name) = index.name.as_deref().filter(|_| !self.is_new(owner, index)) else { return };
        self.add(&owner.name.beside(name), Target::Index, Work::Lock(mode), stops, fact);
    }

    fn is_new(&self, owner: &Subject<'_>, index: &Index) -> bool {
        let begin = self.situation.begin;
        self.is_private(owner) || begin.is_some_and(|begin| index.made.is_some_and(|made| made >= begin))
    }

    pub(super) fn lock_indexes(&mut self, owner: &Subject<'_>, mode: LockMode, fact: &'static Fact) {
        for index in owner.indexes() {
            self.lock_index(owner, index, mode, fact);
        }
    }

    pub(super) fn rebuild_index(&mut self, owner: &Subject<'_>, index: &Index, fact: &'static Fact) {
        let Some(name) = index.name.as_deref().filter(|_| !self.is_new(owner, index)) else { return };
        self.add(&owner.name.beside(name), Target::Index, Work::IndexRebuild, Stops::NOBODY, fact);
    }

    /// Reads all rows, if there are any.
    pub(super) fn scan(&mut self, subject: &Subject<'_>, fact: &'static Fact) {
        if self.has_rows(subject) && !self.is_private(subject) {
            self.add(&subject.name, subject.target(), Work::Scan, Stops::NOBODY, fact);
        }
    }

    /// Writes all rows anew, and so builds the indexes anew.
    pub(super) fn rewrite(&mut self, subject: &Subject<'_>, fact: &'static Fact) {
        if !matches!(subject.target(), Target::Table | Target::MaterializedView) || self.is_private(subject) {
            return;
        }
        if self.has_rows(subject) {
            self.add(&subject.name, subject.target(), Work::Rewrite, Stops::NOBODY, fact);
        }
        self.scan(subject, fact);
        for index in subject.indexes() {
            self.lock_index(subject, index, ACCESS_EXCLUSIVE, fact);
            self.rebuild_index(subject, index, fact);
        }
    }

    /// Writes the file anew, and leaves the indexes as they are.
    pub(super) fn add_rewrite(&mut self, subject: &Subject<'_>, fact: &'static Fact) {
        if !self.is_private(subject) {
            self.add(&subject.name, subject.target(), Work::Rewrite, Stops::NOBODY, fact);
        }
    }

    /// The server refuses; the first reason counts.
    pub(super) fn refuse(&mut self, reason: impl Into<String>) {
        let span = self.span;
        self.impact.fails.get_or_insert_with(|| Refusal { reason: reason.into(), span });
    }

    /// What is written is there only from a major version on.
    pub(super) fn since(&mut self, major: u16, what: &str) {
        if self.major() < major {
            self.refuse(format!("PostgreSQL {} has no {what}: it came with {major}", self.major()));
        }
    }

    /// A piece of the script.
    pub(super) fn words(&self, span: Span) -> &'a str {
        self.situation.text.get(span.start..span.end).unwrap_or_default()
    }
}
