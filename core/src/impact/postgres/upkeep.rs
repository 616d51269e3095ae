//! Maintenance and `LOCK TABLE`.

use super::doing::{Doing, Subject};
use super::facts;
use super::modes::{self, ACCESS_EXCLUSIVE, ACCESS_SHARE, EXCLUSIVE, ROW_EXCLUSIVE, SHARE, SHARE_UPDATE_EXCLUSIVE};
use super::query;
use crate::catalog::{Index, Known, Relation};
use crate::change::{Lock, Maintenance, ObjectKind, Task};
use crate::impact::{Stops, Target, Transactional};

/// `VACUUM`, `ANALYZE`, `CLUSTER`, `REINDEX`, `REFRESH MATERIALIZED VIEW`.
pub(super) fn maintain(doing: &mut Doing<'_>, upkeep: &Maintenance) {
    match upkeep.task {
        Task::Vacuum => vacuum(doing, upkeep),
        Task::Analyze => {
            for subject in subjects(doing, upkeep) {
                analyze(doing, &subject);
            }
        }
        Task::Cluster => cluster(doing, upkeep),
        Task::Reindex => reindex(doing, upkeep),
        Task::RefreshMaterializedView => refresh(doing, upkeep),
        _ => {}
    }
}

/// The tables that are named, or all of the database, with their partitions.
fn subjects<'a>(doing: &Doing<'a>, upkeep: &Maintenance) -> Vec<Subject<'a>> {
    if upkeep.objects.is_empty() {
        return all(doing, |_| true);
    }
    let named = upkeep.objects.iter().filter_map(|name| doing.find(name));
    let members = named.flat_map(|subject| {
        let partitioned = subject.target() == Target::Partitioned;
        doing.family(&subject, !partitioned)
    });
    members.collect()
}

fn all<'a>(doing: &Doing<'a>, wanted: impl Fn(&Relation) -> bool) -> Vec<Subject<'a>> {
    let relations = doing.catalog().relations().filter(|relation| wanted(relation)).map(Subject::of);
    let holds = |subject: &Subject<'_>| {
        matches!(subject.target(), Target::Table | Target::Partitioned | Target::MaterializedView)
    };
    relations.filter(holds).collect()
}

fn vacuum(doing: &mut Doing<'_>, upkeep: &Maintenance) {
    doing.impact.transactional = Transactional::Refused;
    let options = upkeep.options.map(|options| doing.words(options).to_ascii_uppercase()).unwrap_or_default();
    let analyzes = options.contains("ANALYZE") || options.contains("ANALYSE");
    for subject in subjects(doing, upkeep) {
        if upkeep.full {
            doing.lock(&subject, ACCESS_EXCLUSIVE, &facts::VACUUMED);
            doing.rewrite(&subject, &facts::REWRITTEN);
            continue;
        }
        doing.lock(&subject, SHARE_UPDATE_EXCLUSIVE, &facts::VACUUMED);
        if subject.target() != Target::Partitioned {
            for index in subject.indexes() {
                doing.lock_index_for(&subject, index, ROW_EXCLUSIVE, Stops::NOBODY, &facts::VACUUMED);
            }
        }
        if analyzes {
            doing.scan(&subject, &facts::ANALYZED);
        }
    }
}

fn analyze<'a>(doing: &mut Doing<'a>, subject: &Subject<'a>) {
    doing.lock(subject, SHARE_UPDATE_EXCLUSIVE, &facts::ANALYZED);
    if subject.target() != Target::Partitioned {
        for index in subject.indexes() {
            doing.lock_index_for(subject, index, ACCESS_SHARE, Stops::NOBODY, &facts::ANALYZED);
        }
        let mode = if doing.major() < 18 { ACCESS_SHARE } else { SHARE_UPDATE_EXCLUSIVE };
        for child in doing.descendants(subject) {
            doing.lock(&child, mode, &facts::ANALYZED);
        }
    }
    // 300 rows for each point of the target: at the lowest targets a table of some size is not read whole.
    let target = doing.situation.session.get("default_statistics_target").and_then(|values| values.first());
    if target.is_none_or(|target| target.parse::<u32>().is_ok_and(|target| target >= 100)) {
        doing.scan(subject, &facts::ANALYZED);
    }
}

