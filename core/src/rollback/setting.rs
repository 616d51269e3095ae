//! Settings of objects as notes: row security, switched triggers, options of sequences, and what else `ALTER` sets that
//! the catalog does not keep. What a setting is by default is no note.

use std::sync::Arc;

use super::book::{Aspect, Book, Key, Note};
use super::note::{Noted, commented};
use super::spelling::{canonical, piece};
use crate::catalog::ObjectRef;
use crate::change::{Alter, AlterAction, ColumnChange, ObjectKind};
use crate::sql::significant;
use crate::text::Casing;

/// A setting whose value before nobody knows: it has no default, or one that depends on the server.
const NAMELESS: [&str; 5] = ["owner", "tablespace", "access method", "storage", "compression"];

/// Whether it can be told what a setting was before somebody set it for the first time.
pub(super) fn has_default(aspect: &Aspect) -> bool {
    match aspect {
        Aspect::Setting(name) => !NAMELESS.contains(&name.as_str()) && !name.starts_with("other: "),
        _ => true,
    }
}

/// Notes what an `ALTER` sets.
pub(super) fn read(book: &mut Book, alter: &Alter, at: &Noted<'_>) {
    let Some(name) = &alter.name else { return };
    let Some(object) = commented(at.before, alter.kind, name, alter.table.as_ref()) else { return };
    for action in &alter.actions {
        let text = piece(at.text, action.span);
        let said = canonical(text, book.dialect);
        let ends = |words: &[&str]| words.iter().any(|word| said.ends_with(word));
        match &action.what {
            AlterAction::RowSecurity(word) => {
                let force = word.ends_with("force");
                let setting = if force { "forced row level security" } else { "row level security" };
                set(book, &object, setting, text, !matches!(*word, "enable" | "force"));
            }
            AlterAction::SwitchTrigger { name, enabled } => {
                let trigger = name.as_ref().map_or("all triggers".to_owned(), |name| at.before.fold(name));
                set(
                    book,
                    &object,
                    &format!("switch of {trigger}"),
                    text,
                    *enabled && said.starts_with("enable trigger"),
                );
            }
            AlterAction::SwitchRule { name, enabled } => {
                set(book, &object, &format!("switch of {}", at.before.fold(name)), text, *enabled);
            }
            AlterAction::SetOwner(_) => set(book, &object, "owner", text, false),
            AlterAction::ReplicaIdentity(_) => set(book, &object, "replica identity", text, ends(&["default"])),
            AlterAction::ClusterOn(index) => set(book, &object, "clustering", text, index.is_none()),
            AlterAction::SetTablespace(_) => set(book, &object, "tablespace", text, false),
            AlterAction::SetAccessMethod(_) => set(book, &object, "access method", text, false),
            AlterAction::SetOptions { reset, options } => {
                for (option, value) in options_of(piece(at.text, *options), book) {
                    set(book, &object, &format!("option {option}"), &value, *reset);
                }
            }
            AlterAction::SetSequence(span) => of_sequence(book, &object, piece(at.text, *span)),
            AlterAction::SetIndexVisibility { name, visible } => {
                let index = name.as_ref().map_or(String::new(), |name| at.before.fold(name));
                set(book, &object, &format!("visibility of {index}"), text, *visible);
            }
            AlterAction::AlterColumn { column, change } => {
                let part = ObjectRef::part(ObjectKind::Column, &object.name, &at.before.fold(column));
                of_column(book, &part, change, text, &said);
            }
            AlterAction::SetAttribute(words) | AlterAction::Opaque(words) => {
                set(book, &object, &format!("other: {words}"), text, false);
            }
            AlterAction::Members { verb, .. } => set(book, &object, &format!("other: {verb}"), text, false),
            _ => {}
        }
    }
}

fn of_column(book: &mut Book, column: &ObjectRef, change: &ColumnChange, text: &str, said: &str) {
    match change {
        ColumnChange::SetStatistics => {
            set(book, column, "statistics target", text, said.ends_with("- 1") || said.ends_with("default"));
        }
        ColumnChange::SetStorage => set(book, column, "storage", text, said.ends_with("default")),
        ColumnChange::SetCompression => set(book, column, "compression", text, said.ends_with("default")),
        ColumnChange::SetOptions { reset } => set(book, column, "options", text, *reset),
        ColumnChange::SetIdentity => set(book, column, "other: identity options", text, false),
        ColumnChange::SetVisibility { visible } => set(book, column, "visibility", text, *visible),
        ColumnChange::SetAttribute(words) => set(book, column, &format!("other: {words}"), text, false),
        _ => {}
    }
}

fn set(book: &mut Book, object: &ObjectRef, setting: &str, text: &str, is_default: bool) {
    let key = Key::new(object, Aspect::Setting(setting.to_owned()));
    if is_default {
        book.remove(&key);
    } else {
        let said = canonical(text, book.dialect);
        book.set(key, Note { said, source: Arc::from(text) });
    }
}

/// Names and values of `(a = 1, b = 2)`; `RESET (a)` has no values.
fn options_of(text: &str, book: &Book) -> Vec<(String, String)> {
    let inner = text.trim().trim_start_matches('(').trim_end_matches(')');
    let pairs = inner.split(',').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| (canonical(name, book.dialect), value.trim().to_owned())).collect()
}

/// Options of sequences with a value: their words, the name of the setting, and what it is by default.
const SEQUENCE: [(&str, &str, &str, &str); 6] = [
    ("increment", "by", "increment", "1"),
    ("start", "with", "start", "1"),
    ("cache", "", "cache", "1"),
    ("as", "", "type", "bigint"),
    ("minvalue", "", "minvalue", "1"),
    ("maxvalue", "", "maxvalue", ""),
];

/// Notes the options of a sequence, each by itself.
pub(super) fn of_sequence(book: &mut Book, sequence: &ObjectRef, options: &str) {
    let tokens = significant(options, book.dialect);
    let words: Vec<String> = tokens.iter().map(|token| token.text(options).lower()).collect();
    for (at, word) in words.iter().enumerate() {
        let no = at > 0 && words[at - 1] == "no";
        let known = SEQUENCE.iter().find(|(first, ..)| first == word);
        match known {
            Some((_, _, setting, _)) if no => set(book, sequence, setting, "", true),
            Some((_, filler, setting, default)) => {
                let mut rest = words[at + 1..].iter().filter(|word| word != filler && *word != "=");
                let first = rest.next().map_or("", String::as_str);
                let value = if first == "-" {
                    format!("-{}", rest.next().map_or("", String::as_str))
                } else {
                    first.to_owned()
                };
                set(book, sequence, setting, &value, value == *default);
            }
            None if word == "cycle" => set(book, sequence, "cycle", "cycle", no),
            None => {}
        }
    }
}

/// Notes what stands after the columns of an index, but for what the catalog keeps.
pub(super) fn of_index(book: &mut Book, index: &ObjectRef, options: &str) {
    let tokens = significant(options, book.dialect);
    let at = |word: &str| tokens.iter().position(|token| token.is_word(options, word));
    let kept = at("WHERE").map_or(options.len(), |at| tokens[at].start as usize);
    let begin = [at("WITH"), at("TABLESPACE"), at("NULLS")].into_iter().flatten().min();
    if let Some(begin) = begin.map(|at| tokens[at].start as usize).filter(|begin| *begin < kept) {
        set(book, index, "index options", &options[begin..kept], false);
    }
}
