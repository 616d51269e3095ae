//! `ADD`, `VALIDATE` and `ALTER CONSTRAINT`: who is locked, and whether the rows are read.

use super::alter_table::{Altered, refuse_only};
use super::doing::{Doing, Subject};
use super::facts::{self, at};
use super::modes::{ACCESS_EXCLUSIVE, ACCESS_SHARE, ROW_SHARE, SHARE_ROW_EXCLUSIVE, SHARE_UPDATE_EXCLUSIVE};
use super::not_null;
use crate::catalog::{self, Known};
use crate::change::{Constraint, ConstraintKind, ForeignKey, Identifier, IndexColumn, Name};
use crate::impact::{Fact, Target};

/// A constraint is added by itself.
pub(super) fn add<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, constraint: &Constraint) {
    if constraint.enforced.is_some() {
        doing.since(18, "ENFORCED constraint clause");
    }
    if matches!(constraint.kind, ConstraintKind::Check(_)) && !constraint.no_inherit {
        refuse_only(doing, altered, "the constraint must be added to the children too: leave ONLY out");
    }
    let checked = !constraint.not_valid && constraint.enforced != Some(false);
    match &constraint.kind {
        ConstraintKind::ForeignKey(key) => {
            refuse_key(doing, altered, key, constraint.not_valid);
            reference(doing, altered, key, checked);
        }
        ConstraintKind::Check(_) if checked => {
            let members = if constraint.no_inherit { &altered.family[..1] } else { &altered.family[..] };
            for member in members {
                doing.scan(member, &facts::CHECK_SCAN);
            }
        }
        ConstraintKind::NotNull(column) => {
            doing.since(18, "NOT NULL as a constraint of a table");
            if let Some(column) = column.as_ref().filter(|_| checked) {
                not_null::scan(doing, altered, column, constraint.no_inherit);
            }
        }
        ConstraintKind::PrimaryKey(columns) | ConstraintKind::Unique { columns, .. } => {
            if matches!(constraint.kind, ConstraintKind::Unique { nulls_not_distinct: true, .. }) {
                doing.since(15, "NULLS NOT DISTINCT");
            }
            let primary = matches!(constraint.kind, ConstraintKind::PrimaryKey(_));
            if let Some(index) = &constraint.using_index {
                use_index(doing, altered, index, primary);
            } else {
                if primary {
                    make_strict(doing, altered, columns);
                }
                key(doing, altered, columns, primary);
            }
        }
        ConstraintKind::Exclude { .. } => {
            if altered.subject.target() == Target::Partitioned {
                doing.since(17, "EXCLUDE on a partitioned table");
            }
            build(doing, altered, &facts::KEY_BUILD);
        }
        _ => {}
    }
}

/// The columns of a primary key take NULL no more; where they did, partitions are locked like their table.
fn make_strict<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, columns: &[IndexColumn]) {
    let open = |part: &IndexColumn| {
        let column = part.column.as_ref().and_then(|column| altered.column(doing, column));
        column.is_some_and(|column| column.nullable == Some(true))
    };
    if columns.iter().any(open) {
        for member in &altered.family[1..] {
            doing.lock(member, ACCESS_EXCLUSIVE, &facts::SET_NOT_NULL[0].fact);
        }
    }
}

/// The index of a key is built, on a partitioned table one for each partition.
fn key<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, columns: &[IndexColumn], primary: bool) {
    if let Some(partitioning) = altered.subject.relation.and_then(|relation| relation.partition_key.as_ref()) {
        let named = |column: &String| {
            columns.iter().any(|part| part.column.as_ref().is_some_and(|part| doing.catalog().fold(part) == *column))
        };
        if !columns.is_empty() && !partitioning.columns.iter().all(named) {
            doing.refuse("a key of a partitioned table must contain the columns it is partitioned by");
        }
    }
    let catalog = doing.catalog();
    let has = |member: &Subject<'_>| {
        let key = member.relation.and_then(catalog::Relation::primary_key);
        let same = |index: &&catalog::Index| index.of_constraint && is_plain(catalog, index, columns, true);
        let found = member.indexes().find(same);
        found.is_some_and(|found| primary == key.is_some_and(|key| key.name == found.name))
    };
    build_unless(doing, altered, &facts::KEY_BUILD, &has);
}

