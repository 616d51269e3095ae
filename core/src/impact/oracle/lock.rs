//! Modes of the table lock TM, by the names that `LOCK TABLE` gives them. No mode makes a query wait.

use crate::impact::lock_mode::{LockMode, Stops};

/// Rows may be locked: online work takes it too. Mode 2.
pub(super) const ROW_SHARE: LockMode = LockMode::new("ROW SHARE", 2, Stops::NOBODY);
/// Rows are changed. Mode 3.
pub(super) const ROW_EXCLUSIVE: LockMode = LockMode::new("ROW EXCLUSIVE", 3, Stops::NOBODY);
/// Nobody changes rows. Mode 4.
pub(super) const SHARE: LockMode = LockMode::new("SHARE", 4, Stops::WRITERS);
/// Nobody else changes rows. Mode 5.
pub(super) const SHARE_ROW_EXCLUSIVE: LockMode = LockMode::new("SHARE ROW EXCLUSIVE", 5, Stops::WRITERS);
/// Nobody else does anything but read. Mode 6.
pub(super) const EXCLUSIVE: LockMode = LockMode::new("EXCLUSIVE", 6, Stops::WRITERS);
