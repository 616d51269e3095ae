//! `DROP`: what is removed, with what, and what stands in the way.

use super::Replay;
use crate::catalog::conflict::ConflictKind;
use crate::catalog::known::Known;
use crate::catalog::naming::{ObjectName, ObjectRef, is_system};
use crate::catalog::relation::{Relation, RelationKind};
use crate::catalog::signature::signature;
use crate::change::{self, Identifier, Name, ObjectKind};
use crate::sql::Dialect;
use crate::text::Span;

impl Replay<'_> {
    pub(super) fn drop(&mut self, drop: &change::Drop) {
        // Objects that go in one statement do not stand in each other's way.
        let names = drop.names.iter().map(|name| self.catalog.relation_name(name));
        let going: Vec<ObjectName> = names.filter(|name| self.find(name).is_some()).collect();
        for (at, name) in drop.names.iter().enumerate() {
            let arguments = drop.arguments.get(at).copied().flatten();
            self.drop_one(drop, (name, arguments), drop.cascade, &going);
        }
    }

    fn drop_one(
        &mut self,
        drop: &change::Drop,
        (name, arguments): (&Name, Option<Span>),
        cascade: bool,
        going: &[ObjectName],
    ) {
        match drop.kind {
            ObjectKind::Table
            | ObjectKind::ForeignTable
            | ObjectKind::View
            | ObjectKind::MaterializedView
            | ObjectKind::Sequence
            | ObjectKind::Synonym => self.drop_relation(drop, name, cascade, going),
            ObjectKind::Index => self.drop_index(drop, name),
            ObjectKind::Type | ObjectKind::Domain => self.drop_type(drop, name),
            ObjectKind::Schema | ObjectKind::Database => self.drop_schema(drop, name),
            ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule => self.drop_attached(drop, name),
            kind if kind.is_routine() || kind == ObjectKind::Package => self.drop_routine(drop, name, arguments),
            kind => {
                let key = (kind, self.catalog.other_name(kind, name));
                self.catalog.state.others.take(&key);
            }
        }
    }

    fn drop_relation(&mut self, drop: &change::Drop, name: &Name, cascade: bool, going: &[ObjectName]) {
        let full = self.catalog.relation_name(name);
        let object = ObjectRef::whole(drop.kind, &full);
        match self.catalog.relation(&full) {
            Known::Absent if drop.if_exists || going.contains(&full) => return,
            Known::Absent => return self.missing(object, name.span),
            Known::Present(found) if !fits(drop.kind, found.kind) => {
                let object = found.reference();
                return self.conflict(ConflictKind::WrongKind, object, name.span);
            }
            _ if is_system(self.catalog.dialect, &full) => return,
            _ => {}
        }
        let mut needed = self.in_the_way(&self.catalog.dependents_of(&object));
        needed.retain(|dependent| !going.contains(&dependent.name));
        if !needed.is_empty() && !self.cascades(cascade) {
            return self.conflict(ConflictKind::NeededBy(needed), object, name.span);
        }
        self.remove_relation(&full);
    }

    /// Whether `CASCADE` does anything here.
    pub(super) fn cascades(&self, cascade: bool) -> bool {
        cascade && !self.is_mysql()
    }

    /// Of what depends on an object, what makes the server refuse to drop it.
    pub(super) fn in_the_way(&self, dependents: &[ObjectRef]) -> Vec<ObjectRef> {
        let (dialect, keys) = (self.catalog.dialect, self.catalog.state.enforces_keys);
        let stops = |dependent: &&ObjectRef| match dependent.kind {
            ObjectKind::Constraint => keys && !matches!(dialect, Dialect::Sqlite | Dialect::Generic),
            _ => matches!(dialect, Dialect::Postgres | Dialect::H2),
        };
        dependents.iter().filter(stops).cloned().collect()
    }

    fn drop_index(&mut self, drop: &change::Drop, name: &Name) {
        if !self.catalog.indexes_have_schemas() {
            // SQL Server's old form is `table.index`.
            let table = drop.table.clone().or_else(|| {
                let (_, table) = name.parts.split_last()?;
                (!table.is_empty()).then(|| Name { parts: table.to_vec(), span: name.span })
            });
            let Some(table) = table.and_then(|table| self.needed(&table, ObjectKind::Table, drop.if_exists)) else {
                return;
            };
            return self.drop_index_of(&table, name.last(), drop.if_exists);
        }
        let full = self.catalog.index_name(name);
        match self.catalog.state.indexes.look(&full, self.catalog.state.open).map(Clone::clone) {
            Known::Present(table) => self.drop_index_of(&table, name.last(), drop.if_exists),
            Known::Absent if !drop.if_exists => self.missing(ObjectRef::whole(ObjectKind::Index, &full), name.span),
            Known::Absent => {}
            Known::Unknown => match self.catalog.state.indexes.find(&full).cloned() {
                Some(table) => self.remove_index(&table, &full.name),
                None => {
                    self.catalog.state.indexes.take(&full);
                }
            },
        }
    }

    pub(super) fn drop_index_of(&mut self, table: &ObjectName, name: &Identifier, if_exists: bool) {
        let mut wanted = self.fold(name);
        if self.is_mysql() && wanted == "primary" {
            // The one name of MySQL's that is not folded here, as the server does not.
            wanted.make_ascii_uppercase();
        }
        let Some(found) = self.find(table) else { return };
        let index = match found.index(&wanted) {
            Known::Present(index) => index,
            Known::Absent if if_exists => return,
            Known::Absent => return self.absent_part(ObjectKind::Index, table, &wanted, name.span),
            Known::Unknown => return self.remove_index(table, &wanted),
        };
        let object = ObjectRef::part(ObjectKind::Index, table, &wanted);
        let mut needed = Vec::new();
        if index.of_constraint && !self.is_mysql() {
            needed.push(ObjectRef::part(ObjectKind::Constraint, table, &wanted));
        } else {
            needed.extend(self.in_the_way(&self.catalog.dependents_of(&object)));
        }
        if !needed.is_empty() {
            return self.conflict(ConflictKind::NeededBy(needed), object, name.span);
        }
        self.remove_index(table, &wanted);
    }

    fn drop_type(&mut self, drop: &change::Drop, name: &Name) {
        let full = self.catalog.type_name(name);
        let object = ObjectRef::whole(drop.kind, &full);
        if self.catalog.state.types.look(&full, self.catalog.state.open).is_absent() {
            // Extensions bring types that no script makes.
            if !drop.if_exists && !self.catalog.has_extensions() {
                self.missing(object, name.span);
            }
            return;
        }
        let needed = self.in_the_way(&self.catalog.dependents_of(&object));
        if !needed.is_empty() && !drop.cascade {
            return self.conflict(ConflictKind::NeededBy(needed), object, name.span);
        }
        self.remove_type(&full);
    }

    fn drop_schema(&mut self, drop: &change::Drop, name: &Name) {
        let full = self.catalog.other_name(drop.kind, name);
        let within = self.catalog.state.relations.names_in(&full.name);
        let object = ObjectRef::whole(drop.kind, &full);
        let empties = self.is_mysql() || drop.cascade;
        if !within.is_empty() && !empties {
            let needed = within.iter().filter_map(|name| self.find(name)).map(Relation::reference);
            let needed = needed.collect();
            return self.conflict(ConflictKind::NeededBy(needed), object, name.span);
        }
        for name in &within {
            self.remove_relation(name);
        }
        for name in self.catalog.state.types.names_in(&full.name) {
            self.catalog.state.types.take(&name);
        }
        for name in self.catalog.state.routines.names_in(&full.name) {
            self.catalog.state.routines.take(&name);
        }
        self.catalog.state.others.take(&(ObjectKind::Schema, full));
    }

    fn drop_attached(&mut self, drop: &change::Drop, name: &Name) {
        let wanted = self.fold(name.last());
        let owner = if let Some(table) = &drop.table {
            self.needed(table, ObjectKind::Table, drop.if_exists)
        } else {
            let has = |relation: &&Relation| {
                relation.attached.iter().any(|attached| attached.kind == drop.kind && attached.name == wanted)
            };
            let found = self.catalog.relations().find(has).map(|relation| relation.name.clone());
            // Only SQLite's triggers surely belong to a table that is known.
            let known = self.catalog.dialect == Dialect::Sqlite && !self.catalog.is_open();
            if found.is_none() && known && !drop.if_exists {
                let object = ObjectRef::whole(drop.kind, &self.catalog.place(name));
                return self.missing(object, name.span);
            }
            found
        };
        let Some(owner) = owner else { return };
        let Some(found) = self.find(&owner) else { return };
        if found.attached(drop.kind, &wanted).is_absent() && !drop.if_exists {
            return self.absent_part(drop.kind, &owner, &wanted, name.span);
        }
        let Some(found) = self.edit(&owner) else { return };
        found.attached.retain(|attached| !(attached.kind == drop.kind && attached.name == wanted));
        found.lose(drop.kind, &wanted);
    }

    fn drop_routine(&mut self, drop: &change::Drop, name: &Name, arguments: Option<Span>) {
        let full = self.catalog.routine_name(name);
        let Some(found) = self.catalog.state.routines.find(&full) else { return };
        if found.overloads.len() > 1 {
            let wanted = arguments.map(|span| signature(&self.words(span)));
            let same = |overload: &&String| wanted.as_ref().is_some_and(|wanted| *wanted == signature(overload));
            let Some(gone) = found.overloads.iter().find(same).cloned() else {
                // Which of them goes cannot be told here.
                return self.catalog.state.routines.doubt(&full);
            };
            let found = self.catalog.state.routines.edit(&full);
            return found.into_iter().for_each(|found| {
                found.overloads.remove(&gone);
            });
        }
        let object = ObjectRef::whole(drop.kind, &full);
        let needed = self.in_the_way(&self.catalog.dependents_of(&object));
        if !needed.is_empty() && !drop.cascade {
            return self.conflict(ConflictKind::NeededBy(needed), object, name.span);
        }
        for dependent in needed.iter().filter(|dependent| dependent.kind != ObjectKind::Column) {
            self.remove(dependent);
        }
        self.catalog.state.routines.take(&full);
    }

    pub(super) fn drop_constraint(&mut self, table: &ObjectName, name: &Identifier, if_exists: bool, cascade: bool) {
        let wanted = self.fold(name);
        let Some(found) = self.find(table) else { return };
        let constraint = match found.constraint(&wanted) {
            Known::Present(constraint) => constraint.clone(),
            // Where the server draws names by lot, this may be one of those.
            Known::Absent if found.constraints.iter().any(|other| other.name.is_none()) => return,
            Known::Absent if self.catalog.dialect == Dialect::SqlServer => return,
            // From PostgreSQL 18 on each NOT NULL is a constraint of that name; the version is not known here.
            Known::Absent if self.is_postgres() && wanted.ends_with("_not_null") => return,
            Known::Absent if if_exists => return,
            Known::Absent => return self.absent_part(ObjectKind::Constraint, table, &wanted, name.span),
            Known::Unknown => {
                self.edit(table).into_iter().for_each(|found| found.lose(ObjectKind::Constraint, &wanted));
                return;
            }
        };
        let object = ObjectRef::part(ObjectKind::Constraint, table, &wanted);
        let needed = self.in_the_way(&self.catalog.dependents_of(&object));
        if !needed.is_empty() && !self.cascades(cascade) {
            return self.conflict(ConflictKind::NeededBy(needed), object, name.span);
        }
        for dependent in &needed {
            self.remove(dependent);
        }
        self.remove_constraint(table, &constraint);
    }

    pub(super) fn drop_column(&mut self, table: &ObjectName, column: &Identifier, if_exists: bool, cascade: bool) {
        let name = self.fold(column);
        let Some(found) = self.find(table) else { return };
        if found.column(&name).is_absent() {
            if !if_exists {
                self.absent_part(ObjectKind::Column, table, &name, column.span);
            }
            return;
        }
        let object = ObjectRef::part(ObjectKind::Column, table, &name);
        let dependents = self.catalog.dependents_of(&object);
        let mut needed = self.in_the_way(&dependents);
        needed.extend(self.own_in_the_way(table, &name));
        // SQLite reads the whole schema again without the column.
        let read_again =
            |other: &&ObjectRef| matches!(other.kind, ObjectKind::View | ObjectKind::Column | ObjectKind::Trigger);
        if self.catalog.dialect == Dialect::Sqlite {
            needed.extend(dependents.iter().filter(read_again).cloned());
        }
        if !needed.is_empty() && !self.cascades(cascade) {
            return self.conflict(ConflictKind::NeededBy(needed), object, column.span);
        }
        for dependent in &needed {
            self.remove(dependent);
        }
        if cascade {
            self.doubt_readers(table, &name);
        }
        self.remove_column(table, &name);
        let children: Vec<ObjectName> =
            self.catalog.children_of(table).into_iter().map(|child| child.name.clone()).collect();
        for child in &children {
            self.remove_column(child, &name);
        }
    }

    /// The views that may read a column: whether they go with it is not sure.
    fn doubt_readers(&mut self, table: &ObjectName, column: &str) {
        let may_read = |view: &&Relation| {
            view.reads.contains(table) && (view.mentions.contains("*") || view.mentions.contains(column))
        };
        let mut views: Vec<ObjectName> =
            self.catalog.mentioning(table).filter(may_read).map(|view| view.name.clone()).collect();
        let mut at = 0;
        while let Some(view) = views.get(at).cloned() {
            self.catalog.state.relations.doubt(&view);
            let reads = |other: &&Relation| other.reads.contains(&view) && !views.contains(&other.name);
            let further: Vec<ObjectName> =
                self.catalog.mentioning(&view).filter(reads).map(|other| other.name.clone()).collect();
            views.extend(further);
            at += 1;
        }
    }

    /// What of the table itself makes the server refuse to drop a column: all that uses it in SQL Server and SQLite, the
    /// foreign keys in MySQL.
    fn own_in_the_way(&self, table: &ObjectName, column: &str) -> Vec<ObjectRef> {
        let Some(found) = self.find(table) else { return Vec::new() };
        let whole = matches!(self.catalog.dialect, Dialect::SqlServer | Dialect::Sqlite);
        let keys = whole || self.is_mysql() && self.catalog.state.enforces_keys;
        let name = |name: &Option<String>| name.clone().unwrap_or_else(|| format!("({column})"));
        let constraints = found.constraints.iter().filter(|other| {
            let goes =
                self.catalog.dialect == Dialect::Sqlite && other.host.as_deref() == Some(column) && !other.has_index();
            other.columns.iter().any(|own| own == column) && !goes && (whole || keys && other.referenced().is_some())
        });
        let mut needed: Vec<ObjectRef> = constraints
            .map(|constraint| ObjectRef::part(ObjectKind::Constraint, table, &name(&constraint.name)))
            .collect();
        let indexes = found.indexes.iter().filter(|index| whole && !index.of_constraint && index.uses(column));
        needed.extend(indexes.map(|index| ObjectRef::part(ObjectKind::Index, table, &name(&index.name))));
        needed
    }
}

/// Whether a statement about one kind may remove another.
fn fits(wanted: ObjectKind, found: RelationKind) -> bool {
    let found = found.object_kind();
    let is_table = |kind| matches!(kind, ObjectKind::Table | ObjectKind::ForeignTable);
    wanted == found || is_table(wanted) && is_table(found) || wanted == ObjectKind::Synonym
}
