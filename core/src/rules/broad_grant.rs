use crate::change::{Change, Grant, ObjectKind, Request};
use crate::finding::{Finding, Severity};

use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "broad-grant",
    group: Group::Security,
    summary: "a right is given to everybody, on everything, or with the right to pass it on",
    severity: Severity::Warning,
    page: Rule::page(include_str!("broad_grant.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements() {
        let requests = statement.requests();
        out.extend(requests.into_iter().filter_map(|(request, _)| broad(&statement, request)));
    }
}

fn broad(statement: &Statement<'_>, request: &Request) -> Option<Finding> {
    let Change::Grant(grant) = &request.change else { return None };
    if grant.revokes {
        return None;
    }
    let what = grant.privileges.join(", ");
    let on = grant.objects.first().map(|object| format!(" on `{object}`")).unwrap_or_default();
    let to = grant.grantees.first().map(|grantee| format!("`{grantee}`")).unwrap_or_default();
    let (message, help) = if grant.to_public && !is_default(statement, grant) {
        (
            format!("{what}{on} is given to PUBLIC: everybody who can connect, now and later"),
            "grant it to the roles that need it",
        )
    } else if grant.grant_option {
        (
            format!("{to} gets {what}{on} with the right to pass it on"),
            "leave the option out, so that rights are given in one place only",
        )
    } else if is_everything(statement, grant) {
        (
            format!("{to} gets all rights on all databases of the server"),
            "grant what the account needs on the database it uses",
        )
    } else {
        return None;
    };
    Some(statement.finding(message, request.span).help(help))
}

/// Rights that PostgreSQL gives to everybody by itself.
fn is_default(statement: &Statement<'_>, grant: &Grant) -> bool {
    let only = |known: &[&str]| grant.privileges.iter().all(|right| known.contains(&right.as_str()));
    let routine = grant.kind.is_some_and(ObjectKind::is_routine) && only(&["EXECUTE", "ALL", "ALL PRIVILEGES"]);
    let usage =
        matches!(grant.kind, Some(ObjectKind::Type | ObjectKind::Domain | ObjectKind::Language)) && only(&["USAGE"]);
    let connect = grant.kind == Some(ObjectKind::Database) && only(&["CONNECT", "TEMP", "TEMPORARY"]);
    statement.is_postgres() && (routine || usage || connect)
}

/// MySQL's `ALL ON *.*`.
fn is_everything(statement: &Statement<'_>, grant: &Grant) -> bool {
    let all = grant.privileges.iter().any(|right| matches!(right.as_str(), "ALL" | "ALL PRIVILEGES"));
    statement.is_mysql() && all && grant.objects.is_empty()
}
