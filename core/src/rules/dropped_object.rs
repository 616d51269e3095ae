use crate::change::{Change, ObjectKind};
use crate::finding::{Finding, Severity};

use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "dropped-object",
    group: Group::Compatibility,
    summary: "a view, routine, sequence, type or extension is dropped while the running application may use it",
    severity: Severity::Warning,
    page: Rule::page(include_str!("dropped_object.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails()) {
        for (request, _) in statement.requests() {
            let Change::Drop(drop) = &request.change else { continue };
            for name in drop.names.iter().filter(|_| is_called(drop.kind) && !drop.temporary) {
                let of_triggers = drop.kind.is_routine()
                    && statement.catalog().routine(name).present().is_some_and(|routine| routine.of_triggers);
                if of_triggers
                    || statement.is_new_object(drop.kind, name)
                    || statement.is_there_at_the_end(drop.kind, name)
                    || statement
                        .name_before(name)
                        .is_some_and(|before| statement.is_there_at_the_end(drop.kind, before))
                {
                    continue;
                }
                let what = drop.kind.as_str().replace('-', " ");
                let message = format!("the {what} `{name}` is dropped, and the running application may still use it");
                let help =
                    format!("deploy the version that does not use `{name}` first, and drop it in a later deployment");
                out.push(statement.finding(message, name.span).help(help));
            }
        }
    }
}

/// Whether statements of an application use it.
fn is_called(kind: ObjectKind) -> bool {
    matches!(
        kind,
        ObjectKind::View
            | ObjectKind::MaterializedView
            | ObjectKind::ForeignTable
            | ObjectKind::Sequence
            | ObjectKind::Synonym
            | ObjectKind::Type
            | ObjectKind::Domain
            | ObjectKind::Package
            | ObjectKind::Extension
    ) || kind.is_routine()
}
