use crate::change::{AlterAction, Change, Identifier, Request};
use crate::finding::{Finding, Severity};
use crate::impact::Server;
use crate::sql::Dialect;

use super::facts::shortened;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "overlong-identifier",
    group: Group::Compatibility,
    summary: "PostgreSQL cuts a name that is too long, and other servers refuse it",
    severity: Severity::Warning,
    page: Rule::page(include_str!("overlong_identifier.md")),
    check: Check::Together(check),
};

/// How long a name may be, in bytes or in characters, by the manuals' pages on identifiers.
struct Longest {
    length: usize,
    unit: &'static str,
}

impl Longest {
    fn of(server: Server) -> Option<Self> {
        let (length, unit) = match server.dialect {
            Dialect::Postgres => (63, "bytes"),
            Dialect::Mysql | Dialect::Mariadb => (64, "characters"),
            Dialect::SqlServer => (128, "characters"),
            Dialect::Oracle if server.is_at_least(12, 2, 0) => (128, "bytes"),
            Dialect::Oracle => (30, "bytes"),
            Dialect::Sqlite | Dialect::H2 | Dialect::Generic => return None,
        };
        Some(Self { length, unit })
    }

    fn measure(&self, name: &str) -> usize {
        if self.unit == "bytes" { name.len() } else { name.chars().count() }
    }
}

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let Some(longest) = Longest::of(together.deployment.server) else { return };
    for statement in together.statements() {
        for (request, _) in statement.requests() {
            // A placeholder may stand for a shorter text.
            let is_long = |name: &&Identifier| longest.measure(&name.text) > longest.length && !name.text.contains('{');
            out.extend(made(request).into_iter().filter(is_long).map(|name| too_long(&statement, &longest, name)));
        }
    }
}

fn too_long(statement: &Statement<'_>, longest: &Longest, name: &Identifier) -> Finding {
    let Longest { length, unit } = *longest;
    let (shown, has) = (shortened(&name.text), longest.measure(&name.text));
    let message = if statement.is_postgres() {
        format!(
            "`{shown}` has {has} {unit}: the server keeps the first {length} and says so only in a notice, so that two such names may become one"
        )
    } else {
        format!(
            "`{shown}` has {has} {unit}: {} takes {length} at most, and refuses the statement",
            statement.server_name()
        )
    };
    statement.finding(message, name.span).help(format!("choose a name of at most {length} {unit}"))
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
