//! Partitions that come and go.

use super::alter_table::Altered;
use super::bound::proves;
use super::doing::{Doing, Subject};
use super::facts::{self, at};
use super::modes::{ACCESS_EXCLUSIVE, ACCESS_SHARE, SHARE_ROW_EXCLUSIVE, SHARE_UPDATE_EXCLUSIVE};
use crate::catalog::{Constraint, Index, IndexPart, Iter};
use crate::change::{ConstraintKind, CreateTable, Name, PartitionOf};
use crate::impact::{Stops, Transactional};
use crate::text::Span;

/// The partition that takes the rows that no other takes.
pub(super) fn default_of<'a>(doing: &Doing<'a>, parent: &Subject<'a>) -> Option<Subject<'a>> {
    let partitions = doing.catalog().partitions_of(&parent.name);
    let default = |relation: &&&crate::catalog::Relation| {
        relation.partition_of.as_ref().is_some_and(|partition| partition.default)
    };
    partitions.iter().find(default).map(|relation| Subject::of(relation))
}

/// The indexes of a partitioned table get parts for a new partition.
fn lock_parent_indexes(doing: &mut Doing<'_>, parent: &Subject<'_>) {
    for index in parent.indexes() {
        doing.lock_index_for(parent, index, SHARE_UPDATE_EXCLUSIVE, Stops::NOBODY, &facts::PARENT);
    }
}

/// `ATTACH PARTITION`: the rows are checked against the bound, unless a check proves it; so are those of the default
/// partition. What an index of the table has no match for is built.
pub(super) fn attach<'a>(
    doing: &mut Doing<'a>,
    altered: &Altered<'_, 'a>,
    partition: &Name,
    default: bool,
    bound: Option<Span>,
) {
    let Some(joins) = doing.find(partition) else { return };
    for member in doing.family(&joins, false) {
        doing.lock(&member, ACCESS_EXCLUSIVE, &facts::ATTACHED[0].fact);
    }
    lock_parent_indexes(doing, &altered.subject);
    refuse_open_columns(doing, &altered.subject, &joins);
    let bound = bound.map(|bound| doing.words(bound));
    if !proves(doing, &altered.subject, &joins, bound, default) {
        doing.family(&joins, false).iter().for_each(|member| doing.scan(member, &facts::PARTITION_SCAN));
    }
    if altered.subject.indexes().any(|index| !has_match(joins.indexes(), index)) {
        doing.family(&joins, false).iter().for_each(|member| doing.scan(member, &facts::INDEX_BUILD));
    }
    foreign_keys(doing, &altered.subject, &joins);
    if !default {
        default_loses(doing, &altered.subject, bound);
    }
}

/// A column that takes no NULL in the table must take none in the partition.
fn refuse_open_columns(doing: &mut Doing<'_>, parent: &Subject<'_>, joins: &Subject<'_>) {
    let (Some(parent), Some(child)) = (parent.relation, joins.relation) else { return };
    let strict = parent.columns.iter().filter(|column| column.nullable == Some(false));
    let open = |name: &str| child.column(name).present().is_some_and(|column| column.nullable == Some(true));
    if let Some(column) = strict.into_iter().find(|column| open(&column.name)) {
        doing.refuse(format!("`{}` of `{}` must be NOT NULL like that of the table", column.name, child.name));
    }
}

/// The partition gets the foreign keys of the table: one that it has no valid match for is checked.
fn foreign_keys<'a>(doing: &mut Doing<'a>, parent: &Subject<'a>, joins: &Subject<'a>) {
    for key in parent.relation.map(|relation| &relation.constraints).into_iter().flatten() {
        let Some(referenced) = key.referenced().and_then(|name| doing.lookup(name)) else { continue };
        let same = |own: &Constraint| own.validated && own.columns == key.columns && own.kind == key.kind;
        let has = joins.relation.is_some_and(|joins| joins.constraints.iter().any(same));
        // Measured: the triggers of one that is taken over go from the referenced table.
        let mode = if has { ACCESS_EXCLUSIVE } else { SHARE_ROW_EXCLUSIVE };
        doing.lock(&referenced, mode, &facts::REFERENCED);
        if !has {
            doing.family(joins, false).iter().for_each(|member| doing.scan(member, &facts::FOREIGN_KEY_SCAN));
        }
    }
}

