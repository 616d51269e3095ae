use std::collections::BTreeSet;

use crate::finding::{Finding, Label, Severity};
use crate::layout::Kind;
use crate::version::Version;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "undo-without-migration",
    group: Group::Migrations,
    summary: "an undo script belongs to no migration",
    severity: Severity::Warning,
    page: Rule::page(include_str!("undo_without_migration.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let unread = |code: Option<&str>| code.is_none_or(|code| !code.starts_with("DUPLICATE_"));
    if facts.layout.refusals.iter().any(|refusal| unread(refusal.code)) {
        return;
    }
    let of_kind = |kind: Kind| {
        let migrations = facts.layout.migrations.iter().filter(move |migration| migration.kind == kind);
        migrations.filter_map(|migration| migration.version.as_ref())
    };
    let versions: BTreeSet<&Version> = of_kind(Kind::Versioned).collect();
    let base = of_kind(Kind::Baseline).max();
    for rollback in &facts.layout.rollbacks {
        let version = &rollback.version;
        // Undo scripts are often kept when a baseline migration takes the place of what they undo.
        if versions.contains(version) || base.is_some_and(|base| base >= version) {
            continue;
        }
        let message = format!("`{}` takes back version {version}, of which there is no migration", rollback.path);
        let mut finding = Finding::new(message, Label::file(&rollback.path));
        let row = facts
            .rows()
            .iter()
            .find(|row| row.version.as_deref().and_then(|text| Version::parse(text).ok()).as_ref() == Some(version));
        finding.related.extend(row.map(|row| facts.row_label(row, &format!("applied `{}`", row.script))));
        let help = match row {
            Some(_) => "restore the migration, or remove the undo script too",
            None => "give it the version of its migration, or remove it",
        };
        out.push(finding.help(help));
    }
}
