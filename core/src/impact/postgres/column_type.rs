//! `ALTER COLUMN … TYPE`: what the new type means for the table, its indexes, checks and foreign keys.

use super::add_column;
use super::alter_table::Altered;
use super::coercion::{Cost, cost, operators};
use super::doing::{Doing, Subject};
use super::facts;
use super::modes::{ACCESS_EXCLUSIVE, ACCESS_SHARE};
use crate::catalog::{Column, ColumnType, Constraint, ConstraintKind, Index, ObjectRef, Relation};
use crate::change::{DataType, Expression, Identifier, Name, ObjectKind};

/// One column that gets another type.
struct Change<'s> {
    column: &'s str,
    old: &'s ColumnType,
    new: &'s ColumnType,
    collates: bool,
}

/// `ALTER COLUMN … TYPE`.
pub(super) fn change<'a>(
    doing: &mut Doing<'a>,
    altered: &Altered<'_, 'a>,
    column: &Identifier,
    data_type: &DataType,
    collation: Option<&Name>,
    using: Option<&Expression>,
) {
    let Some(found) = altered.column(doing, column) else {
        // Nothing is known of the column: nothing can be said but that the table is locked.
        return;
    };
    refuse(doing, altered, found);
    if found.generated.is_some() && using.is_some() {
        doing.refuse(format!("`{column}` is a generated column: its type changes without USING"));
    }
    let Some(old) = &found.data_type else { return };
    let new = doing.catalog().column_type(data_type);
    let cost = match using.map(|using| steps(doing, using, column)) {
        None => cost(doing, old, &new),
        Some(Some(casts)) => chain(doing, old, casts, &new),
        Some(None) => Cost::Rewrite(&facts::TYPE_USING),
    };
    if let Some(using) = using {
        add_column::functions(doing, using);
    }
    let collation = collation.map(|name| doing.catalog().fold(name.last()));
    let change = Change { column: &found.name, old, new: &new, collates: collation != found.collation };
    for member in &altered.family {
        work(doing, member, &change, cost);
    }
    let parts = altered.subject.relation.map(|relation| &relation.constraints);
    for constraint in parts.into_iter().flatten().filter(|constraint| constraint.columns.contains(&found.name)) {
        own_key(doing, altered, constraint, &change);
    }
    for (owner, constraint) in doing.catalog().referencing(&altered.subject.name) {
        if points_to(constraint, &found.name) && owner.name != altered.subject.name {
            other_key(doing, &altered.subject, owner, constraint, &change);
        }
    }
}

/// The types of the casts that `USING` puts on the column; `None` if it does anything else.
fn steps(doing: &Doing<'_>, using: &Expression, column: &Identifier) -> Option<Vec<ColumnType>> {
    super::query::casts(doing, using.span, column)
}

fn chain(doing: &Doing<'_>, old: &ColumnType, casts: Vec<ColumnType>, new: &ColumnType) -> Cost {
    let mut from = old.clone();
    for to in casts.into_iter().chain([new.clone()]) {
        let step = cost(doing, &from, &to);
        if step != Cost::Nothing {
            return step;
        }
        from = to;
    }
    Cost::Nothing
}

fn work(doing: &mut Doing<'_>, member: &Subject<'_>, change: &Change<'_>, cost: Cost) {
    for index in member.indexes().filter(|index| index.uses(change.column)) {
        doing.lock_index(member, index, ACCESS_EXCLUSIVE, &facts::TYPE_INDEX);
    }
    if let Cost::Rewrite(fact) = cost {
        return doing.rewrite(member, fact);
    }
    for index in member.indexes().filter(|index| works_otherwise(index, change)) {
        doing.rebuild_index(member, index, &facts::TYPE_INDEX);
        doing.scan(member, &facts::TYPE_INDEX);
    }
    let checks = |constraint: &&Constraint| {
        matches!(constraint.kind, ConstraintKind::Check { .. })
            && constraint.validated
            && constraint.columns.iter().any(|column| column == change.column)
    };
    if member.relation.is_some_and(|relation| relation.constraints.iter().any(|constraint| checks(&constraint))) {
        doing.scan(member, &facts::TYPE_CHECK);
    }
}

/// Whether an index cannot stay as it is: its operators or its order change, or it computes something.
fn works_otherwise(index: &Index, change: &Change<'_>) -> bool {
    if !index.uses(change.column) {
        return false;
    }
    let keyed = index.parts.iter().any(|part| part.column.as_deref() == Some(change.column));
    index.mentions.iter().any(|column| column == change.column)
        || keyed && (change.collates || operators(change.old) != operators(change.new))
        || index.uses(change.column) && (index.predicate.is_some() || index.columns().is_none())
}

/// A foreign key of the column: the referenced table is locked, and rows are looked up again if the operators change.
fn own_key<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, constraint: &Constraint, change: &Change<'_>) {
    let Some(referenced) = constraint.referenced().and_then(|table| doing.lookup(table)) else { return };
    if referenced.name != altered.subject.name {
        doing.lock(&referenced, ACCESS_EXCLUSIVE, &facts::TYPE_KEY);
    }
    if constraint.validated && operators(change.old) != operators(change.new) {
        doing.lock_indexes(&referenced, ACCESS_SHARE, &facts::TYPE_KEY);
        doing.scan(&referenced, &facts::TYPE_KEY);
        altered.family.iter().for_each(|member| doing.scan(member, &facts::TYPE_KEY));
    }
}

/// A foreign key of another table that points to the column.
fn other_key<'a>(
    doing: &mut Doing<'a>,
    subject: &Subject<'a>,
    owner: &'a Relation,
    constraint: &Constraint,
    change: &Change<'_>,
) {
    let owner = Subject::of(owner);
    doing.lock(&owner, ACCESS_EXCLUSIVE, &facts::TYPE_KEY);
    if constraint.validated && operators(change.old) != operators(change.new) {
        doing.lock_indexes(&owner, ACCESS_SHARE, &facts::TYPE_KEY);
        doing.scan(&owner, &facts::TYPE_KEY);
        doing.scan(subject, &facts::TYPE_KEY);
    }
}

fn points_to(constraint: &Constraint, column: &str) -> bool {
    match &constraint.kind {
        ConstraintKind::ForeignKey { columns, .. } => columns.iter().any(|other| other == column),
        _ => false,
    }
}

/// What the server does not take: columns that others depend on in ways it does not follow.
fn refuse<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, column: &Column) {
    let Some(relation) = altered.subject.relation else { return };
    if relation.partition_key.as_ref().is_some_and(|key| key.columns.contains(&column.name)) {
        doing.refuse(format!("`{}` is part of the partition key", column.name));
    }
    if column.inherited || relation.partition_of.is_some() {
        doing.refuse(format!("`{}` comes from the parent table: change it there", column.name));
    }
    let object = ObjectRef::part(ObjectKind::Column, &relation.name, &column.name);
    for dependent in doing.catalog().dependents_of(&object) {
        let user = match dependent.kind {
            ObjectKind::View | ObjectKind::MaterializedView => "view",
            ObjectKind::Policy => "policy",
            ObjectKind::Column => "generated column",
            _ => continue,
        };
        let name = dependent.part.as_deref().map_or_else(|| dependent.name.to_string(), str::to_owned);
        doing.refuse(format!("`{}` is used by the {user} `{name}`", column.name));
    }
}
