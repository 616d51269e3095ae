//! Statements that sqlite ran.

use super::Outcome;

pub(crate) fn outcomes() -> Vec<Outcome> {
    Vec::new()
}
