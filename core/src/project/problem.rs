//! Input that cannot be worked with at all, and what to tell people about it.

use serde::Serialize;

use crate::history::SnapshotError;
use crate::seal::SealError;
use crate::text::{LineIndex, Span};

use super::Project;

/// Input that cannot be worked with at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// The history snapshot is broken.
    History(Vec<SnapshotError>),
    /// The seal is broken.
    Seal {
        /// Its name.
        name: String,
        /// The line.
        error: SealError,
    },
}

/// One thing that makes input unusable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Problem {
    /// The file, under its shown name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// Column in UTF-16 units, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do, as an imperative.
    pub help: String,
}

impl Unusable {
    /// What cannot be used, in a few words.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::History(_) => "the history snapshot cannot be read",
            Self::Seal { .. } => "the seal cannot be read",
        }
    }

    /// Everything that is wrong with it, in the order of the file.
    #[must_use]
    pub fn problems(&self, project: &Project) -> Vec<Problem> {
        let place = |name: &str, span: Option<Span>| {
            let text = project.text(name);
            let (text, start) = (text.as_deref().unwrap_or_default(), span.map_or(0, |span| span.start));
            let position = LineIndex::new(text).position(text, start);
            (position.line + 1, position.utf16 + 1)
        };
        match self {
            Self::History(errors) => {
                let problem = |error: &SnapshotError| {
                    let (_, column) = place(&error.place.file, error.place.span);
                    Problem {
                        file: error.place.file.clone(),
                        line: error.line,
                        column,
                        message: error.message.clone(),
                        help: error.help.clone(),
                    }
                };
                errors.iter().map(problem).collect()
            }
            Self::Seal { name, error } => {
                let (line, column) = place(name, Some(error.span));
                let help = "write the seal anew with `flightcheck seal`".to_owned();
                vec![Problem {
                    file: name.clone(),
                    line,
                    column,
                    message: "this is no line of a seal".to_owned(),
                    help,
                }]
            }
        }
    }
}
