//! SQLite: one lock for the whole database, and an `ALTER TABLE` that knows little.
//!
//! What the grammar does not know is refused first (`grammar`), then what the schema decides (`refusal`); of what is left
//! `work` says what it does.

mod add_column;
mod fact;
mod form;
mod grammar;
mod narrow;
mod refusal;
mod rows;
mod table;
mod work;

use super::{Impact, Situation};
use crate::change::{Change, Request};

/// What a statement does on SQLite.
pub(super) fn impact(request: &Request, situation: &Situation<'_>) -> Impact {
    if matches!(request.change, Change::ClientCommand | Change::Opaque(_) | Change::Unchecked(_)) {
        return Impact::default();
    }
    let fails = grammar::refusal(situation.text, request.span, situation.server)
        .or_else(|| refusal::refusal(&request.change, request.span, situation));
    if fails.is_some() {
        return Impact { fails, ..Impact::default() };
    }
    work::impact(request, situation)
}
