use crate::change::Change;
use crate::finding::{Edit, Finding, Severity};
use crate::impact::{Effect, Stops, Target, Work};
use crate::settings::Tool;
use crate::sql::Dialect;
use crate::text::Casing;

use super::facts::{beside, counted};
use super::rewriting::review;
use super::statement::Statement;
use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "missing-lock-timeout",
    group: Group::Transactions,
    summary: "statements that make others wait would themselves wait for their lock without limit",
    severity: Severity::Warning,
    page: Rule::page(include_str!("missing_lock_timeout.md")),
    check: Check::Project(check),
};

/// How a server limits the wait for a table: its setting, what a number without unit means there in milliseconds, and
/// the statement that sets it for the session.
struct Limit {
    setting: &'static str,
    unit: u64,
    line: &'static str,
}

fn limit(dialect: Dialect) -> Option<Limit> {
    let (setting, unit, line) = match dialect {
        Dialect::Postgres => ("lock_timeout", 1, "SET lock_timeout = '5s';"),
        Dialect::Mysql | Dialect::Mariadb => ("lock_wait_timeout", 1_000, "SET SESSION lock_wait_timeout = 5;"),
        Dialect::SqlServer => ("lock_timeout", 1, "SET LOCK_TIMEOUT 5000;"),
        Dialect::Oracle => ("ddl_lock_timeout", 1_000, "ALTER SESSION SET DDL_LOCK_TIMEOUT = 30;"),
        Dialect::Sqlite | Dialect::H2 | Dialect::Generic => return None,
    };
    Some(Limit { setting, unit, line })
}

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let dialect = facts.deployment.server.dialect;
    let Some(limit) = limit(dialect).filter(|limit| !is_set_elsewhere(facts, limit.setting)) else { return };
    let unlimited = |statement: &Statement<'_>| !is_in_force(statement, &limit) && relation(statement).is_some();
    let found: Vec<Statement<'_>> = facts.statements().filter(unlimited).collect();
    let Some(first) = found.first() else { return };
    let name = limit.setting;
    let count = counted(found.len(), "pending statement");
    let (makes, waits) = if found.len() == 1 { ("makes", "it waits") } else { ("make", "each waits") };
    let message = match dialect {
        Dialect::Oracle => format!(
            "{count} {makes} others wait, and DDL_LOCK_TIMEOUT is not set: a table in use makes the migration fail at once with ORA-00054"
        ),
        _ => format!(
            "{count} {makes} others wait, and no {name} is in force: behind one long query {waits} without end, and everybody else behind the lock it asks for"
        ),
    };
    let place = match facts.tool {
        Tool::Flyway => "into a callback `beforeMigrate.sql`, which counts for all scripts",
        _ => "at the top of each script, or into what connects, which counts for all",
    };
    let help = format!("put `{}` {place}; a migration that gives up in time can be run again", limit.line);
    let mut finding = first.finding(message, first.request.span).help(help);
    let file = beside(first.path(), "beforeMigrate.sql");
    let has_one = facts.layout.callbacks.iter().any(|callback| callback.event == "beforeMigrate");
    let migration = facts.layout.migrations.iter().any(|migration| migration.path == first.path());
    // What scripts set themselves wins over a callback.
    let silent = found.iter().all(|statement| statement.step.session.get(name).is_none());
    if silent && migration && !has_one && !facts.files.contains_key(&file) {
        let edit = Edit::Create { file, text: format!("{}\n", limit.line) };
        finding.fixes.push(review(format!("set {name} before each migration"), vec![edit]));
    }
    out.push(finding);
}

/// Whether the connection sets it: in the URL, or in SQL that is not known here.
fn is_set_elsewhere(facts: &Facts<'_>, setting: &str) -> bool {
    let flyway = &facts.settings.flyway;
    let bare = |text: &str| text.lower().replace('_', "");
    let in_url = flyway.url.as_ref().is_some_and(|url| bare(url).contains(&bare(setting)));
    in_url || flyway.given.contains_key("initSql")
}

fn is_in_force(statement: &Statement<'_>, limit: &Limit) -> bool {
    let own = match &statement.request.change {
        Change::Lock(lock) => lock.nowait,
        Change::Alter(alter) => alter.wait.is_some(),
        _ => false,
    };
    own || statement.step.session.milliseconds(limit.setting, limit.unit).is_some_and(|limit| limit > 0)
}

/// A relation that is in use and that the statement keeps others from.
fn relation<'a>(statement: &Statement<'a>) -> Option<&'a Effect> {
    let held = [Target::Table, Target::Partitioned, Target::MaterializedView, Target::View];
    // A lock that the server holds for a moment only is waited for all the same.
    let strong = |effect: &Effect| matches!(effect.work, Work::Lock(mode) if mode.stops() != Stops::NOBODY);
    statement.effects().find(|effect| strong(effect) && held.contains(&effect.target))
}
