//! Statements that change rows.

use super::doing::{Doing, Subject};
use super::facts;
use super::modes::{ACCESS_EXCLUSIVE, ACCESS_SHARE, ROW_EXCLUSIVE, ROW_SHARE};
use super::query::{self, Filter};
use crate::catalog::ConstraintKind;
use crate::change::{
    Copy, Delete, Identifier, Insert, Merge, Name, Query, ReferentialAction, RowSource, Truncate, Update,
};
use crate::impact::{Fact, Stops, Target, Work};
use crate::text::Span;

/// A table that is written by a statement inside another.
pub(super) fn written(doing: &mut Doing<'_>, name: &Name) {
    let Some(subject) = doing.find(name) else { return };
    doing.lock(&subject, ROW_EXCLUSIVE, &facts::WRITTEN);
}

/// Other relations that a statement reads.
fn sources<'a>(doing: &mut Doing<'a>, query: &Query, target: &Subject<'a>) -> Vec<Subject<'a>> {
    let mut others = query.clone();
    others.relations.retain(|name| doing.catalog().relation_name(name) != target.name);
    query::plan(doing, &others, ACCESS_SHARE, true)
}

/// `INSERT`.
pub(super) fn insert(doing: &mut Doing<'_>, insert: &Insert) {
    let Some(subject) = doing.find(&insert.table) else { return };
    for table in query::lock_through(doing, &subject, ROW_EXCLUSIVE, &facts::WRITTEN) {
        let updates = |conflict: Span| doing.words(conflict).to_ascii_uppercase().contains("UPDATE");
        if insert.conflict.is_some_and(updates) {
            doing.lock_indexes(&table, ROW_EXCLUSIVE, &facts::WRITTEN);
        }
        if !names_numbered(doing, &table, insert) {
            numbers(doing, &table);
        }
        look_up_references(doing, &table, &insert.columns);
    }
    if insert.source == RowSource::Query {
        let read = sources(doing, &insert.query, &subject);
        let filter = Filter::of(doing, insert.query.span);
        for table in &read {
            if filter.needs_scan(table, &read) {
                doing.scan(table, &facts::QUERIED);
            }
        }
    }
    inner_writes(doing, &insert.query);
}

/// Rows that `WITH` queries change are locked.
fn inner_writes(doing: &mut Doing<'_>, query: &Query) {
    for name in &query.writes {
        let Some(subject) = doing.find(name) else { continue };
        doing.lock(&subject, ROW_EXCLUSIVE, &facts::WRITTEN);
        doing.lock_indexes(&subject, ROW_EXCLUSIVE, &facts::WRITTEN);
        let filter = Filter::of(doing, query.span);
        if filter.needs_scan(&subject, &[]) {
            doing.scan(&subject, &facts::WRITTEN);
        }
        doing.add(&subject.name, subject.target(), Work::LockRows, Stops::WRITERS, &facts::LOCKED_ROWS);
    }
}

/// Whether the statement itself gives values to the numbered columns.
fn names_numbered(doing: &Doing<'_>, table: &Subject<'_>, insert: &Insert) -> bool {
    let Some(relation) = table.relation else { return true };
    let numbered = relation.columns.iter().filter(|column| column.identity.is_some());
    let given = |name: &str| insert.columns.iter().any(|column| doing.catalog().fold(column) == name);
    insert.columns.is_empty() || numbered.into_iter().all(|column| given(&column.name))
}

/// The sequences of a table give numbers.
fn numbers<'a>(doing: &mut Doing<'a>, table: &Subject<'a>) {
    for sequence in doing.catalog().sequences_of(&table.name) {
        doing.lock(&Subject::of(sequence), ROW_EXCLUSIVE, &facts::NEXT_VALUE);
    }
}

