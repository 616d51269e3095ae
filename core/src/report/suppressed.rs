//! What was found, and what of it does not count: ignores that were used, and what the ratchet has recorded.

use serde::Serialize;

use super::positions::Positions;
use super::{Place, ReportedFinding, ReportedLabel};
use crate::finding::{Finding, Label};
use crate::ignore::Origin;
use crate::project::Judged;
use crate::ratchet::Recorded;
use crate::rules::find;

/// Why a finding does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
}

impl Split {
    pub(super) fn new(judged: Judged, positions: &mut Positions<'_>) -> Self {
        let Judged { findings, ignored, recorded, gone } = judged;
        let findings = findings.iter().map(|marked| reported(positions, &marked.finding, &marked.fingerprint));
        let findings = findings.collect();
        let mut suppressed: Vec<Suppressed> = Vec::new();
        for marked in &ignored {
            let ignore = &marked.finding;
            let by = match ignore.origin {
                Origin::Comment | Origin::Peer => SuppressedBy::Comment,
                Origin::Settings => SuppressedBy::Configuration,
            };
            suppressed.push(Suppressed {
                finding: reported(positions, &ignore.finding, &marked.fingerprint),
                by,
                ignored_at: Some(positions.of(&ignore.place)),
                reason: ignore.reason.clone(),
            });
        }
        suppressed.extend(recorded.iter().map(|marked| Suppressed {
            finding: reported(positions, &marked.finding, &marked.fingerprint),
            by: SuppressedBy::Ratchet,
            ignored_at: None,
            reason: String::new(),
        }));
        Self { findings, suppressed, gone }
    }
}

fn reported(positions: &mut Positions<'_>, finding: &Finding, fingerprint: &str) -> ReportedFinding {
    let label = |label: &Label| ReportedLabel { place: positions.of(label), message: label.message.clone() };
    let labels = finding.related.iter().map(label).collect();
    ReportedFinding {
        rule: finding.rule,
        group: find(finding.rule).map_or("", |rule| rule.group.as_str()),
        severity: finding.severity,
        fingerprint: fingerprint.to_owned(),
        message: finding.message.clone(),
        place: positions.of(&finding.primary),
        labels,
        help: finding.help.clone(),
        fixes: finding.fixes.clone(),
    }
}
