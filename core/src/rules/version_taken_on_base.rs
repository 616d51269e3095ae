use crate::finding::{Finding, Label, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "version-taken-on-base",
    group: Group::Branches,
    summary: "a script of the branch has a version that the base gave to another one",
    severity: Severity::Error,
    page: Rule::page(include_str!("version_taken_on_base.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(branch) = facts.branch.filter(|branch| !branch.taken.is_empty()) else { return };
    let renumbering = facts.renumbering();
    for taken in &branch.taken {
        let (path, by) = (&taken.path, &taken.by);
        let what = by.version().map_or_else(|| "its name".to_owned(), |version| format!("version {version}"));
        let message = format!("`{path}` takes {what}, which `{}` gave to `{}`", branch.base, by.name());
        let mut finding = Finding::new(message, Label::file(path));
        if taken.is_here {
            finding = finding.with(Label::file(&by.path).says("is merged"));
        }
        let (help, fix) = renumbering.advise(facts, path);
        finding = finding.help(help);
        finding.fixes.extend(fix);
        out.push(finding);
    }
}