fn cluster(doing: &mut Doing<'_>, upkeep: &Maintenance) {
    let Some(name) = upkeep.objects.first() else {
        doing.impact.transactional = Transactional::Refused;
        return;
    };
    let Some(subject) = doing.find(name) else { return };
    if subject.target() == Target::Partitioned {
        if doing.major() < 15 {
            doing.refuse("a partitioned table can be clustered from PostgreSQL 15 on");
        }
        doing.impact.transactional = Transactional::Refused;
        let index = upkeep.index.as_ref().map(|index| doing.catalog().fold(index));
        let own = subject.indexes().find(|own| own.name == index);
        if let Some(own) = own {
            doing.lock_index_for(&subject, own, ACCESS_SHARE, Stops::NOBODY, &facts::CLUSTERED);
        }
    }
    for member in doing.family(&subject, subject.target() != Target::Partitioned) {
        doing.lock(&member, ACCESS_EXCLUSIVE, &facts::CLUSTERED);
        doing.rewrite(&member, &facts::CLUSTERED);
    }
}

/// `REINDEX`: each index by itself; CONCURRENTLY swaps a new one in when nobody uses the old one any more.
fn reindex(doing: &mut Doing<'_>, upkeep: &Maintenance) {
    if upkeep.concurrently {
        doing.impact.transactional = Transactional::Refused;
        if upkeep.options.is_some_and(|options| doing.words(options).to_ascii_uppercase().contains("CONCURRENTLY"))
            && doing.words(doing.span).contains('(')
        {
            doing.since(14, "REINDEX (CONCURRENTLY)");
        }
    }
    match upkeep.kind {
        ObjectKind::Index => reindex_one(doing, upkeep),
        ObjectKind::Table => {
            let Some(subject) = upkeep.objects.first().and_then(|name| doing.find(name)) else { return };
            reindex_table(doing, &subject, upkeep.concurrently);
        }
        ObjectKind::Schema => {
            doing.impact.transactional = Transactional::Refused;
            let schema = upkeep.objects.first().map(|name| doing.catalog().place(name).name);
            for subject in all(doing, |relation| Some(&relation.name.schema) == schema.as_ref()) {
                reindex_indexes(doing, &subject, upkeep.concurrently);
            }
        }
        _ => {
            doing.impact.transactional = Transactional::Refused;
            if upkeep.objects.is_empty() {
                doing.since(16, "REINDEX DATABASE without a name");
            }
            for subject in all(doing, |_| true) {
                reindex_indexes(doing, &subject, upkeep.concurrently);
            }
        }
    }
}

fn reindex_table<'a>(doing: &mut Doing<'a>, subject: &Subject<'a>, concurrently: bool) {
    if subject.target() != Target::Partitioned {
        return reindex_indexes(doing, subject, concurrently);
    }
    lock_for_reindex(doing, subject, concurrently);
    if doing.major() < 14 {
        // It only warns that it does nothing.
        return;
    }
    doing.impact.transactional = Transactional::Refused;
    for partition in doing.descendants(subject) {
        reindex_indexes(doing, &partition, concurrently);
        if concurrently {
            doing.lock(&partition, SHARE, &facts::REINDEXED);
        }
    }
}

fn lock_for_reindex(doing: &mut Doing<'_>, subject: &Subject<'_>, concurrently: bool) {
    let mode = if concurrently { SHARE_UPDATE_EXCLUSIVE } else { SHARE };
    doing.lock(subject, mode, &facts::REINDEXED);
}

/// All indexes of a table. A table without any is not touched by a wider REINDEX.
fn reindex_indexes<'a>(doing: &mut Doing<'a>, subject: &Subject<'a>, concurrently: bool) {
    if subject.target() == Target::Partitioned {
        return;
    }
    lock_for_reindex(doing, subject, concurrently);
    for index in subject.indexes() {
        rebuild(doing, subject, index, concurrently);
    }
}

