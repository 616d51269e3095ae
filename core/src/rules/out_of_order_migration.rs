use crate::finding::{Finding, Label, Severity};
use crate::status::State;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "out-of-order-migration",
    group: Group::Migrations,
    summary: "a pending migration is below what is applied already, and runs late because outOfOrder is on",
    severity: Severity::Info,
    page: Rule::page(include_str!("out_of_order_migration.md")),
    check: Check::Project(check),
};

const HELP: &str =
    "make sure that it gives the same result after the scripts that it comes before on an empty database";

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    applied(facts, out);
    merged(facts, out);
}

/// Those of a branch that are below what its base has.
fn merged(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(branch) = facts.branch.filter(|_| facts.settings.flyway.out_of_order) else { return };
    for late in &branch.late {
        let Some(version) = late.newest.version() else { continue };
        let message =
            format!("`{}` runs after version {version} where `{}` was deployed before", late.path, branch.base);
        let mut finding = Finding::new(message, Label::file(&late.path));
        finding.related.extend(facts.given("outOfOrder").map(|place| place.says("allows it")));
        if !out.iter().any(|other| other.primary.file == late.path) {
            out.push(finding.help(HELP));
        }
    }
}

/// Those below what was applied.
fn applied(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some((applied, row)) = facts.last_applied() else { return };
    for (migration, version, state) in facts.versioned() {
        if state != Some(State::Pending) || *version >= applied {
            continue;
        }
        let message = format!("`{}` runs after version {applied}, which is applied already", migration.path);
        let mut finding = Finding::new(message, Label::file(&migration.path));
        finding = finding.with(facts.row_label(row, &format!("applied version {applied}")));
        finding.related.extend(facts.given("outOfOrder").map(|place| place.says("allows it")));
        out.push(finding.help(HELP));
    }
}
