//! What a statement asks the database to do: one vocabulary for all dialects.

use std::borrow::Cow;

use super::alteration::Alter;
use super::block::Block;
use super::creation::{CreateObject, CreateView, Domain, Policy, Rule, TypeDefinition};
use super::data::{Copy, Delete, Insert, Merge, Truncate, Update};
use super::index::Index;
use super::name::Name;
use super::object::ObjectKind;
use super::privilege::Grant;
use super::query::Query;
use super::removal::{Drop, Rename};
use super::routine::{Routine, Trigger};
use super::session::Setting;
use super::table::CreateTable;
use super::transaction::Transaction;
use super::upkeep::{Lock, Maintenance};
use crate::text::Span;

/// A statement as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What it asks for.
    pub change: Change,
    /// The statement.
    pub span: Span,
    /// The clauses that were not understood.
    pub opaque: Vec<Span>,
}

/// How much of a statement was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Understood {
    /// All of it.
    Understood,
    /// What it asks for, but not each clause.
    Partly,
    /// Nothing.
    Opaque,
}

impl Understood {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Understood => "understood",
            Self::Partly => "partly",
            Self::Opaque => "opaque",
        }
    }
}

/// What a statement asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// `CREATE TABLE`.
    CreateTable(Box<CreateTable>),
    /// `CREATE INDEX`.
    CreateIndex(Box<Index>),
    /// `CREATE [MATERIALIZED] VIEW`.
    CreateView(Box<CreateView>),
    /// `CREATE TYPE`.
    CreateType(Box<TypeDefinition>),
    /// `CREATE DOMAIN`.
    CreateDomain(Box<Domain>),
    /// `CREATE FUNCTION`, `PROCEDURE`, `PACKAGE`; the body is read, and does not run now.
    CreateRoutine(Box<Routine>),
    /// `CREATE TRIGGER`; the body is read, and does not run now.
    CreateTrigger(Box<Trigger>),
    /// `CREATE POLICY`.
    CreatePolicy(Box<Policy>),
    /// `CREATE RULE`.
    CreateRule(Box<Rule>),
    /// `CREATE` of anything else.
    Create(Box<CreateObject>),
    /// `ALTER` of anything.
    Alter(Box<Alter>),
    /// `DROP` of anything.
    Drop(Box<Drop>),
    /// `RENAME TABLE`, `sp_rename`.
    Rename(Vec<Rename>),
    /// `COMMENT ON`: the kind and name, and the table it belongs to.
    Comment {
        /// The kind of object.
        kind: ObjectKind,
        /// The object.
        name: Option<Name>,
        /// The table of a column, constraint, trigger, policy or rule.
        table: Option<Name>,
    },
    /// `GRANT`, `REVOKE`, `DENY`, also inside `ALTER DEFAULT PRIVILEGES`.
    Grant(Box<Grant>),
    /// `BEGIN`, `COMMIT`, `ROLLBACK`, `SAVEPOINT` and their like.
    Transaction(Transaction),
    /// `SET`, `RESET`, `USE`, `PRAGMA`, `ALTER SESSION`.
    Set(Box<Setting>),
    /// `LOCK TABLE`.
    Lock(Lock),
    /// `VACUUM`, `ANALYZE`, `CLUSTER`, `REINDEX`, `REFRESH MATERIALIZED VIEW`, `OPTIMIZE TABLE` and their like.
    Maintenance(Maintenance),
    /// `INSERT`, `REPLACE`.
    Insert(Box<Insert>),
    /// `UPDATE`.
    Update(Box<Update>),
    /// `DELETE`.
    Delete(Box<Delete>),
    /// `MERGE`.
    Merge(Box<Merge>),
    /// `TRUNCATE`.
    Truncate(Truncate),
    /// `COPY`, `LOAD DATA`, `BULK INSERT`.
    Copy(Box<Copy>),
    /// A query.
    Select(Query),
    /// `DECLARE … CURSOR FOR`: the query is planned, and runs with each `FETCH`.
    DeclareCursor(Query),
    /// `EXPLAIN`; it runs what it explains only if it says `ANALYZE`.
    Explain {
        /// What is explained.
        request: Box<Request>,
        /// `ANALYZE`.
        analyze: bool,
    },
    /// `PREPARE name AS …`.
    Prepare {
        /// The name.
        name: Option<Name>,
        /// What it will run, where that is written out.
        request: Option<Box<Request>>,
    },
    /// `CALL`, `EXEC procedure`, `EXECUTE prepared`.
    Call(Option<Name>),
    /// An anonymous block, a guard, or statements that no terminator separates: all run now.
    Block(Box<Block>),
    /// Text that runs as SQL and is put together only then.
    Unchecked(Span),
    /// A step of a procedure that touches no data: an assignment, `RAISE`, `RETURN`, `PRINT`.
    Procedural(&'static str),
    /// Anything else that is known, by its words in kebab-case: `notify`, `listen`, `show`, `kill`.
    Other(&'static str),
    /// A line for the client: `\set`, `PROMPT`, `DELIMITER`.
    ClientCommand,
    /// Not understood: the words it begins with.
    Opaque(String),
}

impl Request {
    /// How much of it was understood.
    #[must_use]
    pub fn understood(&self) -> Understood {
        match &self.change {
            Change::Opaque(_) => Understood::Opaque,
            Change::Explain { request, .. } | Change::Prepare { request: Some(request), .. } => request.understood(),
            Change::Block(block)
                if block.steps.iter().any(|step| step.request.understood() != Understood::Understood) =>
            {
                Understood::Partly
            }
            _ if self.opaque.is_empty() => Understood::Understood,
            _ => Understood::Partly,
        }
    }

    /// The clauses that were not understood, those of statements inside included.
    #[must_use]
    pub fn opaque_spans(&self) -> Vec<Span> {
        let mut spans = self.opaque.clone();
        match &self.change {
            Change::Opaque(_) => spans.push(self.span),
            Change::Explain { request, .. } | Change::Prepare { request: Some(request), .. } => {
                spans.extend(request.opaque_spans());
            }
            Change::Block(block) => spans.extend(block.steps.iter().flat_map(|step| step.request.opaque_spans())),
            _ => {}
        }
        spans
    }

    /// What it asks for in kebab-case: `alter-table`, `create-index`, `drop-table`, `insert`.
    #[must_use]
    pub fn kind(&self) -> Cow<'static, str> {
        self.change.kind()
    }
}

