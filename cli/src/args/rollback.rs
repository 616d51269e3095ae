//! What can be said about taking migrations back.

use clap::Args;

use super::Shown;

#[derive(Debug, Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    pub(crate) shown: Shown,
    /// Show what takes the applied migrations back to that version, which stays applied; 0 is the empty database
    #[arg(long, value_name = "VERSION")]
    pub(crate) undo_to: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct DraftUndo {
    /// The migration: its version, such as V7, or its file
    #[arg(value_name = "MIGRATION")]
    pub(crate) migration: String,
    #[command(flatten)]
    pub(crate) shown: Shown,
    /// Write the script into the project, where it belongs; one that is there is never overwritten
    #[arg(long)]
    pub(crate) write: bool,
}
