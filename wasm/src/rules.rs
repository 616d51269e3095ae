//! The rules and their pages.

use flightcheck_core::finding::Severity;
use flightcheck_core::rules::{self as core, RULES};
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
    /// Its page, in Markdown.
    page: &'static str,
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
        page: rule.page,
    });
    described.map(|rule| value(&rule)).collect()
}

/// The page of a rule, in Markdown. Throws where there is no such rule, with the nearest name.
#[wasm_bindgen]
pub fn explain(rule: &str) -> Result<String, Failure> {
    let found = core::find(rule).map(|rule| rule.page.to_owned());
    found.ok_or_else(|| {
        let near = core::nearest_name(rule);
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        Failure::new(format!("`{rule}` is no rule{near}"))
    })
}
