//! Which reader a statement is for.

use super::alter;
use super::block::{self, BlockKind};
use super::data;
use super::making;
use super::privilege;
use super::query;
use super::reader::Reader;
use super::removal;
use super::request::{Change, Request};
use super::running;
use super::session;
use super::upkeep;
use crate::sql::Kind;

/// Words with which a statement begins.
const VERBS: [&str; 94] = [
    "CREATE",
    "ALTER",
    "INSERT",
    "DROP",
    "UPDATE",
    "COMMENT",
    "SELECT",
    "GRANT",
    "REVOKE",
    "DELETE",
    "SET",
    "DO",
    "BEGIN",
    "COMMIT",
    "END",
    "ROLLBACK",
    "ABORT",
    "START",
    "SAVEPOINT",
    "RELEASE",
    "SAVE",
    "WITH",
    "VALUES",
    "TABLE",
    "TRUNCATE",
    "COPY",
    "MERGE",
    "REPLACE",
    "RESET",
    "USE",
    "PRAGMA",
    "LOCK",
    "UNLOCK",
    "VACUUM",
    "ANALYZE",
    "ANALYSE",
    "CLUSTER",
    "REINDEX",
    "REFRESH",
    "OPTIMIZE",
    "CHECK",
    "REPAIR",
    "CHECKSUM",
    "DBCC",
    "CHECKPOINT",
    "FLUSH",
    "RENAME",
    "EXPLAIN",
    "DESCRIBE",
    "DESC",
    "SHOW",
    "PREPARE",
    "EXECUTE",
    "EXEC",
    "DEALLOCATE",
    "CALL",
    "NOTIFY",
    "LISTEN",
    "UNLISTEN",
    "DECLARE",
    "FETCH",
    "CLOSE",
    "MOVE",
    "DISCARD",
    "REASSIGN",
    "IMPORT",
    "SECURITY",
    "LOAD",
    "ATTACH",
    "DETACH",
    "DENY",
    "KILL",
    "PURGE",
    "HANDLER",
    "BULK",
    "ENABLE",
    "DISABLE",
    "AUDIT",
    "NOAUDIT",
    "SCRIPT",
    "RUNSCRIPT",
    "SHUTDOWN",
    "PRINT",
    "RAISERROR",
    "THROW",
    "INSTALL",
    "UNINSTALL",
    "XA",
    "CHANGE",
    "STOP",
    "RECONFIGURE",
    "ASSOCIATE",
    "FLASHBACK",
    "OPEN",
];

/// Whether a statement's first word is known.
pub(super) fn begins(r: &Reader<'_>) -> bool {
    r.is_any(&VERBS)
}

/// Reads one statement.
pub(super) fn read(r: &mut Reader<'_>) -> Request {
    let mark = r.mark();
    let change = change(r).unwrap_or_else(|| opaque(r, mark));
    r.leave_over();
    let whole = matches!(change, Change::Opaque(_));
    let opaque = if whole { Vec::new() } else { std::mem::take(&mut r.opaque) };
    Request { change, span: r.span_between(mark, r.last_mark()), opaque }
}

fn opaque(r: &mut Reader<'_>, mark: usize) -> Change {
    r.back(mark);
    let first = r.peek();
    let mut words = alter::first_words(&mut r.over(mark, r.last_mark()));
    if let Some(first) = first.filter(|_| words.is_empty()) {
        words = r.text_of(first).chars().take(40).collect();
    }
    r.finish();
    Change::Opaque(words)
}

