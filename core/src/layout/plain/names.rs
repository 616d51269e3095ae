//! File names and folders → version, description, direction.

use crate::change::TransactionModel;
use crate::layout::Files;
use crate::text::Encoding;

use super::{Direction, Script, Tool};

/// diesel's file beside a script.
pub(super) const METADATA: &str = "metadata.toml";

/// What a name says.
pub(super) struct Named {
    pub(super) version: String,
    pub(super) description: String,
    /// `None` where the file's own markers say, or where it only goes up.
    pub(super) direction: Option<Direction>,
}

/// Reads a path relative to the folder of migrations; `None` for files that the tool passes over.
pub(super) fn parse(tool: Tool, path: &str) -> Option<Named> {
    match tool {
        Tool::Diesel => folder(path, &[("up.sql", Direction::Up), ("down.sql", Direction::Down)], diesel_version),
        Tool::Prisma => folder(path, &[("migration.sql", Direction::Up)], str::to_owned),
        Tool::GolangMigrate | Tool::Sqlx => two_files(path),
        Tool::SqlMigrate => named(path),
        Tool::GraphileMigrate => numbered(path.strip_prefix("committed/")?),
        _ => numbered(path),
    }
}

/// A migration that is written in a programming language, among the scripts: what it does is unknown.
pub(super) fn code(tool: Tool, path: &str) -> Option<Named> {
    let endings: &[&str] = match tool {
        Tool::Goose => &[".go"],
        Tool::NodePgMigrate => &[".js", ".ts", ".cjs", ".mjs"],
        _ => return None,
    };
    let stem = endings.iter().find_map(|ending| path.strip_suffix(ending))?;
    let is_other = stem.contains(['/', '.']) || stem.ends_with("_test");
    if is_other { None } else { split_number(stem) }
}

/// `<folder>/<file>`: the folder's name is the version and description.
fn folder(path: &str, known: &[(&str, Direction)], version: fn(&str) -> String) -> Option<Named> {
    let (folder, file) = path.split_once('/')?;
    let (_, direction) = known.iter().find(|(name, _)| *name == file)?;
    if folder.starts_with('.') {
        return None;
    }
    let (number, description) = folder.split_once('_').unwrap_or((folder, ""));
    Some(Named { version: version(number), description: described(description), direction: Some(*direction) })
}

/// diesel leaves the hyphens of a date out.
fn diesel_version(number: &str) -> String {
    number.replace('-', "")
}

/// `1_name.up.sql` and `1_name.down.sql`, or `1_name.sql`.
fn two_files(path: &str) -> Option<Named> {
    let stem = sql_stem(path)?;
    let (stem, direction) = match stem.rsplit_once('.') {
        Some((stem, "up")) => (stem, Some(Direction::Up)),
        Some((stem, "down")) => (stem, Some(Direction::Down)),
        _ => (stem, None),
    };
    Some(Named { direction, ..split_number(stem)? })
}

/// `1_name.sql`, `1-name.sql`: digits first, flat folder.
fn numbered(path: &str) -> Option<Named> {
    split_number(sql_stem(path)?)
}

/// Any name; the name is the version.
fn named(path: &str) -> Option<Named> {
    let stem = sql_stem(path)?;
    Some(Named { version: path.to_owned(), description: described(stem), direction: None })
}

fn sql_stem(path: &str) -> Option<&str> {
    path.strip_suffix(".sql").filter(|stem| !stem.contains('/') && !stem.starts_with('.'))
}

fn split_number(stem: &str) -> Option<Named> {
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    let (version, rest) = stem.split_at(digits);
    let description = described(rest.trim_start_matches(['_', '-', '.']));
    (digits > 0).then(|| Named { version: version.to_owned(), description, direction: None })
}

fn described(text: &str) -> String {
    text.replace(['_', '-'], " ")
}

/// The key that the tool sorts by: most compare numbers, some compare text.
pub(super) fn order(tool: Tool, script: &Script) -> (usize, String) {
    match tool {
        Tool::Dbmate | Tool::Diesel | Tool::Prisma | Tool::SqlMigrate | Tool::Supabase | Tool::Atlas => {
            (0, script.version.clone())
        }
        _ => {
            let digits = script.version.trim_start_matches('0');
            (digits.len(), digits.to_owned())
        }
    }
}

/// What a file beside the script says about its transaction: diesel's `metadata.toml`.
///
/// A file without the key switches the transaction off, as the tool's own reading does.
pub(super) fn companion(tool: Tool, folder: &str, path: &str, files: &Files) -> Option<TransactionModel> {
    if tool != Tool::Diesel {
        return None;
    }
    let (migration, _) = path.split_once('/')?;
    let metadata =
        if folder == "." { format!("{migration}/{METADATA}") } else { format!("{folder}/{migration}/{METADATA}") };
    let text = files.get(&metadata)?.text(Encoding::Utf8).ok()?;
    let table = toml::de::DeTable::parse(&text).ok()?;
    match table.get_ref().get("run_in_transaction").map(toml::Spanned::get_ref) {
        Some(toml::de::DeValue::Boolean(true)) => Some(TransactionModel::Script),
        _ => Some(TransactionModel::Batch),
    }
}
