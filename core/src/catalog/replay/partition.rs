//! Partitions and parents.

use super::Replay;
use super::index::is_like;
use crate::catalog::naming::{ObjectName, ObjectRef};
use crate::catalog::relation::Partition;
use crate::change::{Name, ObjectKind};
use crate::text::Span;

impl Replay<'_> {
    pub(super) fn partition(&self, parent: &ObjectName, default: bool, bound: Option<Span>) -> Partition {
        let bound = bound.map(|bound| self.words(bound)).unwrap_or_default();
        Partition { parent: parent.clone(), default, bound }
    }

    /// Gives a partition the keys, checks and indexes of its parent.
    pub(super) fn inherit_keys(&mut self, parent: &ObjectName, child: &ObjectName) {
        let Some(source) = self.find(parent).cloned() else { return };
        for constraint in &source.constraints {
            self.inherit_constraint(child, constraint);
        }
        for index in source.indexes.iter().filter(|index| !index.of_constraint) {
            self.inherit_index(child, index);
        }
    }

    /// Gives a table that inherits the checks of its parent.
    pub(super) fn inherit_checks(&mut self, parent: &ObjectName, child: &ObjectName) {
        let Some(source) = self.find(parent).cloned() else { return };
        let checks = source.constraints.iter().filter(|constraint| {
            matches!(
                constraint.kind,
                crate::catalog::ConstraintKind::Check { .. } | crate::catalog::ConstraintKind::NotNull
            )
        });
        checks.for_each(|constraint| self.inherit_constraint(child, constraint));
    }

    pub(super) fn attach_partition(&mut self, parent: &ObjectName, child: &Name, default: bool, bound: Option<Span>) {
        let Some(child) = self.needed(child, ObjectKind::Table, false) else { return };
        let partition = self.partition(parent, default, bound);
        let Some(found) = self.edit(&child) else { return };
        found.partition_of = Some(partition.into());
        let columns = found.columns.iter_mut();
        columns.for_each(|column| column.inherited = true);
        let strict: Vec<String> = self.find(parent).map_or_else(Vec::new, |parent| {
            let strict = parent.columns.iter().filter(|column| column.nullable == Some(false));
            strict.map(|column| column.name.clone()).collect()
        });
        let Some(found) = self.edit(&child) else { return };
        for column in found.columns.iter_mut_where(|column| strict.contains(&column.name)) {
            column.nullable = Some(false);
        }
        self.inherit_keys(parent, &child);
    }

    pub(super) fn detach_partition(&mut self, parent: &ObjectName, child: &Name) {
        let full = self.catalog.relation_name(child);
        let Some(found) = self.find(&full) else { return };
        if found.partition_of.as_ref().is_some_and(|of| of.parent != *parent) {
            return self.missing(ObjectRef::whole(ObjectKind::Table, &full), child.span);
        }
        self.set_free(&full);
    }

    /// A child stands alone from now on: what it has from its parent is its own.
    pub(super) fn set_free(&mut self, child: &ObjectName) {
        let Some(found) = self.edit(child) else { return };
        found.partition_of = None;
        found.columns.iter_mut().for_each(|column| column.inherited = false);
        found.constraints.iter_mut().for_each(|constraint| constraint.inherited = false);
    }

    pub(super) fn inherit(&mut self, child: &ObjectName, parent: &Name, inherits: bool) {
        let Some(parent) = self.needed(parent, ObjectKind::Table, false) else { return };
        let names: Vec<String> = self
            .find(&parent)
            .map(|parent| parent.columns.iter().map(|column| column.name.clone()).collect())
            .unwrap_or_default();
        let Some(found) = self.edit(child) else { return };
        found.inherits.retain(|other| *other != parent);
        if inherits {
            found.inherits.push(parent);
        }
        for column in found.columns.iter_mut_where(|column| names.contains(&column.name)) {
            column.inherited = inherits;
        }
    }

    /// `ALTER INDEX … ATTACH PARTITION`: the parent's index is valid once each partition has one like it.
    pub(super) fn attach_index(&mut self, table: &ObjectName, index: &str) {
        let Some(parent) = self.find(table) else { return };
        let Some(index) = parent.indexes.iter().find(|found| found.name.as_deref() == Some(index)).cloned() else {
            return;
        };
        let has = |part: &&crate::catalog::Relation| part.indexes.iter().any(|other| is_like(other, &index));
        let all = self.catalog.partitions_of(table).iter().all(has);
        let Some(parent) = self.edit(table).filter(|_| all) else { return };
        for found in parent.indexes.iter_mut_where(|found| found.name == index.name) {
            found.valid = true;
        }
    }
}