impl Change {
    /// What it is in kebab-case: `alter-table`, `create-index`, `drop-table`, `insert`.
    #[must_use]
    pub fn kind(&self) -> Cow<'static, str> {
        let of = |verb: &str, kind: ObjectKind| Cow::Owned(format!("{verb}-{}", kind.as_str()));
        Cow::Borrowed(match self {
            Self::CreateTable(table) if table.foreign => "create-foreign-table",
            Self::CreateTable(_) => "create-table",
            Self::CreateIndex(_) => "create-index",
            Self::CreateView(view) if view.materialized => "create-materialized-view",
            Self::CreateView(_) => "create-view",
            Self::CreateType(_) => "create-type",
            Self::CreateDomain(_) => "create-domain",
            Self::CreateRoutine(routine) => return of("create", routine.kind),
            Self::CreateTrigger(_) => "create-trigger",
            Self::CreatePolicy(_) => "create-policy",
            Self::CreateRule(_) => "create-rule",
            Self::Create(object) => return of("create", object.kind),
            Self::Alter(alter) => return of("alter", alter.kind),
            Self::Drop(drop) => return of("drop", drop.kind),
            Self::Rename(_) => "rename",
            Self::Comment { .. } => "comment",
            Self::Grant(grant) => grant.verb(),
            Self::Transaction(transaction) => transaction.as_str(),
            Self::Set(setting) => setting.verb(),
            Self::Lock(_) => "lock-table",
            Self::Maintenance(maintenance) => maintenance.task.as_str(),
            Self::Insert(_) => "insert",
            Self::Update(_) => "update",
            Self::Delete(_) => "delete",
            Self::Merge(_) => "merge",
            Self::Truncate(_) => "truncate",
            Self::Copy(_) => "copy",
            Self::Select(query) if query.into.is_some() => "select-into",
            Self::Select(_) => "select",
            Self::DeclareCursor(_) => "declare-cursor",
            Self::Explain { .. } => "explain",
            Self::Prepare { .. } => "prepare",
            Self::Call(_) => "call",
            Self::Block(_) => "block",
            Self::Unchecked(_) => "unchecked",
            Self::Procedural(name) | Self::Other(name) => name,
            Self::ClientCommand => "client-command",
            Self::Opaque(_) => "opaque",
        })
    }
}
