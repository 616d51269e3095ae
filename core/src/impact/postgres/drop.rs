//! `DROP`.

use super::doing::{Doing, Subject};
use super::facts;
use super::key::{lock_dependents, lock_referenced_with, lock_sequences};
use super::modes::{ACCESS_EXCLUSIVE, SHARE_UPDATE_EXCLUSIVE};
use super::{partition, types};
use crate::catalog::{Known, ObjectRef};
use crate::change::{Drop, Name, ObjectKind};
use crate::impact::{Stops, Transactional};

/// `DROP` of anything.
pub(super) fn drop(doing: &mut Doing<'_>, drop: &Drop) {
    match drop.kind {
        // A subscription without a slot may go in a transaction; whether it has one, the scripts do not tell.
        ObjectKind::Database | ObjectKind::Tablespace | ObjectKind::Subscription => {
            doing.impact.transactional = Transactional::Refused;
        }
        _ => {}
    }
    if drop.kind == ObjectKind::Index && drop.concurrently {
        doing.impact.transactional = Transactional::Refused;
        if drop.cascade {
            doing.refuse("DROP INDEX CONCURRENTLY takes no CASCADE");
        }
        if drop.names.len() > 1 {
            doing.refuse("DROP INDEX CONCURRENTLY takes one index at a time");
        }
    }
    for name in &drop.names {
        one(doing, drop, name);
    }
}

fn one(doing: &mut Doing<'_>, drop: &Drop, name: &Name) {
    match drop.kind {
        ObjectKind::Table
        | ObjectKind::ForeignTable
        | ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::Sequence => {
            if let Some(subject) = doing.find(name) {
                relation(doing, &subject, drop.cascade);
            }
        }
        ObjectKind::Index => index(doing, name, drop.concurrently),
        ObjectKind::Trigger | ObjectKind::Rule | ObjectKind::Policy => attached(doing, drop, name),
        ObjectKind::Type | ObjectKind::Domain => types::drop(doing, name, drop.cascade),
        ObjectKind::Schema if drop.cascade => schema(doing, name),
        ObjectKind::Extension => extension(doing, name, drop.cascade),
        ObjectKind::Statistics => statistics(doing, name),
        kind if kind.is_routine() && drop.cascade => {
            let full = doing.catalog().routine_name(name);
            lock_dependents(doing, &ObjectRef::whole(kind, &full));
        }
        _ => {}
    }
}

/// A relation with all that belongs to it.
fn relation<'a>(doing: &mut Doing<'a>, subject: &Subject<'a>, cascade: bool) {
    let fact = &facts::DROPPED;
    for member in doing.family(subject, false) {
        doing.lock(&member, ACCESS_EXCLUSIVE, fact);
        doing.lock_indexes(&member, ACCESS_EXCLUSIVE, fact);
        lock_sequences(doing, &member, None);
        let keys = member.relation.map(|relation| &relation.constraints).into_iter().flatten();
        keys.for_each(|key| lock_referenced_with(doing, &member, key));
    }
    let part = subject.relation.and_then(|relation| relation.partition_of.as_ref());
    if let Some(parent) = part.and_then(|part| doing.lookup(&part.parent)) {
        doing.lock(&parent, ACCESS_EXCLUSIVE, &facts::PARENT);
        if let Some((owner, _)) = doing.catalog().referencing(&parent.name).first().filter(|_| !cascade) {
            doing.refuse(format!("`{}` references its partitioned table: detach it first", owner.name));
        }
        let default = partition::default_of(doing, &parent).filter(|default| default.name != subject.name);
        if let Some(default) = default {
            doing.lock(&default, ACCESS_EXCLUSIVE, &facts::DEFAULT_PARTITION);
        }
    }
    if cascade && let Some(relation) = subject.relation {
        lock_dependents(doing, &relation.reference());
    }
}

