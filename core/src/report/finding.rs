//! What rules found, with places in lines and columns.

use serde::Serialize;

use super::Positions;
use crate::finding::{Edit, Finding, Fix, Label, Safety, Severity};
use crate::project::{Judged, Project};
use crate::rules::find;
use crate::sql::secrets;
use crate::text::Span;

/// A finding with its places in lines and columns.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ReportedFinding {
    /// The rule; `flightcheck explain RULE` prints its page.
    pub rule: &'static str,
    /// What the rule is about, in words.
    pub group: &'static str,
    /// The severity.
    pub severity: Severity,
    /// A name that stays when lines move, statements are renumbered, or other parts of the file change.
    pub fingerprint: String,
    /// One line that names the object.
    pub message: String,
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// Other places that belong to the story.
    pub labels: Vec<ReportedLabel>,
    /// What to do; empty where there is nothing to do.
    pub help: String,
    /// Ways to silence it.
    pub fixes: Vec<ReportedFix>,
}

/// A related place.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ReportedLabel {
    /// The place.
    #[serde(flatten)]
    pub place: Place,
    /// What there is to say about it.
    pub message: String,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Place {
    /// Path of the file as the project names it, or the name of the snapshot or configuration.
    pub file: String,
    /// Line, from 1; null where the file as a whole is meant.
    pub line: Option<usize>,
    /// Column in UTF-16 units, from 1.
    pub column: Option<usize>,
    /// The line of the end.
    pub end_line: Option<usize>,
    /// The column just after the end.
    pub end_column: Option<usize>,
    /// Byte offsets in the decoded text.
    pub span: Option<Span>,
    /// The columns of both ends in bytes, from 1, for formats that count so.
    #[serde(skip)]
    pub bytes: Option<[usize; 2]>,
}

/// A change to the project that silences a finding.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ReportedFix {
    /// What applying it does.
    pub title: String,
    /// Whether it may be applied unseen.
    pub safety: Safety,
    /// The changes, to be applied together.
    pub edits: Vec<ReportedEdit>,
}

/// One change to one file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ReportedEdit {
    /// Replaces a part of a file's text.
    Replace {
        /// What is replaced.
        #[serde(flatten)]
        place: Place,
        /// What stands there afterwards.
        text: String,
    },
    /// Makes a file that does not exist yet.
    Create {
        /// Its path.
        file: String,
        /// Its text.
        text: String,
    },
    /// Gives a file another name.
    Rename {
        /// Path of the file.
        file: String,
        /// Its path afterwards.
        to: String,
    },
}

/// A finding as it is reported.
pub(super) fn reported(
    project: &Project,
    positions: &mut Positions<'_>,
    finding: &Finding,
    fingerprint: &str,
) -> ReportedFinding {
    let label = |label: &Label| ReportedLabel { place: positions.of(label), message: label.message.clone() };
    let labels = finding.related.iter().map(label).collect();
    ReportedFinding {
        rule: finding.rule,
        group: find(finding.rule).map_or("", |rule| rule.group.as_str()),
        severity: finding.severity,
        fingerprint: fingerprint.to_owned(),
        message: finding.message.clone(),
        place: positions.of(&finding.primary),
        labels,
        help: finding.help.clone(),
        fixes: fixes(project, positions, finding),
    }
}

impl ReportedFinding {
    /// What counts in one file.
    #[must_use]
    pub fn in_file(project: &Project, judged: &Judged, file: &str) -> Vec<Self> {
        let mut positions = Positions::new(project);
        let own = judged.findings.iter().filter(|marked| marked.finding.primary.file == file);
        own.map(|marked| reported(project, &mut positions, &marked.finding, &marked.fingerprint)).collect()
    }
}

impl Place {
    /// A file as a whole.
    #[must_use]
    pub fn file(path: &str) -> Self {
        let file = path.to_owned();
        Self { file, line: None, column: None, end_line: None, end_column: None, span: None, bytes: None }
    }
}

/// The fixes that may be printed: one that writes a password anew is left to `flightcheck fix`.
fn fixes(project: &Project, positions: &mut Positions<'_>, finding: &Finding) -> Vec<ReportedFix> {
    let secrets = if finding.fixes.is_empty() { Vec::new() } else { passwords(project, &finding.primary.file) };
    let tells = |text: &str| secrets.iter().any(|secret| text.contains(secret));
    let is_harmless = |fix: &&Fix| {
        fix.edits.iter().all(|edit| match edit {
            Edit::Replace { text, .. } | Edit::Create { text, .. } => !tells(text),
            Edit::Rename { .. } => true,
        })
    };
    let mut edit = |edit: &Edit| match edit.clone() {
        Edit::Replace { file, span, text } => {
            ReportedEdit::Replace { place: positions.of(&Label::at(file, span)), text }
        }
        Edit::Create { file, text } => ReportedEdit::Create { file, text },
        Edit::Rename { file, to } => ReportedEdit::Rename { file, to },
    };
    let fixes = finding.fixes.iter().filter(is_harmless).map(|fix| ReportedFix {
        title: fix.title.clone(),
        safety: fix.safety,
        edits: fix.edits.iter().map(&mut edit).collect(),
    });
    fixes.collect()
}

/// The literals of a script that are passwords.
fn passwords(project: &Project, file: &str) -> Vec<String> {
    let Some(reading) = project.reading(file) else { return Vec::new() };
    let spans = secrets::passwords(&reading.text, &reading.script);
    spans.iter().filter_map(|span| reading.text.get(span.start..span.end)).map(str::to_owned).collect()
}
