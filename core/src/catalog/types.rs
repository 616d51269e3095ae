//! Who uses a type.

use super::data_type::ColumnType;
use super::naming::{ObjectName, ObjectRef};
use super::object::{TypeKind, TypeObject};
use super::relation::Column;
use super::signature::signature;
use super::state::Catalog;
use crate::change::ObjectKind;

impl Catalog {
    /// The columns whose type it is.
    #[must_use]
    pub fn columns_of_type(&self, name: &ObjectName) -> Vec<ObjectRef> {
        self.columns_where(|column| is_of(column, name))
    }

    /// What could not be without a type: columns, types and domains that are made of it, functions that take it.
    pub(super) fn dependents_of_type(&self, name: &ObjectName) -> Vec<ObjectRef> {
        let mut found = self.columns_of_type(name);
        let made_of_it = self.state.types.iter().filter(|(_, other)| match &other.kind {
            TypeKind::Composite(columns) => columns.iter().any(|column| is_of(column, name)),
            TypeKind::Domain { data_type, .. } => is_type(data_type, name),
            TypeKind::Enum(_) | TypeKind::Other => false,
        });
        found.extend(made_of_it.map(|(other, kind)| kind.reference(other)));
        let full = name.to_string();
        let takes = |parameter: &String| {
            let bare = parameter.trim_end_matches("[]");
            bare == &*name.name || bare == full
        };
        let callers =
            self.state.routines.iter().filter(|(_, routine)| {
                routine.overloads.iter().any(|parameters| signature(parameters).iter().any(takes))
            });
        found.extend(callers.map(|(routine, _)| ObjectRef::whole(ObjectKind::Routine, routine)));
        found
    }

    /// Whether values of a type must fulfil checks of its own.
    #[must_use]
    pub fn has_checks(&self, domain: &ObjectName) -> bool {
        self.state.types.find(domain).is_some_and(
            |found| matches!(&found.kind, TypeKind::Domain { nullable, checks, .. } if !nullable || !checks.is_empty()),
        )
    }
}

impl TypeObject {
    /// Takes the attributes of another type away.
    pub(super) fn lose_attributes(&mut self, of: &ObjectName) {
        if let TypeKind::Composite(columns) = &mut self.kind {
            columns.retain(|column| !is_of(column, of));
        }
    }
}

fn is_of(column: &Column, name: &ObjectName) -> bool {
    column.data_type.as_ref().is_some_and(|data_type| is_type(data_type, name))
}

fn is_type(data_type: &ColumnType, name: &ObjectName) -> bool {
    data_type.name == *name.name && data_type.schema.as_deref().is_none_or(|schema| schema == &*name.schema)
}
