//! Callbacks that the branch changes: they run around scripts that were merged long ago.

use super::kind::{ChangeKind, kind_of_change};
use super::side::{Key, Script, Side};
use crate::layout::{Callback, Kind, Language};

/// A callback that the branch changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedCallback {
    /// Its path; on the base where the branch has deleted it.
    pub path: String,
    /// The event at which it runs.
    pub event: &'static str,
    /// What happened to it.
    pub change: CallbackChange,
}

/// What happened to a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallbackChange {
    /// The branch adds it.
    Added,
    /// The branch changes what it does.
    Edited,
    /// The branch deletes it.
    Deleted,
}

/// The callbacks whose meaning the branch changes, and the base does not change alike.
pub(super) fn changed(own: &Side<'_>, ancestor: &Side<'_>, tip: &Side<'_>) -> Vec<ChangedCallback> {
    let (now, before) = (&own.layout.callbacks, &ancestor.layout.callbacks);
    let mut found = Vec::new();
    for callback in now {
        let on_base = alike(&tip.layout.callbacks, callback);
        if on_base.is_some_and(|other| change((own, callback), (tip, other)).is_none()) {
            continue;
        }
        let kind = match alike(before, callback) {
            None => CallbackChange::Added,
            Some(was) if change((own, callback), (ancestor, was)) == Some(ChangeKind::Meaning) => {
                CallbackChange::Edited
            }
            Some(_) => continue,
        };
        found.push(ChangedCallback { path: callback.path.clone(), event: callback.event, change: kind });
    }
    let gone = before.iter().filter(|was| alike(now, was).is_none() && alike(&tip.layout.callbacks, was).is_some());
    let deleted =
        |was: &Callback| ChangedCallback { path: was.path.clone(), event: was.event, change: CallbackChange::Deleted };
    found.extend(gone.map(deleted));
    found
}

/// The callback of the same event and description: where it lies makes no difference.
fn alike<'a>(callbacks: &'a [Callback], like: &Callback) -> Option<&'a Callback> {
    let same = |other: &&Callback| other.event == like.event && other.description == like.description;
    callbacks.iter().filter(same).min_by_key(|other| other.path != like.path)
}

fn change(own: (&Side<'_>, &Callback), other: (&Side<'_>, &Callback)) -> Option<ChangeKind> {
    let script = |callback: &Callback| Script {
        key: Key::Name(Kind::Repeatable, callback.event.to_owned()),
        path: callback.path.clone(),
        script: callback.path.clone(),
        description: callback.description.clone(),
        checksum: None,
        is_sql: callback.language == Language::Sql,
    };
    kind_of_change((own.0, &script(own.1)), (other.0, &script(other.1)))
}
