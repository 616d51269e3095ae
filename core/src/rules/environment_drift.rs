use crate::environment::{Drift, DriftKind, drift};
use crate::finding::{Finding, Label, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "environment-drift",
    group: Group::Environments,
    summary: "environments have run different texts of a script, or one has gone past a script that another ran",
    severity: Severity::Error,
    page: Rule::page(include_str!("environment_drift.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(drift(facts.environments).into_iter().map(|drift| finding(facts, drift)));
}

fn finding(facts: &Facts<'_>, drift: Drift) -> Finding {
    let about = facts.environments.iter().filter(|one| drift.environments.contains(&one.name));
    let sources: Vec<&str> = about.map(|one| one.source.as_str()).collect();
    let place = drift.file.unwrap_or_else(|| sources.first().copied().unwrap_or_default().to_owned());
    let help = match drift.kind {
        DriftKind::Checksum => {
            "find out which text is meant, bring the others to the same schema, then run `flyway repair` there"
        }
        DriftKind::Hole => "give the script a version above all that ran, or run it there with `outOfOrder=true`",
        DriftKind::Refused => "bring that environment back to what the scripts say before you promote anything to it",
    };
    Finding::new(drift.message, Label::file(place)).help(help)
}
