//! Types, domains and enums: the tables whose columns have them.

use super::doing::{Doing, Subject};
use super::facts;
use super::modes::{ACCESS_EXCLUSIVE, ACCESS_SHARE, SHARE};
use crate::catalog::{Known, ObjectName, TypeKind, TypeObject};
use crate::change::{Alter, AlterAction, ColumnChange, Name};
use crate::impact::{Stops, Target, Work};

/// The type, where it is composite, by its full name.
fn composite<'a>(doing: &Doing<'a>, name: &Name) -> Option<(ObjectName, &'a TypeObject)> {
    match doing.catalog().type_named(name) {
        Known::Present(found) if matches!(found.kind, TypeKind::Composite(_)) => {
            Some((doing.catalog().type_name(name), found))
        }
        _ => None,
    }
}

/// A table is made of a composite type.
pub(super) fn used(doing: &mut Doing<'_>, name: &Name) {
    if let Some((name, _)) = composite(doing, name) {
        doing.add(&name, Target::Type, Work::Lock(ACCESS_SHARE), Stops::NOBODY, &facts::OF_COMPOSITE);
    }
}

/// The tables that are `OF` a type.
fn typed<'a>(doing: &Doing<'a>, name: &ObjectName) -> Vec<Subject<'a>> {
    let is_typed = |relation: &&crate::catalog::Relation| {
        relation.options.get("of_type").is_some_and(|of| *of == name.to_string())
    };
    doing.catalog().relations().filter(is_typed).map(Subject::of).collect()
}

/// `ALTER TYPE`.
pub(super) fn alter(doing: &mut Doing<'_>, alter: &Alter) {
    let Some(name) = &alter.name else { return };
    let Some((full, _)) = composite(doing, name) else { return };
    for action in &alter.actions {
        doing.span = action.span;
        let attribute = match &action.what {
            AlterAction::AddColumn { .. }
            | AlterAction::DropColumn { .. }
            | AlterAction::RenameColumn { .. }
            | AlterAction::AlterColumn { .. } => true,
            AlterAction::SetOwner(_) => false,
            _ => continue,
        };
        doing.add(&full, Target::Type, Work::Lock(ACCESS_EXCLUSIVE), Stops::NOBODY, &facts::OF_COMPOSITE);
        if !attribute {
            continue;
        }
        let retypes = matches!(action.what, AlterAction::AlterColumn { change: ColumnChange::SetType { .. }, .. });
        if let Some(column) = doing.catalog().columns_of_type(&full).first().filter(|_| retypes) {
            doing.refuse(format!("`{}` is the type of a column of `{}`", full, column.name));
        }
        for table in typed(doing, &full) {
            doing.lock(&table, ACCESS_EXCLUSIVE, &facts::OF_COMPOSITE);
            if retypes {
                doing.rewrite(&table, &facts::TYPE_REWRITE);
            }
        }
    }
}

/// `ALTER DOMAIN`: a constraint is checked against all values there are.
pub(super) fn alter_domain(doing: &mut Doing<'_>, alter: &Alter) {
    let Some(name) = &alter.name else { return };
    let full = doing.catalog().type_name(name);
    for action in &alter.actions {
        doing.span = action.span;
        let checks = match &action.what {
            AlterAction::AddConstraint { constraint, .. } => !constraint.not_valid,
            AlterAction::ValidateConstraint(_) | AlterAction::AlterDomain(ColumnChange::SetNotNull) => true,
            _ => false,
        };
        if checks {
            check_values(doing, &full);
        }
    }
}

fn check_values(doing: &mut Doing<'_>, domain: &ObjectName) {
    for column in doing.catalog().columns_of_type(domain) {
        let Some(table) = doing.lookup(&column.name) else { continue };
        doing.lock(&table, SHARE, &facts::OF_DOMAIN);
        doing.scan(&table, &facts::OF_DOMAIN);
    }
}

/// `DROP TYPE` and `DROP DOMAIN` with `CASCADE`: the columns go.
pub(super) fn drop(doing: &mut Doing<'_>, name: &Name, cascade: bool) {
    let full = doing.catalog().type_name(name);
    if composite(doing, name).is_some() {
        doing.add(&full, Target::Type, Work::Lock(ACCESS_EXCLUSIVE), Stops::NOBODY, &facts::DROPPED);
    }
    if !cascade {
        return;
    }
    for column in doing.catalog().columns_of_type(&full) {
        if let Some(table) = doing.lookup(&column.name) {
            doing.lock(&table, ACCESS_EXCLUSIVE, &facts::DEPENDENT);
        }
    }
}
