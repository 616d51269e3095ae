//! Bodies whose statements end with `;`: PL/pgSQL, PL/SQL, MySQL's and SQLite's programs.

use super::block::{self, Guard, GuardKind, Step};
use super::reader::Reader;
use super::request::Change;
use super::statement;
use crate::sql::{Dialect, Kind};
use crate::text::Span;

/// Steps of a procedure that touch no data.
const PROCEDURAL: [&str; 24] = [
    "RAISE",
    "RETURN",
    "NULL",
    "GET",
    "OPEN",
    "FETCH",
    "CLOSE",
    "EXIT",
    "CONTINUE",
    "ASSERT",
    "LEAVE",
    "ITERATE",
    "SIGNAL",
    "RESIGNAL",
    "GOTO",
    "PIPE",
    "FORALL",
    "MOVE",
    "TYPE",
    "CURSOR",
    "SUBTYPE",
    "HANDLER",
    "STOP",
    "DELIMITER",
];

/// A body as it is read, one step at a time. Nesting is a list, not a recursion.
struct Flow<'r, 'a> {
    r: &'r mut Reader<'a>,
    /// The conditions of the open blocks.
    open: Vec<Option<Guard>>,
    /// Whether declarations are read, which end with `BEGIN`.
    declares: bool,
    steps: Vec<Step>,
}

/// Reads a body up to its end.
pub(super) fn steps(r: &mut Reader<'_>) -> Vec<Step> {
    let declares = r.dialect() == Dialect::Oracle && !r.is_any(&["BEGIN", "DECLARE"]);
    let mut flow = Flow { r, open: Vec::new(), declares, steps: Vec::new() };
    block::read_on(&mut flow, |flow| flow.r, Flow::step);
    flow.steps
}

impl Flow<'_, '_> {
    fn step(&mut self) {
        let r = &mut *self.r;
        if r.kind(Kind::Semicolon).is_some() || r.kind(Kind::Delimiter).is_some() {
            return;
        }
        if r.is_operator("<<") {
            r.until(|r, token| r.text_of(token) == ">>");
            r.next();
            return;
        }
        if self.declares && !r.is("BEGIN") {
            return self.skip_statement();
        }
        match r.any(&["BEGIN", "DECLARE", "END", "ELSE", "EXCEPTION", "LOOP", "REPEAT", "THEN"]) {
            Some("BEGIN") => self.begin(),
            Some("DECLARE") => {
                self.declares = !self.r.is_mysql();
                self.skip_statement();
            }
            Some("END") => {
                self.open.pop();
                self.skip_statement();
            }
            Some("ELSE") => {
                let span = self.r.span_from(self.r.mark() - 1);
                if let Some(top) = self.open.last_mut().filter(|top| top.is_some()) {
                    *top = Some(Guard { kind: GuardKind::Otherwise, span });
                }
            }
            Some("LOOP" | "REPEAT") => {
                let span = self.r.span_from(self.r.mark() - 1);
                self.open.push(Some(Guard { kind: GuardKind::Loop, span }));
            }
            Some(_) => {}
            None => self.compound(),
        }
    }

    fn begin(&mut self) {
        self.declares = false;
        if self.r.words(&["NOT", "ATOMIC"]) || self.r.word("ATOMIC") || self.r.words(&["WORK"]) {
            // A block all the same.
        }
        self.open.push(None);
    }

    /// Statements that hold statements, and all others.
    fn compound(&mut self) {
        let mark = self.r.mark();
        match self.r.any(&["IF", "ELSIF", "ELSEIF", "CASE", "WHEN", "WHILE", "FOR", "FOREACH", "UNTIL"]) {
            Some("IF") if !self.r.is_end() => {
                let guard = self.condition(&["THEN"]);
                self.open.push(Some(guard));
            }
            Some("ELSIF" | "ELSEIF") => {
                let guard = self.condition(&["THEN"]);
                if let Some(top) = self.open.last_mut() {
                    *top = Some(guard);
                }
            }
            Some("CASE") => {
                let guard = self.condition(&["THEN"]);
                self.open.push(Some(guard));
            }
            Some("WHEN") => {
                self.condition(&["THEN"]);
            }
            Some("UNTIL") => {
                self.r.until_word(&["END"]);
            }
            Some(_) => self.looped(mark),
            None => self.simple(),
        }
    }

