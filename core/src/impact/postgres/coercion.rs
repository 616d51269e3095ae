//! Which changes of type leave the stored values as they are.
//!
//! Source: `pg_cast` (`castmethod` `b`), the support functions of the length coercions, and measurements on 12 to 18.

use super::doing::Doing;
use super::facts;
use crate::catalog::{ColumnType, Known, ObjectName, TypeKind};
use crate::impact::Fact;

/// What a change of type costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cost {
    /// The values stay as they are.
    Nothing,
    /// Each value is computed anew.
    Rewrite(&'static Fact),
}

const ANEW: Cost = Cost::Rewrite(&facts::TYPE_REWRITE);

/// Types whose values are stored alike, from and to.
const ALIKE: [(&str, &str); 25] = [
    ("text", "character varying"),
    ("character varying", "text"),
    ("text", "bpchar"),
    ("character varying", "bpchar"),
    ("bpchar", "character"),
    ("character", "bpchar"),
    ("cidr", "inet"),
    ("bit", "bit varying"),
    ("bit varying", "bit"),
    ("integer", "oid"),
    ("oid", "integer"),
    ("integer", "regclass"),
    ("regclass", "integer"),
    ("oid", "regclass"),
    ("regclass", "oid"),
    ("integer", "regproc"),
    ("integer", "regtype"),
    ("oid", "regtype"),
    ("xml", "text"),
    ("xml", "character varying"),
    ("citext", "text"),
    ("citext", "character varying"),
    ("text", "citext"),
    ("character varying", "citext"),
    ("pg_node_tree", "text"),
];

/// What it costs to make a column of one type another.
pub(super) fn cost(doing: &Doing<'_>, old: &ColumnType, new: &ColumnType) -> Cost {
    if old == new {
        return Cost::Nothing;
    }
    if let Some(base) = domain(doing, new) {
        let (base, checked) = base;
        return if checked { Cost::Rewrite(&facts::CONSTRAINED_DOMAIN) } else { cost(doing, old, &base) };
    }
    if let Some((base, _)) = domain(doing, old) {
        return cost(doing, &base, new);
    }
    if old.array || new.array {
        return ANEW;
    }
    if is_time(old) && is_time(new) {
        return time(doing, old, new);
    }
    let alike = old.name == new.name && old.schema == new.schema && old.suffix == new.suffix;
    if !alike && !ALIKE.contains(&(old.name.as_str(), new.name.as_str())) {
        return ANEW;
    }
    if fits(old, new, alike) { Cost::Nothing } else { ANEW }
}

/// What a domain is a domain of, and whether it has constraints; those of the domains below it count.
fn domain(doing: &Doing<'_>, data_type: &ColumnType) -> Option<(ColumnType, bool)> {
    let name = ObjectName::new(data_type.schema.as_deref()?, &data_type.name);
    match doing.catalog().type_of(&name) {
        Known::Present(found) => match &found.kind {
            TypeKind::Domain { data_type: base, .. } if !data_type.array => {
                Some((base.clone(), doing.catalog().has_checks(&name)))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether every value of one length, precision or scale has the other's.
fn fits(old: &ColumnType, new: &ColumnType, same: bool) -> bool {
    let number = |text: &String| text.parse::<i64>().ok();
    let first = |data_type: &ColumnType| data_type.arguments.first().and_then(number);
    match new.name.as_str() {
        _ if new.arguments.is_empty() => true,
        _ if same && old.arguments == new.arguments => true,
        "character varying" | "bit varying" if same => first(old).zip(first(new)).is_some_and(|(old, new)| new >= old),
        "numeric" if same => {
            let scale = |data_type: &ColumnType| data_type.arguments.get(1).map_or(Some(0), number);
            scale(old) == scale(new) && first(old).zip(first(new)).is_some_and(|(old, new)| new >= old)
        }
        "interval" => first(new).unwrap_or(6) >= first(old).unwrap_or(6),
        _ => false,
    }
}

fn is_time(data_type: &ColumnType) -> bool {
    matches!(data_type.name.as_str(), "timestamp" | "time")
}

/// Types of time: a precision that does not shrink costs nothing; with and without time zone are alike for timestamps if
/// the session's zone is UTC (since 12).
fn time(doing: &Doing<'_>, old: &ColumnType, new: &ColumnType) -> Cost {
    let precision = |data_type: &ColumnType| data_type.arguments.first().and_then(|text| text.parse::<u8>().ok());
    let keeps = precision(new).is_none_or(|new| new >= precision(old).unwrap_or(6));
    if old.name != new.name {
        return ANEW;
    }
    if old.suffix == new.suffix {
        return if keeps { Cost::Nothing } else { ANEW };
    }
    let whole = precision(new).is_none_or(|new| new >= 6);
    if new.name == "timestamp" && whole && is_utc(doing) { Cost::Nothing } else { ANEW }
}

/// Whether the session's time zone never differs from UTC. Servers run in UTC unless somebody said otherwise.
fn is_utc(doing: &Doing<'_>) -> bool {
    const UTC: [&str; 11] =
        ["utc", "gmt", "etc/utc", "etc/gmt", "zulu", "uct", "universal", "0", "etc/uct", "etc/zulu", "greenwich"];
    let Some(zone) = doing.situation.session.get("timezone") else { return true };
    zone.first().is_some_and(|zone| UTC.contains(&zone.to_ascii_lowercase().as_str()))
}

/// The operators by which an index or a foreign key compares values of a type: types of one group share them.
pub(super) fn operators(data_type: &ColumnType) -> (&str, Option<&str>) {
    match data_type.name.as_str() {
        "character varying" | "text" => ("text", None),
        "bpchar" | "character" => ("character", None),
        "cidr" | "inet" => ("inet", None),
        other => (other, data_type.suffix),
    }
}