/// Whether an index is one over just these columns, which a partitioned table takes over from its partition.
pub(super) fn is_plain(
    catalog: &catalog::Catalog,
    index: &catalog::Index,
    columns: &[IndexColumn],
    unique: bool,
) -> bool {
    let plain = |part: &IndexColumn| {
        let bare = part.prefix.is_none() && part.operator_class.is_none() && part.collation.is_none();
        part.column.as_ref().filter(|_| bare && !part.descending).map(|column| catalog.fold(column))
    };
    let wanted: Option<Vec<String>> = columns.iter().map(plain).collect();
    let own = || index.parts.iter().map(|part| &part.text);
    index.valid
        && index.unique == unique
        && index.predicate.is_none()
        && index.include.is_empty()
        && index.method.is_none()
        && wanted.is_some_and(|wanted| own().eq(wanted.iter()))
}

/// An index is built from the rows of the table, or of its partitions.
pub(super) fn build<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, fact: &'static Fact) {
    build_unless(doing, altered, fact, &|_| false);
}

/// The same, but for the partitions that have it already.
fn build_unless<'a>(
    doing: &mut Doing<'a>,
    altered: &Altered<'_, 'a>,
    fact: &'static Fact,
    has: &dyn Fn(&Subject<'_>) -> bool,
) {
    if altered.subject.target() != Target::Partitioned {
        return doing.scan(&altered.subject, fact);
    }
    let row = at(&facts::ADD_KEY_TO_PARTITION, doing.major());
    for partition in &altered.family[1..] {
        doing.lock(partition, row.lock, &row.fact);
        if !has(partition) {
            doing.scan(partition, fact);
        }
    }
}

/// An index becomes that of a constraint; the columns of a primary key must be free of NULL.
fn use_index<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, index: &Name, primary: bool) {
    let name = doing.catalog().fold(index.last());
    let subject = &altered.subject;
    let Some(found) = subject.indexes().find(|found| found.name.as_deref() == Some(&name)) else { return };
    if !found.unique {
        doing.refuse(format!("`{name}` is no unique index"));
    } else if found.predicate.is_some() {
        doing.refuse(format!("`{name}` is a partial index"));
    } else if found.columns().is_none() {
        doing.refuse(format!("`{name}` has expressions"));
    } else if found.of_constraint {
        doing.refuse(format!("`{name}` belongs to a constraint already"));
    }
    doing.lock_index(subject, found, SHARE_UPDATE_EXCLUSIVE, &facts::USED_INDEX);
    let open = |column: &&str| {
        let known = subject.relation.and_then(|relation| relation.column(column).present());
        known.is_some_and(|column| column.nullable == Some(true))
    };
    let columns = found.columns().unwrap_or_default();
    if primary && columns.iter().any(|column| open(column) && !not_null::is_proved(doing, subject, column)) {
        doing.scan(subject, &facts::NOT_NULL_SCAN);
    }
}

/// A foreign key from the table: the referenced table is locked too; where rows hold values, both are read.
pub(super) fn reference<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, key: &ForeignKey, checked: bool) {
    let Some(referenced) = doing.find(&key.table) else { return };
    let own = referenced.name == altered.subject.name;
    if !own {
        for member in doing.family(&referenced, false) {
            if member.name == referenced.name || referenced.target() == Target::Partitioned {
                doing.lock(&member, SHARE_ROW_EXCLUSIVE, &facts::REFERENCED);
            }
        }
    }
    if checked {
        look_up(doing, &altered.family, &referenced, &facts::FOREIGN_KEY_SCAN);
    }
}

