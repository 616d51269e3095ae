//! MySQL and MariaDB.

use super::{Impact, Situation};
use crate::change::Request;

/// What a statement does on MySQL and MariaDB.
pub(super) fn impact(request: &Request, situation: &Situation<'_>) -> Impact {
    let _ = (request, situation);
    Impact::default()
}
