//! Types, domains and enums: the tables whose columns have them.

use super::doing::{Doing, Subject};
use super::facts;
use super::modes::{ACCESS_EXCLUSIVE, ACCESS_SHARE, SHARE};
use crate::catalog::{Known, ObjectName, TypeKind, TypeObject};
use crate::change::{Alter, AlterAction, Change, ColumnChange, Name, ObjectKind, Request};
use crate::impact::{Stops, Target, Work};
use crate::sql::{Kind, Token};

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
    let is_typed = |relation: &&crate::catalog::Relation| relation.of_type.as_ref() == Some(name);
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
        let cascade = doing.words(action.span).to_ascii_uppercase().ends_with("CASCADE");
        for table in typed(doing, &full) {
            if !cascade {
                doing.refuse(format!("`{}` is a table of this type: say CASCADE", table.name));
            }
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

/// A value that this transaction added to an enum cannot be used in it, unless the transaction made the type too (from 17
/// on). Looked for are literals of the value in statements on tables with a column of the type, and beside a cast to it.
pub(super) fn refuse_new_values(doing: &mut Doing<'_>, request: &Request) {
    let Some(begin) = doing.situation.begin else { return };
    let catalog = doing.catalog();
    let values = catalog.enum_values_since(begin);
    if values.is_empty() || matches!(&request.change, Change::Alter(alter) if alter.kind == ObjectKind::Type) {
        return;
    }
    let (text, tokens) = super::query::tokens(doing, request.span);
    for (name, found, value) in values {
        if doing.major() >= 17 && found.made.is_some_and(|made| made >= begin) {
            continue;
        }
        let literal = |token: &Token| token.kind == Kind::String && token.text(text).trim_matches('\'') == value;
        let casts = || tokens.iter().any(|token| token.text(text).eq_ignore_ascii_case(&name.name));
        let holds = || {
            let columns = catalog.columns_of_type(name);
            let touched = request.objects();
            touched.iter().any(|object| {
                let table = catalog.relation_name(&object.name);
                columns.iter().any(|column| column.name == table)
            })
        };
        if tokens.iter().any(literal) && (casts() || holds()) {
            doing.refuse(format!(
                "`{value}` was added to `{name}` in this transaction and cannot be used before it ends"
            ));
        }
    }
}
