//! PostgreSQL.

use super::{Impact, Situation};
use crate::change::Request;

/// What a statement does on PostgreSQL.
pub(super) fn impact(request: &Request, situation: &Situation<'_>) -> Impact {
    let _ = (request, situation);
    Impact::default()
}
