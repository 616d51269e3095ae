//! Whether the checks of a table prove which partition its rows belong to.

use super::doing::{Doing, Subject};
use super::not_null::says_so;
use crate::catalog::ConstraintKind;
use crate::sql::{Dialect, Kind, Token, significant};

/// Whether valid checks say that every row fits the bound of the partition it is to become.
///
/// The server proves more than is tried here: each literal of the bound must stand in the checks as it is written.
pub(super) fn proves(
    doing: &Doing<'_>,
    parent: &Subject<'_>,
    joins: &Subject<'_>,
    bound: Option<&str>,
    default: bool,
) -> bool {
    let Some(key) = parent.relation.and_then(|relation| relation.partition_key.as_ref()) else { return false };
    let (Some(bound), [column]) = (bound, key.columns.as_slice()) else { return false };
    if default || key.method == "hash" {
        return false;
    }
    let checks = valid_checks(joins);
    let literals = literals(bound);
    let known = joins.relation.and_then(|relation| relation.column(column).present());
    let strict = known.is_some_and(|column| column.nullable == Some(false))
        || checks.iter().any(|check| says_so(doing, check, column));
    let said: Vec<String> = checks.iter().flat_map(|check| self::literals(check)).collect();
    strict && !literals.is_empty() && literals.iter().all(|literal| said.contains(literal))
}

/// Whether valid checks of the default partition say that none of its rows fits a bound: it is bounded itself, at or
/// before the begin of a range.
pub(super) fn excludes(_doing: &Doing<'_>, parent: &Subject<'_>, default: &Subject<'_>, bound: Option<&str>) -> bool {
    let Some(key) = parent.relation.and_then(|relation| relation.partition_key.as_ref()) else { return false };
    let (Some(bound), [column], "range") = (bound, key.columns.as_slice(), key.method.as_str()) else { return false };
    let bounds = literals(bound);
    let [from, to] = bounds.as_slice() else { return false };
    valid_checks(default).iter().any(|check| {
        let arms = arms(check, column);
        let apart = |(operator, limit): &(String, String)| match operator.as_str() {
            "<" => comparable(limit, from) && limit <= from,
            "<=" => comparable(limit, from) && limit < from,
            ">=" => comparable(limit, to) && limit >= to,
            _ => false,
        };
        !arms.is_empty() && arms.iter().all(|arm| arm.iter().any(apart))
    })
}

/// Literals of the same form compare as their texts do: dates with as many digits, strings of one length.
fn comparable(one: &str, other: &str) -> bool {
    let shape =
        |text: &str| -> String { text.chars().map(|char| if char.is_ascii_digit() { '0' } else { char }).collect() };
    shape(one) == shape(other)
}

fn valid_checks(subject: &Subject<'_>) -> Vec<String> {
    let constraints = subject.relation.map(|relation| &relation.constraints).into_iter().flatten();
    let text = |constraint: &crate::catalog::Constraint| match &constraint.kind {
        ConstraintKind::Check { text } if constraint.validated => Some(text.clone()),
        _ => None,
    };
    constraints.filter_map(text).collect()
}

fn literals(text: &str) -> Vec<String> {
    let tokens = significant(text, Dialect::Postgres);
    let literal = |token: &&Token| matches!(token.kind, Kind::String | Kind::Number);
    tokens.iter().filter(literal).map(|token| token.text(text).trim_matches('\'').to_owned()).collect()
}

/// What a condition says of a column as `column operator literal`, for each of the conditions that `OR` joins.
fn arms(text: &str, column: &str) -> Vec<Vec<(String, String)>> {
    let tokens = significant(text, Dialect::Postgres);
    let denies = |pair: &[Token]| !pair[0].is_word(text, "IS") && pair[1].is_word(text, "NOT");
    if tokens.first().is_some_and(|token| token.is_word(text, "NOT")) || tokens.windows(2).any(denies) {
        return Vec::new();
    }
    let triple = |window: &[Token]| {
        let [name, operator, literal] = window else { return None };
        let named = name.text(text).trim_matches('"').eq_ignore_ascii_case(column);
        let fits = named && operator.kind == Kind::Operator && matches!(literal.kind, Kind::String | Kind::Number);
        fits.then(|| (operator.text(text).to_owned(), literal.text(text).trim_matches('\'').to_owned()))
    };
    let arms = tokens.split(|token| token.is_word(text, "OR"));
    arms.map(|arm| arm.windows(3).filter_map(triple).collect()).collect()
}
