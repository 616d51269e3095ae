use crate::change::{Change, Request};
use crate::deployment::Played;
use crate::finding::{Finding, Severity};
use crate::sql::Dialect;
use crate::text::Span;

use super::facts::counted;
use super::statement::{Statement, of_script};
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "opaque-statement",
    group: Group::Scripts,
    summary: "a statement was not understood, or is put together only when it runs, so that nothing is said of it",
    severity: Severity::Info,
    page: Rule::page(include_str!("opaque_statement.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let judged = !matches!(together.deployment.server.dialect, Dialect::H2 | Dialect::Generic);
    for played in together.pending().filter(|_| judged) {
        out.extend(of_one(together, played));
    }
}

fn of_one(together: &Together<'_>, played: &Played) -> Option<Finding> {
    let all: Vec<Statement<'_>> = of_script(together.deployment, played).collect();
    let found: Vec<(&Statement<'_>, Span, bool)> = all
        .iter()
        .flat_map(|statement| statement.requests().into_iter().map(move |(request, _)| (statement, request)))
        .filter_map(|(statement, request)| opaque(request).map(|(span, dynamic)| (statement, span, dynamic)))
        .collect();
    let (statement, span, dynamic) = *found.first()?;
    let why = if dynamic { "is put together only when it runs" } else { "was not understood" };
    let more = match found.len() {
        1 => String::new(),
        count => format!(", like {} of this script", counted(count - 1, "more statement")),
    };
    let finding = statement.finding(format!("this {why}{more}: nothing is said of what it does"), span);
    Some(finding.help(if dynamic {
        "look at it by hand, or write the statement out"
    } else {
        "look at it by hand; if the server takes it, tell us, so that it is read"
    }))
}

/// A statement that is dark as a whole, and whether that is because its text is made at run time.
fn opaque(request: &Request) -> Option<(Span, bool)> {
    match &request.change {
        Change::Opaque(_) => Some((request.span, false)),
        Change::Unchecked(span) => Some((*span, true)),
        _ => None,
    }
}
