use crate::change::{Change, Name};
use crate::finding::{Finding, Label, Severity};
use crate::impact::Transactional;

use super::rerun::Rerun;
use super::statement::{Statement, of_script};
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "half-applied-script",
    group: Group::Idempotency,
    summary: "a script changes rows, and a schema change in it commits them before the script is through",
    severity: Severity::Info,
    page: Rule::page(include_str!("half_applied_script.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.reruns(&RULE).filter_map(|rerun| mixed(facts, &rerun)));
}

fn mixed(facts: &Facts<'_>, rerun: &Rerun<'_>) -> Option<Finding> {
    let all: Vec<Statement<'_>> = of_script(facts.deployment, rerun.played).collect();
    let commits = |statement: &&Statement<'_>| {
        statement.step.impact.transactional == Transactional::Commits
            && !matches!(statement.request.change, Change::Transaction(_))
    };
    let (at, rows) = all
        .iter()
        .enumerate()
        .find(|(_, statement)| written(statement).is_some_and(|table| !statement.is_new_name(table)))?;
    let schema = all[at..].iter().find(commits).or_else(|| all[..at].iter().rev().find(commits))?;
    let table = written(rows)?;
    let message = format!(
        "{} commits at each schema change: if the script fails, its changes to rows of `{table}` and to the schema stay half done",
        rows.server_name()
    );
    let finding = rows.finding(message, rows.request.span);
    let finding = finding.with(Label::at(schema.path(), schema.request.span).says("this commits"));
    let help = "put changes of rows into a script of their own, which is rolled back as a whole";
    Some(finding.help(format!("{help}{}", rerun.note())))
}

/// The table whose rows a statement changes.
fn written<'a>(statement: &Statement<'a>) -> Option<&'a Name> {
    match &statement.request.change {
        Change::Insert(insert) => Some(&insert.table),
        Change::Update(update) => Some(&update.table),
        Change::Delete(delete) => Some(&delete.table),
        Change::Merge(merge) => Some(&merge.table),
        _ => None,
    }
}
