//! Whether objects, and parts of them, are there.

use crate::catalog::{Catalog, Known, ObjectRef};
use crate::change::ObjectKind;

/// What is known of an object, or a part of one.
pub(super) fn exists(catalog: &Catalog, object: &ObjectRef) -> Known<()> {
    let whole = || catalog.relation(&object.name).map(|_| ());
    match (object.kind, object.part.as_deref()) {
        (ObjectKind::Column, Some(part)) => match catalog.relation_if_applied(&object.name) {
            Some(found) => found.column(part).map(|_| ()),
            None => whole(),
        },
        (ObjectKind::Constraint, Some(part)) => match catalog.relation_if_applied(&object.name) {
            Some(found) => found.constraint(part).map(|_| ()),
            None => whole(),
        },
        (ObjectKind::Index, Some(part)) => match catalog.relation_if_applied(&object.name) {
            Some(found) => found.index(part).map(|_| ()),
            None => whole(),
        },
        (kind @ (ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule), Some(part)) => {
            match catalog.relation_if_applied(&object.name) {
                Some(found) => found.attached(kind, part).map(|_| ()),
                None => whole(),
            }
        }
        (kind, None) if kind.is_relation() => whole(),
        (ObjectKind::Type | ObjectKind::Domain, _) => catalog.type_of(&object.name).map(|_| ()),
        (ObjectKind::Routine, _) if catalog.overloads(&object.name).is_empty() => Known::Absent,
        (_, None) if catalog.made(object).is_some() => Known::Present(()),
        _ => Known::Unknown,
    }
}

/// Whether a script made a part of a relation that was there before any script spoke of it.
pub(super) fn is_made_apart(catalog: &Catalog, object: &ObjectRef) -> bool {
    let found = catalog.relation_if_applied(&object.name).filter(|found| found.made.is_none());
    let (Some(found), Some(part)) = (found, object.part.as_deref()) else { return false };
    match object.kind {
        ObjectKind::Column => found.columns.iter().any(|own| own.name == part && own.made.is_some()),
        ObjectKind::Constraint => {
            found.constraints.iter().any(|own| own.name.as_deref() == Some(part) && own.made.is_some())
        }
        ObjectKind::Index => found.indexes.iter().any(|own| own.name.as_deref() == Some(part) && own.made.is_some()),
        _ => false,
    }
}
