//! Partitions, engines and options that do not go with a table.

use super::refused;
use crate::catalog::Relation;
use crate::change::{Action, AlterAction, PartitionBy, TableOption};
use crate::impact::Refusal;
use crate::impact::mysql::scene::Scene;
use crate::text::Span;

/// Why an action on the whole table is refused.
pub(super) fn of_action(action: &Action, table: &Relation, scene: &Scene<'_>) -> Option<Refusal> {
    let span = action.span;
    match &action.what {
        AlterAction::PartitionBy(by) => of_partitioning(by, table, scene, span),
        AlterAction::SetOption(option) => of_option(option, table, scene, span),
        AlterAction::ImportTablespace { .. } if table.partition_key.is_some() => None,
        AlterAction::AddPartition
        | AlterAction::DropPartition { .. }
        | AlterAction::TruncatePartition { .. }
        | AlterAction::ExchangePartition { .. }
        | AlterAction::WorkOnPartition { .. }
        | AlterAction::RemovePartitioning
            if table.partition_key.is_none() =>
        {
            refused("the table has no partitions", span)
        }
        AlterAction::DropPartition { .. } if spreads(table) => {
            refused("a partition by HASH or KEY cannot be dropped, only merged with others", span)
        }
        AlterAction::WorkOnPartition { verb: "coalesce", .. } if !spreads(table) => {
            refused("only partitions by HASH or KEY can be merged like this", span)
        }
        _ => None,
    }
}

fn spreads(table: &Relation) -> bool {
    table.partition_key.as_ref().is_some_and(|key| matches!(key.method.as_str(), "hash" | "key"))
}

fn is_tied(table: &Relation, scene: &Scene<'_>) -> bool {
    let owns = table.constraints.iter().any(|constraint| constraint.referenced().is_some());
    owns || !scene.situation.catalog.referencing(&table.name).is_empty()
}

fn of_partitioning(by: &PartitionBy, table: &Relation, scene: &Scene<'_>, span: Span) -> Option<Refusal> {
    if is_tied(table, scene) {
        return refused("a table with foreign keys cannot be partitioned", span);
    }
    let columns: Vec<String> = by.columns.iter().map(|column| scene.situation.catalog.fold(column)).collect();
    let after = scene.after.as_ref().unwrap_or(table);
    let lacks = |index: &&crate::catalog::Index| {
        let own = index.columns().unwrap_or_default();
        index.unique && columns.iter().any(|column| !own.contains(&column.as_str()))
    };
    let index = after.indexes.iter().find(lacks)?;
    let name = index.name.as_deref().unwrap_or("without a name");
    refused(format!("the unique key `{name}` does not hold the columns by which the table is partitioned"), span)
}

fn of_option(option: &TableOption, table: &Relation, scene: &Scene<'_>, span: Span) -> Option<Refusal> {
    let value = option.value.as_deref().unwrap_or_default().trim_matches(['\'', '"', '`']);
    match option.name.as_str() {
        "engine" if !value.eq_ignore_ascii_case("innodb") && is_tied(table, scene) => {
            refused("a table with foreign keys cannot leave InnoDB", span)
        }
        "engine" if table.partition_key.is_some() && !scene.is_maria() && !value.eq_ignore_ascii_case("innodb") => {
            refused("only InnoDB has partitions", span)
        }
        "key_block_size" if scene.is_innodb() => {
            let size = value.parse::<u32>().ok()?;
            if size > 0 && scene.is_uncompressed() {
                return refused("KEY_BLOCK_SIZE goes with ROW_FORMAT=COMPRESSED alone", span);
            }
            let fits = matches!(size, 0 | 1 | 2 | 4 | 8 | 16);
            if fits { None } else { refused("KEY_BLOCK_SIZE is 1, 2, 4, 8 or 16", span) }
        }
        _ => None,
    }
}
