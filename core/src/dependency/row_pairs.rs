//! Two statements that write rows of one table, or of which one copies what the other writes.

use super::access::{Access, How, RowChange, Use, Verb};
use super::clash::{Clash, Side};
use super::pair::Verdict;
use super::row_clash::writings;
use super::row_values::{chosen, keys, share_key, values_of};
use super::schema::Schema;
use crate::catalog::Relation;

/// Two scripts that write rows of one table, or of which one reads what the other writes.
pub(super) fn of_writers(base: &Schema, a: Side<'_>, b: Side<'_>) -> Vec<Clash> {
    let mut found = Vec::new();
    for one in writings(a) {
        for other in writings(b).iter().filter(|other| other.access.object.name == one.access.object.name) {
            let object = &one.access.object;
            let table = object.in_words(base.catalog.dialect());
            let primary = base.catalog.relation_if_applied(&object.name);
            let verdict = two(one.rows, other.rows, primary);
            if let Some((verdict, what)) = verdict {
                let why = format!("{} and {} {what} {table}", a.name, b.name);
                found.push(Clash { verdict, object: object.clone(), why, first: None });
            }
        }
    }
    for (writer, reader) in [(a, b), (b, a)] {
        for one in writings(writer) {
            let copies = |access: &&Access| {
                access.object.name == one.access.object.name
                    && access.how == How::Reads(Use::Rows)
                    && access.object.part.is_none()
            };
            if reader.played.accesses.iter().any(|access| copies(&access)) {
                let object = one.access.object.clone();
                let table = object.in_words(base.catalog.dialect());
                let why = format!("{} copies rows of {table}, which {} writes", reader.name, writer.name);
                found.push(Clash { verdict: Verdict::Unknown, object, why, first: None });
            }
        }
    }
    found
}

/// What two statements that write rows of one table mean for each other.
fn two(one: &RowChange, other: &RowChange, table: Option<&Relation>) -> Option<(Verdict, &'static str)> {
    const APART: Option<(Verdict, &str)> = None;
    let unknown = Some((Verdict::Unknown, "may write the same rows of"));
    if one.text == other.text && one.verb != Verb::Insert {
        return APART;
    }
    match (one.verb, other.verb) {
        (Verb::Insert, Verb::Insert) => {
            let keys = table.map(keys).unwrap_or_default();
            let clash = keys.iter().any(|key| share_key(one, other, key));
            let same = one.text == other.text && one.tolerant && other.tolerant;
            if clash && !same { Some((Verdict::Conflicting, "insert rows with the same key into")) } else { APART }
        }
        (Verb::Delete | Verb::Truncate, Verb::Delete | Verb::Truncate)
        | (Verb::Truncate, Verb::Update)
        | (Verb::Update, Verb::Truncate) => APART,
        (Verb::Insert, Verb::Truncate) | (Verb::Truncate, Verb::Insert) => {
            Some((Verdict::Conflicting, "fill and empty"))
        }
        (Verb::Update, Verb::Update) => {
            let sets = |one: &RowChange, other: &RowChange| {
                one.columns.iter().any(|column| other.reads.as_ref().is_none_or(|reads| reads.contains(column)))
            };
            let both = one.columns.iter().any(|column| other.columns.contains(column));
            match (both, sets(one, other) || sets(other, one)) {
                (false, false) => APART,
                _ if disjoint(one, other) => APART,
                (true, false) if !one.filtered && !other.filtered => {
                    Some((Verdict::Conflicting, "set the same column of all rows of"))
                }
                _ => unknown,
            }
        }
        (Verb::Insert, Verb::Update | Verb::Delete) | (Verb::Update | Verb::Delete, Verb::Insert) => {
            let (inserts, changes) = if one.verb == Verb::Insert { (one, other) } else { (other, one) };
            let apart = chosen(changes).is_some_and(|(column, values)| {
                let given = values_of(inserts, &column);
                given.is_some_and(|given| given.is_disjoint(&values))
            });
            if apart { APART } else { unknown }
        }
        (Verb::Update, Verb::Delete) | (Verb::Delete, Verb::Update) => {
            let (update, delete) = if one.verb == Verb::Update { (one, other) } else { (other, one) };
            let untouched =
                delete.reads.as_ref().is_some_and(|reads| !update.columns.iter().any(|set| reads.contains(set)));
            if untouched || disjoint(one, other) { APART } else { unknown }
        }
        _ => unknown,
    }
}

/// Whether both choose their rows by values of one column that neither sets, and share no value.
fn disjoint(one: &RowChange, other: &RowChange) -> bool {
    let (Some((first, ones)), Some((second, others))) = (chosen(one), chosen(other)) else { return false };
    let unset = |rows: &RowChange| !rows.columns.contains(&first);
    first == second && unset(one) && unset(other) && ones.is_disjoint(&others)
}
