//! Statements about rows.

use super::fact;
use super::narrow::with_words;
use super::table::{self, Found};
use super::work::Telling;
use crate::change::ObjectKind;
use crate::change::{Change, Delete, RowSource, Update};
use crate::impact::Work;
use crate::text::Casing;

/// What a statement about rows does.
pub(super) fn tell(telling: &mut Telling<'_>, change: &Change) {
    match change {
        Change::Select(query) => {
            if !query.relations.is_empty() {
                telling.lock(fact::SHARED, &fact::READS);
            }
            telling.reads(query.span, &query.relations);
        }
        Change::Insert(insert) => {
            telling.lock(fact::RESERVED, &fact::WRITES);
            if insert.source == RowSource::Query {
                telling.reads(insert.query.span, &insert.query.relations);
            }
        }
        Change::Update(update) => tell_update(telling, update),
        Change::Delete(delete) => tell_delete(telling, delete),
        _ => {}
    }
}

fn tell_update(telling: &mut Telling<'_>, update: &Update) {
    telling.lock(fact::RESERVED, &fact::WRITES);
    let situation = telling.situation;
    let found = Found::of(&update.table, situation);
    telling.reads(telling.span, &update.query.relations);
    if found.is_new_and_empty(situation) || update.limited {
        return;
    }
    let Some(filter) = update.filter else {
        telling.table(&found, Work::Scan, &fact::WRITES_ROWS, telling.span);
        telling.table(&found, Work::Rewrite, &fact::WRITES_ROWS, telling.span);
        return;
    };
    let mut inside: Vec<String> = update.query.relations.iter().map(|name| name.last().text.lower()).collect();
    let called = with_words(situation, telling.span, |words| words.target(situation));
    let called = called.unwrap_or_else(|| update.table.last().text.lower());
    inside.push(called.clone());
    if !with_words(situation, filter, |words| words.condition().narrows(found.relation, &called, &inside, true)) {
        telling.table(&found, Work::Scan, &fact::READS_ROWS, filter);
    }
}

fn tell_delete(telling: &mut Telling<'_>, delete: &Delete) {
    telling.lock(fact::RESERVED, &fact::WRITES);
    let situation = telling.situation;
    let found = Found::of(&delete.table, situation);
    telling.reads(telling.span, &[&delete.query.relations[..], std::slice::from_ref(&delete.table)].concat());
    let all = delete.filter.is_some_and(|filter| with_words(situation, filter, |words| words.condition().is_true()));
    if all {
        return telling.table(&found, Work::Rewrite, &fact::WRITES_ROWS, telling.span);
    }
    if delete.filter.is_some() || delete.limited || found.is_new_and_empty(situation) {
        return;
    }
    let triggers = found.relation.is_some_and(|table| table.attached.iter().any(|one| one.kind == ObjectKind::Trigger));
    let refers = found.relation.is_some_and(|table| table.constraints.iter().any(|key| key.referenced().is_some()));
    let keyed = refers || !situation.catalog.referencing(&found.name).is_empty();
    if triggers || delete.returning || keyed && table::enforces_keys(situation) {
        telling.table(&found, Work::Rewrite, &fact::WRITES_ROWS, telling.span);
    } else {
        telling.impact.effects.retain(|effect| effect.work != Work::Scan);
        telling.table(&found, Work::Truncate, &fact::EMPTIES, telling.span);
    }
}
