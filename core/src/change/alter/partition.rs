//! Work on partitions.

use super::super::alteration::{Alter, AlterAction};
use super::super::name::{Identifier, Name};
use super::super::object::ObjectKind;
use super::super::partitioning;
use super::super::reader::Reader;
use super::super::table;
use crate::sql::Kind;

/// Verbs of other work on partitions, and their names in reports.
const WORK: [(&str, &str); 14] = [
    ("REORGANIZE", "reorganize"),
    ("COALESCE", "coalesce"),
    ("REBUILD", "rebuild"),
    ("OPTIMIZE", "optimize"),
    ("ANALYZE", "analyze"),
    ("CHECK", "check"),
    ("REPAIR", "repair"),
    ("SPLIT", "split"),
    ("MERGE", "merge"),
    ("MOVE", "move"),
    ("CONVERT", "convert"),
    ("DISCARD", "discard"),
    ("IMPORT", "import"),
    ("RENAME", "rename"),
];

/// Reads an action on partitions, or nothing.
pub(super) fn read(r: &mut Reader<'_>, alter: &Alter) -> Option<AlterAction> {
    if r.are(&["ATTACH", "PARTITION"]) {
        return attach(r);
    }
    if r.words(&["DETACH", "PARTITION"]) {
        let partition = r.name()?;
        let concurrently = r.word("CONCURRENTLY");
        return Some(AlterAction::DetachPartition { partition, concurrently, finalize: r.word("FINALIZE") });
    }
    if r.words(&["PARTITION", "BY"]) {
        return partitioning::read(r).map(AlterAction::PartitionBy);
    }
    if r.words(&["REMOVE", "PARTITIONING"]) {
        return Some(AlterAction::RemovePartitioning);
    }
    if r.are(&["TRUNCATE", "PARTITION"]) || r.are(&["TRUNCATE", "SUBPARTITION"]) {
        r.next();
        r.next();
        let (partitions, update_indexes) = names(r);
        return Some(AlterAction::TruncatePartition { partitions, update_indexes });
    }
    if r.is("EXCHANGE") {
        return exchange(r);
    }
    if r.word("SWITCH") {
        r.until_word(&["TO"]);
        r.word("TO");
        let table = r.name()?;
        r.finish();
        return Some(AlterAction::ExchangePartition { table, validated: None, update_indexes: false });
    }
    work(r, alter)
}

fn attach(r: &mut Reader<'_>) -> Option<AlterAction> {
    r.words(&["ATTACH", "PARTITION"]);
    let partition = r.name()?;
    let mark = r.mark();
    let default = r.word("DEFAULT");
    if r.words(&["FOR", "VALUES"]) {
        table::bound(r);
    }
    let bound = (r.mark() > mark).then(|| r.span_from(mark));
    Some(AlterAction::AttachPartition { partition, default, bound })
}

fn exchange(r: &mut Reader<'_>) -> Option<AlterAction> {
    r.until_word(&["TABLE"]);
    r.word("TABLE");
    let table = r.name()?;
    let (mut validated, mut update_indexes) = (None, false);
    while !r.is_end() {
        if updates_indexes(r) {
            update_indexes = true;
        } else if r.words(&["WITH", "VALIDATION"]) {
            validated = Some(true);
        } else if r.words(&["WITHOUT", "VALIDATION"]) {
            validated = Some(false);
        } else {
            r.next();
        }
    }
    Some(AlterAction::ExchangePartition { table, validated, update_indexes })
}

fn work(r: &mut Reader<'_>, alter: &Alter) -> Option<AlterAction> {
    let (_, verb) = *WORK.iter().find(|(word, _)| r.is(word))?;
    let on_partition = r.nth_is_any(1, &["PARTITION", "PARTITIONS", "SUBPARTITION"]);
    let on_range = matches!(alter.kind, ObjectKind::PartitionFunction | ObjectKind::PartitionScheme);
    if !on_partition && !on_range {
        return None;
    }
    r.next();
    r.next();
    r.any(&["NO_WRITE_TO_BINLOG", "LOCAL"]);
    let (partitions, update_indexes) = names(r);
    r.finish();
    Some(AlterAction::WorkOnPartition { verb, partitions, update_indexes })
}

/// Reads `PARTITION a, b` after `DROP`.
pub(super) fn dropped(r: &mut Reader<'_>) -> Option<AlterAction> {
    r.any(&["PARTITION", "SUBPARTITION", "PARTITIONS"])?;
    r.if_exists();
    let (partitions, update_indexes) = names(r);
    Some(AlterAction::DropPartition { partitions, update_indexes })
}

/// Partitions by name, and whether `UPDATE INDEXES` follows.
fn names(r: &mut Reader<'_>) -> (Vec<Name>, bool) {
    let mut names = Vec::new();
    if r.word("ALL") {
        names.clear();
    } else if r.word("FOR") {
        r.group();
    } else if r.is_kind(Kind::OpenParenthesis) {
        names = r.columns().into_iter().map(|name: Identifier| Name::from(name)).collect();
    } else if r.is_identifier() {
        names.extend(r.name());
    }
    let mut updates = false;
    while !r.is_end() {
        updates |= updates_indexes(r);
        r.next();
    }
    (names, updates)
}

fn updates_indexes(r: &mut Reader<'_>) -> bool {
    r.words(&["UPDATE", "INDEXES"]) || r.words(&["UPDATE", "GLOBAL", "INDEXES"])
}

/// Whether names of further partitions may follow.
pub(super) fn lists(action: &AlterAction) -> bool {
    matches!(
        action,
        AlterAction::DropPartition { .. } | AlterAction::TruncatePartition { .. } | AlterAction::WorkOnPartition { .. }
    )
}

/// One more partition of the last action.
pub(super) fn another(r: &mut Reader<'_>, alter: &mut Alter) {
    let Some(action) = alter.actions.last_mut() else { return };
    if let AlterAction::DropPartition { partitions, .. }
    | AlterAction::TruncatePartition { partitions, .. }
    | AlterAction::WorkOnPartition { partitions, .. } = &mut action.what
    {
        let (more, _) = names(r);
        partitions.extend(more);
        action.span.end = r.span_from(r.mark() - 1).end;
    }
}
