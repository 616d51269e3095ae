//! Which reader a statement is for.

use super::alter;
use super::block::{self, BlockKind, Step};
use super::creation;
use super::data;
use super::index;
use super::object::{self, ObjectKind};
use super::privilege;
use super::query;
use super::reader::Reader;
use super::removal;
use super::request::{Change, Request};
use super::routine;
use super::session;
use super::table;
use super::upkeep;
use crate::sql::{Dialect, Kind};

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

/// Reads one statement of a body; `EXEC ('…')` may be several.
pub(super) fn read_steps(r: &mut Reader<'_>) -> Vec<Step> {
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
    vec![Step { request: read(r), guard: None }]
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
    let mark = r.mark();
    if r.is_kind(Kind::OpenParenthesis) {
        let ahead = (0..32).find(|ahead| r.nth_kind(*ahead) != Some(Kind::OpenParenthesis))?;
        return r.nth_is_any(ahead, &["SELECT", "WITH", "VALUES", "TABLE"]).then(|| select(r, mark));
    }
    let Some(verb) = r.any(&VERBS) else { return unusual(r) };
    match verb {
        "CREATE" => create(r),
        "ALTER" => alteration(r),
        "DROP" => removal::drop(r).map(|drop| Change::Drop(Box::new(drop))),
        "SELECT" | "VALUES" | "TABLE" => Some(select(r, mark)),
        "WITH" => with(r, mark),
        "INSERT" | "REPLACE" | "UPDATE" | "DELETE" | "MERGE" | "TRUNCATE" | "COPY" | "LOAD" | "BULK" => {
            rows(r, verb, mark)
        }
        "GRANT" => Some(Change::Grant(Box::new(privilege::grant(r, false)))),
        "REVOKE" | "DENY" => Some(Change::Grant(Box::new(privilege::grant(r, true)))),
        "COMMENT" => comment(r),
        "SET" => set(r),
        "RESET" | "USE" | "PRAGMA" => session::other(r, verb).map(|setting| Change::Set(Box::new(setting))),
        "RENAME" => removal::rename(r).map(Change::Rename),
        "LOCK" | "UNLOCK" => Some(lock(r, verb)),
        "VACUUM" | "ANALYZE" | "ANALYSE" | "CLUSTER" | "REINDEX" | "REFRESH" | "OPTIMIZE" | "CHECK" | "REPAIR"
        | "CHECKSUM" | "DBCC" | "CHECKPOINT" | "FLUSH" => upkeep::read(r, verb).map(Change::Maintenance),
        "BEGIN" | "COMMIT" | "END" | "ROLLBACK" | "ABORT" | "START" | "SAVEPOINT" | "RELEASE" | "SAVE" | "DECLARE" => {
            transaction(r, verb, mark)
        }
        "EXPLAIN" | "DESCRIBE" | "DESC" => Some(explain(r)),
        "PREPARE" | "EXECUTE" | "EXEC" | "CALL" | "DO" => runs(r, verb, mark),
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
        return call(r);
    }
    let flow = r.is_any(&["IF", "WHILE", "LOOP", "CASE"]) && !r.is_postgres();
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

fn create(r: &mut Reader<'_>) -> Option<Change> {
    let or_replace = r.words(&["OR", "REPLACE"]) || r.words(&["OR", "ALTER"]);
    created(r, or_replace)
}

/// Reads on after `CREATE [OR REPLACE]`: each reader in turn, until one knows the object.
fn created(r: &mut Reader<'_>, or_replace: bool) -> Option<Change> {
    let mark = r.mark();
    let found = table::create(r, or_replace).map(|table| Change::CreateTable(Box::new(table)));
    if found.is_some() {
        return found;
    }
    r.back(mark);
    if r.is_any(&index::CLASSES) || r.is("INDEX") {
        if let Some(index) = index::create(r) {
            return Some(Change::CreateIndex(Box::new(index)));
        }
        r.back(mark);
    }
    if let Some(view) = creation::view(r, or_replace) {
        return Some(Change::CreateView(Box::new(view)));
    }
    r.back(mark);
    if let Some(routine) = routine::routine(r, or_replace) {
        return Some(Change::CreateRoutine(Box::new(routine)));
    }
    r.back(mark);
    if let Some(trigger) = routine::trigger(r, or_replace) {
        return Some(Change::CreateTrigger(Box::new(trigger)));
    }
    r.back(mark);
    let found = match r.any(&["TYPE", "DOMAIN", "POLICY", "RULE"]) {
        Some("TYPE") => creation::type_definition(r).map(|found| Change::CreateType(Box::new(found))),
        Some("DOMAIN") => creation::domain(r).map(|found| Change::CreateDomain(Box::new(found))),
        Some("POLICY") => creation::policy(r).map(|found| Change::CreatePolicy(Box::new(found))),
        Some(_) => creation::rule(r).map(|found| Change::CreateRule(Box::new(found))),
        None => None,
    };
    if found.is_some() {
        return found;
    }
    r.back(mark);
    r.opaque.clear();
    creation::object(r, or_replace).map(|object| Change::Create(Box::new(object)))
}

fn alteration(r: &mut Reader<'_>) -> Option<Change> {
    if r.words(&["DEFAULT", "PRIVILEGES"]) {
        return privilege::default_privileges(r).map(|grant| Change::Grant(Box::new(grant)));
    }
    if r.word("SESSION") {
        return session::other(r, "ALTER").map(|setting| Change::Set(Box::new(setting)));
    }
    let mark = r.mark();
    let rewrites = r.is_any(&["PROCEDURE", "PROC", "FUNCTION", "TRIGGER", "VIEW"])
        && (r.is_sql_server() || r.is_mysql() && r.is("VIEW"));
    if rewrites || r.is_mysql() && r.is_any(&["ALGORITHM", "DEFINER", "SQL"]) {
        if let Some(change) = created(r, true) {
            return Some(change);
        }
        r.back(mark);
    }
    if r.word("DEFINER") {
        r.until_word(&["EVENT"]);
    }
    alter::read(r).map(|alter| Change::Alter(Box::new(alter)))
}

fn comment(r: &mut Reader<'_>) -> Option<Change> {
    if !r.word("ON") {
        return None;
    }
    let kind = object::kind(r)?;
    let mut name = None;
    if matches!(kind, ObjectKind::Cast | ObjectKind::Operator | ObjectKind::Transform | ObjectKind::LargeObject) {
        r.until_word(&["IS"]);
    } else {
        name = r.name();
        r.group();
    }
    let mut table = None;
    if r.any(&["ON", "USING"]).is_some() {
        r.word("DOMAIN");
        table = r.name();
    }
    if kind == ObjectKind::Column
        && let Some(column) = &name
    {
        let mut parts = column.parts.clone();
        parts.pop();
        if let Some(first) = parts.first() {
            let span = crate::text::Span::new(first.span.start, parts[parts.len() - 1].span.end);
            table = Some(super::name::Name { parts, span });
        }
    }
    r.word("IS");
    r.finish();
    Some(Change::Comment { kind, name, table })
}

fn set(r: &mut Reader<'_>) -> Option<Change> {
    if r.word("STATEMENT") {
        // MariaDB's `SET STATEMENT a = 1 FOR …`.
        r.until_word(&["FOR"]);
        r.word("FOR");
        return change(r);
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

fn transaction(r: &mut Reader<'_>, verb: &str, mark: usize) -> Option<Change> {
    let is_block = match r.dialect() {
        _ if verb == "DECLARE" => !r.is_postgres() && !r.is_sql_server(),
        Dialect::Oracle => verb == "BEGIN",
        _ => verb == "BEGIN" && r.are(&["NOT", "ATOMIC"]),
    };
    if is_block {
        return Some(anonymous(r, mark));
    }
    if verb == "DECLARE" {
        return Some(rest(r, verb));
    }
    let found = session::transaction(r, verb).map(Change::Transaction);
    if found.is_some() || verb != "BEGIN" {
        return found;
    }
    Some(anonymous(r, mark))
}

fn anonymous(r: &mut Reader<'_>, mark: usize) -> Change {
    r.back(mark);
    let steps = block::steps(r);
    Change::Block(Box::new(block::Block { kind: BlockKind::Anonymous, steps }))
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

/// Statements that run something else.
fn runs(r: &mut Reader<'_>, verb: &str, mark: usize) -> Option<Change> {
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
        return Some(Change::Transaction(session::Transaction::TwoPhase));
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
    Some(Change::Prepare { name, request: Some(Box::new(read(&mut nested))) })
}

/// SQL Server's `EXEC`: of a procedure, of a text, or `sp_rename`.
fn exec(r: &mut Reader<'_>) -> Option<Change> {
    let mark = r.mark();
    r.next();
    let is_text = r.is_kind(Kind::OpenParenthesis) || r.is("SP_EXECUTESQL") || r.nth_is(2, "SP_EXECUTESQL");
    if is_text {
        r.back(mark);
        return Some(block::joined(read_steps(r), BlockKind::Literal));
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

fn call(r: &mut Reader<'_>) -> Option<Change> {
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

fn rest(r: &mut Reader<'_>, verb: &str) -> Change {
    r.finish();
    Change::Other(NAMED.iter().find(|(word, _)| *word == verb).map_or("other", |(_, name)| name))
}
