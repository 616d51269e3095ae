//! Expressions as spans, with what decides whether a default can be stored once or has to be computed for each row.

use super::name::Name;
use super::reader::Reader;
use crate::sql::Kind;
use crate::text::Span;

/// What an expression is made of, as far as that can be told without a catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Volatility {
    /// Literals, casts and operators only.
    Constant,
    /// It calls a function that gives another value for each row.
    Volatile,
    /// It calls other functions, or names columns: the catalog or the server's version decides.
    Other,
}

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Expression {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub volatility: Volatility,
    /// The functions that it calls.
    pub functions: Vec<Name>,
}

/// Functions that give another value for each row, whatever the server.
const VOLATILE: [&str; 22] = [
    "nextval",
    "random",
    "gen_random_uuid",
    "clock_timestamp",
    "timeofday",
    "uuidv4",
    "uuidv7",
    "uuid_generate_v1",
    "uuid_generate_v1mc",
    "uuid_generate_v4",
    "newid",
    "newsequentialid",
    "uuid",
    "uuid_short",
    "rand",
    "sys_guid",
    "randomblob",
    "random_uuid",
    "setval",
    "gen_random_bytes",
    "random_normal",
    "uuid_to_bin",
];

/// Words before a parenthesis that are no functions.
const NO_FUNCTIONS: [&str; 18] = [
    "AND", "OR", "NOT", "IN", "ANY", "ALL", "SOME", "EXISTS", "CASE", "WHEN", "THEN", "ELSE", "CAST", "ARRAY", "ROW",
    "VALUES", "AS", "OVER",
];

/// Words of a constant.
const CONSTANT: [&str; 22] = [
    "NULL",
    "TRUE",
    "FALSE",
    "ARRAY",
    "INTERVAL",
    "DATE",
    "TIME",
    "TIMESTAMP",
    "TIMESTAMPTZ",
    "CAST",
    "AS",
    "WITH",
    "WITHOUT",
    "ZONE",
    "PRECISION",
    "VARYING",
    "COLLATE",
    "ON",
    "OFF",
    "YES",
    "NO",
    "DEFAULT",
];

/// Reads an expression up to a comma or up to where `stops` says so, but at least one token.
pub(super) fn read(r: &mut Reader<'_>, stops: &[&str]) -> Option<Expression> {
    let mark = r.mark();
    let mut cases = 0_usize;
    r.until(|r, token| {
        if token.kind == Kind::Comma {
            return true;
        }
        if token.is_word(r.text, "CASE") {
            cases += 1;
        } else if token.is_word(r.text, "END") && cases > 0 {
            cases -= 1;
        }
        let goes_on = r.previous().is_some_and(|before| before.is_word(r.text, "VALUE") || r.text_of(before) == "::");
        cases == 0 && r.mark() > mark && !goes_on && token.is_any_word(r.text, stops)
    });
    let end = r.mark();
    (end > mark).then(|| about(r, mark, end))
}

/// The expression between two marks.
pub(super) fn about(r: &Reader<'_>, from: usize, to: usize) -> Expression {
    let mut inner = r.over(from, to);
    let mut functions = Vec::new();
    let (mut plain, mut volatile) = (true, false);
    let mut casts = false;
    while let Some(token) = inner.peek() {
        let cast = std::mem::take(&mut casts);
        match token.kind {
            Kind::Word | Kind::Name => {
                let is_number = token.is_word(inner.text, "NEXT") && inner.nth_is(1, "VALUE");
                let is_keyword = token.is_any_word(inner.text, &CONSTANT);
                let never_calls = token.is_any_word(inner.text, &NO_FUNCTIONS);
                casts = token.is_any_word(inner.text, &["AS", "COLLATE"]);
                let Some(name) = inner.name() else { break };
                volatile |= is_number || (name.parts.len() > 1 && name.last().is("NEXTVAL"));
                if inner.is_kind(Kind::OpenParenthesis) && !never_calls && !cast && !is_type(&name) {
                    volatile |= VOLATILE.iter().any(|known| name.last().text.eq_ignore_ascii_case(known));
                    functions.push(name);
                } else {
                    plain &= cast || is_keyword || never_calls;
                }
                continue;
            }
            Kind::Operator => casts = inner.text_of(token) == "::",
            Kind::Placeholder | Kind::Template | Kind::Parameter | Kind::Variable => plain = false,
            _ => {}
        }
        inner.next();
    }
    let volatility = match (volatile, plain && functions.is_empty()) {
        (true, _) => Volatility::Volatile,
        (false, true) => Volatility::Constant,
        (false, false) => Volatility::Other,
    };
    Expression { span: r.span_between(from, to), volatility, functions }
}

/// `numeric(10, 2)` inside `CAST` and after `::` is no call.
fn is_type(name: &Name) -> bool {
    ["numeric", "decimal", "varchar", "char", "timestamp"].iter().any(|known| name.is(known))
}
