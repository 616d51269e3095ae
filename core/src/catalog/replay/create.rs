//! Views, types, routines, triggers and all other objects that are created.

use std::collections::BTreeSet;

use super::Replay;
use super::dynamic::removed;
use crate::catalog::constraint::ConstraintKind;
use crate::catalog::expression;
use crate::catalog::known::Known;
use crate::catalog::mentions::Mentions;
use crate::catalog::naming::{ObjectName, ObjectRef};
use crate::catalog::object::{OtherObject, Removal, RoutineObject, TypeKind, TypeObject};
use crate::catalog::relation::{Attached, Column, Persistence, Relation, RelationKind, Rows};
use crate::catalog::state::Catalog;
use crate::change::{
    self, Change, CreateObject, CreateView, Domain, Name, ObjectKind, Policy, Role, Routine, Step, Trigger,
    TypeDefinition, TypeForm,
};
use crate::sql::Dialect;
use crate::text::Span;

impl Catalog {
    /// The full name of an object that no reader of its own knows. Few kinds stand in a schema.
    pub(crate) fn other_name(&self, kind: ObjectKind, name: &Name) -> ObjectName {
        let placed = self.place(name);
        let in_schema =
            matches!(
                kind,
                ObjectKind::Collation | ObjectKind::Statistics | ObjectKind::Operator | ObjectKind::OperatorClass
            ) || matches!(kind, ObjectKind::OperatorFamily | ObjectKind::TextSearch | ObjectKind::Conversion);
        if in_schema { placed } else { ObjectName::new("", &placed.name) }
    }

    /// Whether an extension may have brought types and functions.
    pub(super) fn has_extensions(&self) -> bool {
        self.state.others.iter().any(|((kind, _), _)| *kind == ObjectKind::Extension)
    }
}

