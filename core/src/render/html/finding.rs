//! The findings of the page, by file.

use crate::finding::Severity;
use crate::report::{ReportedFinding, ReportedLabel};

use super::super::View;
use super::super::excerpt::{Excerpt, MOST_LABELS};
use super::super::verdict::severity_in_words;
use super::super::words::counted;
use super::super::xml::escaped;
use super::element::{source, text};

/// A heading for each file, and below it what was found.
pub(super) fn findings(view: &View<'_>) -> String {
    let files = view.by_file();
    if files.is_empty() {
        return String::new();
    }
    let mut body = String::new();
    for (at, (file, findings)) in files.into_iter().enumerate() {
        let state = view
            .migration(file)
            .map_or_else(String::new, |migration| format!("<span class=\"state\">{}</span>", escaped(migration.state)));
        body += &format!("<section id=\"file-{at}\">\n<h3><code>{}</code>{state}</h3>\n", escaped(file));
        body.extend(findings.into_iter().map(|finding| article(view, finding)));
        body += "</section>\n";
    }
    format!("<section>\n<h2>Findings</h2>\n{body}</section>\n")
}

fn article(view: &View<'_>, finding: &ReportedFinding) -> String {
    let severity = severity_in_words(finding.severity);
    let class = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let line = finding.place.line.map_or_else(String::new, |line| format!("<span class=\"line\">line {line}</span>"));
    let mut body = format!(
        "<p class=\"head\"><span class=\"badge\">{severity}</span><code>{}</code>{line}</p>\n<p>{}</p>\n",
        finding.rule,
        text(&finding.message)
    );
    if let Some(excerpt) = Excerpt::new(&finding.place, view) {
        let (from, to) = (excerpt.span.start, excerpt.span.end);
        let lines = source(&excerpt.text[..from], &excerpt.text[from..to], &excerpt.text[to..]);
        body += &format!("<pre><code>{lines}</code></pre>\n");
    }
    let labels = finding.labels.iter().filter(|label| !label.message.is_empty());
    let labels: String = labels.take(MOST_LABELS).map(related).collect();
    if !labels.is_empty() {
        body += &format!("<ul class=\"related\">\n{labels}</ul>\n");
    }
    if finding.labels.len() > MOST_LABELS {
        body += &format!("<p class=\"more\">and {}</p>\n", counted(finding.labels.len() - MOST_LABELS, "more place"));
    }
    if !finding.help.is_empty() {
        body += &format!("<p class=\"help\">{}</p>\n", text(&finding.help));
    }
    format!("<article class=\"{class}\">\n{body}</article>\n")
}

fn related(label: &ReportedLabel) -> String {
    let line = label.place.line.map_or_else(String::new, |line| format!(":{line}"));
    format!("<li><code>{}{line}</code> {}</li>\n", escaped(&label.place.file), text(&label.message))
}
