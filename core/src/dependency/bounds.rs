//! Bounds of partitions that two scripts make of one table: no two may overlap.

use std::collections::BTreeSet;

use super::clash::{Clash, Side};
use super::pair::Verdict;
use super::schema::Schema;
use crate::catalog::{Catalog, ObjectName, Relation};
use crate::text::Casing;

/// Partitions of one table that cannot both be.
pub(super) fn clashes(base: &Schema, a: Side<'_>, b: Side<'_>) -> Vec<Clash> {
    let mut found = Vec::new();
    let others = new_partitions(&base.catalog, &b.after.catalog);
    for one in new_partitions(&base.catalog, &a.after.catalog) {
        for other in others.iter().filter(|other| parent(other) == parent(one)) {
            let (Some(first), Some(second)) = (&one.partition_of, &other.partition_of) else { continue };
            let verdict = match overlap(&first.bound, &second.bound) {
                Some(false) => continue,
                Some(true) => Verdict::Conflicting,
                None => Verdict::Unknown,
            };
            let table = first.parent.spelled(base.catalog.dialect());
            let sure = if verdict == Verdict::Unknown { "may " } else { "" };
            let why = format!("the partitions of {table} that {} and {} make {sure}overlap", a.name, b.name);
            found.push(Clash { verdict, object: one.reference(), why, first: None });
        }
    }
    found
}

fn parent(relation: &Relation) -> Option<&ObjectName> {
    relation.partition_of.as_ref().map(|of| &of.parent)
}

/// The tables that are partitions in one catalog, and were not in the one before.
fn new_partitions<'a>(before: &Catalog, after: &'a Catalog) -> Vec<&'a Relation> {
    let is_new = |relation: &&Relation| {
        let old = before.relation_if_applied(&relation.name);
        relation.partition_of.is_some() && old.is_none_or(|old| old.partition_of != relation.partition_of)
    };
    after.relations().filter(|relation| is_new(relation)).collect()
}

/// Whether two bounds share a value; `None` where they cannot be compared.
fn overlap(one: &str, other: &str) -> Option<bool> {
    let (one, other) = (one.lower(), other.lower());
    if one.trim() == other.trim() {
        return Some(true);
    }
    if one.contains("default") || other.contains("default") {
        return Some(false);
    }
    if let (Some((from, to)), Some((start, end))) = (range(&one), range(&other)) {
        return Some(before(&from, &end)? && before(&start, &to)?);
    }
    if one.contains("modulus") && other.contains("modulus") {
        return None;
    }
    let (ones, others) = (list(&one)?, list(&other)?);
    Some(!ones.is_disjoint(&others))
}

/// The ends of `FOR VALUES FROM (…) TO (…)`, of one column.
fn range(bound: &str) -> Option<(String, String)> {
    let (from, to) =
        bound.split_once("from")?.1.split_once(" to ").or_else(|| bound.split_once("from")?.1.split_once(")to"))?;
    let inner = |text: &str| text.trim().trim_matches(['(', ')', ' ']).to_owned();
    Some((inner(from), inner(to)))
}

/// Whether one end stands before another: numbers by their value, texts of one length, such as dates, by their letters.
fn before(one: &str, other: &str) -> Option<bool> {
    if one == "minvalue" || other == "maxvalue" {
        return Some(true);
    }
    if other == "minvalue" || one == "maxvalue" {
        return Some(false);
    }
    if let (Ok(one), Ok(other)) = (one.parse::<i64>(), other.parse::<i64>()) {
        return Some(one < other);
    }
    let dated = |text: &str| text.starts_with('\'') && text.ends_with('\'') && !text.contains(',');
    (dated(one) && dated(other) && one.len() == other.len()).then_some(one < other)
}

/// The values of `FOR VALUES IN (…)`.
fn list(bound: &str) -> Option<BTreeSet<String>> {
    let inner = bound.split_once(" in ").or_else(|| bound.split_once(" in("))?.1;
    let inner = inner.trim().trim_matches(['(', ')']);
    Some(inner.split(',').map(|value| value.trim().to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_that_share_a_value_overlap() {
        for (one, other, expected) in [
            (
                "for values from ('2021-01-01') to ('2022-01-01')",
                "FOR VALUES FROM ('2021-06-01') TO ('2022-06-01')",
                Some(true),
            ),
            (
                "for values from ('2021-01-01') to ('2022-01-01')",
                "for values from ('2022-01-01') to ('2023-01-01')",
                Some(false),
            ),
            ("for values from (1) to (10)", "for values from (9) to (100)", Some(true)),
            ("for values from (minvalue) to (10)", "for values from (10) to (maxvalue)", Some(false)),
            ("for values in ('a', 'b')", "for values in ('b')", Some(true)),
            ("for values in ('a', 'b')", "for values in ('c')", Some(false)),
            ("for values in ('a')", "default", Some(false)),
            ("default", "DEFAULT", Some(true)),
            ("for values from (1, 2) to (3, 4)", "for values from (5, 6) to (7, 8)", None),
        ] {
            assert_eq!(overlap(one, other), expected, "{one} / {other}");
        }
    }
}
