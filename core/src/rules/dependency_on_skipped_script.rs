use crate::dependency::Verdict;
use crate::finding::{Finding, Label, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "dependency-on-skipped-script",
    group: Group::Failures,
    summary: "a script that is picked needs one that is passed over",
    severity: Severity::Error,
    page: Rule::page(include_str!("dependency_on_skipped_script.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(selection) = &facts.deployment.selection else { return };
    for crossing in &selection.crossings {
        let (passed, running) = (&selection.passed[crossing.a].name, &selection.running[crossing.b].name);
        let pair = &crossing.pair;
        if pair.verdict != Verdict::Dependent || pair.first.as_ref() != Some(passed) {
            continue;
        }
        let message = format!("`{running}` needs `{passed}`, which is passed over: {}", pair.reason);
        let finding = Finding::new(message, Label::file(running)).with(Label::file(passed).says("is passed over"));
        out.push(finding.help(format!("pick `{passed}`, too, or take out of `{running}` what needs it")));
    }
}
