//! What runs inside of other statements: anonymous blocks, guards, bodies, literals that run as SQL.

use super::name::Identifier;
use super::reader::Reader;
use super::request::{Change, Request};
use super::{flow, transact};
use crate::sql::{self, Dialect, Kind, Token};
use crate::text::Span;

/// Statements that run now, inside of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What holds them together.
    pub kind: BlockKind,
    /// What they ask for, in order, nested blocks made flat.
    pub steps: Vec<Step>,
}

/// What holds the statements of a block together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// PostgreSQL's `DO`.
    Do,
    /// `BEGIN … END`, `DECLARE … BEGIN … END`.
    Anonymous,
    /// `IF …`, `WHILE …`.
    Guard,
    /// Nothing: no terminator separates them.
    Batch,
    /// A literal that runs as SQL.
    Literal,
}

/// One statement of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it asks for.
    pub request: Request,
    /// The innermost condition under which it runs.
    pub guard: Option<Guard>,
}

/// A condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Guard {
    /// What it asks.
    pub kind: GuardKind,
    /// Where it stands.
    pub span: Span,
}

/// What a condition asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GuardKind {
    /// Whether something exists: `IF EXISTS`, `OBJECT_ID(…) IS NOT NULL`.
    Exists,
    /// Whether something is absent: `IF NOT EXISTS`, `COL_LENGTH(…) IS NULL`.
    Absent,
    /// The other case of a condition.
    Otherwise,
    /// Anything else.
    Condition,
    /// Any number of times: a loop.
    Loop,
}

impl Block {
    /// Whether a handler stands ready for what goes wrong inside. `span` is the whole statement's in the script.
    #[must_use]
    pub fn handles_errors(&self, text: &str, span: Span) -> bool {
        let text = text.get(span.start..span.end).unwrap_or_default().to_ascii_uppercase();
        self.kind != BlockKind::Batch
            && (text.contains("EXCEPTION") && text.contains("WHEN")
                || text.contains("HANDLER")
                || text.contains("CATCH"))
    }
}

/// How deep statements in statements are read.
const DEEPEST: u8 = 12;

/// Reads a procedural text up to its end.
pub(super) fn steps(r: &mut Reader<'_>) -> Vec<Step> {
    if r.depth >= DEEPEST {
        let mark = r.finish();
        return vec![unchecked(r.span_from(mark))];
    }
    r.depth += 1;
    let steps = if r.is_sql_server() { transact::steps(r) } else { flow::steps(r) };
    r.depth -= 1;
    steps
}

/// Takes steps up to the end of what is read. One that reads nothing passes over a token, so that the end comes.
pub(super) fn read_on<'a, F>(flow: &mut F, reader: for<'f> fn(&'f mut F) -> &'f mut Reader<'a>, step: impl Fn(&mut F)) {
    while !reader(flow).is_end() {
        let mark = reader(flow).mark();
        step(flow);
        if reader(flow).mark() == mark {
            reader(flow).next();
        }
    }
}

/// Reads what is left as a body, and says where it stands.
pub(super) fn rest(r: &mut Reader<'_>) -> (Span, Vec<Step>) {
    let mark = r.mark();
    if r.is_sql_server() {
        r.word("AS");
    }
    let steps = steps(r);
    (r.span_from(mark), steps)
}

/// Reads a routine's body if it begins here.
pub(super) fn body(r: &mut Reader<'_>, language: Option<&Identifier>) -> Option<(Span, Vec<Step>)> {
    let is_text =
        |token: Option<Token>| token.is_some_and(|token| matches!(token.kind, Kind::String | Kind::DollarString));
    if r.is_any(&["AS", "IS"]) && is_text(r.nth(1)) {
        r.next();
        let token = r.next()?;
        let readable = language.is_none_or(|language| language.is("plpgsql") || language.is("sql"));
        let steps = if readable && r.is_postgres() { text(r, token) } else { Vec::new() };
        if r.comma() {
            r.next();
        }
        return Some((r.span_of(token), steps));
    }
    if r.is_any(&["AS", "IS"])
        && matches!(r.dialect(), Dialect::Oracle | Dialect::SqlServer | Dialect::Generic | Dialect::H2)
    {
        r.next();
        return Some(rest(r));
    }
    if r.is("DO") && r.is_mysql() {
        r.next();
        return Some(rest(r));
    }
    if r.are(&["BEGIN", "ATOMIC"]) || r.is("BEGIN") && !r.is_postgres() {
        return Some(rest(r));
    }
    let statements = ["SELECT", "INSERT", "UPDATE", "DELETE", "RETURN", "SET", "IF", "CALL", "WITH", "DECLARE"];
    (r.is_mysql() && r.is_any(&statements)).then(|| rest(r))
}

