//! What `merge-check` and `equal` are told.

use std::path::PathBuf;

use clap::Args;
use flightcheck_core::sql::Dialect;

use super::Format;
use super::values::key_value;

/// Two sets of migrations.
#[derive(Debug, Args)]
pub(crate) struct TwoSets {
    /// The first set: a file, a folder, or a git revision of the project
    #[arg(value_name = "A")]
    pub(crate) a: String,
    /// The second set
    #[arg(value_name = "B")]
    pub(crate) b: String,
    /// The project's folder, of which revisions are taken
    #[arg(long, default_value = ".", value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// A file that makes the schema in which both sets begin; may be given more than once
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Vec<PathBuf>,
    /// A Flyway setting, such as `placeholders.app=shop`; wins over files and environment variables
    #[arg(short = 'c', value_name = "KEY=VALUE", value_parser = key_value)]
    pub(crate) set: Vec<(String, String)>,
    /// Whose SQL the scripts are written in; without it the scripts say it
    #[arg(long, value_name = "DIALECT")]
    pub(crate) dialect: Option<Dialect>,
    /// How to print
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    pub(crate) format: Format,
}
