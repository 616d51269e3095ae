//! The undo scripts of which the proof fails, as rules ask for them.

use crate::rollback::{Flaw, FlawKind, Taken};

use super::Facts;

/// The flaws of a kind, each with its migration and the path of the undo script.
pub(super) fn flawed<'a>(facts: &Facts<'a>, kind: FlawKind) -> impl Iterator<Item = (&'a Taken, &'a Flaw, &'a str)> {
    facts.rollback.scripts().flat_map(move |taken| {
        let flaws = taken.flaws.iter().filter(move |flaw| flaw.kind == kind);
        let undo = taken.undo.as_deref();
        flaws.filter_map(move |flaw| Some((taken, flaw, undo?)))
    })
}