/// Each row is looked up in the referenced table by one query over both.
///
/// Measured: both are read whole, but for partitions, which are looked up by the index of the referenced table.
fn look_up<'a>(doing: &mut Doing<'a>, referencing: &[Subject<'a>], referenced: &Subject<'a>, fact: &'static Fact) {
    let holding: Vec<&Subject<'a>> = referencing.iter().filter(|member| member.target() == Target::Table).collect();
    for member in &holding {
        doing.lock_indexes(member, ACCESS_SHARE, fact);
        doing.scan(member, fact);
    }
    for member in doing.family(referenced, referenced.target() != Target::Partitioned) {
        if member.target() != Target::Partitioned || doing.major() >= 16 {
            doing.lock_indexes(&member, ACCESS_SHARE, fact);
        }
    }
    let partitioned = referencing.first().is_some_and(|first| first.target() == Target::Partitioned);
    if !partitioned && holding.iter().any(|member| doing.has_rows(member) && !doing.is_private(member)) {
        doing.scan(referenced, fact);
    }
}

/// What the server does not take of a foreign key.
fn refuse_key<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, key: &ForeignKey, not_valid: bool) {
    if not_valid && altered.subject.target() == Target::Partitioned && doing.major() < 18 {
        doing.refuse("a foreign key of a partitioned table can be NOT VALID from PostgreSQL 18 on");
    }
    let Some(referenced) = doing.find(&key.table).and_then(|found| found.relation) else { return };
    if !referenced.complete || key.referenced.is_empty() {
        return;
    }
    let mut wanted: Vec<String> = key.referenced.iter().map(|column| doing.catalog().fold(column)).collect();
    wanted.sort();
    let fits = |index: &catalog::Index| {
        let mut columns: Vec<&str> = index.columns().unwrap_or_default();
        columns.sort_unstable();
        index.unique && index.predicate.is_none() && columns == wanted
    };
    if !referenced.indexes.iter().any(fits) {
        doing.refuse(format!("`{}` has no unique constraint on exactly these columns", referenced.name));
    }
}

/// `VALIDATE CONSTRAINT`: reads the rows unless the constraint is valid already.
pub(super) fn validate<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, name: &Identifier) {
    let fact = &facts::VALIDATE_SCAN;
    let constraint = find(doing, altered, name);
    // One that the same statement adds is not in the catalog yet.
    let added = altered.alter.actions.iter().find_map(|action| match &action.what {
        crate::change::AlterAction::AddConstraint { constraint, .. }
            if constraint.name.as_ref().is_some_and(|own| doing.catalog().fold(own) == doing.catalog().fold(name)) =>
        {
            Some(constraint)
        }
        _ => None,
    });
    let validated = constraint.is_some_and(|constraint| constraint.validated);
    let referenced = match (constraint, added) {
        (Some(constraint), _) => constraint.referenced().and_then(|table| doing.lookup(table)),
        (None, Some(added)) => match &added.kind {
            ConstraintKind::ForeignKey(key) => doing.find(&key.table),
            _ => None,
        },
        (None, None) => None,
    };
    match referenced {
        _ if validated => {}
        Some(referenced) => {
            doing.lock(&referenced, ROW_SHARE, fact);
            look_up(doing, &altered.family, &referenced, fact);
        }
        None => altered.family.iter().for_each(|member| doing.scan(member, fact)),
    }
}

/// `ALTER CONSTRAINT`: one that becomes enforced is checked.
pub(super) fn alter<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, name: &Identifier, enforced: Option<bool>) {
    let Some(enforced) = enforced else { return };
    doing.since(18, "ALTER CONSTRAINT … ENFORCED");
    let referenced = find(doing, altered, name).and_then(|constraint| constraint.referenced());
    let Some(referenced) = referenced.and_then(|table| doing.lookup(table)) else { return };
    let mode = if enforced { SHARE_ROW_EXCLUSIVE } else { ACCESS_EXCLUSIVE };
    doing.lock(&referenced, mode, &facts::REFERENCED);
    if enforced {
        look_up(doing, &altered.family, &referenced, &facts::FOREIGN_KEY_SCAN);
    }
}

fn find<'a>(doing: &Doing<'a>, altered: &Altered<'_, 'a>, name: &Identifier) -> Option<&'a catalog::Constraint> {
    let name = doing.catalog().fold(name);
    match altered.subject.relation?.constraint(&name) {
        Known::Present(found) => Some(found),
        _ => None,
    }
}