fn change(r: &mut Reader<'_>) -> Option<Change> {
    if r.is_kind(Kind::Command) {
        r.finish();
        return Some(Change::ClientCommand);
    }
    if matches!(r.nth_kind(0), Some(Kind::Placeholder | Kind::Template)) && r.nth_is_any(1, &VERBS) {
        r.pass_over();
    }
    let mark = r.mark();
    if r.is_kind(Kind::OpenParenthesis) {
        let ahead = (0..32).find(|ahead| r.nth_kind(*ahead) != Some(Kind::OpenParenthesis))?;
        return r.nth_is_any(ahead, &["SELECT", "WITH", "VALUES", "TABLE"]).then(|| select(r, mark));
    }
    let Some(verb) = r.any(&VERBS) else { return unusual(r) };
    match verb {
        "CREATE" => making::create(r),
        "ALTER" => making::alter(r),
        "DROP" => removal::drop(r).map(|drop| Change::Drop(Box::new(drop))),
        "SELECT" | "VALUES" | "TABLE" => Some(select(r, mark)),
        "WITH" => with(r, mark),
        "INSERT" | "REPLACE" | "UPDATE" | "DELETE" | "MERGE" | "TRUNCATE" | "COPY" | "LOAD" | "BULK" => {
            rows(r, verb, mark)
        }
        "GRANT" => Some(Change::Grant(Box::new(privilege::grant(r, false)))),
        "REVOKE" | "DENY" => Some(Change::Grant(Box::new(privilege::grant(r, true)))),
        "COMMENT" => making::comment(r),
        "SET" => set(r),
        "RESET" | "USE" | "PRAGMA" => session::other(r, verb).map(|setting| Change::Set(Box::new(setting))),
        "RENAME" => removal::rename(r).map(Change::Rename),
        "LOCK" | "UNLOCK" => Some(lock(r, verb)),
        "VACUUM" | "ANALYZE" | "ANALYSE" | "CLUSTER" | "REINDEX" | "REFRESH" | "OPTIMIZE" | "CHECK" | "REPAIR"
        | "CHECKSUM" | "DBCC" | "CHECKPOINT" | "FLUSH" => upkeep::read(r, verb).map(Change::Maintenance),
        "BEGIN" | "COMMIT" | "END" | "ROLLBACK" | "ABORT" | "START" | "SAVEPOINT" | "RELEASE" | "SAVE" | "DECLARE" => {
            running::transaction(r, verb, mark)
        }
        "EXPLAIN" | "DESCRIBE" | "DESC" => Some(explain(r)),
        "PREPARE" | "EXECUTE" | "EXEC" | "CALL" | "DO" => running::read(r, verb, mark),
        other => Some(rest(r, other)),
    }
}

/// Statements that begin with no verb: SQL Server lets `EXEC` be left out; a label of Oracle.
fn unusual(r: &mut Reader<'_>) -> Option<Change> {
    if r.is_operator("<<") {
        let steps = block::steps(r);
        return Some(block::joined(steps, BlockKind::Anonymous));
    }
    let calls = r.is_sql_server()
        && r.peek().is_some_and(|token| {
            let text = r.text_of(token).to_ascii_lowercase();
            text.starts_with("sp_") || text.starts_with("xp_")
        });
    if calls {
        return running::call(r);
    }
    let words: &[&str] = if r.is_sql_server() { &["IF", "WHILE"] } else { &["IF", "WHILE", "LOOP", "CASE"] };
    let flow = r.is_any(words) && !r.is_postgres();
    flow.then(|| {
        let steps = block::steps(r);
        block::joined(steps, BlockKind::Guard)
    })
}

fn select(r: &mut Reader<'_>, mark: usize) -> Change {
    r.finish();
    let mut query = query::between(r, mark, r.last_mark());
    if r.is_mysql() {
        query.into = None;
    }
    Change::Select(query)
}

fn with(r: &mut Reader<'_>, mark: usize) -> Option<Change> {
    r.until_word(&["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES", "REPLACE"]);
    match r.any(&["INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE"]) {
        Some(verb) => rows(r, verb, mark),
        None => Some(select(r, mark)),
    }
}

fn rows(r: &mut Reader<'_>, verb: &str, start: usize) -> Option<Change> {
    match verb {
        "UPDATE" if r.word("STATISTICS") => upkeep::read(r, verb).map(Change::Maintenance),
        "INSERT" | "REPLACE" => data::insert(r, start).map(|insert| Change::Insert(Box::new(insert))),
        "UPDATE" => data::update(r, start).map(|update| Change::Update(Box::new(update))),
        "DELETE" => data::delete(r, start).map(|delete| Change::Delete(Box::new(delete))),
        "MERGE" => data::merge(r, start).map(|merge| Change::Merge(Box::new(merge))),
        "TRUNCATE" => data::truncate(r).map(Change::Truncate),
        "BULK" => {
            r.word("INSERT");
            let table = r.name();
            r.finish();
            Some(Change::Copy(Box::new(data::Copy { table, columns: Vec::new(), into: true, query: None })))
        }
        "LOAD" if r.is_postgres() => Some(rest(r, "LOAD")),
        _ => data::copy(r).map(|copy| Change::Copy(Box::new(copy))),
    }
}

