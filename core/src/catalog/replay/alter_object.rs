//! `ALTER` of what is no relation: types, domains, indexes, schemas, routines, triggers.

use super::Replay;
use crate::catalog::known::Known;
use crate::catalog::naming::{ObjectName, ObjectRef, fold};
use crate::catalog::object::TypeKind;
use crate::change::{Alter, AlterAction, ColumnChange, ConstraintKind, Identifier, Name, ObjectKind};

impl Replay<'_> {
    pub(super) fn alter_object(&mut self, alter: &Alter, name: &Name) {
        match alter.kind {
            ObjectKind::Index => self.alter_index(alter, name),
            ObjectKind::Type | ObjectKind::Domain => self.alter_type(alter, name),
            ObjectKind::Schema => self.alter_schema(alter, name),
            ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule => self.alter_attached(alter, name),
            kind if kind.is_routine() => self.alter_routine(alter, name),
            kind => self.alter_other(kind, alter, name),
        }
    }

    fn alter_index(&mut self, alter: &Alter, name: &Name) {
        let table = if let Some(table) = &alter.table {
            self.needed(table, ObjectKind::Table, alter.if_exists)
        } else {
            let full = self.catalog.index_name(name);
            let state = &self.catalog.state;
            if state.indexes.look(&full, state.open).is_absent() && !alter.if_exists {
                return self.missing(ObjectRef::whole(ObjectKind::Index, &full), name.span);
            }
            state.indexes.find(&full).cloned()
        };
        let Some(table) = table else { return };
        let mut index = name.last().clone();
        for action in &alter.actions {
            let wanted = self.fold(&index);
            let valid = match &action.what {
                AlterAction::Rename(to) => {
                    self.rename_index(&table, &index, to.last());
                    index = to.last().clone();
                    continue;
                }
                AlterAction::AttachPartition { .. } => {
                    self.attach_index(&table, &wanted);
                    continue;
                }
                AlterAction::DisableIndex => false,
                AlterAction::Rebuild { .. } => true,
                _ => continue,
            };
            let Some(found) = self.edit(&table) else { return };
            let named = found.indexes.iter_mut_where(|found| found.name.as_deref() == Some(&wanted));
            named.for_each(|found| found.valid = valid);
        }
    }

    fn alter_type(&mut self, alter: &Alter, name: &Name) {
        let mut full = self.catalog.type_name(name);
        let state = &self.catalog.state;
        if state.types.look(&full, state.open).is_absent() && !alter.if_exists && !self.catalog.has_extensions() {
            return self.missing(ObjectRef::whole(alter.kind, &full), name.span);
        }
        for action in &alter.actions {
            match &action.what {
                AlterAction::Rename(to) => {
                    let new = full.beside(&self.fold(to.last()));
                    self.rename_type(&full, &new);
                    full = new;
                }
                AlterAction::SetSchema(schema) => {
                    let new = ObjectName::new(&self.fold(schema), &full.name);
                    self.rename_type(&full, &new);
                    full = new;
                }
                AlterAction::AddValue { value, if_not_exists, place } => {
                    self.add_value(&full, value, *if_not_exists, place.as_ref());
                }
                AlterAction::RenameValue { from, to } => self.rename_value(&full, from, to),
                AlterAction::AddColumn { column, .. } => {
                    let column = self.column(&full, column);
                    if let Some(TypeKind::Composite(columns)) = self.kind_of(&full) {
                        columns.push(column);
                    }
                }
                AlterAction::DropColumn { column, .. } => {
                    let wanted = self.fold(column);
                    if let Some(TypeKind::Composite(columns)) = self.kind_of(&full) {
                        columns.retain(|column| column.name != wanted);
                    }
                }
                AlterAction::RenameColumn { from, to } => {
                    let (old, new) = (self.fold(from), self.fold(to));
                    if let Some(TypeKind::Composite(columns)) = self.kind_of(&full) {
                        let named = columns.iter_mut().filter(|column| column.name == old);
                        named.for_each(|column| column.name.clone_from(&new));
                    }
                }
                AlterAction::AlterColumn { column, change: ColumnChange::SetType { data_type, .. } } => {
                    let (wanted, data_type) = (self.fold(column), self.data_type(data_type));
                    if let Some(TypeKind::Composite(columns)) = self.kind_of(&full) {
                        let named = columns.iter_mut().filter(|column| column.name == wanted);
                        named.for_each(|column| column.data_type = Some(data_type.clone()));
                    }
                }
                other => self.alter_domain(&full, other),
            }
        }
    }

    fn kind_of(&mut self, name: &ObjectName) -> Option<&mut TypeKind> {
        self.catalog.state.types.edit(name).map(|found| &mut found.kind)
    }

    fn add_value(
        &mut self,
        name: &ObjectName,
        value: &Identifier,
        if_not_exists: bool,
        place: Option<&(bool, Identifier)>,
    ) {
        let Some(TypeKind::Enum(values)) = self.kind_of(name) else { return };
        if values.contains(&value.text) {
            if !if_not_exists {
                self.exists(ObjectRef::part(ObjectKind::Type, name, &value.text), value.span);
            }
            return;
        }
        let at = place.and_then(|(before, other)| {
            let at = values.iter().position(|value| *value == other.text);
            at.map(|at| at + usize::from(!before))
        });
        let at = at.unwrap_or(values.len());
        values.insert(at, value.text.clone());
        let added = (value.text.clone(), self.origin);
        self.catalog.state.types.edit(name).into_iter().for_each(|found| found.added.push(added.clone()));
    }

    fn rename_value(&mut self, name: &ObjectName, from: &Identifier, to: &Identifier) {
        let Some(TypeKind::Enum(values)) = self.kind_of(name) else { return };
        match values.iter_mut().find(|value| **value == from.text) {
            Some(value) => value.clone_from(&to.text),
            None => self.missing(ObjectRef::part(ObjectKind::Type, name, &from.text), from.span),
        }
    }

    fn alter_domain(&mut self, name: &ObjectName, action: &AlterAction) {
        let given = match action {
            AlterAction::AlterDomain(ColumnChange::SetDefault(value)) => Some(self.default(value)),
            _ => None,
        };
        let check = self.domain_check(action);
        let wanted = match action {
            AlterAction::DropConstraint { name, .. } => self.fold(name.last()),
            AlterAction::ValidateConstraint(name) => self.fold(name),
            AlterAction::RenameConstraint { from, .. } => self.fold(from),
            _ => String::new(),
        };
        let renamed = match action {
            AlterAction::RenameConstraint { to, .. } => self.fold(to),
            _ => String::new(),
        };
        let domain = name.clone();
        let Some(TypeKind::Domain { nullable, default, checks, .. }) = self.kind_of(name) else { return };
        match action {
            AlterAction::AlterDomain(ColumnChange::SetNotNull) => *nullable = false,
            AlterAction::AlterDomain(ColumnChange::DropNotNull) => *nullable = true,
            AlterAction::AlterDomain(ColumnChange::SetDefault(_)) => *default = given,
            AlterAction::AlterDomain(ColumnChange::DropDefault) => *default = None,
            AlterAction::AddConstraint { .. } => {
                if let Some((given, text, valid)) = check {
                    let name = given.unwrap_or_else(|| super::create::check_name(&domain, checks));
                    checks.push((name, text, valid));
                }
            }
            AlterAction::DropConstraint { .. } => checks.retain(|(name, ..)| *name != wanted),
            AlterAction::ValidateConstraint(_) => {
                checks.iter_mut().filter(|(name, ..)| *name == wanted).for_each(|check| check.2 = true);
            }
            AlterAction::RenameConstraint { .. } => {
                let named = checks.iter_mut().filter(|(name, ..)| *name == wanted);
                named.for_each(|check| check.0.clone_from(&renamed));
            }
            _ => {}
        }
    }

    fn domain_check(&self, action: &AlterAction) -> Option<(Option<String>, String, bool)> {
        let AlterAction::AddConstraint { constraint, .. } = action else { return None };
        let ConstraintKind::Check(expression) = &constraint.kind else { return None };
        let name = constraint.name.as_ref().map(|name| self.fold(name));
        Some((name, format!("({})", self.words(expression.span)), !constraint.not_valid))
    }

    fn alter_schema(&mut self, alter: &Alter, name: &Name) {
        let old = self.catalog.place(name).name;
        for action in &alter.actions {
            let AlterAction::Rename(to) = &action.what else { continue };
            let new = fold(self.catalog.dialect, to.last(), true);
            for name in self.catalog.state.relations.names_in(&old) {
                self.rename_relation(&name, ObjectName::new(&new, &name.name), to.span);
            }
            for name in self.catalog.state.types.names_in(&old) {
                self.rename_type(&name, &ObjectName::new(&new, &name.name));
            }
            for name in self.catalog.state.routines.names_in(&old) {
                self.catalog.state.routines.rename(&name, &ObjectName::new(&new, &name.name));
            }
            let key = |name: &str| (ObjectKind::Schema, ObjectName::new("", name));
            self.catalog.state.others.rename(&key(&old), &key(&new));
        }
    }

    fn alter_attached(&mut self, alter: &Alter, name: &Name) {
        let Some(table) = &alter.table else { return };
        let Some(owner) = self.needed(table, ObjectKind::Table, alter.if_exists) else { return };
        let wanted = self.fold(name.last());
        if self.find(&owner).is_some_and(|found| found.attached(alter.kind, &wanted).is_absent()) {
            return self.absent_part(alter.kind, &owner, &wanted, name.span);
        }
        for action in &alter.actions {
            let AlterAction::Rename(to) = &action.what else { continue };
            let new = self.fold(to.last());
            let Some(found) = self.edit(&owner) else { return };
            let named = found.attached.iter_mut_where(|other| other.kind == alter.kind && other.name == wanted);
            named.for_each(|attached| attached.name.clone_from(&new));
        }
    }

    fn alter_routine(&mut self, alter: &Alter, name: &Name) {
        let full = self.catalog.routine_name(name);
        for action in &alter.actions {
            let new = match &action.what {
                AlterAction::Rename(to) => full.beside(&self.fold(to.last())),
                AlterAction::SetSchema(schema) => ObjectName::new(&self.fold(schema), &full.name),
                _ => continue,
            };
            if self.catalog.state.routines.find(&full).is_some() {
                self.catalog.state.routines.rename(&full, &new);
            }
        }
    }

    fn alter_other(&mut self, kind: ObjectKind, alter: &Alter, name: &Name) {
        let key = (kind, self.catalog.other_name(kind, name));
        let state = &self.catalog.state;
        let Known::Present(_) = state.others.look(&key, state.open) else { return };
        for action in &alter.actions {
            if let AlterAction::Rename(to) = &action.what {
                let new = (kind, key.1.beside(&self.fold(to.last())));
                self.catalog.state.others.rename(&key, &new);
                return;
            }
        }
    }
}
