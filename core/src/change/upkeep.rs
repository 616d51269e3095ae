//! Maintenance and explicit locks.

use super::name::{Identifier, Name};
use super::object::ObjectKind;
use super::reader::Reader;
use crate::sql::Kind;
use crate::text::Span;

/// `LOCK TABLE`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Lock {
    /// The tables.
    pub tables: Vec<Name>,
    /// The mode as written: `ACCESS EXCLUSIVE`, `WRITE`.
    pub mode: Option<String>,
    /// `NOWAIT`.
    pub nowait: bool,
    /// MySQL's `UNLOCK TABLES`.
    pub unlocks: bool,
}

/// What kind of maintenance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Task {
    Vacuum,
    Analyze,
    Cluster,
    Reindex,
    RefreshMaterializedView,
    Optimize,
    Check,
    Repair,
    Checksum,
    UpdateStatistics,
    Dbcc,
    Checkpoint,
    Flush,
}

impl Task {
    /// Its name as reports spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vacuum => "vacuum",
            Self::Analyze => "analyze",
            Self::Cluster => "cluster",
            Self::Reindex => "reindex",
            Self::RefreshMaterializedView => "refresh-materialized-view",
            Self::Optimize => "optimize-table",
            Self::Check => "check-table",
            Self::Repair => "repair-table",
            Self::Checksum => "checksum-table",
            Self::UpdateStatistics => "update-statistics",
            Self::Dbcc => "dbcc",
            Self::Checkpoint => "checkpoint",
            Self::Flush => "flush",
        }
    }
}

/// Maintenance.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Maintenance {
    /// What kind.
    pub task: Task,
    /// Of what: none means the whole database.
    pub objects: Vec<Name>,
    /// What kind of objects: `REINDEX INDEX`, `SCHEMA`, `DATABASE`.
    pub kind: ObjectKind,
    /// The index that `CLUSTER` uses.
    pub index: Option<Identifier>,
    /// `VACUUM FULL`.
    pub full: bool,
    /// `CONCURRENTLY`.
    pub concurrently: bool,
    /// Rows are read anew: all but `WITH NO DATA`.
    pub with_data: bool,
    /// All options, as they are written.
    pub options: Option<Span>,
}

impl Maintenance {
    fn new(task: Task) -> Self {
        Self {
            task,
            objects: Vec::new(),
            kind: ObjectKind::Table,
            index: None,
            full: false,
            concurrently: false,
            with_data: true,
            options: None,
        }
    }
}

/// Reads on after `LOCK`.
pub(super) fn lock(r: &mut Reader<'_>) -> Lock {
    r.any(&["TABLE", "TABLES"]);
    let mut lock = Lock { tables: Vec::new(), mode: None, nowait: false, unlocks: false };
    while !r.is_any(&["IN", "NOWAIT"]) {
        r.word("ONLY");
        let Some(name) = r.name() else { break };
        lock.tables.push(name);
        r.operator("*");
        if r.is_mysql() {
            let mark = r.until(|_, token| token.kind == Kind::Comma);
            lock.mode = Some(r.text[mark.start - r.base..mark.end - r.base].to_ascii_uppercase());
        }
        if !r.comma() {
            break;
        }
    }
    if r.word("IN") {
        let mark = r.mark();
        r.until_word(&["MODE"]);
        lock.mode = Some(r.slice(mark, r.mark()).to_ascii_uppercase());
        r.word("MODE");
    }
    lock.nowait = r.word("NOWAIT");
    if r.word("WAIT") {
        r.kind(Kind::Number);
    }
    lock
}