fn rebuild<'a>(doing: &mut Doing<'a>, subject: &Subject<'a>, index: &Index, concurrently: bool) {
    if concurrently {
        doing.lock_index_for(subject, index, ACCESS_EXCLUSIVE, Stops::NOBODY, &facts::REINDEXED);
    } else {
        doing.lock_index(subject, index, ACCESS_EXCLUSIVE, &facts::REINDEXED);
    }
    doing.rebuild_index(subject, index, &facts::REINDEXED);
    doing.scan(subject, &facts::REINDEXED);
}

fn reindex_one(doing: &mut Doing<'_>, upkeep: &Maintenance) {
    let found = upkeep.objects.first().map(|name| doing.catalog().index(name, None));
    let Some(Known::Present((owner, index))) = found else { return };
    let owner = Subject::of(owner);
    if owner.target() != Target::Partitioned {
        lock_for_reindex(doing, &owner, upkeep.concurrently);
        return rebuild(doing, &owner, index, upkeep.concurrently);
    }
    if doing.major() < 14 {
        doing.refuse("a partitioned index can be reindexed from PostgreSQL 14 on");
    }
    doing.impact.transactional = Transactional::Refused;
    lock_for_reindex(doing, &owner, upkeep.concurrently);
    doing.lock_index(&owner, index, ACCESS_EXCLUSIVE, &facts::REINDEXED);
    for partition in doing.descendants(&owner) {
        lock_for_reindex(doing, &partition, upkeep.concurrently);
        let same =
            |other: &&Index| other.parts.iter().map(|part| &part.text).eq(index.parts.iter().map(|part| &part.text));
        if let Some(part) = partition.indexes().find(same) {
            rebuild(doing, &partition, part, upkeep.concurrently);
        }
    }
}

fn refresh(doing: &mut Doing<'_>, upkeep: &Maintenance) {
    let Some(subject) = upkeep.objects.first().and_then(|name| doing.find(name)) else { return };
    let fact = &facts::REFRESHED;
    if upkeep.concurrently {
        let fits = |index: &Index| index.unique && index.predicate.is_none() && index.columns().is_some();
        if subject.relation.is_some_and(|view| view.made.is_some() && !view.indexes.iter().any(fits)) {
            doing.refuse(format!("`{}` has no unique index over plain columns", subject.name));
        }
        doing.lock(&subject, EXCLUSIVE, fact);
        doing.lock_indexes(&subject, ROW_EXCLUSIVE, fact);
        doing.scan(&subject, fact);
    } else {
        doing.lock(&subject, ACCESS_EXCLUSIVE, fact);
        if upkeep.with_data {
            doing.rewrite(&subject, fact);
        } else {
            super::data::empty_file(doing, &subject, fact);
        }
    }
    if !upkeep.with_data {
        return;
    }
    for name in subject.relation.map(|view| &view.reads).into_iter().flatten() {
        let Some(read) = doing.lookup(name) else { continue };
        for table in query::lock_through(doing, &read, ACCESS_SHARE, fact) {
            doing.lock_indexes(&table, ACCESS_SHARE, fact);
            doing.scan(&table, fact);
        }
    }
}

/// `LOCK TABLE`: a view is locked with what it reads.
pub(super) fn lock(doing: &mut Doing<'_>, lock: &Lock) {
    let mode = lock.mode.as_deref().map_or(Some(ACCESS_EXCLUSIVE), modes::named);
    let Some(mode) = mode else { return };
    let words = doing.words(doing.span).to_ascii_uppercase();
    let only = words.split_whitespace().any(|word| word == "ONLY");
    for name in &lock.tables {
        let Some(subject) = doing.find(name) else { continue };
        for table in query::lock_through(doing, &subject, mode, &facts::NAMED) {
            for member in doing.family(&table, only) {
                doing.lock(&member, mode, &facts::NAMED);
            }
        }
    }
}
