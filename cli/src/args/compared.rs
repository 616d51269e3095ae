//! What a project is compared with.

use clap::Args;

/// The base of the branch.
#[derive(Debug, Args)]
pub(crate) struct Compared {
    /// The branch or commit that the branch goes into, such as origin/main: only what the branch changes is reported, and
    /// what it breaks for scripts that are merged; without it `base` of flightcheck.toml
    #[arg(long, value_name = "REVISION")]
    pub(crate) base: Option<String>,
    /// Compares with nothing, whatever flightcheck.toml says
    #[arg(long, conflicts_with = "base")]
    pub(crate) no_base: bool,
}