/// Written values are looked up in the tables that the columns reference; the rows found are locked against removal.
/// No columns means all.
fn look_up_references<'a>(doing: &mut Doing<'a>, table: &Subject<'a>, columns: &[Identifier]) {
    let columns: Vec<String> = columns.iter().map(|column| doing.catalog().fold(column)).collect();
    let keys = table.relation.map(|relation| &relation.constraints).into_iter().flatten();
    let written = |key: &&crate::catalog::Constraint| {
        columns.is_empty() || key.columns.iter().all(|column| columns.contains(column))
    };
    let referenced: Vec<_> =
        keys.filter(|key| key.enforced).filter(written).filter_map(|key| key.referenced()).collect();
    for name in referenced {
        if let Some(referenced) = doing.lookup(name).filter(|found| found.name != table.name) {
            doing.lock(&referenced, ROW_SHARE, &facts::REFERENCED);
            doing.lock_indexes(&referenced, ROW_SHARE, &facts::REFERENCED);
        }
    }
}

/// `UPDATE`.
pub(super) fn update(doing: &mut Doing<'_>, update: &Update) {
    change(doing, &update.table, update.filter, &update.query);
    inner_writes(doing, &update.query);
    if let Some(subject) = doing.find(&update.table).filter(|_| !update.columns.is_empty()) {
        look_up_references(doing, &subject, &update.columns);
    }
}

/// `DELETE`: what `ON DELETE CASCADE` reaches is written too.
pub(super) fn delete(doing: &mut Doing<'_>, delete: &Delete) {
    change(doing, &delete.table, delete.filter, &delete.query);
    inner_writes(doing, &delete.query);
    let Some(subject) = doing.find(&delete.table) else { return };
    let mut open = vec![subject.name.clone()];
    let mut seen = open.clone();
    while let Some(name) = open.pop() {
        for (owner, key) in doing.catalog().referencing(&name) {
            let writes = |action: &Option<ReferentialAction>| {
                matches!(
                    action,
                    Some(ReferentialAction::Cascade | ReferentialAction::SetNull | ReferentialAction::SetDefault)
                )
            };
            let reaches = matches!(&key.kind, ConstraintKind::ForeignKey { on_delete, .. } if writes(on_delete));
            if reaches && !seen.contains(&owner.name) {
                seen.push(owner.name.clone());
                open.push(owner.name.clone());
                let owner = Subject::of(owner);
                doing.lock(&owner, ROW_EXCLUSIVE, &facts::WRITTEN);
                doing.lock_indexes(&owner, ROW_EXCLUSIVE, &facts::WRITTEN);
                if delete.filter.is_none() {
                    doing.scan(&owner, &facts::WRITTEN_ALL);
                }
            }
        }
    }
}

/// Rows of a table are found and written.
fn change<'a>(doing: &mut Doing<'a>, name: &Name, filter: Option<Span>, query: &Query) {
    let Some(subject) = doing.find(name) else { return };
    let tables = query::lock_through(doing, &subject, ROW_EXCLUSIVE, &facts::WRITTEN);
    let read = sources(doing, query, &subject);
    let condition = filter.map(|filter| Filter::condition(doing, filter)).unwrap_or_default();
    let mut members = Vec::new();
    for table in &tables {
        members.extend(doing.family(table, false));
    }
    let all: Vec<Subject<'a>> = members.iter().chain(&read).cloned().collect();
    for member in &members {
        doing.lock(member, ROW_EXCLUSIVE, &facts::WRITTEN);
        if member.target() != Target::Partitioned || doing.major() >= 16 {
            doing.lock_indexes(member, ROW_EXCLUSIVE, &facts::WRITTEN);
        }
        if condition.needs_scan(member, &all) {
            doing.scan(member, &facts::WRITTEN_ALL);
        }
        let every = filter.is_none() || condition.only_joins() || condition.is_range(member);
        if every && !doing.is_private(member) && member.target() == Target::Table {
            doing.add(&member.name, member.target(), Work::LockRows, Stops::WRITERS, &facts::WRITTEN_ALL);
        }
    }
    for table in &read {
        if condition.needs_scan(table, &all) {
            doing.scan(table, &facts::QUERIED);
        }
    }
}

