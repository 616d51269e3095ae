//! All rules, run: what they find is stamped, weighed, set to the severity that is configured, and sifted by ignores.

use std::collections::BTreeMap;

use super::statement::Statement;
use super::together::{self, Kept};
use super::{Check, Compares, Facts, RULES, Rule, branch, find, statistics, unused_ignore};
use crate::finding::{Finding, Label};
use crate::ignore::{Ignore, Origin, sift};
use crate::settings::Subject;

/// What the rules found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// What counts, sorted by place.
    pub findings: Vec<Finding>,
    /// What does not, sorted by place.
    pub suppressed: Vec<Suppressed>,
    /// How many findings are not the branch's, where there is a base.
    pub elsewhere: usize,
}

/// A finding that an ignore is about.
#[derive(Debug, Clone)]
pub struct Suppressed {
    /// What was found.
    pub finding: Finding,
    /// Where the ignore comes from.
    pub origin: Origin,
    /// Where it stands.
    pub place: Label,
    /// Why; empty where it does not say.
    pub reason: String,
}

impl Suppressed {
    fn new(finding: Finding, ignore: &Ignore) -> Self {
        Self { finding, origin: ignore.origin, place: ignore.place.clone(), reason: ignore.reason.clone() }
    }
}

/// Runs all rules. `kept` is what was found in the same project before.
#[must_use]
pub fn run(facts: &Facts<'_>, kept: &mut Kept) -> Found {
    let mut findings = Vec::new();
    let compares = Compares { base: facts.branch.is_some(), environments: facts.environments.len() > 1 };
    let runs = |rule: &&Rule| rule.off(facts.settings, facts.tool, compares).is_none();
    let rules: Vec<&Rule> = RULES.iter().copied().filter(runs).collect();
    for rule in &rules {
        rule.find(facts, &mut findings);
    }
    together::find(&rules, facts, kept, &mut findings);
    statistics::weigh(facts, &mut findings);
    let settings = &facts.settings.flightcheck;
    let mut sifted = sift(configured(facts, findings), facts.ignores, settings, facts.today);
    let mut unused = Vec::new();
    unused_ignore::RULE.find(&Facts { unused: &sifted.unused, ..*facts }, &mut unused);
    sifted.kept.extend(configured(facts, unused));
    sifted.kept.sort_by(|left, right| order(left).cmp(&order(right)));
    sifted.ignored.sort_by(|(left, _), (right, _)| order(left).cmp(&order(right)));
    let (findings, elsewhere) = branch::own(facts, sifted.kept);
    let suppressed = sifted.ignored.into_iter().map(|(finding, ignore)| Suppressed::new(finding, ignore)).collect();
    Found { findings, suppressed, elsewhere }
}

fn order(finding: &Finding) -> (&String, Option<usize>, &'static str) {
    (&finding.primary.file, finding.primary.span.map(|span| span.start), finding.rule)
}

impl Rule {
    /// Adds what it finds in the project, stamped.
    fn find(&self, facts: &Facts<'_>, out: &mut Vec<Finding>) {
        if let Check::Project(check) = self.check {
            self.stamp(out, |out| check(facts, out));
        }
    }

    /// Stamps what a check adds.
    pub(super) fn stamp(&self, out: &mut Vec<Finding>, check: impl FnOnce(&mut Vec<Finding>)) {
        let from = out.len();
        check(out);
        for finding in &mut out[from..] {
            finding.rule = self.name;
            finding.severity = self.severity;
        }
    }
}

/// The findings that the settings do not switch off, with the severities that they give.
fn configured(facts: &Facts<'_>, findings: Vec<Finding>) -> Vec<Finding> {
    let settings = &facts.settings.flightcheck;
    let tables = Tables::new(facts);
    let severity = |mut finding: Finding| {
        let tier = find(finding.rule).and_then(Rule::tier);
        let tables = tables.of(&finding);
        let subject = Subject { rule: finding.rule, tier, file: &finding.primary.file, tables: &tables };
        finding.severity = settings.severity(subject, finding.severity)?;
        Some(finding)
    };
    findings.into_iter().filter_map(severity).collect()
}

/// The statements by their scripts, where tables have settings of their own.
struct Tables<'a>(BTreeMap<&'a str, Vec<Statement<'a>>>);

impl<'a> Tables<'a> {
    fn new(facts: &Facts<'a>) -> Self {
        let mut statements: BTreeMap<&str, Vec<Statement<'_>>> = BTreeMap::new();
        if facts.settings.flightcheck.tables.iter().any(|table| !table.rules.is_empty()) {
            for statement in facts.statements() {
                statements.entry(statement.path()).or_default().push(statement);
            }
        }
        Self(statements)
    }

    /// The tables that a finding is about, with and without their schema: of those that its statement touches the ones
    /// that the message names, or all where it names none.
    fn of(&self, finding: &Finding) -> Vec<(String, String)> {
        let own = finding.primary.span.zip(self.0.get(finding.primary.file.as_str()));
        let Some(own) = own.and_then(|(span, all)| all.iter().find(|one| one.request.span.contains(span))) else {
            return Vec::new();
        };
        let name = |effect: &crate::impact::Effect| (effect.relation.to_string(), effect.relation.name.to_string());
        let mut touched: Vec<(String, String)> = own.step.impact.effects.iter().map(name).collect();
        touched.sort();
        touched.dedup();
        let says = |name: &str| finding.message.contains(&format!("`{name}`"));
        let named = |(full, short): &&(String, String)| says(full) || says(short);
        let spoken: Vec<_> = touched.iter().filter(named).cloned().collect();
        if spoken.is_empty() { touched } else { spoken }
    }
}