/// An index with its table; the parts of a partitioned index go with it.
fn index(doing: &mut Doing<'_>, name: &Name, concurrently: bool) {
    let Known::Present((owner, index)) = doing.catalog().index(name, None) else { return };
    let owner = Subject::of(owner);
    let part = owner.relation.and_then(|relation| relation.partition_of.as_ref());
    let parent = part.and_then(|part| doing.lookup(&part.parent));
    if parent.is_some_and(|parent| parent.indexes().any(|whole| same_parts(whole, index))) {
        doing.refuse("an index of the partitioned table requires it: drop that");
    }
    if concurrently {
        // By then no query uses the index any more.
        doing.lock(&owner, SHARE_UPDATE_EXCLUSIVE, &facts::DROPPED);
        doing.lock_index_for(&owner, index, ACCESS_EXCLUSIVE, Stops::NOBODY, &facts::DROPPED);
        return;
    }
    let partitioned = owner.target() == crate::impact::Target::Partitioned;
    for member in doing.family(&owner, !partitioned) {
        doing.lock(&member, ACCESS_EXCLUSIVE, &facts::DROPPED);
        let own = |other: &&crate::catalog::Index| {
            if member.name == owner.name { other.name == index.name } else { same_parts(other, index) }
        };
        if let Some(found) = member.indexes().find(own) {
            doing.lock_index(&member, found, ACCESS_EXCLUSIVE, &facts::DROPPED);
        }
    }
}

fn same_parts(one: &crate::catalog::Index, other: &crate::catalog::Index) -> bool {
    one.parts.iter().map(|part| &part.text).eq(other.parts.iter().map(|part| &part.text))
}

/// A trigger, rule or policy; where `IF EXISTS` finds none, nothing is locked.
fn attached(doing: &mut Doing<'_>, drop: &Drop, name: &Name) {
    let Some(subject) = drop.table.as_ref().and_then(|table| doing.find(table)) else { return };
    let fold = doing.catalog().fold(name.last());
    let known = subject.relation.map(|relation| relation.attached(drop.kind, &fold));
    if !(drop.if_exists && known.is_some_and(|known| known.is_absent())) {
        doing.lock(&subject, ACCESS_EXCLUSIVE, &facts::DROPPED);
    }
}

/// Everything in a schema.
fn schema(doing: &mut Doing<'_>, name: &Name) {
    let schema = doing.catalog().place(name).name;
    let inside: Vec<Subject<'_>> =
        doing.catalog().relations().filter(|relation| relation.name.schema == schema).map(Subject::of).collect();
    for subject in &inside {
        relation(doing, subject, true);
    }
}

/// Types of the extensions that come with the server.
const TYPES: [(&str, &[&str]); 7] = [
    ("citext", &["citext"]),
    ("hstore", &["hstore"]),
    ("ltree", &["ltree", "lquery", "ltxtquery"]),
    ("cube", &["cube"]),
    ("isn", &["isbn", "isbn13", "issn", "ean13", "upc"]),
    ("postgis", &["geometry", "geography"]),
    ("vector", &["vector", "halfvec", "sparsevec"]),
];

/// An extension; columns of its types are in the way.
fn extension(doing: &mut Doing<'_>, name: &Name, cascade: bool) {
    let fold = doing.catalog().fold(name.last());
    let Some((_, types)) = TYPES.iter().find(|(extension, _)| *extension == fold) else { return };
    let has = |relation: &&crate::catalog::Relation| {
        relation
            .columns
            .iter()
            .any(|column| column.data_type.as_ref().is_some_and(|data_type| types.contains(&data_type.name.as_str())))
    };
    let tables: Vec<Subject<'_>> = doing.catalog().relations().filter(has).map(Subject::of).collect();
    for table in &tables {
        if cascade {
            doing.lock(table, ACCESS_EXCLUSIVE, &facts::DEPENDENT);
        } else {
            doing.refuse(format!("`{}` has a column of a type of this extension", table.name));
        }
    }
}

/// Extended statistics.
fn statistics(doing: &mut Doing<'_>, name: &Name) {
    for table in doing.catalog().tables_of_other(ObjectKind::Statistics, name) {
        if let Some(table) = doing.lookup(table) {
            doing.lock(&table, SHARE_UPDATE_EXCLUSIVE, &facts::STATISTICS);
        }
    }
}
