use crate::change::{Change, Index};
use crate::finding::{Finding, Severity};
use crate::impact::{Target, Work};
use crate::text::Span;

use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "index-without-concurrently",
    group: Group::Locks,
    summary: "an index is built while the writers of its table wait",
    severity: Severity::Warning,
    page: Rule::page(include_str!("index_without_concurrently.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for (request, _) in statement.requests() {
            if let Change::CreateIndex(index) = &request.change
                && !index.concurrently
            {
                out.extend(blocking(together, &statement, index, request.span));
            }
        }
    }
}

fn blocking(together: &Together<'_>, statement: &Statement<'_>, index: &Index, span: Span) -> Option<Finding> {
    let table = statement.catalog().relation_name(index.table.as_ref()?);
    // Without a scan nothing is built: the table is new, empty, or only the partitions have rows.
    let scanned = || statement.effects_of(Work::Scan, &["index-build"]);
    let first = scanned().next()?;
    let name = index.name.as_ref().map_or_else(|| "an index".to_owned(), |name| format!("`{name}`"));
    let lock = statement.lock_in_words(&table)?;
    let message = format!("{name} is built from all rows, and {lock}");
    let partitioned = scanned().any(|effect| effect.relation != table) || first.target == Target::Partitioned;
    if partitioned {
        let table = statement.spelled(&table);
        let help = format!(
            "create it ON ONLY {table}, then CONCURRENTLY on each partition in a script of its own, then ALTER INDEX … ATTACH PARTITION each"
        );
        return Some(statement.finding(message, span).help(help));
    }
    let mut finding = statement.finding(message, span);
    finding = finding
        .help("build it with CREATE INDEX CONCURRENTLY in a script of its own, which runs without a transaction");
    finding.fixes.extend(concurrently(together, statement, index, span));
    Some(finding)
}

/// The statement with CONCURRENTLY, in its own script or in a new one.
fn concurrently(
    together: &Together<'_>,
    statement: &Statement<'_>,
    index: &Index,
    span: Span,
) -> Option<crate::finding::Fix> {
    if span != statement.request.span {
        return None;
    }
    let words = statement.words(span);
    let at = words.to_ascii_uppercase().find("INDEX")? + "INDEX".len();
    let text = format!("{} CONCURRENTLY{}", &words[..at], &words[at..]);
    if statement.is_alone() {
        let edit = statement.replace(span, text);
        return Some(review("build it CONCURRENTLY", vec![edit]));
    }
    let name = index.name.as_ref().map_or("index", |name| &name.last().text);
    let script = together.facts().new_script(statement, &format!("create_{name}"), &format!("{text};\n"))?;
    Some(review("build it CONCURRENTLY in a new script", vec![statement.remove(), script]))
}