fn has_match(mut indexes: Iter<'_, Index>, wanted: &Index) -> bool {
    let texts = |index: &Index| index.parts.iter().map(|part: &IndexPart| part.text.clone()).collect::<Vec<_>>();
    indexes.any(|index| texts(index) == texts(wanted) && index.unique >= wanted.unique)
}

/// The default partition must hold no row that now belongs elsewhere.
fn default_loses<'a>(doing: &mut Doing<'a>, parent: &Subject<'a>, bound: Option<&str>) {
    let Some(default) = default_of(doing, parent) else { return };
    doing.lock(&default, ACCESS_EXCLUSIVE, &facts::DEFAULT_PARTITION);
    if !super::bound::excludes(doing, parent, &default, bound) {
        doing.scan(&default, &facts::DEFAULT_PARTITION);
    }
}

/// `DETACH PARTITION`.
pub(super) fn detach<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, partition: &Name, concurrently: bool) {
    let Some(leaves) = doing.find(partition) else { return };
    let default = default_of(doing, &altered.subject);
    if concurrently {
        doing.since(14, "DETACH PARTITION CONCURRENTLY");
        doing.impact.transactional = Transactional::Refused;
        if default.is_some() {
            doing.refuse("a partition cannot leave CONCURRENTLY while there is a default partition");
        }
    }
    let referencing: Vec<_> =
        doing.catalog().referencing(&altered.subject.name).into_iter().map(|found| found.0).collect();
    let is_default = default.as_ref().is_some_and(|default| default.name == leaves.name);
    // Before 14 the weak lock was enough, unless others depend on where the rows are.
    let strong = is_default || !referencing.is_empty();
    let row = if strong { at(&facts::DETACHED, u16::MAX) } else { at(&facts::DETACHED, doing.major()) };
    for owner in referencing {
        let owner = Subject::of(owner);
        doing.lock(&owner, ACCESS_EXCLUSIVE, &facts::REFERENCED);
        doing.lock_indexes(&owner, ACCESS_SHARE, &facts::REFERENCED);
    }
    // The second transaction of CONCURRENTLY takes the strong lock, when nobody reads the partition any more.
    doing.lock(&leaves, row.lock, &row.fact);
    doing.lock_indexes(&leaves, ACCESS_EXCLUSIVE, &row.fact);
    if let Some(default) = default.filter(|default| default.name != leaves.name) {
        doing.lock(&default, ACCESS_EXCLUSIVE, &facts::DEFAULT_PARTITION);
    }
}

/// `CREATE TABLE … PARTITION OF`: unlike `ATTACH PARTITION` it locks the whole table.
pub(super) fn create(doing: &mut Doing<'_>, table: &CreateTable, of: &PartitionOf) {
    doing.span = of.parent.span;
    let Some(parent) = doing.find(&of.parent) else { return };
    doing.lock(&parent, ACCESS_EXCLUSIVE, &facts::PARENT);
    lock_parent_indexes(doing, &parent);
    if !of.default {
        default_loses(doing, &parent, Some(doing.words(of.bound)));
    }
    for (owner, _) in doing.catalog().referencing(&parent.name) {
        let mode = if doing.major() < 15 { ACCESS_SHARE } else { SHARE_ROW_EXCLUSIVE };
        doing.lock(&Subject::of(owner), mode, &facts::REFERENCED);
    }
    let inherited = parent.relation.map(|relation| &relation.constraints).into_iter().flatten();
    let mut referenced: Vec<_> = inherited.filter_map(|constraint| constraint.referenced().cloned()).collect();
    for constraint in &table.constraints {
        if let ConstraintKind::ForeignKey(key) = &constraint.kind {
            referenced.push(doing.catalog().relation_name(&key.table));
        }
    }
    for name in referenced {
        if let Some(referenced) = doing.lookup(&name) {
            doing.lock(&referenced, SHARE_ROW_EXCLUSIVE, &facts::REFERENCED);
        }
    }
}
