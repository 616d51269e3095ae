//! What was found and does not count: ignores that were used, and what the ratchet has recorded.

use serde::Serialize;

use super::ReportedFinding;

/// Why a finding does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SuppressedBy {
    /// A comment in the script.
    Comment,
    /// An `[[ignore]]` of `flightcheck.toml`.
    Configuration,
    /// The ratchet has recorded it.
    Ratchet,
}

/// A finding that does not count.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Suppressed {
    /// What was found.
    #[serde(flatten)]
    pub finding: ReportedFinding,
    /// Why it does not count.
    pub by: SuppressedBy,
    /// What the ignore gives as its reason; empty where it gives none.
    pub reason: String,
}