    fn looped(&mut self, mark: usize) {
        let span = self.r.until_word(&["LOOP", "DO"]);
        let mut head = self.r.over(mark, self.r.mark());
        head.until_word(&["EXECUTE"]);
        if head.word("EXECUTE") {
            self.steps.push(block::unchecked(span));
        }
        self.r.any(&["LOOP", "DO"]);
        self.open.push(Some(Guard { kind: GuardKind::Loop, span }));
    }

    fn condition(&mut self, ends: &[&str]) -> Guard {
        let mark = self.r.mark();
        let mut cases = 0_usize;
        self.r.until(|r, token| {
            if token.is_word(r.text, "CASE") {
                cases += 1;
            } else if token.is_word(r.text, "END") {
                cases = cases.saturating_sub(1);
            }
            token.kind == Kind::Semicolon || cases == 0 && token.is_any_word(r.text, ends)
        });
        let guard = block::guard(self.r, mark, self.r.mark());
        self.r.any(ends);
        guard
    }

    fn skip_statement(&mut self) {
        self.r.until(|_, token| matches!(token.kind, Kind::Semicolon | Kind::Delimiter));
    }

    /// One statement without statements inside.
    fn simple(&mut self) {
        let mark = self.r.mark();
        self.skip_statement();
        let end = self.r.mark();
        let span = self.r.span_between(mark, end);
        let mut inner = self.r.over(mark, end);
        let found = simple(&mut inner, span);
        let guard = self.open.iter().rev().find_map(|guard| *guard);
        self.steps.extend(found.into_iter().map(|step| Step { guard: step.guard.or(guard), ..step }));
    }
}

fn simple(r: &mut Reader<'_>, span: Span) -> Vec<Step> {
    let mark = r.mark();
    if r.word("EXECUTE") {
        r.word("IMMEDIATE");
        let prepared =
            !r.is_postgres() && r.is_identifier() && r.dialect() != Dialect::Oracle && !r.is_kind(Kind::String);
        if !prepared {
            return block::dynamic(r);
        }
        r.back(mark);
    }
    if r.word("PERFORM") {
        let from = r.finish();
        return vec![block::plain(Change::Select(super::query::between(r, from, r.last_mark())), span)];
    }
    if r.is_any(&PROCEDURAL) || assigns(r) {
        r.finish();
        return vec![block::plain(Change::Procedural("procedural"), span)];
    }
    let calls = r.is_kind(Kind::Word) && r.dialect() == Dialect::Oracle && !statement::begins(r);
    if calls && let Some(name) = r.name() {
        return vec![block::plain(Change::Call(Some(name)), span)];
    }
    let mut request = statement::read(r);
    if let Change::Select(query) = &mut request.change {
        // `SELECT … INTO` fills variables here.
        query.into = None;
    }
    vec![Step { request, guard: None }]
}

/// Whether an assignment follows: `a := 1`, `new.a = 1`, `:new.a := 1`.
fn assigns(r: &mut Reader<'_>) -> bool {
    let mark = r.mark();
    if r.is_any(&["SET", "ALTER", "CREATE", "UPDATE"]) {
        return false;
    }
    let named = r.name().is_some();
    while r.is_kind(Kind::OpenParenthesis) {
        r.skip();
        if r.kind(Kind::Dot).is_some() {
            r.name();
        }
    }
    if r.is_operator("[") {
        r.until(|r, token| r.text_of(token).starts_with(":="));
    }
    let found = named && (r.is_operator(":=") || r.is_operator("=") || r.is_operator(":"));
    r.back(mark);
    found
}
