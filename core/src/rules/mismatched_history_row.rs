use crate::change::{Change, Delete, Request};
use crate::finding::{Finding, Label, Severity};
use crate::layout::{Rollback, base_name};
use crate::sql::{Dialect, Kind, significant};
use crate::version::Version;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "mismatched-history-row",
    group: Group::Rollback,
    summary: "a rollback that is run by hand does not delete its own row of the history, or deletes others",
    severity: Severity::Warning,
    page: Rule::page(include_str!("mismatched_history_row.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let table = &facts.settings.flyway.table;
    for undone in &facts.deployment.undos {
        let rollback = facts.layout.rollbacks.iter().find(|rollback| rollback.path == undone.path());
        let (Some(rollback), Some(reading)) = (rollback, undone.script.turn.reading.as_ref()) else { continue };
        let by_hand = base_name(&rollback.path).starts_with(&facts.settings.flightcheck.rollback_prefix);
        let deletes: Vec<&Delete> = reading.requests.iter().filter_map(|request| delete_of(request, table)).collect();
        for delete in &deletes {
            let row = row_of(delete, &reading.text, reading.script.dialect, rollback, base_name(&undone.of.turn.path));
            let (message, help) = match row {
                Row::Own | Row::Unclear => continue,
                Row::Other(version) => (
                    format!(
                        "this deletes the row of version {version}, and the script takes back version {}",
                        rollback.version
                    ),
                    format!("write `WHERE version = '{}'`", rollback.version),
                ),
                Row::Several => (
                    format!("this may delete other rows of `{table}` than that of version {}", rollback.version),
                    format!("write `WHERE version = '{}'`", rollback.version),
                ),
            };
            out.push(Finding::new(message, Label::at(&rollback.path, delete.table.span)).help(help));
        }
        if by_hand && deletes.is_empty() && !reading.requests.is_empty() {
            let message = format!(
                "this rollback leaves the row of version {} in `{table}`: Flyway will think that it is applied",
                rollback.version
            );
            let help = format!("end it with `DELETE FROM {table} WHERE version = '{}';`", rollback.version);
            out.push(Finding::new(message, Label::file(&rollback.path)).help(help));
        }
    }
}

/// Which rows a `DELETE` of the history deletes.
enum Row {
    /// The one of the migration that is taken back.
    Own,
    /// That of another version.
    Other(String),
    /// Perhaps others, too.
    Several,
    /// Its condition cannot be read.
    Unclear,
}

fn delete_of<'a>(request: &'a Request, table: &str) -> Option<&'a Delete> {
    match &request.change {
        Change::Delete(delete) => Some(&**delete).filter(|delete| delete.table.last().text.eq_ignore_ascii_case(table)),
        Change::Block(block) => block.steps.iter().find_map(|step| delete_of(&step.request, table)),
        _ => None,
    }
}

fn row_of(delete: &Delete, text: &str, dialect: Dialect, rollback: &Rollback, script: &str) -> Row {
    let Some(span) = delete.filter else { return Row::Several };
    let filter = text.get(span.start..span.end).unwrap_or_default();
    let tokens = significant(filter, dialect);
    let bare = |text: &str| text.trim_matches(['\'', '"', '`', '[', ']', 'N']).to_owned();
    if tokens.iter().any(|token| {
        token.is_any_word(filter, &["OR", "LIKE", "BETWEEN", "NOT"])
            || ["<", ">", "<=", ">=", "<>", "!="].contains(&token.text(filter))
    }) {
        return Row::Several;
    }
    let mut at = tokens.iter().enumerate();
    let version = at.find(|(_, token)| bare(token.text(filter)).eq_ignore_ascii_case("version"));
    let values: Vec<String> = match version {
        Some((at, _)) => {
            let rest = tokens[at + 1..].iter().take_while(|token| !token.is_word(filter, "AND"));
            rest.filter(|token| matches!(token.kind, Kind::String | Kind::Number))
                .map(|token| bare(token.text(filter)))
                .collect()
        }
        None if tokens.iter().any(|token| bare(token.text(filter)) == script) => return Row::Own,
        None => return Row::Unclear,
    };
    let own = |value: &String| Version::parse(value).is_ok_and(|version| version == rollback.version);
    match values.as_slice() {
        [] => Row::Unclear,
        [only] if own(only) => Row::Own,
        [only] => Row::Other(only.clone()),
        _ => Row::Several,
    }
}
