//! Ignores: findings that somebody has looked at, and that do not count.
//!
//! They stand in comments of scripts or in `flightcheck.toml`. Comments of squawk and Atlas are understood, too.

mod comment;
mod peers;
mod script;
mod sift;

pub use peers::{ATLAS, SQUAWK};
pub(crate) use script::mentions;
pub use script::of_script;
pub use sift::{Sifted, Unused, sift};

use crate::finding::Label;
use crate::settings::{Date, Flightcheck, Glob, IgnoreSetting};
use crate::text::Span;

/// Where an ignore comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A comment that is meant for flightcheck.
    Comment,
    /// A comment that is meant for another tool.
    Peer,
    /// `flightcheck.toml`.
    Settings,
}

/// What an ignore is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// A statement of a script, or one inside a block.
    Statement(String, Span),
    /// A file.
    File(String),
    /// Files, by their paths from that of `flightcheck.toml`.
    Files(Glob),
}

/// One ignore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignore {
    /// The rules, each with the place that names it. They need not exist.
    pub rules: Vec<(String, Label)>,
    /// What it is about.
    pub scope: Scope,
    /// Why; empty where it is not said.
    pub reason: String,
    /// The last day on which it applies.
    pub until: Option<Date>,
    /// Where it stands.
    pub place: Label,
    /// Where it comes from.
    pub origin: Origin,
}

/// A comment that looks like an ignore and cannot be read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// Where it stands.
    pub place: Label,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// All ignores of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ignores {
    /// Those that could be read.
    pub all: Vec<Ignore>,
    /// Those that could not.
    pub misread: Vec<Misread>,
}

impl Ignores {
    /// The ignores of `flightcheck.toml`.
    #[must_use]
    pub fn of_settings(settings: &Flightcheck) -> Self {
        let ignore = |setting: &IgnoreSetting| Ignore {
            rules: setting.rules.clone(),
            scope: Scope::Files(setting.pattern.clone()),
            reason: setting.reason.clone(),
            until: setting.until,
            place: setting.place.clone(),
            origin: Origin::Settings,
        };
        Self { all: settings.ignores.iter().map(ignore).collect(), misread: Vec::new() }
    }

    /// Adds others.
    pub fn add(&mut self, other: Self) {
        self.all.extend(other.all);
        self.misread.extend(other.misread);
    }
}

impl Ignore {
    /// Whether its last day is over. Nobody knows without a `today`.
    #[must_use]
    pub fn is_expired(&self, today: Option<Date>) -> bool {
        self.until.zip(today).is_some_and(|(until, today)| today > until)
    }

    /// Whether it has to say why, and does not.
    #[must_use]
    pub fn lacks_reason(&self, settings: &Flightcheck) -> bool {
        let required = match &self.scope {
            Scope::Statement(file, _) | Scope::File(file) => settings.requires_reason(file),
            Scope::Files(_) => settings.require_reason,
        };
        required && self.reason.is_empty()
    }

    /// Whether a place in a file is among what it is about.
    #[must_use]
    pub fn reaches(&self, settings: &Flightcheck, place: &Label) -> bool {
        match &self.scope {
            Scope::Statement(file, span) => {
                let start = place.span.map(|place| place.start);
                place.file == *file && start.is_some_and(|start| span.start <= start && start < span.end)
            }
            Scope::File(file) => place.file == *file,
            Scope::Files(pattern) => pattern.matches(&settings.from_file(&place.file)),
        }
    }
}
