//! `Change` × `Catalog` × transaction × server version → what a statement does to each relation: locks, rewrites, scans,
//! who waits, and whether the server takes it in a transaction, or at all.
//!
//! What servers do stands here alone, as tables of [`Fact`]s with the versions they hold for and where they were measured
//! or read. Code only finds out, with the catalog at hand, which fact a clause comes under. Where the catalog does not
//! know a relation, the statement's own words decide, and what would depend on the rest is left out.

mod block;
mod effect;
mod lock_mode;
mod mysql;
mod online;
mod oracle;
mod postgres;
mod server;
mod sql_server;
mod sqlite;

pub use effect::{Effect, Fact, Impact, Refusal, Target, Transactional, Work};
pub use lock_mode::{LockMode, Stops};
pub use server::{Release, Server, ServerEdition};

use crate::catalog::{Catalog, Origin};
use crate::change::{Change, Request, Session};
use crate::sql::Dialect;

/// What surrounds a statement.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The schema before the statement.
    pub catalog: &'a Catalog,
    /// The script that the statement was read from.
    pub text: &'a str,
    /// The settings in force.
    pub session: &'a Session,
    /// The server.
    pub server: Server,
    /// Where the open transaction began: nobody else sees what was made since. `None` if the statement stands alone.
    pub begin: Option<Origin>,
    /// Where the deployment began: a table made before may hold rows by now, whatever the scripts say. `None` if the
    /// schema is what it is.
    pub since: Option<Origin>,
}

/// What a statement does, with what runs inside of it: the steps of a block, what `EXPLAIN ANALYZE` explains. A statement
/// of a dialect whose servers are not known here does nothing that can be told.
#[must_use]
pub fn impact(request: &Request, situation: &Situation<'_>) -> Impact {
    match &request.change {
        // SQLite knows no blocks, and refuses what is read as one.
        Change::Block(block) if situation.server.dialect != Dialect::Sqlite => block::impact(request, block, situation),
        Change::Explain { request, analyze: true } => impact(request, situation),
        _ => of_server(request, situation),
    }
}

fn of_server(request: &Request, situation: &Situation<'_>) -> Impact {
    match situation.server.dialect {
        Dialect::Postgres => postgres::impact(request, situation),
        Dialect::Mysql | Dialect::Mariadb => mysql::impact(request, situation),
        Dialect::SqlServer => sql_server::impact(request, situation),
        Dialect::Oracle => oracle::impact(request, situation),
        Dialect::Sqlite => sqlite::impact(request, situation),
        Dialect::H2 | Dialect::Generic => Impact::default(),
    }
}
