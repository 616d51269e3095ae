//! What rules ask of a catalog.

use super::constraint::{Constraint, ConstraintKind};
use super::data_type::{self, ColumnType};
use super::index::Index;
use super::known::Known;
use super::naming::{ObjectName, ObjectRef, Origin};
use super::object::{RoutineObject, TypeObject};
use super::parts::Iter;
use super::relation::{Attached, Column, Relation, RelationKind};
use super::state::Catalog;
use crate::change::{DataType, Identifier, Name, ObjectKind, Rename};
use crate::sql::Dialect;

impl Catalog {
    /// A table, view or sequence by its name as a statement writes it.
    #[must_use]
    pub fn table(&self, name: &Name) -> Known<&Relation> {
        self.relation(&self.relation_name(name))
    }

    /// A table, view or sequence as it is if every step that a condition decides on did run.
    #[must_use]
    pub fn table_if_applied(&self, name: &Name) -> Option<&Relation> {
        self.state.relations.find(&self.relation_name(name))
    }

    /// The same by its full name.
    #[must_use]
    pub fn relation_if_applied(&self, name: &ObjectName) -> Option<&Relation> {
        self.state.relations.find(name)
    }

    /// Whether there was a relation of that name which is gone.
    #[must_use]
    pub fn was_removed(&self, name: &ObjectName) -> bool {
        self.state.relations.was_taken(name)
    }

    /// A column by its names as a statement writes them.
    #[must_use]
    pub fn column(&self, table: &Name, column: &Identifier) -> Known<&Column> {
        match self.table(table) {
            Known::Present(found) => found.column(&self.fold(column)),
            Known::Absent => Known::Absent,
            Known::Unknown => Known::Unknown,
        }
    }

    /// What gets another name. SQL Server's `sp_rename` need not be told that `table.column` names a column.
    #[must_use]
    pub fn renamed_kind(&self, rename: &Rename) -> ObjectKind {
        let Some((column, table)) = rename.from.parts.split_last().filter(|(_, table)| !table.is_empty()) else {
            return rename.kind;
        };
        let table = Name { parts: table.to_vec(), span: rename.from.span };
        let nameless = self.dialect() == Dialect::SqlServer && rename.kind == ObjectKind::Table;
        let is_column = nameless && !self.table(&rename.from).is_present() && self.column(&table, column).is_present();
        if is_column { ObjectKind::Column } else { rename.kind }
    }

    /// A type or domain by its name as a statement writes it.
    #[must_use]
    pub fn type_named(&self, name: &Name) -> Known<&TypeObject> {
        self.state.types.look(&self.type_name(name), self.state.open)
    }

    /// A type or domain by its full name.
    #[must_use]
    pub fn type_of(&self, name: &ObjectName) -> Known<&TypeObject> {
        self.state.types.look(name, self.state.open)
    }

    /// A written type in the server's spelling; one that scripts made has its schema.
    #[must_use]
    pub fn column_type(&self, written: &DataType) -> ColumnType {
        let mut found = data_type::normalised(self.dialect(), written);
        if let Some(full) = self.seek(&self.state.types, &written.name) {
            found.schema = Some(full.schema.to_string());
            found.name = full.name.to_string();
        }
        found
    }

    /// A function or procedure by its name as a statement writes it.
    #[must_use]
    pub fn routine(&self, name: &Name) -> Known<&RoutineObject> {
        self.state.routines.look(&self.routine_name(name), self.state.open)
    }

    /// The parameters of each overload of a routine, as they are written.
    #[must_use]
    pub fn overloads(&self, name: &ObjectName) -> Vec<&str> {
        let found = self.state.routines.find(name);
        found.map(|found| found.overloads.iter().map(String::as_str).collect()).unwrap_or_default()
    }

    /// An index by its name as a statement writes it, with its table; `table` is needed where indexes have no names of
    /// their own.
    #[must_use]
    pub fn index(&self, name: &Name, table: Option<&Name>) -> Known<(&Relation, &Index)> {
        let full = self.index_name(name);
        let owner = match table {
            Some(table) if !self.indexes_have_schemas() => Known::Present(self.relation_name(table)),
            _ => self.state.indexes.look(&full, self.state.open).map(Clone::clone),
        };
        let owner = match owner {
            Known::Present(owner) => self.relation(&owner),
            Known::Absent => return Known::Absent,
            Known::Unknown => return Known::Unknown,
        };
        match owner {
            Known::Present(owner) => owner.index(&full.name).map(|index| (owner, index)),
            Known::Absent => Known::Absent,
            Known::Unknown => Known::Unknown,
        }
    }

