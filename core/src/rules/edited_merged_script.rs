use crate::branch::{ChangeKind, Edited};
use crate::finding::{Edit, Finding, Fix, Label, Safety, Severity};
use crate::status::difference;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "edited-merged-script",
    group: Group::Branches,
    summary: "a script that the base has was edited on the branch",
    severity: Severity::Error,
    page: Rule::page(include_str!("edited_merged_script.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for edited in facts.branch.iter().flat_map(|branch| &branch.edited) {
        if !facts.is_restored(&edited.path) {
            out.push(finding(facts, edited));
        }
    }
}

fn finding(facts: &Facts<'_>, edited: &Edited) -> Finding {
    let (path, base) = (&edited.path, facts.base());
    let (how, help) = match edited.change {
        ChangeKind::Cosmetic => (
            "in blanks and comments only, which changes its checksum",
            "restore it: the change does nothing, and every database that has run the script refuses the next migration",
        ),
        ChangeKind::Meaning => (
            "and does something else now",
            "restore it, and put the change into a new migration: databases that have run the script do not run it again",
        ),
    };
    let mut finding =
        Finding::new(format!("`{path}` was edited after it was merged into `{base}`, {how}"), Label::file(path));
    if let Some(row) = facts.row_of(path) {
        finding = finding.with(facts.row_label(row, "applied it"));
    }
    finding = finding.help(help);
    let (Some(was), Some(now)) = (&edited.text, facts.files.get(path)) else { return finding };
    let Ok(now) = std::str::from_utf8(now.bytes()) else { return finding };
    let (span, text) = difference(now, was);
    finding.primary.span = Some(span);
    let edits = vec![Edit::Replace { file: path.clone(), span, text: text.to_owned() }];
    finding.fix(Fix { title: format!("restore what `{base}` has"), safety: Safety::Review, edits })
}
