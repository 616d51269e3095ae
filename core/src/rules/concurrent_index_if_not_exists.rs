use crate::change::Change;
use crate::finding::{Finding, Severity};

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "concurrent-index-if-not-exists",
    group: Group::Failures,
    summary: "a retry of CREATE INDEX CONCURRENTLY IF NOT EXISTS is content with the invalid index that the failure left",
    severity: Severity::Info,
    page: Rule::page(include_str!("concurrent_index_if_not_exists.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        let Change::CreateIndex(index) = &statement.request.change else { continue };
        let Some(name) = index.name.as_ref().filter(|_| index.concurrently && index.if_not_exists) else { continue };
        let own = statement.written(name);
        let message =
            format!("if building `{own}` fails, an invalid index is left, which IF NOT EXISTS takes for done");
        let words = statement.words(statement.request.span);
        let upper = words.to_ascii_uppercase();
        let help = format!("put DROP INDEX CONCURRENTLY IF EXISTS {own} before it, and leave IF NOT EXISTS out");
        let mut finding = statement.finding(message, statement.request.span).help(help);
        if let Some(at) = upper.find("IF NOT EXISTS ") {
            let schema = index.table.as_ref().and_then(|table| table.schema());
            let qualified = match schema.filter(|_| name.schema().is_none()) {
                Some(schema) => format!("{}.{own}", statement.own_word(schema)),
                None => own.to_owned(),
            };
            let create = format!("{}{}", &words[..at], &words[at + "IF NOT EXISTS ".len()..]);
            let text = format!("DROP INDEX CONCURRENTLY IF EXISTS {qualified};\n{create}");
            let edit = statement.replace(statement.request.span, text);
            finding = finding.fix(review("drop what a failure left before building it", vec![edit]));
        }
        out.push(finding);
    }
}