    /// Any other object: a schema, an extension, a publication.
    #[must_use]
    pub fn other(&self, kind: ObjectKind, name: &Name) -> Known<Option<Origin>> {
        self.state.others.look(&(kind, self.other_name(kind, name)), self.state.open).map(|found| found.made)
    }

    /// The tables that any other object is made for: statistics, a publication.
    #[must_use]
    pub fn tables_of_other(&self, kind: ObjectKind, name: &Name) -> &[ObjectName] {
        let found = self.state.others.find(&(kind, self.other_name(kind, name)));
        found.map_or(&[], |found| &found.tables)
    }

    /// The values that statements at or after another added to enums, with their types.
    #[must_use]
    pub fn enum_values_since(&self, begin: Origin) -> Vec<(&ObjectName, &TypeObject, &str)> {
        let types = self.state.types.iter().filter(|(_, found)| !found.added.is_empty());
        let new = types.flat_map(|(name, found)| {
            let values = found.added.iter().filter(move |(_, added)| *added >= begin);
            values.map(move |(value, _)| (name, found, value.as_str()))
        });
        new.collect()
    }

    /// All tables, views and sequences in the order of their names.
    pub fn relations(&self) -> impl Iterator<Item = &Relation> {
        self.state.relations.iter().map(|(_, relation)| relation)
    }

    /// The relations that may speak of another, in the order of their names.
    pub(super) fn mentioning(&self, name: &ObjectName) -> impl Iterator<Item = &Relation> {
        self.among(self.state.links.speakers(name))
    }

    /// The relations in the schema of a table that may have a constraint of that name.
    pub(super) fn beside_with_constraint(&self, table: &ObjectName, name: &str) -> impl Iterator<Item = &Relation> {
        let schema = std::sync::Arc::clone(&table.schema);
        let known = self.state.links.with_constraint(table, name);
        self.among(known).filter(move |other| other.name.schema == schema)
    }

    /// The relations of those names, and those that are not noted yet, in the order of their names.
    fn among(&self, mut names: Vec<ObjectName>) -> impl Iterator<Item = &Relation> {
        let relations = &self.state.relations;
        if !relations.touched().is_empty() {
            names.extend(relations.touched().iter().map(|(name, _)| name.clone()));
            names.sort_unstable();
            names.dedup();
        }
        names.into_iter().filter_map(|name| relations.find(&name))
    }