/// Reads maintenance by the statement's first word, which is behind the reader.
pub(super) fn read(r: &mut Reader<'_>, verb: &str) -> Option<Maintenance> {
    let task = match verb {
        "VACUUM" => Task::Vacuum,
        "ANALYZE" | "ANALYSE" => Task::Analyze,
        "CLUSTER" => Task::Cluster,
        "REINDEX" => Task::Reindex,
        "REFRESH" => Task::RefreshMaterializedView,
        "OPTIMIZE" => Task::Optimize,
        "CHECK" => Task::Check,
        "REPAIR" => Task::Repair,
        "CHECKSUM" => Task::Checksum,
        "DBCC" => Task::Dbcc,
        "CHECKPOINT" => Task::Checkpoint,
        "FLUSH" => Task::Flush,
        _ => Task::UpdateStatistics,
    };
    let mut upkeep = Maintenance::new(task);
    match task {
        Task::Dbcc | Task::Checkpoint | Task::Flush => {
            r.finish();
        }
        Task::RefreshMaterializedView => refresh(r, &mut upkeep)?,
        Task::Reindex => reindex(r, &mut upkeep),
        Task::UpdateStatistics => {
            upkeep.objects.extend(r.name());
            r.finish();
        }
        _ => tables(r, &mut upkeep),
    }
    Some(upkeep)
}

fn options(r: &mut Reader<'_>, upkeep: &mut Maintenance) {
    let mark = r.mark();
    if r.is_kind(Kind::OpenParenthesis) {
        r.skip();
        let mut inner = r.over(mark + 1, r.mark() - 1);
        while !inner.is_end() {
            let off = |inner: &Reader<'_>| inner.is_any(&["FALSE", "OFF"]);
            if inner.word("FULL") {
                upkeep.full = !off(&inner);
            } else if inner.word("CONCURRENTLY") {
                upkeep.concurrently = !off(&inner);
            } else {
                inner.next();
            }
        }
    }
    while let Some(word) =
        r.any(&["FULL", "FREEZE", "VERBOSE", "ANALYZE", "ANALYSE", "NO_WRITE_TO_BINLOG", "LOCAL", "CONCURRENTLY"])
    {
        upkeep.full |= word == "FULL";
        upkeep.concurrently |= word == "CONCURRENTLY";
    }
    upkeep.options = (r.mark() > mark).then(|| r.span_from(mark));
}

fn tables(r: &mut Reader<'_>, upkeep: &mut Maintenance) {
    options(r, upkeep);
    if r.word("INTO") || upkeep.task == Task::Vacuum && r.is("INTO") {
        r.finish();
        return;
    }
    r.any(&["TABLE", "TABLES", "INDEX"]);
    while let Some(name) = r.name() {
        upkeep.objects.push(name);
        r.group();
        if upkeep.task == Task::Cluster && r.word("USING") {
            upkeep.index = r.identifier();
        }
        if upkeep.task == Task::Cluster && r.word("ON") {
            // Before 8.3 it was `CLUSTER index ON table`.
            upkeep.index = upkeep.objects.pop().map(|name| name.last().clone());
            upkeep.objects.extend(r.name());
        }
        if !r.comma() {
            break;
        }
    }
    if r.is_mysql() || r.dialect() == crate::sql::Dialect::Oracle {
        r.finish();
    }
}

fn reindex(r: &mut Reader<'_>, upkeep: &mut Maintenance) {
    options(r, upkeep);
    let kinds = [
        ("INDEX", ObjectKind::Index),
        ("TABLE", ObjectKind::Table),
        ("SCHEMA", ObjectKind::Schema),
        ("DATABASE", ObjectKind::Database),
        ("SYSTEM", ObjectKind::System),
    ];
    if let Some((_, kind)) = kinds.iter().find(|(word, _)| r.word(word)) {
        upkeep.kind = *kind;
    }
    upkeep.concurrently |= r.word("CONCURRENTLY");
    upkeep.objects.extend(r.name());
}

fn refresh(r: &mut Reader<'_>, upkeep: &mut Maintenance) -> Option<()> {
    if !r.words(&["MATERIALIZED", "VIEW"]) {
        return None;
    }
    upkeep.kind = ObjectKind::MaterializedView;
    upkeep.concurrently = r.word("CONCURRENTLY");
    upkeep.objects.extend(r.name());
    upkeep.with_data = !r.words(&["WITH", "NO", "DATA"]);
    r.words(&["WITH", "DATA"]);
    Some(())
}
