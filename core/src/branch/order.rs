//! Scripts of the branch that come too late: the base holds a newer version.

use std::collections::BTreeSet;

use super::scripts::Taken;
use super::side::{Script, Scripted};
use crate::layout::Kind;
use crate::settings::{Settings, Tool};

/// A script of the branch below the newest version of the base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// The script on the branch.
    pub path: String,
    /// The newest script of the base.
    pub newest: Script,
}

/// Whether the tool refuses or skips a script that is older than one that was applied. Sources: Flyway's reference,
/// `outOfOrder`; the documentation of the others. Those that are left out run whatever has not run yet.
#[must_use]
pub fn refuses_late(tool: Tool, settings: &Settings) -> bool {
    match tool {
        Tool::Flyway => !settings.flyway.out_of_order,
        Tool::Goose
        | Tool::GolangMigrate
        | Tool::Drizzle
        | Tool::Supabase
        | Tool::Tern
        | Tool::NodePgMigrate
        | Tool::Atlas => true,
        _ => false,
    }
}

/// The late ones; a version that the base has taken is told as that.
pub(super) fn late(own: &Scripted<'_>, tip: &Scripted<'_>, added: &BTreeSet<String>, taken: &[Taken]) -> Vec<Late> {
    let counts = |script: &&Script| {
        let number = script.version().is_some_and(|version| version.leading_digits().is_some());
        number && script.kind() == Kind::Versioned
    };
    let Some(newest) = tip.scripts.iter().filter(counts).max_by(|one, other| one.version().cmp(&other.version()))
    else {
        return Vec::new();
    };
    let is_late = |script: &&Script| {
        added.contains(&script.path)
            && script.version() < newest.version()
            && !taken.iter().any(|taken| taken.path == script.path)
    };
    let late = own.scripts.iter().filter(counts).filter(is_late);
    late.map(|script| Late { path: script.path.clone(), newest: newest.clone() }).collect()
}
