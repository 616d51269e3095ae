//! `draft-undo` and `plan --undo-to`, for a terminal.

use crate::report::{DraftReport, UndoPlan, UndoStep};

use super::terminal::{bold, faint, styled};
use super::words::harmless;

/// A draft: its text, and before it in comments where it belongs.
#[must_use]
pub fn draft(report: &DraftReport) -> String {
    let mut text = String::new();
    if let Some(path) = &report.path {
        text += &format!("-- {}\n", harmless(path));
    }
    text += &report.marker.map_or_else(String::new, |marker| format!("{marker}\n"));
    // Line ends and tabs stay: the draft is to be piped into a file.
    let line = |line: &str| line.split('\t').map(harmless).collect::<Vec<_>>().join("\t") + "\n";
    text + &report.text.lines().map(line).collect::<String>()
}

/// The undo scripts in order, with their locks and what is lost.
#[must_use]
pub fn undo_plan(plan: &UndoPlan) -> String {
    let version = harmless(&plan.undo_to);
    if plan.steps.is_empty() {
        return format!("{} nothing\n", styled(&format!("To go back to version {version}, undo"), bold()));
    }
    let mut text = format!("{}\n", styled(&format!("To go back to version {version}, undo"), bold()));
    for (at, step) in plan.steps.iter().enumerate() {
        text += &self::step(at + 1, step);
    }
    if !plan.missing.is_empty() {
        let names: Vec<String> = plan.missing.iter().map(|name| harmless(name)).collect();
        text += &format!("\n{} {}\n", styled("Without an undo script:", bold()), names.join(", "));
    }
    text
}

fn step(number: usize, step: &UndoStep) -> String {
    let undo = step.undo.as_deref().map_or_else(|| "no undo script".to_owned(), harmless);
    let mut text = format!("{number:>4}  {}  {undo}  {}\n", harmless(&step.version), styled(step.class, faint()));
    let mut say = |what: &str, said: &str| text += &format!("        {what} {}\n", harmless(said));
    for lock in &step.locks {
        say("locks", &format!("{} ({})", lock.relation, lock.mode.0.as_str()));
    }
    step.loses.iter().for_each(|lost| say("loses", lost));
    step.not_restored.iter().for_each(|lost| say("does not bring back", lost));
    step.fails.iter().for_each(|why| say("fails:", why));
    step.notes.iter().for_each(|note| say("note:", note));
    text
}
