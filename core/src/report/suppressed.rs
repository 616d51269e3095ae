//! What was found, and what of it does not count: ignores that were used, and what the ratchet has recorded.

use serde::Serialize;

use super::finding::reported;
use super::positions::Positions;
use super::{Place, ReportedFinding};
use crate::ignore::Origin;
use crate::project::{Judged, Project};
use crate::ratchet::Recorded;

/// Why a finding does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
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
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Suppressed {
    /// What was found.
    #[serde(flatten)]
    pub finding: ReportedFinding,
    /// Why it does not count.
    pub by: SuppressedBy,
    /// Where the ignore stands; null for what the ratchet has recorded.
    pub ignored_at: Option<Place>,
    /// What the ignore gives as its reason; empty where it gives none.
    pub reason: String,
}

/// What was found, split by whether it counts.
pub(super) struct Split {
    pub(super) findings: Vec<ReportedFinding>,
    pub(super) suppressed: Vec<Suppressed>,
    pub(super) gone: Vec<Recorded>,
    pub(super) elsewhere: usize,
}

impl Split {
    pub(super) fn new(project: &Project, judged: &Judged) -> Self {
        let Judged { findings, ignored, recorded, gone, elsewhere } = judged;
        let mut positions = Positions::new(project);
        let findings = findings.iter();
        let findings =
            findings.map(|marked| reported(project, &mut positions, &marked.finding, &marked.fingerprint)).collect();
        let mut suppressed: Vec<Suppressed> = Vec::new();
        for marked in ignored {
            let ignore = &marked.finding;
            let by = match ignore.origin {
                Origin::Comment | Origin::Peer => SuppressedBy::Comment,
                Origin::Settings => SuppressedBy::Configuration,
            };
            suppressed.push(Suppressed {
                finding: reported(project, &mut positions, &ignore.finding, &marked.fingerprint),
                by,
                ignored_at: Some(positions.of(&ignore.place)),
                reason: ignore.reason.clone(),
            });
        }
        suppressed.extend(recorded.iter().map(|marked| Suppressed {
            finding: reported(project, &mut positions, &marked.finding, &marked.fingerprint),
            by: SuppressedBy::Ratchet,
            ignored_at: None,
            reason: String::new(),
        }));
        Self { findings, suppressed, gone: gone.clone(), elsewhere: *elsewhere }
    }
}
