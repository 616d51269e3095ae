use crate::change::ObjectKind;
use crate::finding::{Finding, Severity};

use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "renamed-object",
    group: Group::Compatibility,
    summary: "a schema, type, sequence or routine gets another name or schema while the running application uses the old one",
    severity: Severity::Warning,
    page: Rule::page(include_str!("renamed_object.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for renamed in statement.renames().iter().filter(|renamed| is_called(renamed.kind)) {
            let (kind, from) = (renamed.kind, renamed.from);
            if statement.is_new_object(kind, from) || statement.is_there_at_the_end(kind, from) {
                continue;
            }
            let now = match (renamed.to, renamed.schema) {
                (Some(to), _) => format!("becomes `{to}`"),
                (None, Some(schema)) => format!("moves to the schema `{schema}`"),
                (None, None) => continue,
            };
            let what = kind.as_str().replace('-', " ");
            let message = format!(
                "the {what} `{from}` {now}: the running application, and bodies of functions that say `{from}`, fail"
            );
            let help =
                format!("make the new one beside it, move all that says `{from}`, and drop it in a later deployment");
            out.push(statement.finding(message, renamed.span).help(help));
        }
    }
}

/// Whether statements of an application say its name.
fn is_called(kind: ObjectKind) -> bool {
    matches!(
        kind,
        ObjectKind::Schema | ObjectKind::Type | ObjectKind::Domain | ObjectKind::Sequence | ObjectKind::Synonym
    ) || kind.is_routine()
}
