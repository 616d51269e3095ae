//! The rules. Their pages are a part of the package of their own: a quarter of a megabyte of text that few need at once.

use flightcheck_core::finding::Severity;
use flightcheck_core::rules::RULES;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::failure::Failure;
use crate::value::value;

/// A rule.
#[derive(Debug, Clone, Serialize, Tsify)]
pub struct RuleDescription {
    /// Kebab-case name of the hazard.
    name: &'static str,
    /// What it is about.
    group: &'static str,
    /// Whether it runs only where `tiers` in `flightcheck.toml` names its group.
    optional: bool,
    /// What its findings count as, unless configured otherwise.
    severity: Severity,
    /// One sentence.
    summary: &'static str,
}

/// All rules, sorted by name.
#[wasm_bindgen]
pub fn rules() -> Result<Vec<Ts<RuleDescription>>, Failure> {
    let described = RULES.iter().map(|rule| RuleDescription {
        name: rule.name,
        group: rule.group.as_str(),
        optional: rule.group.is_optional(),
        severity: rule.severity,
        summary: rule.summary,
    });
    described.map(|rule| value(&rule)).collect()
}
