use crate::finding::{Finding, Refusal, Severity};
use crate::history::Row;
use crate::status::RowType;
use crate::version::Version;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "refused-history",
    group: Group::Migrations,
    summary: "the history holds a row that makes Flyway refuse every command",
    severity: Severity::Error,
    page: Rule::page(include_str!("refused_history.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    if let Some(row) = facts.rows().iter().find(|row| reason(facts, row).is_some()) {
        let says = reason(facts, row).unwrap_or_default();
        let message = format!("row {} of the history stops every command: {says}", row.installed_rank);
        out.push(Finding::new(message, facts.row_label(row, "was written")).help(advice(row)));
    } else if let Some(refusal) = refusal(facts) {
        let deleted = facts.rows().iter().rev().find(|row| row.kind == "DELETE");
        let Some(row) = deleted else { return };
        let help = "remove one of the DELETE rows";
        out.push(Finding::new(&refusal.message, facts.row_label(row, "marks a migration as deleted")).help(help));
    }
}

/// The refusal of `info` that comes from the rows.
pub(super) fn refusal<'a>(facts: &Facts<'a>) -> Option<&'a Refusal> {
    let refusal = facts.status.info_refused.as_ref()?;
    let of_row = || facts.rows().iter().any(|row| reason(facts, row).is_some());
    let elsewhere = facts.settings.refusals().chain(&facts.layout.refusals).next().is_some();
    (!elsewhere && (refusal.code == Some("DUPLICATE_DELETED_MIGRATION") || of_row())).then_some(refusal)
}

/// Why Flyway cannot read a row.
fn reason(facts: &Facts<'_>, row: &Row) -> Option<String> {
    if row.version.as_deref().is_some_and(|version| Version::parse(version).is_err()) {
        return Some(format!("it holds `{}`, which is no version", row.version.as_deref().unwrap_or_default()));
    }
    RowType::parse(&row.kind, facts.settings.flyway.edition)
        .err()
        .map(|refusal| refusal.message.replacen("the history", "it", 1))
}

fn advice(row: &Row) -> &'static str {
    if row.kind.starts_with("UNDO") {
        "use `--edition redgate` if that is the build you run"
    } else {
        "correct the row by hand, or use the build of Flyway that wrote it"
    }
}
