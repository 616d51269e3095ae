use crate::catalog::{Known, ObjectRef};
use crate::change::{AlterAction, Change, Drop, Name, ObjectKind};
use crate::finding::{Finding, Severity};
use crate::text::Span;

use super::fate::listed;
use super::statement::Statement;
use super::{Check, Group, Rule, Together};

pub(super) const RULE: Rule = Rule {
    name: "cascading-drop",
    group: Group::DataLoss,
    summary: "CASCADE drops objects that the statement does not name",
    severity: Severity::Warning,
    page: Rule::page(include_str!("cascading_drop.md")),
    check: Check::Together(check),
};

fn check(together: &Together<'_>, out: &mut Vec<Finding>) {
    for statement in together.statements().filter(|statement| !statement.fails() && !statement.is_mysql()) {
        for (request, _) in statement.requests() {
            if let Change::Drop(drop) = &request.change
                && drop.cascade
            {
                let named: Vec<ObjectRef> =
                    drop.names.iter().filter_map(|name| object(&statement, drop, name)).collect();
                let spans = drop.names.iter().map(|name| name.span);
                let whole = spans.reduce(|first, last| Span { start: first.start, end: last.end });
                out.extend(cascades(&statement, &named, whole.unwrap_or(request.span)));
            }
        }
        for (alter, action) in statement.actions() {
            let Some(table) = statement.old_table(alter) else { continue };
            let fold = |name| statement.catalog().fold(name);
            let object = match &action.what {
                AlterAction::DropColumn { column, cascade: true, .. } => {
                    ObjectRef::part(ObjectKind::Column, &table, &fold(column))
                }
                AlterAction::DropConstraint { name, cascade: true, .. } => {
                    ObjectRef::part(ObjectKind::Constraint, &table, &fold(name.last()))
                }
                _ => continue,
            };
            out.extend(cascades(&statement, &[object], action.span));
        }
    }
}

/// What a name of the statement stands for; schemas go with all that is in them anyway.
fn object(statement: &Statement<'_>, drop: &Drop, name: &Name) -> Option<ObjectRef> {
    let catalog = statement.catalog();
    let full = match drop.kind {
        kind if kind.is_relation() => catalog.relation_name(name),
        ObjectKind::Type | ObjectKind::Domain => catalog.type_name(name),
        kind if kind.is_routine() => catalog.routine_name(name),
        _ => return None,
    };
    Some(ObjectRef::whole(drop.kind, &full))
}

fn cascades(statement: &Statement<'_>, named: &[ObjectRef], span: Span) -> Option<Finding> {
    let mut going: Vec<ObjectRef> = Vec::new();
    let mut open: Vec<ObjectRef> = named.to_vec();
    while let Some(object) = open.pop() {
        for dependent in statement.catalog().dependents_of(&object) {
            let is_named = named.iter().any(|other| other.name == dependent.name && other.part.is_none());
            if !is_named && !going.contains(&dependent) && goes(statement, &dependent) {
                open.push(dependent.clone());
                going.push(dependent);
            }
        }
    }
    let lost: Vec<String> = going
        .iter()
        .filter(|object| is_missed(statement, object))
        .map(|object| object.in_words(statement.dialect()))
        .collect();
    if lost.is_empty() {
        return None;
    }
    let message = format!("CASCADE drops what the statement does not name: {}", listed(&lost));
    Some(
        statement
            .finding(message, span)
            .help("drop each of them by name first, or make them anew in the same script, and leave CASCADE out"),
    )
}

/// Whether `CASCADE` takes it; Oracle's is about foreign keys only, and a default of a column is no object.
fn goes(statement: &Statement<'_>, dependent: &ObjectRef) -> bool {
    statement.is_postgres() || dependent.kind == ObjectKind::Constraint
}

/// Whether it was there before the deployment, and is not there after it.
fn is_missed(statement: &Statement<'_>, object: &ObjectRef) -> bool {
    let is_new = statement.catalog().made(object).is_some_and(|made| statement.played.is_new(Some(made)));
    let back = match (statement.ending().relation(&object.name), object.part.as_deref()) {
        (Known::Present(_), None) => true,
        (Known::Present(owner), Some(part)) => match object.kind {
            ObjectKind::Column => owner.column(part).is_present(),
            ObjectKind::Constraint => owner.constraint(part).is_present(),
            ObjectKind::Index => owner.index(part).is_present(),
            kind => owner.attached(kind, part).is_present(),
        },
        _ => false,
    };
    !is_new && !back
}