/// Reads a token whose text runs as SQL.
pub(super) fn text(r: &Reader<'_>, token: Token) -> Vec<Step> {
    let raw = r.text_of(token);
    let (open, length) = inner(raw);
    if r.depth >= DEEPEST {
        return vec![unchecked(r.span_of(token))];
    }
    let base = r.base + token.start as usize + open;
    let body = &raw[open..open + length];
    if raw.starts_with('$') || !body.contains('\'') {
        read_text(r, body, base)
    } else {
        read_text(r, &widened(body), base)
    }
}

fn read_text(r: &Reader<'_>, body: &str, base: usize) -> Vec<Step> {
    let script = sql::read(body, r.options);
    let tokens = significant(&script.tokens);
    let mut nested = Reader::new(body, &tokens, base, r.options, r.depth + 1);
    steps(&mut nested)
}

/// The tokens that servers read, conditional comments open.
pub(super) fn significant(tokens: &[Token]) -> Vec<Token> {
    let skipped = |kind: Kind| {
        kind.is_trivia() || matches!(kind, Kind::OpenConditional | Kind::CloseConditional | Kind::Go | Kind::Slash)
    };
    tokens.iter().copied().filter(|token| !skipped(token.kind)).collect()
}

/// Where the contents of a string begin, and how long they are.
fn inner(raw: &str) -> (usize, usize) {
    if let Some(tagged) = raw.strip_prefix('$') {
        let (tag, body) = raw.split_at(tagged.find('$').map_or(1, |at| at + 2));
        // An unfinished string has no tag at its end.
        return (tag.len(), body.strip_suffix(tag).unwrap_or(body).len());
    }
    let open = raw.find(['\'', '"']).map_or(0, |at| at + 1);
    let closed = raw.len() > open && raw.ends_with(['\'', '"']);
    (open, raw.len() - open - usize::from(closed))
}

/// The same text with each doubled quote made one, and as long as before: a blank goes outside the inner string.
fn widened(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    let mut open = false;
    let mut rest = body;
    while let Some(at) = rest.find("''") {
        text.push_str(&rest[..at]);
        text.push_str(if open { "' " } else { " '" });
        open = !open;
        rest = &rest[at + 2..];
    }
    text.push_str(rest);
    text
}

/// A text that is put together only when it runs.
pub(super) fn unchecked(span: Span) -> Step {
    plain(Change::Unchecked(span), span)
}

/// A step that is understood.
pub(super) fn plain(change: Change, span: Span) -> Step {
    Step { request: Request { change, span, opaque: Vec::new() }, guard: None }
}

/// Reads on after `EXECUTE`, `EXECUTE IMMEDIATE`, `EXEC (`: a literal is read, anything else is unchecked.
pub(super) fn dynamic(r: &mut Reader<'_>) -> Vec<Step> {
    let mark = r.mark();
    let mut inner = r.over(mark, r.last_mark());
    while inner.is_kind(Kind::OpenParenthesis) {
        inner.next();
    }
    let formats = inner.word("FORMAT") && inner.kind(Kind::OpenParenthesis).is_some();
    let literal = inner.next().filter(|token| matches!(token.kind, Kind::String | Kind::DollarString));
    while inner.kind(Kind::CloseParenthesis).is_some() {}
    let ends = inner.is_end()
        || inner.is_kind(Kind::Semicolon)
        || inner.is_any(&["USING", "INTO"])
        || inner.is_kind(Kind::Comma);
    r.finish();
    let span = r.span_from(mark);
    match literal.filter(|token| ends && !(formats && r.text_of(*token).contains('%'))) {
        Some(token) => text(r, token),
        None => vec![unchecked(span)],
    }
}

/// Makes one request of some steps: the only one, or a block.
pub(super) fn joined(mut steps: Vec<Step>, kind: BlockKind) -> Change {
    if kind == BlockKind::Batch && steps.len() == 1 && steps[0].guard.is_none() && steps[0].request.opaque.is_empty() {
        return steps.remove(0).request.change;
    }
    Change::Block(Box::new(Block { kind, steps }))
}

/// What a condition asks.
pub(super) fn guard(r: &Reader<'_>, from: usize, to: usize) -> Guard {
    let mut inner = r.over(from, to);
    let mut kind = GuardKind::Condition;
    let negated = inner.is("NOT");
    while let Some(token) = inner.next() {
        if token.is_word(r.text, "EXISTS") {
            kind = if negated { GuardKind::Absent } else { GuardKind::Exists };
            break;
        }
        if token
            .is_any_word(r.text, &["OBJECT_ID", "COL_LENGTH", "SCHEMA_ID", "TYPE_ID", "INDEXPROPERTY", "TO_REGCLASS"])
        {
            inner.group();
            let absent = inner.word("IS") && inner.word("NULL");
            kind = if absent { GuardKind::Absent } else { GuardKind::Exists };
            break;
        }
    }
    Guard { kind, span: r.span_between(from, to) }
}
