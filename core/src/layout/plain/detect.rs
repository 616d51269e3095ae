//! Which tool a folder of migrations belongs to, and by what evidence. The first evidence that fits decides.

use crate::layout::{Files, base_name};
use crate::text::{Casing, Encoding};

use super::{Tool, inside, is_sql, sqitch};

/// A tool, and what gave it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detected {
    /// The tool.
    pub tool: Tool,
    /// The evidence, in words.
    pub evidence: String,
}

/// A line that only one tool writes.
const LINES: [(&str, Tool); 6] = [
    ("-- +goose Up", Tool::Goose),
    ("-- migrate:up", Tool::Dbmate),
    ("-- +migrate Up", Tool::SqlMigrate),
    ("---- create above / drop below ----", Tool::Tern),
    ("-- Up Migration", Tool::NodePgMigrate),
    ("--! Previous:", Tool::GraphileMigrate),
];

/// How many files are looked into for lines; a tool's marker stands in every file of its folder.
const LOOKED_INTO: usize = 20;

/// Finds the tool of a folder; `None` where nothing looks like a migration.
#[must_use]
pub fn detect(folder: &str, files: &Files) -> Option<Detected> {
    let names: Vec<(&str, &str)> =
        files.keys().filter_map(|path| Some((inside(folder, path)?, path.as_str()))).collect();
    let found = |tool, evidence: String| Some(Detected { tool, evidence });
    let with_name = |wanted: &str| names.iter().any(|(name, _)| *name == wanted);
    let ending = |ending: &str| names.iter().find(|(name, _)| name.ends_with(ending)).map(|(_, path)| *path);
    if with_name(sqitch::PLAN) {
        return found(Tool::Sqitch, format!("`{}`", sqitch::PLAN));
    }
    let in_numbered =
        |name: &str| is_numbered(name) && name.ends_with("/migration.sql") && name.matches('/').count() == 1;
    if let Some((_, path)) = names.iter().find(|(name, _)| in_numbered(name)) {
        return found(Tool::Prisma, format!("`{path}`"));
    }
    if with_name("meta/_journal.json") {
        return found(Tool::Drizzle, "`meta/_journal.json`".into());
    }
    if let Some(path) = ending("/up.sql") {
        return found(Tool::Diesel, format!("`{path}`"));
    }
    if let Some((line, tool, path)) = marked(&names, files) {
        return found(tool, format!("the line `{line}` in `{path}`"));
    }
    if with_name("atlas.sum") {
        return found(Tool::Atlas, "`atlas.sum`".into());
    }
    if folder.ends_with("supabase/migrations") {
        return found(Tool::Supabase, format!("the folder `{folder}`"));
    }
    let rust = files.keys().any(|path| path.ends_with("Cargo.toml") || path.ends_with("sqlx.toml"));
    if let Some(path) = ending(".up.sql") {
        let tool = if rust { Tool::Sqlx } else { Tool::GolangMigrate };
        return found(tool, format!("the name of `{path}`"));
    }
    if let Some((_, path)) = names.iter().find(|(name, _)| is_flyway(name)) {
        return found(Tool::Flyway, format!("the name of `{path}`"));
    }
    let (_, path) = names.iter().find(|(name, _)| is_numbered(name))?;
    found(if rust { Tool::Sqlx } else { Tool::Numbered }, format!("the name of `{path}`"))
}

fn marked<'a>(names: &[(&str, &'a str)], files: &Files) -> Option<(&'static str, Tool, &'a str)> {
    let scripts = names.iter().filter(|(name, _)| is_sql(name)).take(LOOKED_INTO);
    scripts.into_iter().find_map(|(_, path)| {
        let text = files.get(*path)?.text(Encoding::Utf8).ok()?;
        let has = |marker: &str| text.lines().any(|line| line.trim().lower().starts_with(&marker.lower()));
        LINES.iter().find(|(marker, _)| has(marker)).map(|(marker, tool)| (*marker, *tool, *path))
    })
}

/// `V1__x.sql`, `R__x.sql`, `U1__x.sql`, `B1__x.java`.
fn is_flyway(name: &str) -> bool {
    let base = base_name(name);
    let prefixed = base.strip_prefix(['V', 'R', 'U', 'B']);
    prefixed.is_some_and(|rest| {
        rest.contains("__") && rest.contains('.') && rest.starts_with(|char: char| char.is_ascii_digit() || char == '_')
    })
}

fn is_numbered(name: &str) -> bool {
    is_sql(name) && name.starts_with(|char: char| char.is_ascii_digit())
}
