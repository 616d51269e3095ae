//! What `ALTER` does to an object and its parts.

use super::Touch;
use crate::catalog::{ObjectName, ObjectRef};
use crate::change::{Alter, AlterAction, ColumnChange, ConstraintKind, Name, ObjectKind};
use crate::dependency::access::{How, Use};
use crate::dependency::definition::routine;
use crate::text::{Casing, Span};

impl Touch<'_> {
    pub(super) fn alter(&mut self, alter: &Alter) {
        let Some(name) = &alter.name else {
            return self.opaque("it alters what has no name");
        };
        if let Some(table) = &alter.table {
            let owner = self.catalog.relation_name(table);
            let part = self.fold(name.last());
            self.reads(self.relation(&owner, ObjectKind::Table), Use::Name);
            let object = Self::part(alter.kind, &owner, &part);
            return alter.actions.iter().for_each(|action| self.alter_part(&object, &action.what, action.span));
        }
        let full = self.catalog.full_name(alter.kind, name);
        let object = match alter.kind {
            kind if kind.is_relation() => self.relation(&full, kind),
            kind if kind.is_routine() => routine(kind, name, self.text, self.catalog),
            kind => ObjectRef::whole(kind, &full),
        };
        self.add(object.clone(), How::Reads(Use::Name), alter.if_exists);
        for action in &alter.actions {
            self.action(&object, &action.what, action.span, alter.if_exists);
        }
    }

    fn alter_part(&mut self, object: &ObjectRef, what: &AlterAction, span: Span) {
        if let AlterAction::Rename(to) = what {
            self.removes(object.clone(), false);
            let to = self.fold(to.last());
            self.makes(Self::part(object.kind, &object.name, &to), false);
        } else {
            self.alters(object.clone(), what.as_str(), false);
            self.columns_in(span, &object.name, Use::Bound);
        }
    }

    fn action(&mut self, object: &ObjectRef, what: &AlterAction, span: Span, if_exists: bool) {
        let table = &object.name;
        match what {
            AlterAction::AddColumn { column, if_not_exists } => {
                let name = self.fold(&column.name);
                self.add(Self::part(ObjectKind::Column, table, &name), How::Makes, *if_not_exists || if_exists);
                self.column(column, table);
            }
            AlterAction::DropColumn { column, if_exists: gone, .. } => {
                let name = self.fold(column);
                self.removes(Self::part(ObjectKind::Column, table, &name), *gone || if_exists);
            }
            AlterAction::AlterColumn { column, change } => {
                let name = self.fold(column);
                self.column_change(Self::part(ObjectKind::Column, table, &name), change, if_exists);
            }
            AlterAction::ModifyColumn { from, column, .. } => {
                let name = self.fold(&column.name);
                let part = Self::part(ObjectKind::Column, table, &name);
                match from.as_ref().map(|from| self.fold(from)).filter(|from| *from != name) {
                    Some(from) => {
                        self.removes(Self::part(ObjectKind::Column, table, &from), false);
                        self.makes(part, false);
                    }
                    None => self.alters(part, "type", false),
                }
            }
            AlterAction::RenameColumn { from, to } => {
                let (from, to) = (self.fold(from), self.fold(to));
                self.removes(Self::part(ObjectKind::Column, table, &from), if_exists);
                self.makes(Self::part(ObjectKind::Column, table, &to), if_exists);
            }
            AlterAction::AddConstraint { constraint, .. } => {
                self.constraint(constraint, table);
                match &constraint.kind {
                    ConstraintKind::PrimaryKey(columns) | ConstraintKind::Unique { columns, .. } => {
                        self.makes(self.key_of(columns, table), true);
                    }
                    _ => self.alters(object.clone(), "constraints", true),
                }
            }
            AlterAction::DropConstraint { name, if_exists: gone, .. } => {
                let name = self.fold(name.last());
                self.removes(Self::part(ObjectKind::Constraint, table, &name), *gone || if_exists);
            }
            AlterAction::RenameConstraint { from, to } => {
                let (from, to) = (self.fold(from), self.fold(to));
                self.removes(Self::part(ObjectKind::Constraint, table, &from), if_exists);
                self.makes(Self::part(ObjectKind::Constraint, table, &to), if_exists);
            }
            AlterAction::ValidateConstraint(name) | AlterAction::AlterConstraint { name, .. } => {
                let name = self.fold(name);
                self.alters(Self::part(ObjectKind::Constraint, table, &name), what.as_str(), if_exists);
            }
            AlterAction::Rename(to) => {
                let to = self.fold(to.last());
                self.renamed(object, ObjectRef { name: table.beside(&to), ..object.clone() }, if_exists);
            }
            AlterAction::SetSchema(schema) => {
                let to = ObjectName::new(&self.fold(schema), &table.name);
                self.renamed(object, ObjectRef { name: to, ..object.clone() }, if_exists);
            }
            other => self.further(object, other, span, if_exists),
        }
    }

    /// An object gets another name.
    pub(super) fn renamed(&mut self, object: &ObjectRef, to: ObjectRef, tolerant: bool) {
        self.removes(object.clone(), tolerant);
        self.makes(to, tolerant);
        if object.kind == ObjectKind::Schema {
            self.reads(object.clone(), Use::Everything(None));
        }
    }

    fn further(&mut self, object: &ObjectRef, what: &AlterAction, span: Span, if_exists: bool) {
        let table = &object.name;
        match what {
            AlterAction::AlterDomain(change) => self.alters(object.clone(), change.as_str(), if_exists),
            AlterAction::SetOwner(role) => {
                self.role(role);
                self.alters(object.clone(), "owner", if_exists);
            }
            AlterAction::AttachPartition { partition, .. } => self.attach(object, partition, true),
            AlterAction::DetachPartition { partition, .. } => self.attach(object, partition, false),
            AlterAction::Inherit(parent) | AlterAction::NoInherit(parent) => {
                let parent = self.table(parent);
                self.reads(parent.clone(), Use::Name);
                self.reads(parent, Use::Shape);
                self.reads(object.clone(), Use::Shape);
                self.alters(object.clone(), "parents", if_exists);
            }
            AlterAction::AddIndex(index) => self.create_index(index, Some(table)),
            AlterAction::DropIndex { name, .. } => {
                let name = self.fold(name);
                self.removes(ObjectRef::whole(ObjectKind::Index, &table.beside(&name)), if_exists);
            }
            AlterAction::SwitchTrigger { name, .. } => match name {
                Some(name) => {
                    let name = self.fold(name);
                    self.alters(Self::part(ObjectKind::Trigger, table, &name), "enabled", if_exists);
                }
                None => self.alters(object.clone(), "triggers", if_exists),
            },
            AlterAction::SwitchRule { name, .. } => {
                let name = self.fold(name);
                self.alters(Self::part(ObjectKind::Rule, table, &name), "enabled", if_exists);
            }
            AlterAction::ClusterOn(Some(index)) | AlterAction::ReplicaIdentity(Some(index)) => {
                let index = table.beside(&self.fold(index));
                self.reads(ObjectRef::whole(ObjectKind::Index, &index), Use::Name);
                self.alters(object.clone(), what.as_str(), if_exists);
            }
            AlterAction::AddValue { value, .. } => {
                self.makes(Self::part(ObjectKind::Type, table, &value.text), false);
                self.alters(object.clone(), "values", if_exists);
            }
            AlterAction::RenameValue { from, to } => {
                self.removes(Self::part(ObjectKind::Type, table, &from.text), false);
                self.makes(Self::part(ObjectKind::Type, table, &to.text), false);
            }
            AlterAction::Members { members, .. } => {
                for member in members {
                    let member = self.table(member);
                    self.reads(member, Use::Name);
                }
                self.alters(object.clone(), "members", if_exists);
            }
            AlterAction::OfType(Some(name)) => {
                let full = self.catalog.type_name(name);
                self.reads(ObjectRef::whole(ObjectKind::Type, &full), Use::Whole);
            }
            AlterAction::Opaque(_) => {
                let certain = std::mem::replace(&mut self.certain, false);
                self.alters(object.clone(), "what is not understood", if_exists);
                self.certain = certain;
            }
            AlterAction::SetOptions { .. } | AlterAction::SetSequence(_) | AlterAction::SetAttribute(_) => {
                let said = self.text.get(span.start..span.end).unwrap_or_default().lower();
                self.alters(object.clone(), said.split_whitespace().collect::<Vec<_>>().join(" "), if_exists);
            }
            other => self.alters(object.clone(), other.as_str(), if_exists),
        }
    }

    /// A table becomes a partition, or ceases to be one: both must have the same shape.
    fn attach(&mut self, object: &ObjectRef, partition: &Name, attaches: bool) {
        let full = self.catalog.relation_name(partition);
        let part =
            self.relation(&full, if object.kind == ObjectKind::Index { ObjectKind::Index } else { ObjectKind::Table });
        if attaches {
            self.reads(object.clone(), Use::Shape);
            self.reads(part.clone(), Use::Shape);
        }
        self.reads(part.clone(), Use::Name);
        self.alters(part, "partition of", false);
        self.alters(object.clone(), format!("partitions {}", full.name), false);
    }

    fn column_change(&mut self, column: ObjectRef, change: &ColumnChange, if_exists: bool) {
        let table = column.name.clone();
        match change {
            ColumnChange::SetType { data_type, using, .. } => {
                self.data_type(data_type);
                if let Some(using) = using {
                    self.columns_in(using.span, &table, Use::Name);
                }
                self.alters(column, "type", if_exists);
            }
            ColumnChange::SetDefault(expression) => {
                self.called(expression.span);
                self.alters(column, "default", if_exists);
            }
            ColumnChange::DropDefault => self.alters(column, "default", if_exists),
            ColumnChange::SetNotNull | ColumnChange::DropNotNull => self.alters(column, "not null", if_exists),
            ColumnChange::SetExpression(span) => {
                self.columns_in(*span, &table, Use::Bound);
                self.alters(column, "expression", if_exists);
            }
            ColumnChange::AddIdentity { .. } | ColumnChange::SetIdentity | ColumnChange::DropIdentity { .. } => {
                self.alters(column, "identity", if_exists);
            }
            other => self.alters(column, other.as_str(), if_exists),
        }
    }
}
