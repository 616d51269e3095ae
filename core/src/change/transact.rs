//! Transact-SQL, where no terminator need stand between statements.

use super::block::{self, Guard, GuardKind, Step};
use super::reader::Reader;
use super::request::Change;
use super::running;
use crate::sql::{Kind, Token};

/// Words that begin a statement wherever they stand outside parentheses, save where the rules below say otherwise.
const STARTS: [&str; 46] = [
    "ALTER",
    "BEGIN",
    "BULK",
    "CLOSE",
    "COMMIT",
    "CREATE",
    "DBCC",
    "DEALLOCATE",
    "DECLARE",
    "DELETE",
    "DENY",
    "DISABLE",
    "DROP",
    "ELSE",
    "ENABLE",
    "END",
    "EXEC",
    "EXECUTE",
    "FETCH",
    "GOTO",
    "GRANT",
    "IF",
    "INSERT",
    "KILL",
    "MERGE",
    "OPEN",
    "PRINT",
    "RAISERROR",
    "RECONFIGURE",
    "RETURN",
    "REVERT",
    "REVOKE",
    "ROLLBACK",
    "SAVE",
    "SELECT",
    "SET",
    "SHUTDOWN",
    "THROW",
    "TRUNCATE",
    "UPDATE",
    "USE",
    "WAITFOR",
    "WHILE",
    "BREAK",
    "CONTINUE",
    "WITH",
];

/// Words that hold on to the one after them.
const HOLDS: [&str; 27] = [
    "AS",
    "ON",
    "UNION",
    "ALL",
    "EXCEPT",
    "INTERSECT",
    "THEN",
    "FOR",
    "AFTER",
    "OF",
    "GRANT",
    "DENY",
    "REVOKE",
    "OR",
    "NOT",
    "AND",
    "FROM",
    "INTO",
    "BY",
    "TO",
    "WITH",
    "IN",
    "NO",
    "INNER",
    "LEFT",
    "RIGHT",
    "HASH",
];

/// Steps of a procedure that touch no data.
const PROCEDURAL: [&str; 19] = [
    "CLOSE",
    "DEALLOCATE",
    "DECLARE",
    "FETCH",
    "GOTO",
    "OPEN",
    "PRINT",
    "RAISERROR",
    "RETURN",
    "REVERT",
    "THROW",
    "WAITFOR",
    "BREAK",
    "CONTINUE",
    "RECONFIGURE",
    "KILL",
    "SHUTDOWN",
    "DELAY",
    "RAISE",
];

struct Flow<'r, 'a> {
    r: &'r mut Reader<'a>,
    /// The condition of each open `BEGIN`.
    open: Vec<Option<Guard>>,
    /// The condition of the next statement or block.
    pending: Option<Guard>,
    steps: Vec<Step>,
}

/// Reads statements up to the end.
pub(super) fn steps(r: &mut Reader<'_>) -> Vec<Step> {
    let mut flow = Flow { r, open: Vec::new(), pending: None, steps: Vec::new() };
    block::read_on(&mut flow, |flow| flow.r, Flow::step);
    flow.steps
}

/// Whether the statement is one of flow, or may be several.
pub(super) fn is_single(r: &mut Reader<'_>) -> bool {
    let mark = r.mark();
    let whole = !r.is_any(&["IF", "WHILE", "BEGIN", "DECLARE"]) && {
        statement_end(r);
        r.kind(Kind::Semicolon);
        r.is_end()
    };
    r.back(mark);
    whole
}

impl Flow<'_, '_> {
    fn step(&mut self) {
        let r = &mut *self.r;
        if r.kind(Kind::Semicolon).is_some() {
            return;
        }
        let opens_block = r.is("BEGIN") && !r.nth_is_any(1, &["TRAN", "TRANSACTION", "DISTRIBUTED", "DIALOG"]);
        if opens_block {
            r.next();
            r.any(&["TRY", "CATCH", "ATOMIC"]);
            let guard = self.pending.take();
            self.open.push(guard);
        } else if r.word("END") {
            r.any(&["TRY", "CATCH"]);
            self.open.pop();
        } else if r.word("ELSE") {
            let span = r.span_from(r.mark() - 1);
            self.pending = Some(Guard { kind: GuardKind::Otherwise, span });
        } else if let Some(word) = r.any(&["IF", "WHILE"]) {
            self.condition(word == "WHILE");
        } else {
            self.simple();
        }
    }

    fn condition(&mut self, loops: bool) {
        let mark = self.r.mark();
        self.r.until(|r, token| r.mark() > mark && begins(r, token, None));
        let mut guard = block::guard(self.r, mark, self.r.mark());
        if loops {
            guard.kind = GuardKind::Loop;
        }
        self.pending = Some(guard);
    }

    fn simple(&mut self) {
        let mark = self.r.mark();
        statement_end(self.r);
        let end = self.r.mark().max(mark + 1);
        self.r.back(end);
        let span = self.r.span_between(mark, end);
        let mut inner = self.r.over(mark, end);
        let guard = self.pending.take().or_else(|| self.open.iter().rev().find_map(|guard| *guard));
        let found = if inner.is_any(&PROCEDURAL) {
            vec![block::plain(Change::Procedural("procedural"), span)]
        } else {
            running::steps(&mut inner)
        };
        self.steps.extend(found.into_iter().map(|step| Step { guard: step.guard.or(guard), ..step }));
    }
}

