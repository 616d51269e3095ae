//! A drafted undo script: each difference that a migration makes is reversed, the last statement first.

mod alter;
mod notes;
mod order;
mod restore;
mod rows;
mod spell;

use std::sync::Arc;

use super::book::{Book, Key, Note};
use super::effect::{Done, Facet, play};
use super::whole::{Case, Class, Taken};
use crate::catalog::Catalog;
use crate::change::{Reading, TransactionModel};
use crate::deployment::{Deployment, Undone};
use crate::layout::base_name;
use crate::layout::plain::Place;
use crate::sql::{Dialect, Options};
use crate::text::Casing;
use restore::Restorer;
use spell::Spell;

/// An undo script that was written for a migration.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Path of the migration.
    pub script: String,
    /// Where it belongs.
    pub place: Place,
    /// Its text.
    pub text: String,
    /// What the proof says of the migration with it.
    pub taken: Taken,
}

/// What a draft is made for.
pub struct Request<'a> {
    /// The migration and all before it, replayed.
    pub deployment: &'a Deployment,
    /// Path of the migration.
    pub script: &'a str,
    /// Its version.
    pub version: &'a str,
    /// Where the undo script belongs.
    pub place: Place,
    /// The table in which the tool keeps what was applied.
    pub history: &'a str,
    /// How scripts are read.
    pub options: &'a Options,
    /// Whether it is run by hand, so that it has to delete its row of the history.
    pub by_hand: bool,
}

/// Writes the undo script of a migration; `None` where the migration is not replayed, or its content is unknown.
#[must_use]
pub fn draft(request: Request<'_>) -> Option<Draft> {
    let deployment = request.deployment;
    let mut book = Book::new(deployment.server.dialect);
    for (number, played) in (0_u32..).zip(&deployment.scripts) {
        let mark = book.mark();
        let done = play(&mut book, played, number);
        if played.turn.path != request.script {
            book.settle();
            continue;
        }
        let reading = played.turn.reading.as_deref()?;
        let home = Arc::clone(&played.after().place(&crate::change::Name::from(plain("x"))).schema);
        let base = played.steps.first().map_or_else(|| played.after(), |step| &step.before);
        let spell = Spell { dialect: deployment.server.dialect, home, careful: !base.is_open() };
        let end = played.after();
        let mut script = Script { spell, reading, end, lines: Vec::new() };
        for (at, done) in done.iter().enumerate().rev() {
            let (Some(step), next) = (played.steps.get(at), played.steps.get(at + 1)) else { continue };
            let after = next.map_or_else(|| played.after(), |step| &step.before);
            script.reverse(done, &step.before, after, &book);
            book.rewind(done.mark);
        }
        let mut done = play(&mut book, played, number);
        if request.by_hand {
            let version = request.version.replace('\'', "''");
            script.lines.push(format!("DELETE FROM {} WHERE version = '{version}';", request.history));
        }
        let text = script.text(&request);
        let undo = Arc::new(Reading::new(text.clone(), request.options));
        let undone = Undone::after(request.place.path(), played, undo, TransactionModel::Script);
        let case = Case { deployment, played, undone: Some(&undone), number, history: request.history };
        super::whole::leave_out_history(&mut done, request.history);
        super::rows::settle(&mut done, played);
        let taken = case.judge(&mut book, mark, &done, request.version.to_owned());
        let text = judged(&text, &taken);
        return Some(Draft { script: request.script.to_owned(), place: request.place, text, taken });
    }
    None
}

fn plain(text: &str) -> crate::change::Identifier {
    crate::change::Identifier { text: text.to_owned(), quoted: false, span: crate::text::Span::new(0, 0) }
}

/// A script as it is written.
struct Script<'a> {
    spell: Spell,
    reading: &'a Reading,
    /// The schema after the migration.
    end: &'a Catalog,
    lines: Vec<String>,
}

impl Script<'_> {
    /// Writes what reverses one statement.
    fn reverse(&mut self, done: &Done, before: &Catalog, after: &Catalog, book: &Book) {
        let restorer = Restorer { spell: &self.spell, before, after, done, book };
        let mut statements = restorer.statements();
        statements.extend(rows::copied_back(&self.spell, self.reading, done.statement, before, self.end));
        for act in &done.acts {
            match &act.facet {
                Facet::Rows if act.loses.is_none() => {
                    statements.push(rows::delete(&self.spell, self.reading, done.statement, before));
                }
                Facet::Rows => {
                    let loss = act.loses.as_ref().map_or("", |loss| &loss.what);
                    statements.push(format!("-- LOST: {loss}; no script brings it back"));
                }
                Facet::Unknown => {
                    let line = act.what.replace(['\n', '\r'], " ");
                    statements.push(format!("-- not known what to undo: the migration {line}"));
                }
                _ => {}
            }
        }
        self.lines.extend(statements);
    }

    fn text(&self, request: &Request<'_>) -> String {
        let name = base_name(request.script);
        let mut out = String::new();
        if self.lines.iter().any(|line| line.contains("-- LOST: ")) {
            out.push_str("-- What is dropped takes its data along; this brings back the structure only.\n");
        }
        out.push_str(&format!("-- Takes back {}\n", name.replace(['\n', '\r'], " ")));
        for line in &self.lines {
            out.push_str(line);
            out.push('\n');
        }
        out
    }
}

/// Says at the top what is not proved.
fn judged(text: &str, taken: &Taken) -> String {
    let mut said: Vec<String> = Vec::new();
    said.extend(taken.failure.iter().map(|failure| failure.reason.clone()));
    said.extend(taken.flaws.iter().map(|flaw| flaw.message.clone()));
    said.extend(taken.excused.iter().cloned());
    if taken.class == Class::Unproved {
        said.extend(taken.notes.iter().cloned());
    }
    let lines = said.iter().map(|line| format!("-- not proved: {}\n", line.replace(['\n', '\r'], " ")));
    lines.collect::<String>() + text
}

/// What was noted before a statement.
pub(super) fn noted<'a>(done: &'a Done, book: &'a Book, key: &Key) -> Option<&'a Note> {
    match done.notes.get(key) {
        Some(old) => old.as_ref(),
        None => book.get(key),
    }
}

impl Spell {
    /// A text that a script said before, to be said again.
    fn again(&self, source: &str) -> String {
        let text = source.trim().trim_end_matches(';').trim_end();
        let body = text.contains(';') && self.is_mysql() && !text.contains("$$");
        if body {
            return format!("DELIMITER //\n{text}//\nDELIMITER ;");
        }
        match self.dialect {
            Dialect::Oracle if text.upper().ends_with("END") || text.contains(';') => format!("{text};\n/"),
            _ => format!("{text};"),
        }
    }
}
