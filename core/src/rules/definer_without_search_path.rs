use crate::change::{Change, Request, Routine};
use crate::finding::{Finding, Severity};
use crate::text::Casing;

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "definer-without-search-path",
    group: Group::Security,
    summary: "a function runs with its owner's rights, and its caller decides what its names mean",
    severity: Severity::Warning,
    page: Rule::page(include_str!("definer_without_search_path.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(Statement::is_postgres) {
        for (request, _) in statement.requests() {
            if let Change::CreateRoutine(routine) = &request.change
                && routine.security_definer
                && !routine.sets_search_path
                && !has_no_names(routine)
            {
                out.push(open(&statement, routine, request));
            }
        }
    }
}

/// What is written in C looks nothing up by itself.
fn has_no_names(routine: &Routine) -> bool {
    routine.language.as_ref().is_some_and(|language| ["c", "internal"].contains(&language.text.lower().as_str()))
}

fn open(statement: &Statement<'_>, routine: &Routine, request: &Request) -> Finding {
    let kind = routine.kind.as_str();
    let message = format!(
        "{kind} `{}` runs with the rights of its owner and finds its tables and functions by the search_path of its caller, who can put others in their place",
        routine.name
    );
    let help = "add `SET search_path = pg_catalog, pg_temp` with the schemas it needs before `pg_temp`, or write every name with its schema and set it to ''";
    statement.finding(message, request.span).help(help)
}
