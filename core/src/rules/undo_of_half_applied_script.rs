use crate::finding::{Finding, Label, Severity};
use crate::sql::Dialect;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "undo-of-half-applied-script",
    group: Group::Rollback,
    summary: "an undo script fails where its migration stopped half-way, on a server that keeps the first half",
    severity: Severity::Info,
    page: Rule::page(include_str!("undo_of_half_applied_script.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for taken in facts.rollback.scripts() {
        let (Some(undo), Some(half)) = (&taken.undo, &taken.half) else { continue };
        let message = match half.span {
            Some(_) => format!("if the migration stops half-way, the undo script fails here: {}", half.reason),
            None => {
                format!("if the migration stops half-way, the undo script does not give back what was: {}", half.reason)
            }
        };
        let finding = Finding::new(message, Label { span: half.span, ..Label::file(undo) });
        let finding = finding.with(Label::at(&taken.script, half.after).says("the last statement that ran"));
        let help = if facts.deployment.server.dialect == Dialect::Mysql {
            "one statement for each migration; MySQL has no `IF EXISTS` for columns and indexes"
        } else {
            "say `IF EXISTS`, or write one statement for each migration"
        };
        out.push(finding.help(help));
    }
}
