//! Facts → findings. One pair of files for each rule: the check and its page.

mod near_miss_name;
mod version_collision;

use crate::finding::{Finding, Severity};
use crate::history::Snapshot;
use crate::layout::flyway::Places;
use crate::layout::{Files, Layout};
use crate::seal::Seal;
use crate::settings::{Settings, nearest};
use crate::status::Status;

/// A rule: what it is called, how much it matters, what its page says, and the check.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case name of the hazard.
    pub name: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// What its findings count as, unless configured otherwise.
    pub severity: Severity,
    /// Its page, in Markdown.
    pub page: &'static str,
    /// Adds findings, unstamped.
    check: fn(&Facts<'_>, &mut Vec<Finding>),
}

/// Everything that a rule may ask.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Everything that is configured.
    pub settings: &'a Settings,
    /// Where scripts were looked for.
    pub places: &'a Places,
    /// The files, by path.
    pub files: &'a Files,
    /// Everything that was found.
    pub layout: &'a Layout,
    /// The history under its shown name, where one was given.
    pub history: Option<(&'a str, &'a Snapshot)>,
    /// The states, the verdict and the plan.
    pub status: &'a Status,
    /// The seal, where there is one.
    pub seal: Option<&'a Seal>,
}

/// All rules, sorted by name.
pub const RULES: &[&Rule] = &[&near_miss_name::RULE, &version_collision::RULE];

/// Runs all rules and stamps what they find, sorted by place.
#[must_use]
pub fn run(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        let from = findings.len();
        (rule.check)(facts, &mut findings);
        for finding in &mut findings[from..] {
            finding.rule = rule.name;
            finding.severity = rule.severity;
        }
    }
    let start = |finding: &Finding| finding.primary.span.map(|span| span.start);
    findings.sort_by(|left, right| {
        (&left.primary.file, start(left), left.rule).cmp(&(&right.primary.file, start(right), right.rule))
    });
    findings
}

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// The name of a rule most like `name`, where one is alike.
#[must_use]
pub fn nearest_name(name: &str) -> Option<&'static str> {
    nearest(name, RULES.iter().map(|rule| rule.name))
}
