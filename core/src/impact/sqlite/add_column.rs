//! `ADD COLUMN`: what it cannot be, and what it costs.

use super::fact;
use super::table::{self, Found, refuse};
use crate::change::{ColumnDefinition, ConstraintKind, Expression};
use crate::impact::{Fact, Refusal, Situation};
use crate::sql::{Dialect, Kind, Token, significant};
use crate::text::Span;

/// Why a column cannot be added.
pub(super) fn refusal(column: &ColumnDefinition, found: &Found<'_>, situation: &Situation<'_>) -> Option<Refusal> {
    if let Some(refusal) = never(column, found, situation) {
        return Some(refusal);
    }
    if found.is_new_and_empty(situation) {
        return None;
    }
    let default = column.default.as_ref().filter(|default| !is_null(situation.text, default.span));
    let generated = column.generated.as_ref();
    if let Some(generated) = generated.filter(|generated| generated.stored == Some(true)) {
        return Some(refuse(&fact::ADD_STORED, generated.expression));
    }
    if column.nullable == Some(false) && default.is_none() && generated.is_none() {
        return Some(refuse(&fact::NOT_NULL_WITHOUT_DEFAULT, column.span));
    }
    if let Some(default) = default.filter(|default| !is_constant(situation.text, default.span)) {
        return Some(refuse(&fact::DEFAULT_NOT_CONSTANT, default.span));
    }
    let references = column.constraints.iter().find(|key| matches!(key.kind, ConstraintKind::ForeignKey(_)));
    let refused = references.filter(|_| default.is_some() && table::enforces_keys(situation));
    refused.map(|references| refuse(&fact::ADD_REFERENCES, references.span))
}

/// What no table can get, empty or not.
fn never(column: &ColumnDefinition, found: &Found<'_>, situation: &Situation<'_>) -> Option<Refusal> {
    for constraint in &column.constraints {
        match &constraint.kind {
            ConstraintKind::PrimaryKey(_) => return Some(refuse(&fact::ADD_PRIMARY, constraint.span)),
            ConstraintKind::Unique { .. } => return Some(refuse(&fact::ADD_UNIQUE, constraint.span)),
            ConstraintKind::Check(check) => {
                if let Some(refusal) = found.names_unknown(check, Some(column), situation) {
                    return Some(refusal);
                }
            }
            _ => {}
        }
    }
    if let Some(generated) = &column.generated
        && let Some(refusal) = found.names_unknown(&whole(generated.expression), Some(column), situation)
    {
        return Some(refusal);
    }
    table::column_refusal(column, found.is_strict(), situation)
}

/// An expression of which only its place is known.
fn whole(span: Span) -> Expression {
    Expression { span, volatility: crate::change::Volatility::Other, functions: Vec::new() }
}

/// Why all rows are read for a new column, if they are.
pub(super) fn reads_rows(
    column: &ColumnDefinition,
    found: &Found<'_>,
    situation: &Situation<'_>,
) -> Option<(&'static Fact, Span)> {
    let check = column.constraints.iter().find(|constraint| matches!(constraint.kind, ConstraintKind::Check(_)));
    if let Some(check) = check {
        return Some((&fact::CHECKED, check.span));
    }
    if let Some(generated) = column.generated.as_ref().filter(|_| column.nullable == Some(false)) {
        return Some((&fact::GENERATED_NOT_NULL, generated.expression));
    }
    // Rows of STRICT tables are checked by the versions since 3.41; 3.40.1 does not.
    let strict = found.is_strict() && situation.server.is_at_least(3, 41, 0);
    strict.then_some((&fact::STRICT_ADD, column.span))
}

fn tokens(text: &str, span: Span) -> (&str, Vec<Token>) {
    let own = text.get(span.start..span.end).unwrap_or_default();
    (own, significant(own, Dialect::Sqlite))
}

/// Without the parentheses and signs around it.
fn bare<'a>(text: &str, mut tokens: &'a [Token]) -> &'a [Token] {
    loop {
        tokens = match tokens {
            [first, inner @ .., last] if first.kind == Kind::OpenParenthesis && last.kind == Kind::CloseParenthesis => {
                inner
            }
            [first, inner @ ..] if matches!(first.text(text), "+" | "-") => inner,
            _ => return tokens,
        };
    }
}

/// Whether a default is `NULL`.
fn is_null(text: &str, span: Span) -> bool {
    let (own, tokens) = tokens(text, span);
    matches!(bare(own, &tokens), [only] if only.is_word(own, "NULL"))
}

/// Whether a default is one value: a literal, a word, or a cast of one. The sum of two is none.
fn is_constant(text: &str, span: Span) -> bool {
    let (own, tokens) = tokens(text, span);
    constant(own, &tokens)
}

fn constant(text: &str, tokens: &[Token]) -> bool {
    match bare(text, tokens) {
        [only] => !only.is_any_word(text, &["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"]),
        // A blob: a letter and a string that touch.
        [first, second] => first.end == second.start && second.kind == Kind::String,
        [first, open, value @ .., end] if first.is_word(text, "CAST") && open.kind == Kind::OpenParenthesis => {
            let at = value.iter().position(|token| token.is_word(text, "AS"));
            end.kind == Kind::CloseParenthesis && at.is_some_and(|at| constant(text, &value[..at]))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_is_one_value() {
        let is = |text: &str| is_constant(text, Span::new(0, text.len()));
        for text in
            ["5", "-5", "(-5)", "''", "x'00'", "TRUE", "active", "CAST('1' AS INT)", "(CAST(-1 AS TEXT))", "((1))"]
        {
            assert!(is(text), "{text}");
        }
        for text in
            ["(1 + 1)", "CURRENT_TIMESTAMP", "(current_date)", "(abs(-1))", "('a' || 'b')", "(CAST(abs(1) AS INT))"]
        {
            assert!(!is(text), "{text}");
        }
    }
}
