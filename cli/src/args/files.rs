//! What can be said about scripts that no project holds.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use flightcheck_core::change::TransactionModel;
use flightcheck_core::impact::Release;
use flightcheck_core::sql::Dialect;

use super::Format;

#[derive(Debug, Args)]
pub(crate) struct Parse {
    /// The files
    #[arg(required = true, value_name = "FILES")]
    pub(crate) files: Vec<PathBuf>,
    /// Whose SQL it is; without it the files are asked
    #[arg(long, value_name = "DIALECT")]
    pub(crate) dialect: Option<Dialect>,
    /// How to print
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Impact {
    /// The files, in the order in which one session runs them; none, or `-`, is standard input
    #[arg(value_name = "FILES")]
    pub(crate) files: Vec<PathBuf>,
    /// Whose SQL it is; without it the files are asked
    #[arg(long, value_name = "DIALECT")]
    pub(crate) dialect: Option<Dialect>,
    /// The server's version, such as `15` or `8.0.29`; without it the oldest that its vendor supports
    #[arg(long, value_name = "VERSION")]
    pub(crate) server_version: Option<Release>,
    /// A file that makes the schema in which the session begins: a dump without rows, or any DDL; may be given more than
    /// once
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Vec<PathBuf>,
    /// A file that ran in the same session before and was committed: its settings and temporary tables stay; may be given
    /// more than once
    #[arg(long, value_name = "FILE")]
    pub(crate) assume_applied: Vec<PathBuf>,
    /// The transactions around the statements of a file
    #[arg(long, value_enum, default_value = "script", value_name = "MODEL")]
    pub(crate) transaction: TransactionName,
    /// How to print
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    pub(crate) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TransactionName {
    /// One transaction around each file
    Script,
    /// Each statement alone
    Statement,
    /// Each file as one string, which PostgreSQL runs in an implicit transaction
    Batch,
}

impl From<TransactionName> for TransactionModel {
    fn from(name: TransactionName) -> Self {
        match name {
            TransactionName::Script => Self::Script,
            TransactionName::Statement => Self::Statement,
            TransactionName::Batch => Self::Batch,
        }
    }
}
