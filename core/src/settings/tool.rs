//! Which tool runs the scripts.

/// A migration tool, or a way of naming files that several share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tool {
    /// Flyway, which has a layout of its own.
    Flyway,
    /// goose: `-- +goose Up`.
    Goose,
    /// dbmate: `-- migrate:up`.
    Dbmate,
    /// sql-migrate: `-- +migrate Up`.
    SqlMigrate,
    /// tern: `---- create above / drop below ----`.
    Tern,
    /// node-pg-migrate: `-- Up Migration`.
    NodePgMigrate,
    /// graphile-migrate: `--! Previous:`.
    GraphileMigrate,
    /// golang-migrate: `1_name.up.sql`.
    GolangMigrate,
    /// sqlx: `1_name.sql`, or `1_name.up.sql`, in a Rust project.
    Sqlx,
    /// diesel: `1_name/up.sql`.
    Diesel,
    /// Prisma: `1_name/migration.sql`.
    Prisma,
    /// drizzle: `0000_name.sql` with `meta/_journal.json`.
    Drizzle,
    /// Atlas: any names, with an `atlas.sum`.
    Atlas,
    /// sqitch: `sqitch.plan`.
    Sqitch,
    /// The Supabase command line: `supabase/migrations`.
    Supabase,
    /// Numbered files of an unknown tool.
    Numbered,
}

impl Tool {
    /// Every tool with its own name.
    const NAMES: [(Self, &str); 16] = [
        (Self::Flyway, "Flyway"),
        (Self::Goose, "goose"),
        (Self::Dbmate, "dbmate"),
        (Self::SqlMigrate, "sql-migrate"),
        (Self::Tern, "tern"),
        (Self::NodePgMigrate, "node-pg-migrate"),
        (Self::GraphileMigrate, "graphile-migrate"),
        (Self::GolangMigrate, "golang-migrate"),
        (Self::Sqlx, "sqlx"),
        (Self::Diesel, "diesel"),
        (Self::Prisma, "Prisma"),
        (Self::Drizzle, "drizzle"),
        (Self::Atlas, "Atlas"),
        (Self::Sqitch, "sqitch"),
        (Self::Supabase, "Supabase"),
        (Self::Numbered, "numbered"),
    ];

    /// The names of all tools.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(_, name)| *name)
    }

    /// The tool of that name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(tool, _)| *tool)
    }

    /// The tool's own name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(tool, _)| *tool == self).map_or("", |(_, name)| name)
    }
}
