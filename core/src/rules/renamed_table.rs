use crate::change::{Name, ObjectKind};
use crate::finding::{Finding, Fix, Severity};
use crate::text::Casing;

use super::fate::Renamed;
use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "renamed-table",
    group: Group::Compatibility,
    summary: "a table or view gets another name or schema while the running application uses the old one",
    severity: Severity::Warning,
    page: Rule::page(include_str!("renamed_table.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        let renames = statement.renames();
        for renamed in renames.iter().filter(|renamed| is_queried(renamed.kind)) {
            let full = statement.catalog().relation_name(renamed.from);
            // A view or another table may have taken the name by then.
            if statement.is_new(&full) || statement.ending().relation(&full).is_present() {
                continue;
            }
            if is_put_in_place(&statement, renamed) || statement.name_before(renamed.from).is_some() {
                continue;
            }
            let from = renamed.from;
            let now = match (renamed.to, renamed.schema) {
                (Some(to), _) => format!("becomes `{to}`"),
                (None, Some(schema)) => format!("moves to the schema `{schema}`"),
                (None, None) => continue,
            };
            let message = format!("`{from}` {now}: the running application still says `{from}`, and fails");
            let help = format!(
                "leave a view `{from}` in the same transaction, and drop it when no running version says that name any more"
            );
            let mut finding = statement.finding(message, renamed.span).help(help);
            finding.fixes.extend(with_view(&statement, renamed).filter(|_| renames.len() == 1));
            out.push(finding);
        }
    }
}

/// Whether a table that was built beside another takes its place: `orders_new` becomes `orders`, which is gone by then.
fn is_put_in_place(statement: &Statement<'_>, renamed: &Renamed<'_>) -> bool {
    let Some(to) = renamed.to else { return false };
    let mut full = statement.catalog().relation_name(renamed.from);
    let holds = full.name.lower().contains(&to.last().text.lower());
    full.name = statement.catalog().relation_name(to).name;
    holds && statement.catalog().was_removed(&full)
}

fn is_queried(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::Table | ObjectKind::ForeignTable | ObjectKind::View | ObjectKind::MaterializedView)
}

/// A view of the old name right after the statement.
fn with_view(statement: &Statement<'_>, renamed: &Renamed<'_>) -> Option<Fix> {
    let statement_span = statement.request.span;
    let whole = matches!(statement.request.change, crate::change::Change::Alter(_) | crate::change::Change::Rename(_));
    if !whole || renamed.kind != ObjectKind::Table || !(statement.is_postgres() || statement.is_mysql()) {
        return None;
    }
    let from = statement.words(renamed.from.span);
    let to = match (renamed.to, renamed.schema) {
        (Some(to), _) if to.parts.len() > 1 => statement.words(to.span).to_owned(),
        (Some(to), _) => beside(statement, renamed.from, statement.words(to.span)),
        (None, Some(schema)) => {
            format!("{}.{}", statement.words(schema.span), statement.words(renamed.from.last().span))
        }
        (None, None) => return None,
    };
    let text = format!("{};\nCREATE VIEW {from} AS SELECT * FROM {to}", statement.words(statement_span));
    Some(review(format!("leave a view `{}` behind", renamed.from), vec![statement.replace(statement_span, text)]))
}

/// A name in the schema that another one is qualified with.
fn beside(statement: &Statement<'_>, other: &Name, name: &str) -> String {
    match other.schema() {
        Some(schema) => format!("{}.{name}", statement.words(schema.span)),
        None => name.to_owned(),
    }
}