fn set(r: &mut Reader<'_>) -> Option<Change> {
    if r.word("STATEMENT") {
        // MariaDB's `SET STATEMENT a = 1 FOR …`.
        r.until_word(&["FOR"]);
        r.word("FOR");
        return if r.is("SET") { session::set(r).map(|setting| Change::Set(Box::new(setting))) } else { change(r) };
    }
    session::set(r).map(|setting| Change::Set(Box::new(setting)))
}

fn lock(r: &mut Reader<'_>, verb: &str) -> Change {
    if verb == "LOCK" {
        return Change::Lock(upkeep::lock(r));
    }
    r.finish();
    Change::Lock(upkeep::Lock { tables: Vec::new(), mode: None, nowait: false, unlocks: true })
}

fn explain(r: &mut Reader<'_>) -> Change {
    let mark = r.mark();
    let mut analyze = false;
    if r.is_kind(Kind::OpenParenthesis) {
        r.skip();
        let mut inner = r.over(mark + 1, r.mark() - 1);
        inner.until_word(&["ANALYZE"]);
        analyze = inner.word("ANALYZE") && !inner.is_any(&["FALSE", "OFF"]);
    }
    r.words(&["QUERY", "PLAN"]);
    r.words(&["PLAN", "FOR"]);
    while let Some(word) = r.any(&["ANALYZE", "VERBOSE", "EXTENDED", "FORMAT"]) {
        analyze |= word == "ANALYZE";
    }
    if !begins(r) || r.depth > 8 {
        r.finish();
        return Change::Other("describe");
    }
    let request = r.over(r.mark(), r.last_mark());
    let mut nested = request;
    nested.depth = r.depth + 1;
    r.finish();
    Change::Explain { request: Box::new(read(&mut nested)), analyze }
}

/// Statements of which only the verb matters.
const NAMED: [(&str, &str); 36] = [
    ("SHOW", "show"),
    ("DEALLOCATE", "deallocate"),
    ("NOTIFY", "notify"),
    ("LISTEN", "listen"),
    ("UNLISTEN", "unlisten"),
    ("DECLARE", "declare-cursor"),
    ("FETCH", "fetch"),
    ("CLOSE", "close"),
    ("MOVE", "move"),
    ("DISCARD", "discard"),
    ("REASSIGN", "reassign-owned"),
    ("IMPORT", "import-foreign-schema"),
    ("SECURITY", "security-label"),
    ("LOAD", "load"),
    ("ATTACH", "attach-database"),
    ("DETACH", "detach-database"),
    ("KILL", "kill"),
    ("PURGE", "purge"),
    ("HANDLER", "handler"),
    ("ENABLE", "enable-trigger"),
    ("DISABLE", "disable-trigger"),
    ("AUDIT", "audit"),
    ("NOAUDIT", "noaudit"),
    ("SCRIPT", "script"),
    ("RUNSCRIPT", "runscript"),
    ("SHUTDOWN", "shutdown"),
    ("PRINT", "print"),
    ("RAISERROR", "raiserror"),
    ("THROW", "throw"),
    ("INSTALL", "install"),
    ("UNINSTALL", "uninstall"),
    ("XA", "two-phase-transaction"),
    ("RECONFIGURE", "reconfigure"),
    ("DO", "do"),
    ("FLASHBACK", "flashback"),
    ("EXECUTE AS", "execute-as"),
];

pub(super) fn rest(r: &mut Reader<'_>, verb: &str) -> Change {
    r.finish();
    Change::Other(NAMED.iter().find(|(word, _)| *word == verb).map_or("other", |(_, name)| name))
}
