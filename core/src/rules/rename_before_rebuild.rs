use crate::catalog::{Catalog, ObjectName, RelationKind};
use crate::change::{AlterAction, Change, Name, ObjectKind};
use crate::deployment::Played;
use crate::finding::{Finding, Severity};
use crate::sql::Dialect;
use crate::text::{Casing, Span};

use super::statement::{Statement, of_script};
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "rename-before-rebuild",
    group: Group::Compatibility,
    summary: "other tables and views follow a table to the name under which it is dropped",
    severity: Severity::Warning,
    page: Rule::page(include_str!("rename_before_rebuild.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    let server = together.deployment.server;
    if server.dialect == Dialect::Sqlite && server.is_at_least(3, 26, 0) {
        for played in together.pending() {
            for statement in of_script(together.deployment, played) {
                out.extend(followed(together, played, &statement));
            }
        }
    }
}

fn followed(together: &Together<'_>, played: &Played, statement: &Statement<'_>) -> Option<Finding> {
    let (from, to) = renamed(&statement.request.change)?;
    let catalog = statement.catalog();
    let (from, to) = (catalog.relation_name(from), catalog.relation_name(to));
    if statement.is_new(&from) || keeps_names(statement) {
        return None;
    }
    let later =
        || of_script(together.deployment, played).filter(|later| later.step.statement > statement.step.statement);
    let makes = later().any(|later| match &later.request.change {
        Change::CreateTable(table) => later.catalog().relation_name(&table.name) == from,
        _ => false,
    });
    let dropped = later().find_map(|later| drops(&later, &to)).filter(|_| makes)?;
    let owners = catalog.referencing(&from).into_iter().map(|(owner, _)| owner.name.clone());
    let reads =
        |relation: &&crate::catalog::Relation| relation.kind == RelationKind::View && relation.reads.contains(&from);
    let views = catalog.relations().filter(reads).map(|view| view.name.clone());
    // What the script makes anew names what it should.
    let stays = |other: &ObjectName| {
        let made = |catalog: &Catalog| catalog.relation(other).present().map(|found| found.made);
        made(catalog) == made(played.after())
    };
    let other = owners.chain(views).find(|other| *other != from && stays(other))?;
    let (other, old, new) = (statement.spelled(&other), statement.spelled(&from), statement.spelled(&to));
    let message =
        format!("`{other}` follows `{old}` to the name `{new}`, and names a table that is gone once that is dropped");
    let finding = statement.finding(message, statement.request.span);
    let finding = finding.with(statement.label(dropped).says("it is dropped here"));
    Some(finding.help(format!(
        "make the new table under another name, copy the rows, drop `{old}`, and rename the new one to `{old}` at the end"
    )))
}

/// A table and its new name.
fn renamed(change: &Change) -> Option<(&Name, &Name)> {
    let Change::Alter(alter) = change else { return None };
    let name = alter.name.as_ref().filter(|_| alter.kind == ObjectKind::Table)?;
    alter.actions.iter().find_map(|action| match &action.what {
        AlterAction::Rename(to) => Some((name, to)),
        _ => None,
    })
}

/// Whether the session asks for the old way, in which others do not follow.
fn keeps_names(statement: &Statement<'_>) -> bool {
    let on = |name: &str| {
        let values = statement.step.session.get(name);
        values.is_some_and(|values| values.iter().any(|value| ["1", "on", "true", "yes"].contains(&&*value.lower())))
    };
    on("legacy_alter_table") && !on("foreign_keys")
}

fn drops(statement: &Statement<'_>, table: &ObjectName) -> Option<Span> {
    let Change::Drop(drop) = &statement.request.change else { return None };
    let same = |name: &Name| statement.catalog().relation_name(name) == *table;
    (drop.kind == ObjectKind::Table && drop.names.iter().any(same)).then_some(statement.request.span)
}
