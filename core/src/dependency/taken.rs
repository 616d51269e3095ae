//! What stands behind a `*`, or a copy of a table, whose columns the catalog does not know.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::ledger::Ledger;
use crate::catalog::{Catalog, Relation, names};
use crate::change::{Like, Name, Query};

/// The side of an object under which the ledger keeps it.
pub(super) const ABOUT: &str = "what it takes in";

/// How an object takes in the columns of others.
#[derive(Clone, Copy)]
pub(super) enum Taken<'a> {
    /// By a query.
    By(&'a Query),
    /// By a copy.
    Like(&'a Like),
}

/// What the object takes in, as it is before the statement: the same text is the same columns.
pub(super) fn taken_in(text: &str, before: &Catalog, ledger: &Ledger, taken: Taken<'_>) -> String {
    match taken {
        Taken::By(query) => {
            let mentions = names(text, query.span, before.dialect());
            query.relations.iter().map(|name| shape(before, ledger, name, Some(&mentions))).collect()
        }
        Taken::Like(like) => shape(before, ledger, &like.table, None) + &like.including.join(" "),
    }
}

/// A relation with its columns and their types; only with those that are mentioned, unless all are.
fn shape(before: &Catalog, ledger: &Ledger, name: &Name, mentions: Option<&BTreeSet<String>>) -> String {
    let full = before.relation_name(name);
    let mut said = format!("{full};");
    let Some(found) = before.relation_if_applied(&full) else { return said };
    let all = mentions.is_none_or(|mentions| mentions.contains("*"));
    let mut columns: Vec<String> = found
        .columns
        .iter()
        .filter(|column| all || mentions.is_some_and(|mentions| mentions.contains(&column.name)))
        .map(|column| {
            format!("{} {}", column.name, column.data_type.as_ref().map(ToString::to_string).unwrap_or_default())
        })
        .collect();
    columns.sort_unstable();
    let _ = write!(said, "{};", columns.join(", "));
    if !found.complete {
        let reference = Relation::reference(found);
        for about in ["query", ABOUT] {
            let _ = write!(said, "{};", ledger.get(&reference, about).unwrap_or_default());
        }
    }
    said
}
