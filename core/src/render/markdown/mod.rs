//! Markdown for a comment on a pull request: the verdict, what would run, and the findings, folded.
//!
//! GitHub refuses comments of more than 65,536 characters, so findings are left out from the end, and that is said.

mod escape;

use crate::finding::Severity;
use crate::report::{ReportedFinding, ScriptImpact};

use self::escape::{cell, code, code_block, html, prose};
use super::View;
use super::excerpt::Excerpt;
use super::verdict::{Tone, counts, coverage, errors, headline, noticed, of_tool, severity_in_words};
use super::words::{counted, harmless, joined};

/// By this a bot finds the comment that it has to write anew.
const MARKER: &str = "<!-- flightcheck report -->\n";
/// The most that a comment may hold, in bytes, which are never fewer than characters.
const MOST: usize = 65_536;
/// What is kept free for the end of the comment.
const END: usize = 4_096;
/// How many of the scripts that would run are listed.
const MOST_SCRIPTS: usize = 50;
/// How many lines of `validate` are listed.
const MOST_ERRORS: usize = 20;
/// The most bytes of one text from outside.
const LONGEST: usize = 600;

/// The comment.
#[must_use]
pub fn markdown(view: &View<'_>) -> String {
    let mut text = MARKER.to_owned() + &title(view) + &validation(view) + &scripts(view);
    let files = view.by_file();
    let all: usize = files.iter().map(|(_, findings)| findings.len()).sum();
    let mut shown = 0;
    for (file, findings) in files {
        let (details, count) = details(view, file, &findings, (MOST - END).saturating_sub(text.len()));
        text += &details;
        shown += count;
        if count < findings.len() {
            break;
        }
    }
    if shown < all {
        text += &format!(
            "\n{} left out to keep this short; the other reports have them.\n",
            counted(all - shown, "finding")
        );
    }
    text + &checked(view)
}

fn title(view: &View<'_>) -> String {
    let headline = headline(view);
    let sign = match (headline.tone, counts(view).first()) {
        (Tone::Bad, _) => "❌",
        (_, Some((Severity::Error | Severity::Warning, _))) => "⚠️",
        _ => "✅",
    };
    format!("## {sign} flightcheck {}: {}\n\n", headline.title, headline.rest)
}

fn validation(view: &View<'_>) -> String {
    let mut text = String::new();
    for line in of_tool(view.report) {
        text += &format!("- **{}**{}\n", line.title, cut(&line.rest));
    }
    let (_, errors) = errors(view.report);
    if errors.is_empty() || view.report.refused.iter().any(|refused| refused.command == "validate") {
        return text + "\n";
    }
    text += "\n<details><summary>What <code>validate</code> says</summary>\n\n";
    for error in errors.iter().take(MOST_ERRORS) {
        text += &format!("- {} {}\n", code(error.code), cut(&error.message));
    }
    if errors.len() > MOST_ERRORS {
        text += &format!("- and {} more\n", errors.len() - MOST_ERRORS);
    }
    text + "\n</details>\n\n"
}

/// The table of what would run.
fn scripts(view: &View<'_>) -> String {
    let all: Vec<&ScriptImpact> = view.scripts().iter().filter(|script| script.event.is_none()).collect();
    if all.is_empty() {
        return String::new();
    }
    let mut text =
        "| | would run | state | who waits | strongest lock | findings |\n|--:|---|---|---|---|---|\n".to_owned();
    for (at, script) in all.iter().take(MOST_SCRIPTS).enumerate() {
        let name = script.file.rsplit('/').next().unwrap_or_default();
        let state = view.migration(&script.file).map_or("", |migration| migration.state);
        let noticed = noticed(script);
        let relations = joined(noticed.relations.into_iter().map(code), 3);
        let colon = if relations.is_empty() { "" } else { ": " };
        let who = format!("{}{colon}{}", noticed.says, cell(&relations));
        let lock = script.strongest().map_or_else(String::new, |lock| code(lock.mode.0.as_str()));
        let found: Vec<_> = view.findings().iter().filter(|finding| finding.place.file == script.file).collect();
        let found = in_words(&found);
        text += &format!("| {} | {} | {state} | {who} | {lock} | {found} |\n", at + 1, cell(&code(&shortened(name))));
    }
    if all.len() > MOST_SCRIPTS {
        text += &format!("| | and {} more | | | | |\n", all.len() - MOST_SCRIPTS);
    }
    text + "\n"
}

fn in_words(findings: &[&ReportedFinding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts =
        [Severity::Error, Severity::Warning, Severity::Info].into_iter().filter(|severity| count(*severity) > 0);
    counts.map(|severity| counted(count(severity), severity_in_words(severity))).collect::<Vec<_>>().join(", ")
}

/// The findings of a file, folded, as many as there is room for; and how many those are.
fn details(view: &View<'_>, file: &str, findings: &[&ReportedFinding], room: usize) -> (String, usize) {
    let open = if findings.iter().any(|finding| view.fails(finding)) { " open" } else { "" };
    let counts = in_words(findings);
    let mut text =
        format!("<details{open}><summary><code>{}</code>: {counts}</summary>\n\n", html(&shortened(&view.path(file))));
    let mut shown = 0;
    for finding in findings {
        let one = drawn(view, finding);
        if text.len() + one.len() + "</details>\n\n".len() > room {
            break;
        }
        text += &one;
        shown += 1;
    }
    if shown == 0 { (String::new(), 0) } else { (text + "</details>\n\n", shown) }
}

fn drawn(view: &View<'_>, finding: &ReportedFinding) -> String {
    let line = finding.place.line.map_or_else(String::new, |line| format!(" line {line}:"));
    let severity = severity_in_words(finding.severity);
    let mut text = format!("**{severity}** {}{line} {}\n", code(finding.rule), cut(&finding.message));
    if let Some(excerpt) = Excerpt::new(&finding.place, view) {
        text += &format!("\n{}", code_block(&excerpt.text, "sql"));
    }
    for label in finding.labels.iter().take(3).filter(|label| !label.message.is_empty()) {
        let line = label.place.line.map_or_else(String::new, |line| format!(":{line}"));
        let place = code(&shortened(&format!("{}{line}", label.place.file)));
        text += &format!("\n{place} {}\n", cut(&label.message));
    }
    if !finding.help.is_empty() {
        text += &format!("\n→ {}\n", cut(&finding.help));
    }
    text + "\n"
}

/// What was checked and what was not.
fn checked(view: &View<'_>) -> String {
    let mut text = "<details><summary>What was checked</summary>\n\n".to_owned();
    for line in coverage(view.report) {
        text += &format!("- {}\n", cut(&line));
    }
    text + &format!("\nflightcheck {}\n</details>\n", view.report.flightcheck)
}

/// Prose from outside, cut where it is longer than anybody reads.
fn cut(text: &str) -> String {
    prose(&shortened(text))
}

fn shortened(text: &str) -> String {
    let text = harmless(text);
    match text.char_indices().find(|(at, _)| *at >= LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
