use crate::catalog::{Known, ObjectName, Relation};
use crate::change::{AlterAction, Change, ObjectKind};
use crate::deployment::Played;
use crate::finding::{Finding, Severity};

use super::statement::{Statement, of_script};
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "lost-by-rebuild",
    group: Group::Compatibility,
    summary: "a table is replaced by a new one that lacks indexes or triggers of the old one",
    severity: Severity::Warning,
    page: Rule::page(include_str!("lost_by_rebuild.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for played in together.pending() {
        for statement in of_script(together.deployment, played) {
            out.extend(dropped(together, played, &statement));
        }
    }
}

fn dropped(together: &Together<'_>, played: &Played, statement: &Statement<'_>) -> Option<Finding> {
    let Change::Drop(drop) = &statement.request.change else { return None };
    let name = drop.names.first().filter(|_| drop.kind == ObjectKind::Table)?;
    let table = statement.catalog().relation_name(name);
    let Known::Present(old) = statement.catalog().relation(&table) else { return None };
    if statement.is_new(&table)
        || !of_script(together.deployment, played).any(|later| takes_name(&later, statement, &table))
    {
        return None;
    }
    let Known::Present(new) = played.after().relation(&table) else { return None };
    let lost = lost(old, new);
    let (first, rest) = lost.split_first()?;
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    let spelled = statement.spelled(&table);
    let message = format!("{first}{more} of `{spelled}` is gone with the old table, and the new one has no such thing");
    Some(statement.finding(message, statement.request.span).help(format!(
        "make the indexes and triggers anew once the new table is called `{spelled}`: {}",
        lost.join(", ")
    )))
}

/// Whether a later statement gives another table the name.
fn takes_name(later: &Statement<'_>, statement: &Statement<'_>, table: &ObjectName) -> bool {
    let catalog = later.catalog();
    let follows = later.step.statement > statement.step.statement;
    follows
        && match &later.request.change {
            Change::Alter(alter) => alter.actions.iter().any(|action| match (&alter.name, &action.what) {
                (Some(from), AlterAction::Rename(to)) => {
                    catalog.relation_name(from).beside(&catalog.fold(to.last())) == *table
                }
                _ => false,
            }),
            Change::Rename(renames) => renames.iter().any(|rename| catalog.relation_name(&rename.to) == *table),
            _ => false,
        }
}

/// The indexes and triggers that the new table could have and does not have.
fn lost(old: &Relation, new: &Relation) -> Vec<String> {
    let keeps = |name: &str| new.columns.iter().any(|column| column.name == name);
    let mine = old.indexes.iter().filter(|index| !index.of_constraint && !index.implicit);
    let indexes = mine.filter(|index| {
        let columns = index.columns().unwrap_or_default();
        let served = new.indexes.iter().any(|other| index.is_served_by(other) || other.name == index.name);
        !columns.is_empty() && columns.into_iter().all(keeps) && !served
    });
    let triggers = old.attached.iter().filter(|attached| attached.kind == ObjectKind::Trigger);
    let triggers = triggers.filter(|trigger| !new.attached.iter().any(|other| other.name == trigger.name));
    let indexes = indexes.filter_map(|index| Some(format!("the index `{}`", index.name.as_ref()?)));
    indexes.chain(triggers.map(|trigger| format!("the trigger `{}`", trigger.name))).collect()
}
