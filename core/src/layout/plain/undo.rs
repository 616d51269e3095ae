//! Where the undo script of a migration belongs, as its tool wants it.

use super::{Direction, Script, Tool};

/// Where an undo script belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file of its own.
    File {
        /// Its path.
        path: String,
    },
    /// A part of the migration's own file, behind a line that marks it.
    Section {
        /// The path of the file.
        path: String,
        /// The line before it.
        marker: &'static str,
        /// Whether the file has such a part already.
        there: bool,
    },
    /// The tool knows no undo scripts.
    Nowhere {
        /// The path of the migration.
        path: String,
    },
}

impl Place {
    /// The path of its file.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::File { path } | Self::Section { path, .. } | Self::Nowhere { path } => path,
        }
    }
}

/// The lines that part both directions of one file.
const MARKERS: [(Tool, &str); 5] = [
    (Tool::Goose, "-- +goose Down"),
    (Tool::Dbmate, "-- migrate:down"),
    (Tool::SqlMigrate, "-- +migrate Down"),
    (Tool::NodePgMigrate, "-- Down Migration"),
    (Tool::Tern, "---- create above / drop below ----"),
];

/// Where the undo script of a migration belongs.
#[must_use]
pub fn place_of_undo(tool: Tool, path: &str, scripts: &[Script]) -> Place {
    if let Some((_, marker)) = MARKERS.iter().find(|(other, _)| *other == tool) {
        let leads_back = |script: &&Script| {
            script.path == path && script.sections.iter().any(|section| section.direction == Direction::Down)
        };
        let there = scripts.iter().any(|script| leads_back(&script));
        return Place::Section { path: path.to_owned(), marker, there };
    }
    let other = match tool {
        Tool::Diesel => path.strip_suffix("/up.sql").map(|folder| format!("{folder}/down.sql")),
        Tool::Prisma => path.strip_suffix("/migration.sql").map(|folder| format!("{folder}/down.sql")),
        Tool::GolangMigrate | Tool::Sqlx => path.strip_suffix(".up.sql").map(|stem| format!("{stem}.down.sql")),
        Tool::Sqitch => {
            let changed = path.strip_prefix("deploy/").map(|rest| format!("revert/{rest}"));
            changed.or_else(|| path.contains("/deploy/").then(|| path.replacen("/deploy/", "/revert/", 1)))
        }
        _ => None,
    };
    match other {
        Some(path) => Place::File { path },
        None => Place::Nowhere { path: path.to_owned() },
    }
}
