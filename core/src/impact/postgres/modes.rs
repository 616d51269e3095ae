//! The lock modes of PostgreSQL on tables, the weakest first.
//!
//! Source: the manual, "Explicit Locking"; who waits was measured on 12 to 18.

use crate::impact::{LockMode, Stops};

pub(super) const ACCESS_SHARE: LockMode = LockMode::new("AccessShareLock", 1, Stops::NOBODY);
pub(super) const ROW_SHARE: LockMode = LockMode::new("RowShareLock", 2, Stops::NOBODY);
pub(super) const ROW_EXCLUSIVE: LockMode = LockMode::new("RowExclusiveLock", 3, Stops::NOBODY);
pub(super) const SHARE_UPDATE_EXCLUSIVE: LockMode = LockMode::new("ShareUpdateExclusiveLock", 4, Stops::NOBODY);
pub(super) const SHARE: LockMode = LockMode::new("ShareLock", 5, Stops::WRITERS);
pub(super) const SHARE_ROW_EXCLUSIVE: LockMode = LockMode::new("ShareRowExclusiveLock", 6, Stops::WRITERS);
pub(super) const EXCLUSIVE: LockMode = LockMode::new("ExclusiveLock", 7, Stops::WRITERS);
pub(super) const ACCESS_EXCLUSIVE: LockMode = LockMode::new("AccessExclusiveLock", 8, Stops::EVERYBODY);

/// The mode that `LOCK TABLE` names; `None` where it names none that there is.
pub(super) fn named(mode: &str) -> Option<LockMode> {
    let words = mode.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    Some(match words.as_str() {
        "ACCESS SHARE" => ACCESS_SHARE,
        "ROW SHARE" => ROW_SHARE,
        "ROW EXCLUSIVE" => ROW_EXCLUSIVE,
        "SHARE UPDATE EXCLUSIVE" => SHARE_UPDATE_EXCLUSIVE,
        "SHARE" => SHARE,
        "SHARE ROW EXCLUSIVE" => SHARE_ROW_EXCLUSIVE,
        "EXCLUSIVE" => EXCLUSIVE,
        "ACCESS EXCLUSIVE" => ACCESS_EXCLUSIVE,
        _ => return None,
    })
}
