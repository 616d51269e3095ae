//! `check` for a terminal: findings drawn with the source line and carets, what would run, and the verdict.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::AnsiColor;

use crate::finding::Severity;
use crate::layout::base_name;
use crate::report::{Place, ReportedFinding};

use super::View;
use super::dependency::dependency;
use super::excerpt::{Excerpt, MOST_LABELS};
use super::table::{header, verdict};
use super::terminal::{colour, faint, of_severity, styled, width};
use super::verdict::{Tone, counts, coverage, failing, headline, noticed};
use super::words::{harmless, harmless_lines, joined};

/// How many of the scripts that would run are listed.
const MOST_SCRIPTS: usize = 25;

/// All findings in the order of the migrations, then what would run, what was looked at, and the verdict.
#[must_use]
pub fn human(view: &View<'_>) -> String {
    let mut text = header(view.report);
    for finding in view.by_file().into_iter().flat_map(|(_, findings)| findings) {
        text += &drawn(finding, view);
        text.push_str("\n\n");
    }
    text += &verdict(view.report);
    text += &would_run(view);
    text += &dependency(view.report.pairs.as_deref(), view.report.prefixes.as_deref());
    text.push('\n');
    for line in coverage(view.report) {
        text += &format!("{}\n", styled(&harmless(&line), faint()));
    }
    text + &last_line(view)
}

fn drawn(finding: &ReportedFinding, view: &View<'_>) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let places: Vec<Drawing> = std::iter::once((&finding.place, ""))
        .chain(finding.labels.iter().take(MOST_LABELS).map(|label| (&label.place, label.message.as_str())))
        .map(|(place, message)| Drawing::new(place, message, view))
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
    text: String,
    line: usize,
    span: Option<Range<usize>>,
}

impl Drawing {
    fn new(place: &Place, message: &str, view: &View<'_>) -> Self {
        let (file, message) = (harmless(&place.file), harmless(message));
        match Excerpt::new(place, view) {
            Some(Excerpt { text, line, span }) => {
                let [before, marked, after] = [&text[..span.start], &text[span.clone()], &text[span.end..]];
                let [before, marked, after] = [before, marked, after].map(harmless_lines);
                let span = before.len()..before.len() + marked.len();
                Self { file, message, text: before + &marked + &after, line, span: Some(span) }
            }
            None => Self { file, message, text: String::new(), line: 1, span: None },
        }
    }
}

/// The scripts that would run, each with who waits for it.
fn would_run(view: &View<'_>) -> String {
    let scripts: Vec<_> = view.scripts().iter().filter(|script| script.event.is_none()).take(MOST_SCRIPTS).collect();
    let more = view.scripts().iter().filter(|script| script.event.is_none()).count() - scripts.len();
    let names: Vec<String> = scripts.iter().map(|script| harmless(base_name(&script.file))).collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let mut text = String::new();
    for (at, (script, name)) in scripts.iter().zip(&names).enumerate() {
        let blanks = " ".repeat(widest - width(name));
        let noticed = noticed(script);
        let style = match (noticed.stops.reads, noticed.stops.writes) {
            (true, _) => colour(AnsiColor::Red),
            (false, true) => colour(AnsiColor::Yellow),
            (false, false) => faint(),
        };
        let relations = joined(noticed.relations.into_iter().map(harmless), 3);
        let colon = if relations.is_empty() { "" } else { ": " };
        let fails = match failing(script).first() {
            Some(line) => styled(&format!("fails in line {line}; "), colour(AnsiColor::Red).bold()),
            None => String::new(),
        };
        let noticed = format!("{fails}{}{colon}{relations}", styled(&noticed.says, style));
        text += &format!("{:>4}  {name}{blanks}  {noticed}\n", at + 1);
    }
    if more > 0 {
        text += &format!("      {}\n", styled(&format!("and {more} more"), faint()));
    }
    text
}

/// Whether the check fails, and the count of what was found.
fn last_line(view: &View<'_>) -> String {
    let headline = headline(view);
    let style = if headline.tone == Tone::Bad { colour(AnsiColor::Red) } else { colour(AnsiColor::Green) };
    let counts: Vec<String> =
        counts(view).into_iter().map(|(severity, count)| styled(&count, of_severity(severity))).collect();
    let found = if counts.is_empty() { headline.rest } else { counts.join(", ") };
    format!("{}: {found}\n", styled(&format!("flightcheck {}", headline.title), style.bold()))
}
