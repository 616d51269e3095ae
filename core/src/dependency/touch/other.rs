//! What is dropped, renamed, described and granted.

use super::Touch;
use crate::catalog::{ObjectName, ObjectRef, signature};
use crate::change::{Drop, Grant, Name, ObjectKind, Rename, Request};
use crate::dependency::access::{How, Use};
use crate::dependency::definition::routine;
use crate::text::Casing;

impl Touch<'_> {
    pub(super) fn drop(&mut self, drop: &Drop) {
        if drop.temporary {
            return;
        }
        for (at, name) in drop.names.iter().enumerate() {
            if let Some(table) = drop.table.as_ref().filter(|_| drop.kind != ObjectKind::Index || !self.is_postgres()) {
                let owner = self.catalog.relation_name(table);
                let part = self.fold(name.last());
                self.add(self.relation(&owner, ObjectKind::Table), How::Reads(Use::Name), drop.if_exists);
                self.removes(Self::part(drop.kind, &owner, &part), drop.if_exists);
                continue;
            }
            let full = self.catalog.full_name(drop.kind, name);
            let mut object = match drop.kind {
                kind if kind.is_relation() => self.relation(&full, kind),
                kind => ObjectRef::whole(kind, &full),
            };
            let arguments = drop.arguments.get(at).copied().flatten().filter(|_| drop.kind.is_routine());
            if let Some(words) = arguments.and_then(|span| self.text.get(span.start..span.end)) {
                object =
                    ObjectRef { kind: drop.kind, ..ObjectRef::part(drop.kind, &full, &signature(words).join(", ")) };
            }
            if drop.kind == ObjectKind::Schema {
                self.reads(object.clone(), Use::Everything(None));
            }
            if drop.cascade {
                self.cascade(&object);
            }
            self.removes(object, drop.if_exists);
        }
    }

    /// What goes with an object.
    fn cascade(&mut self, object: &ObjectRef) {
        let mut open = self.catalog.dependents_of(object);
        let mut seen = open.clone();
        while let Some(next) = open.pop() {
            self.removes(next.clone(), true);
            for further in self.catalog.dependents_of(&next) {
                if !seen.contains(&further) {
                    seen.push(further.clone());
                    open.push(further);
                }
            }
        }
    }

    fn is_postgres(&self) -> bool {
        self.catalog.dialect() == crate::sql::Dialect::Postgres
    }

    pub(super) fn rename(&mut self, rename: &Rename) {
        if self.catalog.renamed_kind(rename) == ObjectKind::Column {
            let Some((column, table)) = rename.from.parts.split_last() else { return };
            let owner = self.catalog.relation_name(&Name { parts: table.to_vec(), span: rename.from.span });
            let (from, to) = (self.fold(column), self.fold(rename.to.last()));
            self.removes(Self::part(ObjectKind::Column, &owner, &from), false);
            return self.makes(Self::part(ObjectKind::Column, &owner, &to), false);
        }
        let full = self.catalog.full_name(rename.kind, &rename.from);
        let object = ObjectRef::whole(rename.kind, &full);
        let to = full.beside(&self.fold(rename.to.last()));
        self.renamed(&object, ObjectRef { name: to, ..object.clone() }, false);
    }

    pub(super) fn comment(&mut self, kind: ObjectKind, name: Option<&Name>, table: Option<&Name>) {
        let Some(object) = name.map(|name| self.commented(kind, name, table)) else { return };
        if object.part.is_some() && !kind.is_routine() {
            let owner = self.relation(&object.name, ObjectKind::Table);
            self.reads(owner, Use::Name);
        }
        self.alters(object, "comment", false);
    }

    /// What a comment is about.
    pub(super) fn commented(&self, kind: ObjectKind, name: &Name, table: Option<&Name>) -> ObjectRef {
        if let Some(table) = table {
            let domain = kind == ObjectKind::Constraint && self.catalog.type_named(table).is_present();
            let owner = if domain { self.catalog.type_name(table) } else { self.catalog.relation_name(table) };
            return Self::part(kind, &owner, &self.fold(name.last()));
        }
        if kind.is_routine() {
            return routine(kind, name, self.text, self.catalog);
        }
        let full = self.catalog.full_name(kind, name);
        if kind.is_relation() { self.relation(&full, kind) } else { ObjectRef::whole(kind, &full) }
    }

    pub(super) fn grant(&mut self, grant: &Grant) {
        for grantee in &grant.grantees {
            self.role(grantee);
        }
        let to: Vec<String> = grant.grantees.iter().map(ToString::to_string).collect();
        let to = to.join(", ");
        if grant.default {
            for schema in &grant.objects {
                let schema = self.schema(&self.fold(schema.last()));
                self.reads(schema.clone(), Use::Everything(grant.kind));
                self.alters(schema, format!("default privileges of {to}"), false);
            }
            if grant.objects.is_empty() {
                let database = ObjectRef::whole(ObjectKind::DefaultPrivileges, &ObjectName::new("", "all schemas"));
                self.alters(database, format!("default privileges of {to}"), true);
            }
            return;
        }
        for name in &grant.objects {
            if grant.all_in_schema {
                let schema = self.schema(&self.fold(name.last()));
                self.reads(schema, Use::Everything(grant.kind));
                continue;
            }
            let kind = grant.kind.unwrap_or(ObjectKind::Table);
            let full = self.catalog.full_name(kind, name);
            let object = match kind {
                kind if kind.is_relation() => self.relation(&full, kind),
                kind if kind.is_routine() => routine(kind, name, self.text, self.catalog),
                kind => ObjectRef::whole(kind, &full),
            };
            self.alters(object, format!("privileges of {to}"), false);
        }
        if grant.objects.is_empty() {
            for role in &grant.privileges {
                let role = ObjectName::new("", &role.lower());
                self.add(ObjectRef::whole(ObjectKind::Role, &role), How::Reads(Use::Perhaps), false);
                self.alters(ObjectRef::whole(ObjectKind::Role, &role), format!("members {to}"), true);
            }
        }
    }

    /// A statement in the body of a function that the server checks when the function is made: what it names must be
    /// there. Only a body that is no string stays bound to it.
    pub(super) fn body_step(&mut self, request: &Request, bound: bool) {
        let mut inner = super::touched(request, self.text, self.catalog, self.statement);
        for mut access in inner.accesses.drain(..) {
            if matches!(access.how, How::Reads(Use::Perhaps | Use::Whole)) && !bound {
                access.how = How::Reads(Use::Perhaps);
            } else {
                access.how = How::Reads(if bound { Use::Bound } else { Use::Name });
            }
            access.tolerant = false;
            let Some(known) = access.object.part.as_ref().map(|_| self.catalog.presence(&access.object)) else {
                self.found.accesses.push(access);
                continue;
            };
            // A name that is no column of the table may be an alias.
            if !known.is_present() {
                access.how = How::Reads(Use::Perhaps);
            }
            self.found.accesses.push(access);
        }
    }
}
