use crate::branch::refuses_late;
use crate::finding::{Finding, Label, Severity};
use crate::settings::Tool;
use crate::status::State;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "version-below-base",
    group: Group::Branches,
    summary: "a script of the branch is below the newest version of the base, so it is refused or skipped where that ran",
    severity: Severity::Error,
    page: Rule::page(include_str!("version_below_base.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(branch) = facts.branch.filter(|branch| !branch.late.is_empty()) else { return };
    if !refuses_late(facts.tool, facts.settings) {
        return;
    }
    // Below what was applied it is ignored already, which is told as that.
    let ignored = |path: &str| {
        let mut lines = facts.lines().filter(|line| line.info.state == State::Ignored);
        lines.any(|line| line.migration.is_some_and(|migration| migration.path == path))
    };
    let renumbering = facts.renumbering();
    for late in branch.late.iter().filter(|late| !ignored(&late.path)) {
        let (path, newest) = (&late.path, &late.newest);
        let version = newest.version().map_or_else(String::new, ToString::to_string);
        let message = format!(
            "`{path}` is below version {version} of `{}`: where that ran, it is refused or skipped",
            branch.base
        );
        let mut finding = Finding::new(message, Label::file(path));
        if facts.files.contains_key(&newest.path) {
            finding = finding.with(Label::file(&newest.path).says("is the newest that was merged"));
        }
        let (mut help, fix) = renumbering.advise(facts, path);
        if facts.tool == Tool::Flyway {
            help += "; or set `outOfOrder=true` if it does not depend on the order";
        }
        finding = finding.help(help);
        finding.fixes.extend(fix);
        out.push(finding);
    }
}
