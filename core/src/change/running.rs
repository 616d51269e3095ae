//! Statements that run something else: blocks, procedures, texts; and those about transactions.

use super::block::{self, BlockKind, Step};
use super::query;
use super::reader::Reader;
use super::removal;
use super::request::Change;
use super::statement::{self, rest};
use super::transaction;
use crate::sql::{Dialect, Kind};

/// Reads one statement of a body; `EXEC ('…')` may be several.
pub(super) fn steps(r: &mut Reader<'_>) -> Vec<Step> {
    let mark = r.mark();
    if r.any(&["EXEC", "EXECUTE"]).is_some() {
        let calls = r.nth_is(0, "SP_EXECUTESQL") || r.nth_kind(2).is_some() && r.nth_is(2, "SP_EXECUTESQL");
        if calls {
            while !r.is_end() && !r.word("SP_EXECUTESQL") {
                r.next();
            }
            r.words(&["@STMT"]);
            return block::dynamic(r);
        }
        if r.is_kind(Kind::OpenParenthesis) {
            return block::dynamic(r);
        }
    }
    r.back(mark);
    vec![Step { request: statement::read(r), guard: None }]
}

/// Reads a statement about transactions, or a block that begins like one.
pub(super) fn transaction(r: &mut Reader<'_>, verb: &str, mark: usize) -> Option<Change> {
    let is_block = match r.dialect() {
        _ if verb == "DECLARE" => !r.is_postgres() && !r.is_sql_server(),
        Dialect::Oracle => verb == "BEGIN",
        _ => verb == "BEGIN" && r.are(&["NOT", "ATOMIC"]),
    };
    if is_block {
        return Some(anonymous(r, mark));
    }
    if verb == "DECLARE" {
        return Some(cursor(r));
    }
    let found = transaction::read(r, verb).map(Change::Transaction);
    if found.is_some() || verb != "BEGIN" {
        return found;
    }
    Some(anonymous(r, mark))
}

/// `DECLARE name CURSOR … FOR query`.
fn cursor(r: &mut Reader<'_>) -> Change {
    r.until_word(&["FOR"]);
    if !(r.word("FOR") && r.is_any(&["SELECT", "WITH", "VALUES", "TABLE"])) {
        return rest(r, "DECLARE");
    }
    let mark = r.finish();
    Change::DeclareCursor(query::between(r, mark, r.last_mark()))
}

fn anonymous(r: &mut Reader<'_>, mark: usize) -> Change {
    r.back(mark);
    let steps = block::steps(r);
    Change::Block(Box::new(block::Block { kind: BlockKind::Anonymous, steps }))
}

/// Statements that run something else.
pub(super) fn read(r: &mut Reader<'_>, verb: &str, mark: usize) -> Option<Change> {
    match verb {
        "PREPARE" => prepare(r),
        "EXECUTE" if r.word("IMMEDIATE") => Some(block::joined(block::dynamic(r), BlockKind::Literal)),
        "EXECUTE" if r.is_operator("BLOCK") => Some(rest(r, verb)),
        "EXEC" | "EXECUTE" if r.is_sql_server() => {
            r.back(mark);
            exec(r)
        }
        "DO" => Some(do_block(r)),
        _ => {
            let name = r.name();
            r.finish();
            Some(Change::Call(name))
        }
    }
}

fn prepare(r: &mut Reader<'_>) -> Option<Change> {
    if r.word("TRANSACTION") {
        r.finish();
        return Some(Change::Transaction(transaction::Transaction::TwoPhase));
    }
    let name = r.name();
    r.group();
    if r.word("FROM") {
        let mut steps = block::dynamic(r);
        let request = (steps.len() == 1).then(|| Box::new(steps.remove(0).request));
        return Some(Change::Prepare { name, request });
    }
    if !r.word("AS") || r.depth > 8 {
        return None;
    }
    let mut nested = r.over(r.mark(), r.last_mark());
    nested.depth = r.depth + 1;
    r.finish();
    Some(Change::Prepare { name, request: Some(Box::new(statement::read(&mut nested))) })
}

/// SQL Server's `EXEC`: of a procedure, of a text, or `sp_rename`.
fn exec(r: &mut Reader<'_>) -> Option<Change> {
    let mark = r.mark();
    r.next();
    let is_text = r.is_kind(Kind::OpenParenthesis) || r.is("SP_EXECUTESQL") || r.nth_is(2, "SP_EXECUTESQL");
    if is_text {
        r.back(mark);
        return Some(block::joined(steps(r), BlockKind::Literal));
    }
    if r.is_kind(Kind::Variable) && r.nth(1).is_some_and(|token| r.text_of(token) == "=") {
        r.next();
        r.next();
    }
    if r.is("AS") {
        return Some(rest(r, "EXECUTE AS"));
    }
    call(r)
}

/// Reads the name of a procedure, and what it is given.
pub(super) fn call(r: &mut Reader<'_>) -> Option<Change> {
    let name = r.name()?;
    if name.last().text.eq_ignore_ascii_case("sp_rename")
        && let Some(renames) = removal::sp_rename(r)
    {
        r.finish();
        return Some(Change::Rename(renames));
    }
    r.finish();
    Some(Change::Call(Some(name)))
}

/// PostgreSQL's `DO`; MySQL's evaluates expressions.
fn do_block(r: &mut Reader<'_>) -> Change {
    if r.is_mysql() {
        return rest(r, "DO");
    }
    let mut steps = Vec::new();
    let mut readable = true;
    while !r.is_end() {
        if r.word("LANGUAGE") {
            readable &= r.identifier().is_some_and(|language| language.text.eq_ignore_ascii_case("plpgsql"));
        } else if let Some(token) = r.next().filter(|token| matches!(token.kind, Kind::DollarString | Kind::String)) {
            steps = if readable { block::text(r, token) } else { vec![block::unchecked(r.span_of(token))] };
        }
    }
    Change::Block(Box::new(block::Block { kind: BlockKind::Do, steps }))
}
