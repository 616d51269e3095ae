//! What was looked at, and what was not.

use serde::Serialize;

use super::{Place, Positions};
use crate::layout::plain::Direction;
use crate::project::{Checked, KnownDialect, Project, Statements};
use crate::rules::RULES;

/// What was looked at.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Counts {
    /// Files in the locations, migrations or not.
    pub files: usize,
    /// Migrations.
    pub migrations: usize,
    /// Callbacks.
    pub callbacks: usize,
    /// Undo scripts and rollbacks.
    pub undo: usize,
    /// Files that could not be read, each with the reason.
    pub unread: Vec<Unread>,
}

/// A file that could not be read.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Unread {
    /// Its path.
    pub file: String,
    /// Why.
    pub why: String,
}

/// How much of the SQL was understood.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Sql {
    /// The dialect that it was read in.
    pub dialect: &'static str,
    /// What speaks for the dialect, in words.
    pub evidence: Vec<String>,
    /// The version of the server that the findings hold for.
    pub server_version: String,
    /// Whether that version is only assumed: the oldest that its vendor supports.
    pub assumed_version: bool,
    /// Scripts that were read.
    pub scripts: usize,
    /// Statements of which each clause is known.
    pub understood: usize,
    /// Statements with unknown clauses.
    pub partly: usize,
    /// Statements of which nothing is known.
    pub opaque: usize,
    /// Where the statements are that were not understood, or only in part; the first hundred.
    pub missed: Vec<Missed>,
}

/// A statement that was not understood, or only in part.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Missed {
    /// The statement, or its first clause that is unknown.
    #[serde(flatten)]
    pub place: Place,
    /// `partly` or `opaque`.
    pub understood: &'static str,
}

/// Which rules ran.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct RulesRun {
    /// Those that ran, by name.
    pub on: Vec<&'static str>,
    /// Those that did not, each with the reason.
    pub off: Vec<RuleOff>,
}

/// A rule that did not run.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct RuleOff {
    /// Its name.
    pub rule: &'static str,
    /// Why.
    pub why: String,
}

/// How many places of missed statements are told: enough to find a pattern, few enough for a report.
const MOST_MISSED: usize = 100;

impl Counts {
    pub(super) fn new(project: &Project, checked: &Checked) -> Self {
        let unread = project.unread().map(|(file, why)| Unread { file: file.to_owned(), why: why.to_owned() });
        let layout = &checked.layout;
        let found = project.other_tool();
        let led = |direction| found.as_deref().map(|found| found.count(direction));
        Self {
            files: layout.files_seen,
            migrations: led(Direction::Up).unwrap_or(layout.migrations.len()),
            callbacks: layout.callbacks.len(),
            undo: led(Direction::Down).unwrap_or(layout.rollbacks.len()),
            unread: unread.collect(),
        }
    }
}

impl Sql {
    /// Counts the statements of a project, and says what they were taken for.
    pub(super) fn new(project: &Project, checked: &Checked) -> Self {
        let KnownDialect { dialect, evidence, .. } = project.dialect();
        let Statements { scripts, totals, missed } = project.statements(checked);
        let (server, assumed_version) = project.server();
        let mut positions = Positions::new(project);
        let missed = missed
            .iter()
            .take(MOST_MISSED)
            .map(|(label, understood)| Missed { place: positions.of(label), understood: understood.as_str() });
        Self {
            dialect: dialect.as_str(),
            evidence,
            server_version: server.version.to_string(),
            assumed_version,
            scripts,
            understood: totals.understood,
            partly: totals.partly,
            opaque: totals.opaque,
            missed: missed.collect(),
        }
    }
}

impl RulesRun {
    pub(super) fn new(project: &Project) -> Self {
        let mut run = Self { on: Vec::new(), off: Vec::new() };
        for rule in RULES {
            match rule.off(project.settings(), project.tool(), project.compares()) {
                None => run.on.push(rule.name),
                Some(why) => run.off.push(RuleOff { rule: rule.name, why }),
            }
        }
        run
    }
}
