use crate::branch::Renamed;
use crate::finding::{Edit, Finding, Fix, Label, Safety, Severity};

use super::facts::beside;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "renamed-merged-script",
    group: Group::Branches,
    summary: "a script that the base has got another version or description on the branch",
    severity: Severity::Error,
    page: Rule::page(include_str!("renamed_merged_script.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.branch.iter().flat_map(|branch| &branch.renamed).map(|renamed| finding(facts, renamed)));
}

fn finding(facts: &Facts<'_>, renamed: &Renamed) -> Finding {
    let (path, was) = (&renamed.path, &renamed.was);
    let edited = if renamed.change.is_some() { ", and edited" } else { "" };
    let message = format!("`{path}` is `{}` of `{}`, renamed{edited} after it was merged", was.path, facts.base());
    let mut finding = Finding::new(message, Label::file(path));
    if let Some(row) = facts.row_named(&was.script) {
        finding = finding.with(facts.row_label(row, &format!("applied `{}`", was.script)));
    }
    let finding = finding.help(format!("name it `{}` again: databases that ran it know it by that name", was.name()));
    let to = beside(path, was.name());
    if facts.files.contains_key(&to) {
        return finding;
    }
    let mut edits = vec![Edit::Rename { file: path.clone(), to: to.clone() }];
    let (options, beside) = (format!("{path}.conf"), format!("{to}.conf"));
    if facts.files.contains_key(&options) && !facts.files.contains_key(&beside) {
        edits.push(Edit::Rename { file: options, to: beside });
    }
    finding.fix(Fix { title: format!("rename back to `{}`", was.name()), safety: Safety::Review, edits })
}