/// Moves to the end of the statement that begins here.
fn statement_end(r: &mut Reader<'_>) {
    let Some(first) = r.peek() else { return };
    // The body of a module goes to the end of the batch.
    let is_module = r.is_any(&["CREATE", "ALTER"]) && {
        let ahead = if r.nth_is(1, "OR") { 3 } else { 1 };
        r.nth_is_any(ahead, &["PROCEDURE", "PROC", "FUNCTION", "TRIGGER", "VIEW"])
    };
    if is_module {
        r.finish();
        return;
    }
    let mark = r.mark();
    let mut selects = false;
    let mut cases = 0_usize;
    r.until(|r, token| {
        if token.kind == Kind::Semicolon {
            return true;
        }
        if r.mark() == mark {
            return false;
        }
        if token.is_word(r.text, "CASE") {
            cases += 1;
        } else if token.is_word(r.text, "END") && cases > 0 {
            cases -= 1;
            return false;
        }
        if cases > 0 {
            return false;
        }
        let ends = begins(r, token, Some((first, selects)));
        selects |= token.is_any_word(
            r.text,
            &["SELECT", "VALUES", "SET", "EXEC", "EXECUTE", "INSERT", "UPDATE", "DELETE", "MERGE"],
        );
        ends
    });
}

/// Whether a statement begins at a token. `within` is the first token of the one before it, and whether that has its
/// query already.
fn begins(r: &Reader<'_>, token: Token, within: Option<(Token, bool)>) -> bool {
    if !token.is_any_word(r.text, &STARTS) {
        return false;
    }
    if r.previous().is_some_and(|before| holds(r, before, token, within.map(|(first, _)| first))) {
        return false;
    }
    let is = |word: &str| token.is_word(r.text, word);
    if is("WITH") {
        return false;
    }
    let Some((first, selects)) = within else { return true };
    let first_is = |words: &[&str]| first.is_any_word(r.text, words);
    if is("SELECT") {
        return selects || !first_is(&["INSERT", "WITH"]);
    }
    if token.is_any_word(r.text, &["EXEC", "EXECUTE"]) {
        return selects || !first_is(&["INSERT"]);
    }
    if is("SET") {
        let belongs = first_is(&["UPDATE", "MERGE", "WITH"]) || first_is(&["ALTER"]) && !selects;
        return !belongs || first_is(&["UPDATE"]) && selects;
    }
    if token.is_any_word(r.text, &["UPDATE", "DELETE", "INSERT", "MERGE"]) {
        return !(first_is(&["MERGE"]) || first_is(&["WITH"]) && !selects);
    }
    in_alter(r, token, first)
}

/// Whether the word before holds on to a token.
fn holds(r: &Reader<'_>, before: Token, token: Token, first: Option<Token>) -> bool {
    let first_is = |word: &str| first.is_some_and(|first| first.is_word(r.text, word));
    if before.is_word(r.text, "ON") {
        return !first_is("SET");
    }
    if before.is_any_word(r.text, &["ALL", "TO"]) && first_is("ALTER") {
        return !token.is_any_word(r.text, &["ALTER", "CREATE", "DROP", "IF", "PRINT"]);
    }
    before.is_any_word(r.text, &HOLDS) || matches!(before.kind, Kind::Comma | Kind::Dot | Kind::Operator)
}

/// What `DROP` may name.
const NAMED: [&str; 18] = [
    "TABLE",
    "VIEW",
    "INDEX",
    "PROCEDURE",
    "PROC",
    "FUNCTION",
    "TRIGGER",
    "TYPE",
    "SCHEMA",
    "SEQUENCE",
    "USER",
    "ROLE",
    "SYNONYM",
    "DATABASE",
    "LOGIN",
    "STATISTICS",
    "DEFAULT",
    "RULE",
];

/// What `ALTER TABLE … DROP` may name.
const PARTS: [&str; 3] = ["COLUMN", "CONSTRAINT", "DROP"];

/// Words that go on with an `ALTER` or a `DROP`.
fn in_alter(r: &Reader<'_>, token: Token, first: Token) -> bool {
    let is = |word: &str| token.is_word(r.text, word);
    if is("DROP") && first.is_word(r.text, "ALTER") {
        return r.nth_is_any(1, &NAMED);
    }
    if is("ALTER") {
        return !r.nth_is(1, "COLUMN");
    }
    if is("IF") {
        let names = |before: Token| before.is_any_word(r.text, &NAMED) || before.is_any_word(r.text, &PARTS);
        return !r.previous().is_some_and(names);
    }
    if is("CREATE") {
        return !(first.is_word(r.text, "CREATE") && r.over(r.mark().saturating_sub(2), r.mark()).is("SCHEMA"));
    }
    if is("ENABLE") || is("DISABLE") {
        return r.nth_is(1, "TRIGGER") && !first.is_word(r.text, "ALTER");
    }
    if is("FETCH") {
        return !first.is_any_word(r.text, &["SELECT", "WITH", "INSERT"]);
    }
    !(is("USE") && r.nth_kind(1) == Some(Kind::OpenParenthesis))
}