    /// The indexes of a table; none if it is not there.
    #[must_use]
    pub fn indexes_of(&self, table: &ObjectName) -> Iter<'_, Index> {
        self.state.relations.find(table).map(|table| table.indexes.iter()).unwrap_or_default()
    }

    /// The constraints of a table; none if it is not there.
    #[must_use]
    pub fn constraints_of(&self, table: &ObjectName) -> Iter<'_, Constraint> {
        self.state.relations.find(table).map(|table| table.constraints.iter()).unwrap_or_default()
    }

    /// The foreign keys that point to a table, with the tables they belong to.
    #[must_use]
    pub fn referencing(&self, table: &ObjectName) -> Vec<(&Relation, &Constraint)> {
        let keys = |owner| -> Vec<(&Relation, &Constraint)> {
            let owner: &Relation = owner;
            owner.constraints.iter().filter(|key| key.referenced() == Some(table)).map(|key| (owner, key)).collect()
        };
        self.mentioning(table).flat_map(keys).collect()
    }

    /// The partitions of a table.
    #[must_use]
    pub fn partitions_of(&self, table: &ObjectName) -> Vec<&Relation> {
        let is_part = |other: &&Relation| other.partition_of.as_ref().is_some_and(|of| of.parent == *table);
        self.among(self.state.links.children(table)).filter(is_part).collect()
    }

    /// The sequences that belong to a table's columns.
    #[must_use]
    pub fn sequences_of(&self, table: &ObjectName) -> Vec<&Relation> {
        let owned = |other: &&Relation| other.owned_by.as_ref().is_some_and(|(owner, _)| owner == table);
        self.mentioning(table).filter(owned).collect()
    }

    /// The tables that inherit from a table, its partitions included.
    #[must_use]
    pub fn children_of(&self, table: &ObjectName) -> Vec<&Relation> {
        let is_part = |other: &&Relation| other.partition_of.as_ref().is_some_and(|of| of.parent == *table);
        let (mut children, others): (Vec<_>, Vec<_>) = self.among(self.state.links.children(table)).partition(is_part);
        children.extend(others.into_iter().filter(|other| other.inherits.contains(table)));
        children
    }

    /// What would be left without something it needs if the object were not there; what belongs to the object itself
    /// (its indexes, triggers, partitions) is not among them.
    #[must_use]
    pub fn dependents_of(&self, object: &ObjectRef) -> Vec<ObjectRef> {
        let name = &object.name;
        match (object.kind, object.part.as_deref()) {
            (ObjectKind::Column, Some(column)) => self.dependents_of_column(name, column),
            (ObjectKind::Constraint | ObjectKind::Index, Some(part)) => self.dependents_of_key(name, part),
            (ObjectKind::Type | ObjectKind::Domain, _) => self.dependents_of_type(name),
            (kind, None) if kind.is_routine() => self.dependents_of_routine(name),
            (ObjectKind::Schema, _) => {
                self.relations().filter(|other| other.name.schema == name.name).map(Relation::reference).collect()
            }
            (_, None) => self.dependents_of_relation(name),
            _ => Vec::new(),
        }
    }

    fn dependents_of_relation(&self, name: &ObjectName) -> Vec<ObjectRef> {
        let keys = self.referencing(name).into_iter().filter(|(owner, _)| owner.name != *name);
        let mut found: Vec<ObjectRef> = keys.map(|(owner, key)| constraint(owner, key)).collect();
        let reads = |other: &&Relation| is_view(other) && other.reads.contains(name);
        found.extend(self.mentioning(name).filter(reads).map(Relation::reference));
        found.extend(self.mentioning(name).filter(|other| other.inherits.contains(name)).map(Relation::reference));
        let counts = |column: &Column| {
            let text = column.default.as_ref().map_or("", |default| &default.text);
            text.contains("nextval") && mentions_sequence(text, name)
        };
        if self.state.relations.find(name).is_some_and(|found| found.kind == RelationKind::Sequence) {
            found.extend(self.columns_where(counts));
        }
        found
    }

    fn dependents_of_column(&self, name: &ObjectName, column: &str) -> Vec<ObjectRef> {
        let points = |key: &Constraint| matches!(&key.kind, ConstraintKind::ForeignKey { columns, .. } if columns.iter().any(|other| other == column));
        let keys = self.referencing(name).into_iter().filter(|(_, key)| points(key));
        let mut found: Vec<ObjectRef> = keys.map(|(owner, key)| constraint(owner, key)).collect();
        let sees =
            |other: &&Relation| is_view(other) && other.reads.contains(name) && self.reads_column(other, name, column);
        found.extend(self.mentioning(name).filter(sees).map(Relation::reference));
        let Some(own) = self.state.relations.find(name) else { return found };
        let computed = |other: &&Column| {
            other.generated.as_ref().is_some_and(|generated| generated.columns.iter().any(|from| from == column))
        };
        let part = |kind: ObjectKind, part: &str| ObjectRef::part(kind, name, part);
        found.extend(own.columns.iter().filter(computed).map(|other| part(ObjectKind::Column, &other.name)));
        let policies = own.attached.iter().filter(|attached| attached.mentions.contains(column));
        found.extend(policies.map(|policy| part(policy.kind, &policy.name)));
        let bodies = self.relations().filter(|other| other.name != *name);
        for other in bodies.filter(|_| self.dialect == Dialect::Sqlite) {
            let reads =
                |trigger: &&Attached| trigger.mentions.contains(column) && trigger.mentions.contains(&name.name);
            let own = other.column(column).is_absent();
            let triggers = other.attached.iter().filter(reads).filter(|_| own);
            found.extend(triggers.map(|trigger| ObjectRef::part(trigger.kind, &other.name, &trigger.name)));
        }
        found
    }

    /// Whether a view surely reads a column: it mentions its name, and nothing else it reads may have one so called.
    fn reads_column(&self, view: &Relation, table: &ObjectName, column: &str) -> bool {
        let others = || view.reads.iter().filter(|other| *other != table);
        let may_have = |other: &ObjectName| !matches!(self.relation(other), Known::Present(found) if found.column(column).is_absent());
        // SQLite writes out a `*` only when the view is read.
        let whole = view.mentions.contains("*") && self.dialect != Dialect::Sqlite;
        whole && others().next().is_none() || view.mentions.contains(column) && !others().any(may_have)
    }

    /// The foreign keys that need the unique columns of a constraint or index.
    fn dependents_of_key(&self, name: &ObjectName, part: &str) -> Vec<ObjectRef> {
        let Some(own) = self.state.relations.find(name) else { return Vec::new() };
        let key = own.constraints.iter().find(|key| key.name.as_deref() == Some(part));
        let index = own.indexes.iter().find(|index| index.name.as_deref() == Some(part) && index.unique);
        let by_key = key.filter(|key| key.has_index()).map(|key| key.columns.iter().map(String::as_str).collect());
        let columns: Option<Vec<&str>> = by_key.or_else(|| index.and_then(Index::columns));
        let Some(columns) = columns.filter(|columns| !columns.is_empty()) else { return Vec::new() };
        let same = |other: &[String]| {
            other.len() == columns.len() && columns.iter().all(|one| other.iter().any(|two| one == two))
        };
        let others = own.indexes.iter().filter(|other| other.unique && other.name.as_deref() != Some(part));
        let held = others
            .filter_map(Index::columns)
            .any(|other| other.len() == columns.len() && columns.iter().all(|one| other.contains(one)));
        if held {
            return Vec::new();
        }
        let needs = |key: &Constraint| matches!(&key.kind, ConstraintKind::ForeignKey { columns, .. } if same(columns));
        let keys = self.referencing(name).into_iter().filter(|(_, key)| needs(key));
        keys.map(|(owner, key)| constraint(owner, key)).collect()
    }

    fn dependents_of_routine(&self, name: &ObjectName) -> Vec<ObjectRef> {
        let calls = |column: &Column| {
            let qualified = name.to_string();
            let is = |function: &String| *function == *name.name || *function == qualified;
            column.default.as_ref().is_some_and(|default| default.functions.iter().any(is))
        };
        let mut found = self.columns_where(calls);
        for relation in self.relations() {
            let triggers = relation.attached.iter().filter(|attached| attached.function.as_ref() == Some(name));
            found.extend(triggers.map(|trigger| ObjectRef::part(trigger.kind, &relation.name, &trigger.name)));
        }
        found
    }

    pub(super) fn columns_where(&self, wanted: impl Fn(&Column) -> bool) -> Vec<ObjectRef> {
        let mut found = Vec::new();
        for relation in self.relations() {
            let columns = relation.columns.iter().filter(|column| wanted(column));
            found.extend(columns.map(|column| ObjectRef::part(ObjectKind::Column, &relation.name, &column.name)));
        }
        found
    }

    /// Where an object or a part of one was made; `None` if it was there before, or is not known.
    #[must_use]
    pub fn made(&self, object: &ObjectRef) -> Option<Origin> {
        let name = &object.name;
        if let Some(part) = object.part.as_deref() {
            let owner = self.state.relations.find(name)?;
            return match object.kind {
                ObjectKind::Column => owner.column(part).present()?.made,
                ObjectKind::Constraint => owner.constraint(part).present()?.made,
                ObjectKind::Index => owner.index(part).present()?.made,
                kind => owner.attached(kind, part).present()?.made,
            };
        }
        match object.kind {
            ObjectKind::Type | ObjectKind::Domain => self.state.types.find(name)?.made,
            kind if kind.is_routine() || kind == ObjectKind::Package => self.state.routines.find(name)?.made,
            kind => match self.state.relations.find(name) {
                Some(relation) => relation.made,
                None => self.state.others.find(&(kind, name.clone()))?.made,
            },
        }
    }

    /// Whether an object or a part of one was made by a statement at or after another: it is new in the deployment that
    /// begins there.
    #[must_use]
    pub fn is_new_since(&self, object: &ObjectRef, begin: Origin) -> bool {
        self.made(object).is_some_and(|made| made >= begin)
    }
}

fn is_view(relation: &Relation) -> bool {
    matches!(relation.kind, RelationKind::View | RelationKind::MaterializedView)
}

fn constraint(owner: &Relation, key: &Constraint) -> ObjectRef {
    ObjectRef::part(ObjectKind::Constraint, &owner.name, key.name.as_deref().unwrap_or("(unnamed)"))
}

/// Whether the text of a default names the sequence.
fn mentions_sequence(text: &str, name: &ObjectName) -> bool {
    let mut names = text.split(|char: char| !(char.is_alphanumeric() || char == '_' || char == '$'));
    names.any(|found| found == &*name.name)
}
