//! What goes with a column or a constraint: indexes, sequences, foreign keys, views.

use super::alter_table::Altered;
use super::doing::{Doing, Subject};
use super::facts;
use super::modes::ACCESS_EXCLUSIVE;
use crate::catalog::{Constraint, ConstraintKind, ObjectRef, Relation};
use crate::change::{Identifier, ObjectKind};
use crate::impact::{LockMode, Target};

/// `DROP COLUMN`.
pub(super) fn drop_column<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, column: &Identifier, cascade: bool) {
    let name = doing.catalog().fold(column);
    for member in &altered.family {
        for index in member.indexes().filter(|index| index.uses(&name)) {
            doing.lock_index(member, index, ACCESS_EXCLUSIVE, &facts::DEPENDENT);
        }
    }
    let Some(relation) = altered.subject.relation else { return };
    if relation.partition_key.as_ref().is_some_and(|key| key.columns.contains(&name)) {
        doing.refuse(format!("`{name}` is part of the partition key"));
    }
    if relation.partition_of.is_some() || altered.column(doing, column).is_some_and(|column| column.inherited) {
        doing.refuse(format!("`{name}` comes from the parent table: drop it there"));
    }
    lock_sequences(doing, &altered.subject, Some(&name));
    let own = relation.constraints.iter().filter(|constraint| constraint.columns.contains(&name));
    for constraint in own {
        lock_referenced_with(doing, &altered.subject, constraint);
    }
    if cascade {
        let object = ObjectRef::part(ObjectKind::Column, &relation.name, &name);
        lock_dependents(doing, &object);
    }
}

/// `DROP CONSTRAINT`.
pub(super) fn drop_constraint<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, name: &Identifier, cascade: bool) {
    let name = doing.catalog().fold(name);
    for member in &altered.family {
        let index = member.indexes().find(|index| index.of_constraint && index.name.as_deref() == Some(&name));
        if let Some(index) = index {
            doing.lock_index(member, index, ACCESS_EXCLUSIVE, &facts::DEPENDENT);
        }
    }
    let Some(relation) = altered.subject.relation else { return };
    if name.ends_with("_not_null") && relation.constraint(&name).is_absent() {
        doing.since(18, "constraint for NOT NULL");
    }
    let Some(constraint) = relation.constraint(&name).present() else { return };
    if constraint.inherited {
        doing.refuse(format!("`{name}` comes from the parent table: drop it there"));
    }
    lock_referenced(doing, &altered.subject, constraint);
    if cascade {
        lock_dependents(doing, &ObjectRef::part(ObjectKind::Constraint, &relation.name, &name));
    }
}

/// Whether a check is the parent's alone, so that nothing is looked for in its children.
pub(super) fn stays_above<'a>(doing: &Doing<'a>, altered: &Altered<'_, 'a>, name: &Identifier) -> bool {
    let name = doing.catalog().fold(name);
    let has = |member: &Subject<'_>| {
        let found = member.relation.and_then(|relation| relation.constraint(&name).present());
        found.is_some_and(|constraint| matches!(constraint.kind, ConstraintKind::Check { .. }))
    };
    has(&altered.subject) && !altered.family[1..].iter().any(has)
}

/// The triggers of a foreign key go from the referenced table too.
pub(super) fn lock_referenced<'a>(doing: &mut Doing<'a>, owner: &Subject<'a>, constraint: &Constraint) {
    lock_referenced_of(doing, owner, constraint, true);
}

/// The same where the key goes with its column or table: before 15 a partitioned table itself was left out.
pub(super) fn lock_referenced_with<'a>(doing: &mut Doing<'a>, owner: &Subject<'a>, constraint: &Constraint) {
    let whole = doing.major() >= 15;
    lock_referenced_of(doing, owner, constraint, whole);
}

fn lock_referenced_of<'a>(doing: &mut Doing<'a>, owner: &Subject<'a>, constraint: &Constraint, whole: bool) {
    let Some(referenced) = constraint.referenced().and_then(|table| doing.lookup(table)) else { return };
    if referenced.name == owner.name {
        return;
    }
    let partitioned = referenced.target() == Target::Partitioned;
    for member in doing.family(&referenced, !partitioned) {
        if whole || !partitioned || member.name != referenced.name {
            doing.lock(&member, ACCESS_EXCLUSIVE, &facts::REFERENCED);
        }
    }
}

/// What `CASCADE` removes, and what it removes it from.
pub(super) fn lock_dependents(doing: &mut Doing<'_>, object: &ObjectRef) {
    let mut open = vec![object.clone()];
    let mut seen = Vec::new();
    while let Some(object) = open.pop() {
        for dependent in doing.catalog().dependents_of(&object) {
            if seen.contains(&dependent) {
                continue;
            }
            if let Some(owner) = doing.lookup(&dependent.name) {
                doing.lock(&owner, ACCESS_EXCLUSIVE, &facts::DEPENDENT);
                if dependent.part.is_none() {
                    doing.lock_indexes(&owner, ACCESS_EXCLUSIVE, &facts::DEPENDENT);
                    open.push(dependent.clone());
                }
            }
            seen.push(dependent);
        }
    }
}

/// The sequences of a table's column, or of all.
pub(super) fn lock_sequences<'a>(doing: &mut Doing<'a>, owner: &Subject<'a>, column: Option<&str>) {
    lock_sequences_in(doing, owner, column, ACCESS_EXCLUSIVE);
}

/// The same in another mode.
pub(super) fn lock_sequences_in<'a>(doing: &mut Doing<'a>, owner: &Subject<'a>, column: Option<&str>, mode: LockMode) {
    let belongs = |sequence: &&Relation| {
        sequence.owned_by.as_ref().is_some_and(|(_, own)| column.is_none_or(|column| column == own))
    };
    for sequence in doing.catalog().sequences_of(&owner.name).into_iter().filter(belongs) {
        doing.lock(&Subject::of(sequence), mode, &facts::DEPENDENT);
    }
}
