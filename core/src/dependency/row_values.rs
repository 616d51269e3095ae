//! The values that statements about rows write out.

use std::collections::BTreeSet;

use super::access::{RowChange, Verb};
use crate::catalog::{Column, Relation};
use crate::text::Casing;

/// The values that an `INSERT` writes into a column, or an `UPDATE` sets it to; `None` where they cannot be told.
pub(super) fn values_of(rows: &RowChange, column: &str) -> Option<BTreeSet<String>> {
    if rows.verb == Verb::Update {
        let after = rows.text.split_once(&format!(" {column} = "))?.1;
        let value = after.split([' ', ',']).next()?;
        return is_literal(value).then(|| BTreeSet::from([value.to_owned()]));
    }
    let at = rows.columns.iter().position(|own| own == column)?;
    let values: Option<BTreeSet<String>> = rows.rows.as_ref()?.iter().map(|row| row.get(at).cloned()).collect();
    values.filter(|values| values.iter().all(|value| is_literal(value)))
}

fn is_literal(value: &str) -> bool {
    let number = || !value.is_empty() && value.chars().all(|char| char.is_ascii_digit() || ".-".contains(char));
    let string = || value.len() > 1 && value.starts_with('\'') && value.ends_with('\'');
    let word = || ["null", "true", "false"].iter().any(|known| value.eq_ignore_ascii_case(known));
    string() || number() || word()
}

/// Whether an `INSERT` leaves a column without a value; `None` where that cannot be told.
pub(super) fn gives_null(rows: &RowChange, column: &Column, table: &Relation) -> Option<bool> {
    let named: Vec<String> = if rows.columns.is_empty() {
        table.columns.iter().map(|column| column.name.clone()).collect()
    } else {
        rows.columns.clone()
    };
    let Some(at) = named.iter().position(|name| *name == column.name) else {
        return Some(column.default.is_none() && column.identity.is_none() && column.generated.is_none());
    };
    let rows = rows.rows.as_ref()?;
    let missing = |row: &Vec<String>| row.get(at).is_none_or(|value| value.eq_ignore_ascii_case("null"));
    if rows.iter().any(missing) {
        return Some(true);
    }
    let plain = |row: &Vec<String>| row.get(at).is_some_and(|value| is_literal(value));
    rows.iter().all(plain).then_some(false)
}

/// The columns of which no two rows may have the same values, one list for each key.
pub(super) fn keys(table: &Relation) -> Vec<Vec<String>> {
    let constraints = table.constraints.iter().filter(|constraint| constraint.has_index());
    let mut found: Vec<Vec<String>> = constraints.map(|constraint| constraint.columns.clone()).collect();
    for index in table.indexes.iter().filter(|index| index.unique && index.predicate.is_none()) {
        let columns = index.columns().map(|columns| columns.into_iter().map(str::to_owned).collect());
        found.extend(columns);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether two `INSERT` write a row of the same key.
pub(super) fn share_key(one: &RowChange, other: &RowChange, key: &[String]) -> bool {
    let tuples = |rows: &RowChange| -> Option<BTreeSet<Vec<String>>> {
        let at: Option<Vec<usize>> =
            key.iter().map(|column| rows.columns.iter().position(|own| own == column)).collect();
        let at = at?;
        let tuple = |row: &Vec<String>| -> Option<Vec<String>> { at.iter().map(|at| row.get(*at).cloned()).collect() };
        let all = rows.rows.as_ref()?.iter().filter_map(tuple);
        Some(
            all.filter(|tuple| tuple.iter().all(|value| is_literal(value) && !value.eq_ignore_ascii_case("null")))
                .collect(),
        )
    };
    match (tuples(one), tuples(other)) {
        (Some(ones), Some(others)) => !key.is_empty() && !ones.is_disjoint(&others),
        _ => false,
    }
}

/// The column by which `WHERE` chooses rows, and the values that it has to have: `id = 5`, `id IN (5, 6)`, `a IS NULL`.
pub(super) fn chosen(rows: &RowChange) -> Option<(String, BTreeSet<String>)> {
    let filter = rows.text.rsplit_once(" where ")?.1;
    if filter.contains(" or ") {
        return None;
    }
    let words: Vec<&str> = filter.split(' ').collect();
    let column = (*words.first()?).to_owned();
    match words.get(1..)? {
        ["=", value, ..] if is_literal(value) => Some((column, BTreeSet::from([(*value).to_owned()]))),
        ["is", "null", ..] => Some((column, BTreeSet::from(["null".to_owned()]))),
        ["in", "(", values @ ..] => {
            let values: Vec<&str> = values.iter().copied().take_while(|word| *word != ")").collect();
            let values: BTreeSet<String> = values.into_iter().filter(|word| *word != ",").map(str::to_owned).collect();
            values.iter().all(|value| is_literal(value)).then_some((column, values))
        }
        _ => None,
    }
}

/// Whether numbers hold a check such as `(price > 0)`; `None` where it is of another form, or a value is no number.
pub(super) fn compares(check: &str, column: &str, values: &BTreeSet<String>) -> Option<bool> {
    let inner = check.trim().trim_matches(['(', ')']).lower();
    let words: Vec<&str> = inner.split_whitespace().collect();
    let [name, operator, limit] = words.as_slice() else { return None };
    let limit = decimal(limit).filter(|_| *name == column)?;
    let numbers: Option<Vec<_>> = values.iter().map(|value| decimal(value)).collect();
    let holds = |value| match *operator {
        ">" => Some(value > limit),
        ">=" => Some(value >= limit),
        "<" => Some(value < limit),
        "<=" => Some(value <= limit),
        _ => None,
    };
    let all: Option<Vec<bool>> = numbers?.into_iter().map(holds).collect();
    Some(all?.into_iter().all(|one| one))
}

/// A decimal number in billionths; `None` of what is none, is larger than columns of money are, or has more digits.
fn decimal(text: &str) -> Option<i128> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let written = format!("{whole}{fraction:0<9}");
    let fits = fraction.len() <= 9 && whole.len() <= 24 && written.bytes().all(|byte| byte.is_ascii_digit());
    let number: i128 = written.parse().ok().filter(|_| fits && whole.len() + fraction.len() > 0)?;
    Some(if negative { -number } else { number })
}
