//! Keys and indexes that cannot be made, or cannot go.

use super::{dropped_constraints, drops_column, refused};
use crate::catalog::{ColumnType, Constraint, ConstraintKind as Kept, Known, Relation};
use crate::change::{
    self, Action, Alter, AlterAction, Change, ConstraintKind, ForeignKey, Identifier, Index, IndexColumn,
};
use crate::impact::Refusal;
use crate::impact::mysql::character_set::{encoding, longest};
use crate::impact::mysql::keys::covers;
use crate::impact::mysql::scene::Scene;
use crate::text::Span;

/// Why an action on a key or an index is refused.
pub(super) fn of_action(action: &Action, alter: &Alter, scene: &Scene<'_>) -> Option<Refusal> {
    let span = action.span;
    match &action.what {
        AlterAction::AddIndex(index) => of_index(index, scene),
        AlterAction::AddConstraint { constraint, .. } => of_constraint(constraint, scene),
        AlterAction::AddColumn { column, .. } => {
            column.constraints.iter().filter(|_| scene.is_maria()).find_map(|constraint| match &constraint.kind {
                ConstraintKind::ForeignKey(key) => of_foreign_key(key, &[], scene, span),
                _ => None,
            })
        }
        AlterAction::DropIndex { name, .. } => {
            let name = scene.situation.catalog.fold(name);
            of_dropped_index(&name, &dropped_constraints(alter, scene), span, scene)
        }
        AlterAction::DropPrimaryKey => {
            let adds = |action: &Action| matches!(&action.what, AlterAction::AddConstraint { constraint, .. } if matches!(constraint.kind, ConstraintKind::PrimaryKey(_)));
            let replaced = alter.actions.iter().any(adds);
            if replaced { None } else { of_dropped_index("PRIMARY", &dropped_constraints(alter, scene), span, scene) }
        }
        _ => None,
    }
}

/// Why an index cannot be made.
pub(in crate::impact::mysql) fn of_index(index: &Index, scene: &Scene<'_>) -> Option<Refusal> {
    let table = scene.before.filter(|table| table.complete)?;
    let class = index.class.as_deref();
    if index.unique
        && let Some(refusal) = of_partitioned(&index.columns, table, scene, index.span)
    {
        return Some(refusal);
    }
    if scene.is_partitioned() && class == Some("spatial") {
        return refused("a partitioned table has no SPATIAL index", index.span);
    }
    match class {
        Some("fulltext") => each(&index.columns, scene, |data_type, _, _| !is_text(data_type), "is no text"),
        Some("spatial") => each(&index.columns, scene, |_, _, nullable| nullable, "takes NULL"),
        _ => of_columns(&index.columns, scene, index.span),
    }
}

fn each(
    columns: &[IndexColumn],
    scene: &Scene<'_>,
    wrong: impl Fn(&ColumnType, &IndexColumn, bool) -> bool,
    what: &str,
) -> Option<Refusal> {
    columns.iter().find_map(|part| {
        let name = scene.situation.catalog.fold(part.column.as_ref()?);
        let column = scene.column(&name)?;
        let nullable = column.nullable == Some(true);
        let found = wrong(column.data_type.as_ref()?, part, nullable);
        if found { refused(format!("the column `{name}` {what}"), part.span) } else { None }
    })
}

fn is_text(data_type: &ColumnType) -> bool {
    data_type.name.ends_with("char") || data_type.name.ends_with("text")
}

/// The bytes that a key of `InnoDB` may have; half an index page in the older row formats is less.
const LONGEST_KEY: u64 = 3072;
const LONGEST_OLD_KEY: u64 = 767;

fn of_columns(columns: &[IndexColumn], scene: &Scene<'_>, span: Span) -> Option<Refusal> {
    let needs_prefix = |data_type: &ColumnType, part: &IndexColumn, _: bool| {
        let is_long = ["text", "blob"].iter().any(|end| data_type.name.ends_with(end));
        is_long && part.prefix.is_none() && !scene.is_maria() || data_type.name == "json" && part.prefix.is_none()
    };
    let unlimited = each(columns, scene, needs_prefix, "is too long for a key: say how much of it");
    if unlimited.is_some() || !scene.is_innodb() {
        return unlimited;
    }
    let most = if scene.has_format("redundant") || scene.has_format("compact") { LONGEST_OLD_KEY } else { LONGEST_KEY };
    let bytes = columns.iter().filter_map(|part| bytes(part, scene));
    let long = bytes.clone().any(|bytes| bytes > most) || bytes.sum::<u64>() > LONGEST_KEY;
    if long { refused(format!("the key is longer than {most} bytes"), span) } else { None }
}

/// The bytes that text takes in a key.
fn bytes(part: &IndexColumn, scene: &Scene<'_>) -> Option<u64> {
    let name = scene.situation.catalog.fold(part.column.as_ref()?);
    let column = scene.column(&name)?;
    let data_type = column.data_type.as_ref().filter(|data_type| data_type.name.ends_with("char"))?;
    let length = part.prefix.as_ref().or(data_type.arguments.first())?.trim().parse::<u32>().ok()?;
    Some(u64::from(length) * longest(&encoding(column, scene.before?, scene.situation.server).set))
}

