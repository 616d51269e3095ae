//! Callbacks: scripts that run at an event.

use crate::finding::{Label, Refusal};
use crate::layout::{Callback, Files, Language};
use crate::settings::Flyway;

use super::event::EVENTS;
use super::name::{Grammar, Meaning, is_sql, script_suffix};
use super::resolve::ResolvedFile;
use super::script_options::{self, Index};

/// The callbacks among the files of the callback locations, in the order of events and descriptions.
///
/// Two SQL callbacks of the same event and description abort every command (measured, 13.0.0).
pub(super) fn resolve(
    settings: &Flyway,
    grammar: &Grammar,
    found: &[ResolvedFile<'_>],
    index: &Index,
    files: &Files,
) -> (Vec<Callback>, Vec<Refusal>) {
    let mut callbacks = Vec::new();
    let mut refusals = Vec::new();
    for file in found {
        let name = file.name();
        let sql = is_sql(settings, name);
        let script: Vec<String> = script_suffix(name).into_iter().filter(|suffix| !suffix.is_empty()).collect();
        let (language, suffixes) = match script.as_slice() {
            _ if sql => (Language::Sql, settings.suffixes.as_slice()),
            [] => continue,
            suffix => (Language::Script, suffix),
        };
        let Ok(parsed) = grammar.parse(name, suffixes) else { continue };
        let Meaning::Callback(event) = parsed.meaning else { continue };
        if language == Language::Sql && settings.skip_default_callbacks {
            continue;
        }
        if language == Language::Sql
            && let Err(refusal) = script_options::read(file.script, index, files, settings.edition)
        {
            refusals.push(refusal);
        }
        callbacks.push(Callback { event, description: parsed.description, path: file.path.to_owned(), language });
    }
    let rank = |callback: &Callback| EVENTS.iter().position(|event| event.id == callback.event);
    callbacks.sort_by(|left, right| (rank(left), &left.description).cmp(&(rank(right), &right.description)));
    refusals.extend(callbacks.windows(2).filter_map(duplicate));
    (callbacks, refusals)
}

fn duplicate(pair: &[Callback]) -> Option<Refusal> {
    let [first, second] = pair else { return None };
    let same = first.event == second.event && first.description == second.description;
    let both_sql = first.language == Language::Sql && second.language == Language::Sql;
    (same && both_sql && first.path != second.path).then(|| {
        let message = format!("`{}` and `{}` are the same callback", first.path, second.path);
        Refusal::new("ERROR", message).at(Label::file(&second.path))
    })
}
