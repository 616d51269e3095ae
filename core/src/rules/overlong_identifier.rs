use crate::change::{AlterAction, Change, Identifier, Request};
use crate::finding::{Finding, Severity};

use super::facts::shortened;
use super::statement::Statement;
use super::{Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "overlong-identifier",
    group: Group::Compatibility,
    summary: "PostgreSQL cuts a name that is longer than 63 bytes",
    severity: Severity::Warning,
    page: include_str!("overlong_identifier.md"),
    check,
};

/// The most bytes of a name.
const MOST: usize = 63;

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    for statement in facts.statements().filter(Statement::is_postgres) {
        for (request, _) in statement.requests() {
            let long = made(request).into_iter().filter(|name| name.text.len() > MOST);
            out.extend(long.map(|name| cut(&statement, name)));
        }
    }
}

fn cut(statement: &Statement<'_>, name: &Identifier) -> Finding {
    let bytes = name.text.len();
    let message = format!(
        "`{}` has {bytes} bytes: the server keeps the first {MOST} and says so only in a notice, so that two such names may become one",
        shortened(&name.text)
    );
    statement.finding(message, name.span).help(format!("choose a name of at most {MOST} bytes"))
}

/// The names that a statement gives.
fn made(request: &Request) -> Vec<&Identifier> {
    let mut names = Vec::new();
    match &request.change {
        Change::CreateTable(table) => {
            names.push(table.name.last());
            names.extend(table.columns.iter().map(|column| &column.name));
            names.extend(table.all_constraints().filter_map(|constraint| constraint.name.as_ref()));
        }
        Change::CreateIndex(index) => names.extend(index.name.as_ref().map(crate::change::Name::last)),
        Change::CreateView(view) => names.push(view.name.last()),
        Change::CreateRoutine(routine) => names.push(routine.name.last()),
        Change::CreateTrigger(trigger) => names.push(trigger.name.last()),
        Change::Alter(alter) => names.extend(alter.actions.iter().filter_map(|action| match &action.what {
            AlterAction::AddColumn { column, .. } => Some(&column.name),
            AlterAction::AddConstraint { constraint, .. } => constraint.name.as_ref(),
            AlterAction::Rename(to) => Some(to.last()),
            AlterAction::RenameColumn { to, .. } | AlterAction::RenameConstraint { to, .. } => Some(to),
            _ => None,
        })),
        _ => {}
    }
    names
}