/// `MERGE`.
pub(super) fn merge(doing: &mut Doing<'_>, merge: &Merge) {
    doing.since(15, "MERGE");
    let Some(subject) = doing.find(&merge.table) else { return };
    doing.lock(&subject, ROW_EXCLUSIVE, &facts::WRITTEN);
    doing.lock_indexes(&subject, ROW_EXCLUSIVE, &facts::WRITTEN);
    let filter = Filter::on(doing, merge.query.span);
    if filter.needs_scan(&subject, &[]) && !filter.joins_by_index(&subject) {
        doing.scan(&subject, &facts::WRITTEN);
    }
    let read = sources(doing, &merge.query, &subject);
    for table in &read {
        doing.scan(table, &facts::QUERIED);
    }
}

/// `COPY`.
pub(super) fn copy(doing: &mut Doing<'_>, copy: &Copy) {
    if let Some(query) = &copy.query {
        query::run(doing, query);
    }
    let Some(subject) = copy.table.as_ref().and_then(|table| doing.find(table)) else { return };
    if copy.into {
        doing.lock(&subject, ROW_EXCLUSIVE, &facts::WRITTEN);
        let freeze = doing.words(doing.span).to_ascii_uppercase();
        if freeze.contains("FREEZE") && !doing.is_private(&subject) {
            doing.refuse("COPY FREEZE needs a table that this transaction made or emptied");
        }
    } else {
        doing.lock(&subject, ACCESS_SHARE, &facts::QUERIED);
        doing.scan(&subject, &facts::QUERIED);
    }
}

/// `TRUNCATE`: a new empty file for the table and each index.
pub(super) fn truncate(doing: &mut Doing<'_>, truncate: &Truncate) {
    let mut going: Vec<Subject<'_>> = Vec::new();
    for name in &truncate.tables {
        let Some(subject) = doing.find(name) else { continue };
        if truncate.only && subject.target() == Target::Partitioned {
            doing.refuse(format!("`{}` is partitioned: ONLY would empty nothing", subject.name));
        }
        going.extend(doing.family(&subject, truncate.only));
    }
    let mut at = 0;
    while let Some(subject) = going.get(at).cloned() {
        at += 1;
        for (owner, _) in doing.catalog().referencing(&subject.name) {
            if going.iter().any(|other| other.name == owner.name) {
                continue;
            }
            if truncate.cascade {
                going.push(Subject::of(owner));
            } else {
                doing.refuse(format!("`{}` references `{}`", owner.name, subject.name));
            }
        }
    }
    for subject in &going {
        empty(doing, subject, truncate.restart_identity);
    }
}

fn empty<'a>(doing: &mut Doing<'a>, subject: &Subject<'a>, restart: bool) {
    let fact = &facts::TRUNCATED;
    doing.lock(subject, ACCESS_EXCLUSIVE, fact);
    if restart {
        super::key::lock_sequences(doing, subject, None);
    }
    let partition = subject.relation.and_then(|relation| relation.partition_of.as_ref());
    if let Some(parent) = partition.filter(|_| doing.major() < 14).and_then(|part| doing.lookup(&part.parent)) {
        doing.lock(&parent, ACCESS_SHARE, &facts::PARENT);
    }
    if subject.target() == Target::Table {
        empty_file(doing, subject, fact);
    }
}

/// The files of a table and its indexes become empty.
pub(super) fn empty_file(doing: &mut Doing<'_>, subject: &Subject<'_>, fact: &'static Fact) {
    if doing.is_private(subject) {
        return;
    }
    if doing.has_rows(subject) {
        doing.add(&subject.name, subject.target(), Work::Truncate, Stops::NOBODY, fact);
    }
    for index in subject.indexes() {
        doing.lock_index(subject, index, ACCESS_EXCLUSIVE, fact);
        doing.rebuild_index(subject, index, fact);
    }
}
