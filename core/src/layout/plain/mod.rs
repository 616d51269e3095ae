//! The layouts of other tools: names, order and direction of their scripts, and how each runs. No checksums yet.
//!
//! Names and markers are those of the tools' sources and documentation.

mod detect;
mod find;
mod markers;
mod names;
mod sqitch;
mod undo;
mod vendor;
#[cfg(test)]
mod tests;

pub use detect::{Detected, detect};
pub use find::{Found, find};
pub use undo::{Place, place_of_undo};

pub use crate::settings::Tool;

use std::path::Path;

use crate::change::TransactionModel;
use crate::layout::{Files, base_name};
use crate::text::{Encoding, Span};

impl Tool {
    /// How the tool runs a script that says nothing else.
    #[must_use]
    pub fn transaction_model(self) -> TransactionModel {
        match self {
            Self::Flyway
            | Self::Goose
            | Self::Dbmate
            | Self::SqlMigrate
            | Self::Tern
            | Self::GraphileMigrate
            | Self::Sqlx
            | Self::Diesel
            | Self::Atlas => TransactionModel::Script,
            Self::NodePgMigrate | Self::Drizzle => TransactionModel::Deployment,
            Self::GolangMigrate | Self::Prisma | Self::Supabase => TransactionModel::Batch,
            Self::Sqitch => TransactionModel::Statement,
            Self::Numbered => TransactionModel::Unknown,
        }
    }

    /// Whether another name is all that a script needs to get another version: no journal, plan or sum lists it beside.
    #[must_use]
    pub fn is_renamed_by_name(self) -> bool {
        match self {
            Self::Flyway
            | Self::Goose
            | Self::Dbmate
            | Self::Tern
            | Self::Sqlx
            | Self::Diesel
            | Self::NodePgMigrate
            | Self::GolangMigrate
            | Self::Prisma
            | Self::Supabase
            | Self::Numbered => true,
            Self::SqlMigrate | Self::GraphileMigrate | Self::Atlas | Self::Drizzle | Self::Sqitch => false,
        }
    }

    /// Whether the folder of a script bears its version, not the file.
    #[must_use]
    pub fn names_folders(self) -> bool {
        matches!(self, Self::Diesel | Self::Prisma)
    }

    /// The line at the top of a script that makes the tool run it without a transaction, where it knows one.
    #[must_use]
    pub fn line_without_transaction(self) -> Option<&'static str> {
        match self {
            Self::Goose => Some("-- +goose NO TRANSACTION"),
            Self::Sqlx => Some("-- no-transaction"),
            Self::Atlas => Some("-- atlas:txmode none"),
            Self::Tern => Some("---- tern: disable-tx ----"),
            Self::GraphileMigrate => Some("--! no-transaction"),
            _ => None,
        }
    }

    /// How to make the tool run a script without a transaction, in words that follow *with*; `None` where it cannot, or
    /// does so anyway.
    #[must_use]
    pub fn without_transaction(self) -> Option<String> {
        let words = match self {
            Self::Flyway => {
                "`executeInTransaction=false` in a file beside it that is named like it and ends in `.conf`"
            }
            Self::Dbmate => "`transaction:false` behind its `-- migrate:up`",
            Self::SqlMigrate => "`notransaction` behind its `-- +migrate Up`",
            Self::Diesel => "`run_in_transaction = false` in a `metadata.toml` beside it",
            other => return other.line_without_transaction().map(|line| format!("the line `{line}` at its top")),
        };
        Some(words.to_owned())
    }
}

/// Whether a file holds SQL by its name, as these tools spell it.
#[must_use]
pub fn is_sql(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "sql")
}

/// Which way a part of a script goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Towards the newer schema.
    Up,
    /// Back.
    Down,
}

/// A part of a file that runs in one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The direction.
    pub direction: Direction,
    /// The part of the decoded text, without the marker.
    pub span: Span,
    /// How it runs.
    pub transaction: TransactionModel,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Path of the file.
    pub path: String,
    /// The version as the tool reads it: digits, or a name where names are the versions.
    pub version: String,
    /// What follows the version.
    pub description: String,
    /// The parts, in the order of the file.
    pub sections: Vec<Section>,
}

/// The scripts of one folder, in the order in which the tool applies them; up before down of one version.
///
/// A migration in code has one section, which is empty: what it does is unknown. Files whose bytes are not UTF-8 are listed in `unreadable`.
#[must_use]
pub fn read(tool: Tool, folder: &str, files: &Files) -> (Vec<Script>, Vec<String>) {
    if tool == Tool::Sqitch {
        return sqitch::read(folder, files);
    }
    let mut scripts = Vec::new();
    let mut unreadable = Vec::new();
    for (path, file) in files {
        let Some(name) = inside(folder, path) else { continue };
        if let Some(names::Named { version, description, .. }) = names::code(tool, name) {
            let whole =
                Section { direction: Direction::Up, span: Span::new(0, 0), transaction: tool.transaction_model() };
            scripts.push(Script { path: path.clone(), version, description, sections: vec![whole] });
            continue;
        }
        let Some(names::Named { version, description, direction }) = names::parse(tool, name) else { continue };
        let Ok(text) = file.text(Encoding::Utf8) else {
            unreadable.push(path.clone());
            continue;
        };
        let model = names::companion(tool, folder, name, files).unwrap_or_else(|| tool.transaction_model());
        let sections = markers::sections(tool, &text, direction, model);
        scripts.push(Script { path: path.clone(), version, description, sections });
    }
    scripts.sort_by_cached_key(|script| (names::order(tool, script), script.first_direction(), script.path.clone()));
    (scripts, unreadable)
}

/// Whether a file's content matters to one of these tools, beside the scripts themselves.
#[must_use]
pub fn reads(path: &str) -> bool {
    [sqitch::PLAN, names::METADATA].contains(&base_name(path))
}

impl Script {
    fn first_direction(&self) -> Option<Direction> {
        self.sections.first().map(|section| section.direction)
    }
}

/// The path below a folder, `.` for the project's own.
fn inside<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    if folder == "." { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}
