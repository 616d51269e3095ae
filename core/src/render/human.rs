//! `check`: findings drawn with the source line and carets, for a terminal.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::finding::Severity;
use crate::project::Project;
use crate::report::{Place, Report, ReportedFinding};
use crate::sql::Dialect;

use super::table::{header, verdict};
use super::terminal::{counted, harmless, of_severity, styled};

/// All findings, then the verdict and a count.
#[must_use]
pub fn human(report: &Report, project: &Project) -> String {
    let mut text = header(report);
    let findings = report.findings.as_deref().unwrap_or_default();
    for finding in findings {
        text += &drawn(finding, project);
        text.push_str("\n\n");
    }
    text += &verdict(report);
    text + &summary(report, findings) + &understood(report)
}

fn drawn(finding: &ReportedFinding, project: &Project) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let places: Vec<Drawing> = std::iter::once((&finding.place, ""))
        .chain(finding.labels.iter().take(MOST_LABELS).map(|label| (&label.place, label.message.as_str())))
        .map(|(place, message)| Drawing::new(place, message, project))
        .collect();
    let message = harmless(&finding.message);
    let help = harmless(&finding.help);
    let mut group = Group::with_title(level.primary_title(message.as_str()).id(finding.rule));
    for (at, drawing) in places.iter().enumerate() {
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        group = match &drawing.span {
            Some(span) => {
                let annotation = kind.span(span.clone());
                let annotation =
                    if drawing.message.is_empty() { annotation } else { annotation.label(drawing.message.as_str()) };
                group.element(
                    Snippet::source(drawing.text.as_str())
                        .line_start(drawing.line)
                        .path(drawing.file.as_str())
                        .annotation(annotation),
                )
            }
            None if drawing.message.is_empty() => group.element(annotate_snippets::Origin::path(drawing.file.as_str())),
            None => group.element(Level::NOTE.message(format!("`{}` {}", drawing.file, drawing.message))),
        };
    }
    if finding.labels.len() > MOST_LABELS {
        group = group.element(Level::NOTE.message(format!("and {} more", finding.labels.len() - MOST_LABELS)));
    }
    if !help.is_empty() {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::styled().render(&[group])
}

/// A place with the lines around it.
struct Drawing {
    file: String,
    message: String,
    /// The lines that the span covers, cut out of the source.
    text: String,
    /// The number of the first of them, from 1.
    line: usize,
    /// The span in `text`.
    span: Option<Range<usize>>,
}

/// A reader gets the idea from a few related places; JSON has them all.
const MOST_LABELS: usize = 5;
/// A span over more lines is cut: the rest would only push the message off the screen.
const MOST_LINES: usize = 6;
/// A line of generated data is no use to a reader in full.
const LONGEST_LINE: usize = 400;

impl Drawing {
    fn new(place: &Place, message: &str, project: &Project) -> Self {
        let mut drawing = Self {
            file: harmless(&place.file),
            message: harmless(message),
            text: String::new(),
            line: place.line.unwrap_or(1),
            span: None,
        };
        let (Some(span), Some(text)) = (place.span, project.shown_text(&place.file)) else { return drawing };
        let start = text[..span.start.min(text.len())].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let wanted: usize = text[start..].split_inclusive('\n').take(MOST_LINES).map(str::len).sum();
        let last_line = text[span.end.min(text.len())..].find(['\n', '\r']).map_or(text.len(), |at| span.end + at);
        let end = last_line.min(start + wanted);
        let cut = &text[start..end];
        if cut.split('\n').any(|line| line.len() > LONGEST_LINE) {
            let from = span.start - start;
            let excerpt: String = cut[from..].chars().take_while(|char| *char != '\n').take(LONGEST_LINE / 4).collect();
            let length = (span.end - span.start).min(excerpt.len());
            let length = (0..=length).rev().find(|at| excerpt.is_char_boundary(*at)).unwrap_or(0);
            drawing.span = Some(0..length);
            drawing.text = excerpt;
        } else {
            drawing.span = Some(span.start - start..(span.end - start).min(cut.len()));
            cut.clone_into(&mut drawing.text);
        }
        drawing
    }
}

fn summary(report: &Report, findings: &[ReportedFinding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .filter(|severity| count(*severity) > 0)
        .map(|severity| {
            let thing = if severity == Severity::Info { "note" } else { severity.as_str() };
            styled(&counted(count(severity), thing), of_severity(severity))
        })
        .collect();
    let found = if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") };
    let checked = &report.checked;
    format!(
        "{found} in {}, {}, {} ({} seen)\n",
        counted(checked.migrations, "migration"),
        counted(checked.undo, "undo script"),
        counted(checked.callbacks, "callback"),
        counted(checked.files, "file"),
    )
}

/// In which dialect the SQL was read, and how much of it was not understood.
fn understood(report: &Report) -> String {
    let Some(sql) = &report.sql else { return String::new() };
    let all = sql.understood + sql.partly + sql.opaque;
    let evidence = match sql.evidence.first() {
        Some(evidence) => format!(" because of {}", harmless(evidence)),
        None => " for want of evidence".to_owned(),
    };
    let missed = match (sql.partly, sql.opaque) {
        (0, 0) => "all understood".to_owned(),
        (partly, opaque) => format!("{partly} understood in part, {opaque} not at all"),
    };
    if sql.dialect == Dialect::Generic.as_str() {
        let help = "say whose SQL it is with --dialect or `dialect` in flightcheck.toml, so that its risks can be told";
        return format!("{} read as {}{evidence}: {missed}\n  help: {help}\n", counted(all, "statement"), sql.dialect);
    }
    let assumed = if sql.assumed_version { " (assumed)" } else { "" };
    let server = format!("for version {}{assumed}", harmless(&sql.server_version));
    format!("{} read as {}{evidence}, {server}: {missed}\n", counted(all, "statement"), sql.dialect)
}