/// A unique key of a partitioned table must hold the columns by which it is partitioned.
fn of_partitioned(columns: &[IndexColumn], table: &Relation, scene: &Scene<'_>, span: Span) -> Option<Refusal> {
    let key = table.partition_key.as_ref()?;
    let fold = |name: &Identifier| scene.situation.catalog.fold(name);
    let own: Vec<String> = columns.iter().filter_map(|part| part.column.as_ref().map(fold)).collect();
    let missing = key.columns.iter().find(|column| !own.contains(column))?;
    refused(format!("a unique key must hold `{missing}`, by which the table is partitioned"), span)
}

fn of_constraint(constraint: &change::Constraint, scene: &Scene<'_>) -> Option<Refusal> {
    let table = scene.before?;
    match &constraint.kind {
        ConstraintKind::PrimaryKey(columns) | ConstraintKind::Unique { columns, .. } => {
            of_partitioned(columns, table, scene, constraint.span)
                .or_else(|| of_columns(columns, scene, constraint.span))
        }
        ConstraintKind::ForeignKey(key) => {
            let fold = |name: &Identifier| scene.situation.catalog.fold(name);
            let columns: Vec<String> = key.columns.iter().map(fold).collect();
            of_foreign_key(key, &columns, scene, constraint.span)
        }
        _ => None,
    }
}

fn of_foreign_key(key: &ForeignKey, columns: &[String], scene: &Scene<'_>, span: Span) -> Option<Refusal> {
    if scene.is_partitioned() {
        return refused("a partitioned table has no foreign keys", span);
    }
    let catalog = scene.situation.catalog;
    let Known::Present(target) = catalog.table(&key.table) else { return None };
    if scene.is_off("foreign_key_checks") || !target.complete || !scene.is_innodb() {
        return None;
    }
    if target.partition_key.is_some() {
        return refused("no foreign key points to a partitioned table", span);
    }
    let referenced: Vec<String> = key.referenced.iter().map(|name| catalog.fold(name)).collect();
    // From 8.4 on MySQL wants a key whose columns are just these.
    let strict = !scene.is_maria() && scene.situation.server.is_at_least(8, 4, 0);
    let serves = |index: &crate::catalog::Index| {
        covers(index, &referenced) && (!strict || index.unique && index.parts.len() == referenced.len())
    };
    if !referenced.is_empty() && !target.indexes.iter().any(serves) {
        return refused("the referenced columns have no key of their own", span);
    }
    let differs = columns.iter().zip(&referenced).find(|(own, other)| {
        let own = scene.column(own).and_then(|column| column.data_type.as_ref());
        let other = target.column(other).present().and_then(|column| column.data_type.as_ref());
        let kind = |data_type: &ColumnType| (data_type.name.clone(), data_type.suffix);
        own.zip(other).is_some_and(|(own, other)| kind(own) != kind(other))
    });
    let (own, other) = differs?;
    refused(format!("`{own}` and the referenced `{other}` are of different types"), span)
}

/// Why an index cannot go: a foreign key needs it, and no other serves.
pub(in crate::impact::mysql) fn of_dropped_index(
    name: &str,
    dropped: &[String],
    span: Span,
    scene: &Scene<'_>,
) -> Option<Refusal> {
    let is = |index: &&crate::catalog::Index| index.name.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(name));
    let index = scene.indexes().find(is)?;
    let after = || scene.after.iter().flat_map(|table| &table.indexes);
    let serves = |columns: &[String]| after().any(|other| covers(other, columns));
    let stays = |key: &Constraint| key.name.as_ref().is_none_or(|name| !dropped.contains(name));
    let needs = |key: &&Constraint| {
        key.referenced().is_some() && covers(index, &key.columns) && !serves(&key.columns) && stays(key)
    };
    let own = scene.constraints().find(needs);
    let referencing = scene.situation.catalog.referencing(&scene.name);
    let points = |key: &Constraint| match &key.kind {
        Kept::ForeignKey { columns, .. } => covers(index, columns) && !serves(columns) && stays(key),
        _ => false,
    };
    let key = own.or_else(|| referencing.iter().map(|(_, key)| *key).find(|key| points(key)))?;
    let key = key.name.as_deref().unwrap_or("without a name");
    refused(format!("the foreign key `{key}` needs the index `{name}`"), span)
}

/// Why the columns that the server numbers make it refuse: there may be one, and it must begin a key.
pub(super) fn of_numbers(scene: &Scene<'_>) -> Option<Refusal> {
    let Change::Alter(alter) = &scene.request.change else { return None };
    let table = scene.after.as_ref().filter(|found| found.complete)?;
    let mut numbered = table.columns.iter().filter(|column| crate::impact::mysql::columns::is_numbered(column));
    let column = numbered.next()?;
    if drops_column(alter, &column.name, scene) {
        return None;
    }
    if let Some(second) = numbered.next() {
        return refused(format!("`{}` and `{}` are both AUTO_INCREMENT", column.name, second.name), scene.request.span);
    }
    let begins = |index: &crate::catalog::Index| {
        let first = index.parts.first();
        first.is_some_and(|part| part.column.as_deref() == Some(&column.name))
    };
    if table.indexes.iter().any(begins) {
        return None;
    }
    refused(format!("`{}` is AUTO_INCREMENT and begins no key", column.name), scene.request.span)
}