impl Replay<'_> {
    pub(super) fn create_view(&mut self, view: &CreateView) {
        let name =
            if view.temporary { self.catalog.place_temporary(&view.name) } else { self.catalog.place(&view.name) };
        let kind = if view.materialized { RelationKind::MaterializedView } else { RelationKind::View };
        let mut relation = Relation::new(&name, kind);
        let replaces = view.or_replace && self.find(&name).is_some_and(|found| found.kind == kind);
        if replaces {
            relation.attached = self.find(&name).map(|found| found.attached.clone()).unwrap_or_default();
        } else if !self.free(&name, kind.object_kind(), view.name.span, view.if_not_exists) {
            return;
        }
        let doubtful = view.if_not_exists && self.catalog.relation(&name) == Known::Unknown;
        let columns = self.catalog.columns_of_view(view, self.text);
        relation.complete = columns.is_some();
        for column in columns.into_iter().flatten() {
            relation.columns.push(Column { made: Some(self.origin), ..Column::unknown(&column) });
        }
        if view.temporary {
            relation.persistence = Persistence::Temporary;
        }
        let mut reads: Vec<ObjectName> =
            view.query.relations.iter().map(|source| self.catalog.relation_name(source)).collect();
        reads.dedup();
        relation.reads = reads;
        relation.mentions = Mentions::of(self.text, view.query.span, self.catalog.dialect);
        relation.rows = if view.no_data { Rows::None } else { Rows::Unknown };
        relation.made = Some(self.origin);
        self.catalog.state.relations.put(name.clone(), relation);
        if doubtful {
            self.catalog.state.relations.doubt(&name);
        }
    }

    pub(super) fn create_type(&mut self, found: &TypeDefinition) {
        let kind = match &found.form {
            TypeForm::Enum(values) => TypeKind::Enum(values.iter().map(|value| value.text.clone()).collect()),
            TypeForm::Composite(columns) => {
                let place = self.catalog.place(&found.name);
                TypeKind::Composite(columns.iter().map(|column| self.column(&place, column)).collect())
            }
            TypeForm::Alias(data_type) => TypeKind::Domain {
                data_type: self.data_type(data_type),
                nullable: true,
                default: None,
                checks: Vec::new(),
            },
            TypeForm::Range | TypeForm::Other => TypeKind::Other,
        };
        let replaces = self.catalog.dialect == Dialect::Oracle;
        self.put_type(&found.name, kind, replaces);
    }

    fn put_type(&mut self, name: &Name, kind: TypeKind, replaces: bool) {
        let full = self.catalog.place(name);
        let state = &self.catalog.state;
        let shell = matches!(state.types.find(&full), Some(TypeObject { kind: TypeKind::Other, .. }));
        if state.types.look(&full, state.open).is_present() && !replaces && !shell {
            return self.exists(ObjectRef::whole(ObjectKind::Type, &full), name.span);
        }
        self.catalog.state.types.put(full, TypeObject { kind, added: Vec::new(), made: Some(self.origin) });
    }

    pub(super) fn create_domain(&mut self, domain: &Domain) {
        let name = self.catalog.place(&domain.name);
        let mut checks: Vec<(String, String, bool)> = Vec::new();
        for constraint in &domain.constraints {
            if let change::ConstraintKind::Check(expression) = &constraint.kind {
                let given = constraint.name.as_ref().map(|given| self.fold(given));
                let name = given.unwrap_or_else(|| check_name(&name, &checks));
                checks.push((name, format!("({})", self.words(expression.span)), !constraint.not_valid));
            }
        }
        let kind = TypeKind::Domain {
            data_type: self.data_type(&domain.data_type),
            nullable: !domain.not_null,
            default: domain.default.as_ref().map(|default| self.default(default)),
            checks,
        };
        self.put_type(&domain.name, kind, false);
    }

    pub(super) fn create_routine(&mut self, routine: &Routine) {
        let full = self.catalog.place(&routine.name);
        let parameters = routine.parameters.map(|span| self.words(span)).unwrap_or_default();
        let overloading = matches!(self.catalog.dialect, Dialect::Postgres | Dialect::Generic);
        let known = self.catalog.state.routines.look(&full, self.catalog.state.open).present();
        let same = known.is_some_and(|known| !overloading || known.overloads.contains(&parameters));
        if same && !routine.or_replace && routine.kind != ObjectKind::Package {
            return self.exists(ObjectRef::whole(routine.kind, &full), routine.name.span);
        }
        let mut overloads = known.filter(|_| overloading).map(|known| known.overloads.clone()).unwrap_or_default();
        overloads.insert(parameters);
        let object = RoutineObject {
            overloads,
            volatility: routine.volatility.map(ToOwned::to_owned),
            of_triggers: routine.returns.as_ref().is_some_and(|returned| {
                let name = returned.name.last().text.to_ascii_lowercase();
                ["trigger", "event_trigger"].contains(&name.as_str())
            }),
            touches: self.touched(&routine.steps),
            opaque: routine.steps.iter().any(|step| is_opaque(&step.request.change)),
            removes: self.removed_unread(routine),
            made: Some(self.origin),
        };
        self.catalog.state.routines.put(full, object);
    }

    /// What the texts that a body puts together may remove: where they do not say it themselves, what the body says.
    fn removed_unread(&self, routine: &Routine) -> Removal {
        let mut texts = routine.steps.iter().filter_map(|step| match &step.request.change {
            Change::Unchecked(span) => self.text.get(span.start..span.end),
            _ => None,
        });
        let body = routine.body.and_then(|body| self.text.get(body.start..body.end)).unwrap_or_default();
        if texts.next().is_some() { removed(body, body) } else { Removal::default() }
    }

    /// The relations that steps make, alter or remove.
    fn touched(&self, steps: &[Step]) -> BTreeSet<ObjectName> {
        let defines = |change: &Change| {
            matches!(change, Change::CreateTable(_) | Change::CreateView(_) | Change::Alter(_))
                || matches!(change, Change::CreateIndex(_) | Change::Drop(_) | Change::Rename(_))
        };
        let objects = steps.iter().filter(|step| defines(&step.request.change)).flat_map(|step| step.request.objects());
        objects
            .filter(|object| object.role != Role::Source)
            .map(|object| self.catalog.relation_name(&object.name))
            .collect()
    }

    pub(super) fn create_trigger(&mut self, trigger: &Trigger, span: Span) {
        let Some(table) = &trigger.table else { return };
        self.attach(ObjectKind::Trigger, &trigger.name, table, trigger.or_replace || trigger.if_not_exists);
        if self.catalog.dialect == Dialect::Sqlite {
            let mentions = Mentions::from(expression::values(self.text, span, self.catalog.dialect));
            let (owner, name) = (self.catalog.relation_name(table), self.fold(trigger.name.last()));
            let made = Some(self.origin);
            let is_new =
                |other: &Attached| other.kind == ObjectKind::Trigger && other.name == name && other.made == made;
            let new = self.edit(&owner).into_iter().flat_map(|found| found.attached.iter_mut_where(is_new));
            new.for_each(|trigger| trigger.mentions.clone_from(&mentions));
        }
        let Some(function) = &trigger.function else { return };
        let (owner, name) = (self.catalog.relation_name(table), self.fold(trigger.name.last()));
        let function = self.catalog.routine_name(function);
        let Some(found) = self.edit(&owner) else { return };
        let is_it = |other: &Attached| other.kind == ObjectKind::Trigger && other.name == name;
        for trigger in found.attached.iter_mut_where(is_it) {
            trigger.function = Some(function.clone());
        }
    }

    pub(super) fn create_policy(&mut self, policy: &Policy) {
        self.attach(ObjectKind::Policy, &policy.name, &policy.table, false);
        let mentions = Mentions::of(self.text, policy.query.span, self.catalog.dialect);
        let (owner, name) = (self.catalog.relation_name(&policy.table), self.fold(policy.name.last()));
        let Some(found) = self.edit(&owner) else { return };
        let is_it = |other: &Attached| other.kind == ObjectKind::Policy && other.name == name;
        for policy in found.attached.iter_mut_where(is_it) {
            policy.mentions.clone_from(&mentions);
        }
    }

    /// Gives a table a trigger, policy or rule.
    pub(super) fn attach(&mut self, kind: ObjectKind, name: &Name, table: &Name, replaces: bool) {
        let Some(owner) = self.needed(table, ObjectKind::Table, false) else { return };
        let wanted = self.fold(name.last());
        let Some(found) = self.find(&owner) else { return };
        let there = |other: &&Relation| other.attached(kind, &wanted).is_present();
        // The triggers of SQLite share one schema.
        let others = self.catalog.relations().filter(|_| self.catalog.dialect == Dialect::Sqlite).find(there);
        if let Some(other) = Some(found).filter(there).or(others) {
            let object = ObjectRef::part(kind, &other.name, &wanted);
            if !replaces {
                self.exists(object, name.span);
            }
            return;
        }
        let made = Some(self.origin);
        let attached = Attached { kind, name: wanted, function: None, mentions: Mentions::default(), made };
        self.edit(&owner).into_iter().for_each(|found| found.attached.push(attached.clone()));
    }

    pub(super) fn create_other(&mut self, object: &CreateObject) {
        if let Some(name) = &object.name {
            match object.kind {
                ObjectKind::Sequence | ObjectKind::Synonym => self.create_sequence(object, name),
                kind => self.put_other(kind, object, name),
            }
        }
        if object.elements.is_empty() {
            return;
        }
        let path = std::sync::Arc::clone(&self.catalog.state.path);
        if let Some(name) = &object.name {
            self.catalog.state.path = std::sync::Arc::from([self.catalog.place(name).name]);
        }
        for element in &object.elements {
            self.change(&element.change, element.span);
        }
        self.catalog.state.path = path;
    }

    fn put_other(&mut self, kind: ObjectKind, object: &CreateObject, name: &Name) {
        let key = (kind, self.catalog.other_name(kind, name));
        let state = &self.catalog.state;
        if state.others.look(&key, state.open).is_present() {
            if !object.if_not_exists && !object.or_replace {
                self.exists(ObjectRef::whole(kind, &key.1), name.span);
            }
            return;
        }
        let tables = object.tables.iter().map(|table| self.catalog.relation_name(table)).collect();
        self.catalog.state.others.put(key, OtherObject { tables, made: Some(self.origin) });
    }

    fn create_sequence(&mut self, object: &CreateObject, name: &Name) {
        let kind = if object.kind == ObjectKind::Sequence { RelationKind::Sequence } else { RelationKind::Synonym };
        let full = if object.temporary { self.catalog.place_temporary(name) } else { self.catalog.place(name) };
        if object.or_replace && self.find(&full).is_some_and(|found| found.kind == kind) {
            self.catalog.state.relations.take(&full);
        }
        if !self.free(&full, object.kind, name.span, object.if_not_exists) {
            return;
        }
        let mut relation = Relation::new(&full, kind);
        relation.complete = kind == RelationKind::Sequence;
        relation.made = Some(self.origin);
        if object.temporary {
            relation.persistence = Persistence::Temporary;
        }
        relation.owned_by = object.owned_by.as_ref().and_then(|owner| self.owner(owner));
        self.catalog.state.relations.put(full, relation);
    }

    /// The table and column of `OWNED BY table.column`.
    pub(super) fn owner(&self, owner: &Name) -> Option<(ObjectName, String)> {
        let (column, table) = owner.parts.split_last().filter(|(_, table)| !table.is_empty())?;
        let table = Name { parts: table.to_vec(), span: owner.span };
        Some((self.catalog.relation_name(&table), self.fold(column)))
    }
}

fn is_opaque(change: &Change) -> bool {
    matches!(change, Change::Opaque(_) | Change::Unchecked(_) | Change::Call(_))
}

/// How PostgreSQL calls a check of a domain.
pub(super) fn check_name(domain: &ObjectName, checks: &[(String, String, bool)]) -> String {
    let label = ConstraintKind::Check { text: String::new() };
    let first = format!("{}_{}", domain.name, label.as_str());
    let further = (1..1000).map(|number| format!("{first}{number}"));
    let taken = |name: &String| checks.iter().any(|(other, ..)| other == name);
    std::iter::once(first.clone()).chain(further).find(|name| !taken(name)).unwrap_or(first)
}
