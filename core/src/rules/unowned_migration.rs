use crate::finding::{Finding, Label, Severity};

use super::facts::counted;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unowned-migration",
    group: Group::Hygiene,
    summary: "nobody owns the migrations, so a pull request needs no consent of those who know the database",
    severity: Severity::Warning,
    page: Rule::page(include_str!("unowned_migration.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(repository) = facts.repository else { return };
    let unowned: Vec<&str> = facts
        .scripts_in_repository()
        .into_iter()
        .filter(|(_, path)| !repository.is_owned(path))
        .map(|(script, _)| script)
        .collect();
    let Some(first) = unowned.first() else { return };
    let count = counted(unowned.len(), "script");
    let (what, help) = match repository.owners_file() {
        Some(file) => {
            (format!("`{file}` names no owner of"), "add a pattern with an owner for the folder of the migrations")
        }
        None => ("there is no CODEOWNERS for".to_owned(), "name the owners of the migrations in `.github/CODEOWNERS`"),
    };
    out.push(Finding::new(format!("{what} {count}, `{first}` first"), Label::file(*first)).help(help));
}
