use crate::finding::{Edit, Finding, Fix, Label, Safety, Severity};
use crate::layout::base_name;

use super::facts::beside;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "renamed-migration",
    group: Group::Migrations,
    summary: "a migration has another description or type than when it was applied",
    severity: Severity::Error,
    page: Rule::page(include_str!("renamed_migration.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for (error, line) in facts.errors(&["DESCRIPTION_MISMATCH", "TYPE_MISMATCH"]) {
        let (Some(migration), Some(row)) = (line.migration, line.row) else { continue };
        let old = base_name(&row.script);
        let message = if error.code == "TYPE_MISMATCH" {
            format!("`{}` was applied as {}, which it is not now", migration.path, row.kind)
        } else {
            format!("`{}` was renamed after it was applied as `{}`", migration.path, row.description)
        };
        let mut finding = Finding::new(message, Label::file(&migration.path));
        finding = finding.with(facts.row_label(row, &format!("applied `{}`", row.script)));
        let to = beside(&migration.path, old);
        if old.is_empty() || to == migration.path || facts.files.contains_key(&to) {
            out.push(finding.help("restore the description that was applied, or run `flyway repair`"));
            continue;
        }
        let mut edits = vec![Edit::Rename { file: migration.path.clone(), to: to.clone() }];
        let (options, beside) = (format!("{}.conf", migration.path), format!("{to}.conf"));
        if facts.files.contains_key(&options) && !facts.files.contains_key(&beside) {
            edits.push(Edit::Rename { file: options, to: beside });
        }
        let fix = Fix { title: format!("rename back to `{old}`"), safety: Safety::Review, edits };
        out.push(finding.help(format!("rename it back to `{old}`, or run `flyway repair`")).fix(fix));
    }
}
