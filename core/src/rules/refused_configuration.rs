use crate::finding::{Finding, Label, Refusal, Severity};

use super::refused_history;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "refused-configuration",
    group: Group::Migrations,
    summary: "Flyway refuses its configuration and runs no command",
    severity: Severity::Error,
    page: Rule::page(include_str!("refused_configuration.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for complaint in facts.settings.complaints.iter().filter(|complaint| complaint.refusal.is_some()) {
        let help = if complaint.help.is_empty() { "correct the value" } else { &complaint.help };
        out.push(Finding::new(&complaint.message, complaint.place.clone()).help(help));
    }
    if let Err(refusal) = &facts.settings.flyway.ignore_patterns {
        let help = "write `type:state`: `*`, `versioned` or `repeatable`, and `missing`, `pending`, `ignored`, `future` or `*`";
        out.extend(place(facts, refusal).map(|place| Finding::new(&refusal.message, place).help(help)));
    }
    out.extend(late(facts).and_then(|refusal| {
        let help = "name a migration that exists";
        Some(Finding::new(&refusal.message, place(facts, refusal)?).help(help))
    }));
}

/// What Flyway only notices once it has read the scripts and the history: a target or pick that does not exist.
fn late<'a>(facts: &Facts<'a>) -> Option<&'a Refusal> {
    let refusal = facts.status.info_refused.as_ref()?;
    let known = facts.settings.refusals().chain(&facts.layout.refusals).any(|known| known == refusal);
    (!known && refused_history::refusal(facts).is_none()).then_some(refusal)
}

fn place(facts: &Facts<'_>, refusal: &Refusal) -> Option<Label> {
    refusal.place.clone().or_else(|| facts.given("cherryPick"))
}
