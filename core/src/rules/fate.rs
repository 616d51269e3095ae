//! What becomes of objects in a deployment: what there was before it, what it leaves, and whose rows were copied.

use crate::catalog::{Catalog, Column, Known, ObjectName, Origin};
use crate::change::{Action, Alter, AlterAction, Change, Identifier, Name, ObjectKind, Query};
use crate::deployment::Played;
use crate::text::Span;

use super::statement::{Statement, of_script};

/// What becomes of something that a statement removes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// There is nothing of that name when the deployment has ended.
    Gone,
    /// Something else stands under its name by then, without what it held.
    Recreated,
    /// Its rows stand under its name by then, or under the one that they were copied to.
    Kept,
}

/// Something that gets another name or schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct Renamed<'a> {
    /// What it is.
    pub(super) kind: ObjectKind,
    /// Its name before.
    pub(super) from: &'a Name,
    /// Its name afterwards; `None` where only its schema changes.
    pub(super) to: Option<&'a Name>,
    /// Its schema afterwards, where that changes.
    pub(super) schema: Option<&'a Identifier>,
    /// The clause.
    pub(super) span: Span,
}

impl<'a> Statement<'a> {
    /// Whether the server will refuse it, which another rule says.
    pub(super) fn fails(&self) -> bool {
        self.step.impact.fails.is_some() || !self.step.conflicts.is_empty()
    }

    /// Its place in the replay.
    pub(super) fn origin(&self) -> Origin {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let own = self.scripts().position(|other| std::ptr::eq(other, self.played));
        let script = own.map_or(u32::MAX, |own| self.played.turn.since.saturating_add(number(own)));
        Origin { script, statement: number(self.step.statement) }
    }

    /// The scripts of its deployment.
    fn scripts(&self) -> impl Iterator<Item = &'a Played> + use<'a> {
        let since = self.played.turn.since;
        let scripts = self.deployment.scripts.iter().skip(since as usize).map(AsRef::as_ref);
        scripts.take_while(move |played| played.turn.since == since)
    }

    /// The schema before its deployment.
    pub(super) fn beginning(&self) -> &'a Catalog {
        let first = self.scripts().find_map(|played| played.steps.first());
        first.map_or(&self.step.before, |step| &step.before)
    }

    /// The schema after its deployment.
    pub(super) fn ending(&self) -> &'a Catalog {
        self.scripts().last().unwrap_or(self.played).after()
    }

    /// The schema after it.
    pub(super) fn schema_after(&self) -> &'a Catalog {
        let next = self.played.steps.iter().find(|step| step.statement > self.step.statement);
        next.map_or(self.played.after(), |step| &step.before)
    }

    /// The statements of its deployment up to itself.
    fn so_far(&self) -> impl Iterator<Item = Statement<'a>> + use<'a> {
        let (deployment, own, last) = (self.deployment, self.played, *self);
        let before = self.scripts().take_while(move |played| !std::ptr::eq(*played, own));
        let within = of_script(deployment, own).take_while(move |other| !std::ptr::eq(other.step, last.step));
        before.flat_map(move |played| of_script(deployment, played)).chain(within).chain(std::iter::once(last))
    }

    /// Whether rows of a table went into another one before, in the same deployment.
    pub(super) fn is_copied(&self, table: &ObjectName) -> bool {
        let copies = |other: Statement<'_>| {
            let read: Vec<&Name> = other
                .requests()
                .iter()
                .filter_map(|(request, _)| source(&request.change))
                .flat_map(|query| &query.relations)
                .collect();
            read.into_iter().any(|name| other.catalog().relation_name(name) == *table)
        };
        self.so_far().any(copies)
    }

    /// What becomes of a relation that it removes.
    pub(super) fn fate(&self, name: &ObjectName) -> Fate {
        match self.ending().relation(name) {
            Known::Present(found) if found.made >= Some(self.origin()) && !self.is_copied(name) => Fate::Recreated,
            Known::Present(_) => Fate::Kept,
            _ if self.beginning().relation(name).is_absent() && self.is_copied(name) => Fate::Kept,
            _ => Fate::Gone,
        }
    }

    /// The tables that it drops and that are not new, each with its full name.
    pub(super) fn dropped_tables(&self) -> Vec<(&'a Name, ObjectName)> {
        let drops = self.requests().into_iter().filter_map(|(request, _)| match &request.change {
            Change::Drop(drop) if drop.kind == ObjectKind::Table && !drop.temporary => Some(drop),
            _ => None,
        });
        let named = drops.flat_map(|drop| &drop.names).map(|name| (name, self.catalog().relation_name(name)));
        named.filter(|(_, full)| !self.is_new(full)).collect()
    }

    /// What becomes of a column that it removes.
    pub(super) fn fate_of_column(&self, table: &ObjectName, column: &str) -> Fate {
        match self.ending().relation(table).present().map(|table| table.column(column)) {
            Some(Known::Present(found)) if found.made >= Some(self.origin()) => Fate::Recreated,
            Some(Known::Present(_)) => Fate::Kept,
            _ => Fate::Gone,
        }
    }

    /// The clauses of `ALTER` in it, those inside of blocks included.
    pub(super) fn actions(&self) -> Vec<(&'a Alter, &'a Action)> {
        let mut found = Vec::new();
        for (request, _) in self.requests() {
            if let Change::Alter(alter) = &request.change {
                found.extend(alter.actions.iter().map(|action| (alter.as_ref(), action)));
            }
        }
        found
    }

    /// The table that is altered, where it is not new.
    pub(super) fn old_table(&self, alter: &Alter) -> Option<ObjectName> {
        let is_table = matches!(alter.kind, ObjectKind::Table | ObjectKind::ForeignTable);
        let name = self.catalog().relation_name(alter.name.as_ref().filter(|_| is_table)?);
        (!self.is_new(&name)).then_some(name)
    }

    /// A column as it is before the statement, as far as it is known.
    pub(super) fn column(&self, table: &ObjectName, column: &Identifier) -> Known<&'a Column> {
        match self.catalog().relation(table) {
            Known::Present(found) => found.column(&self.catalog().fold(column)),
            Known::Absent => Known::Absent,
            Known::Unknown => Known::Unknown,
        }
    }

    /// Whether a column is new in this deployment, or is not there.
    pub(super) fn is_new_column(&self, table: &ObjectName, column: &Identifier) -> bool {
        match self.column(table, column) {
            Known::Present(found) => self.played.is_new(found.made),
            Known::Absent => true,
            Known::Unknown => false,
        }
    }

    /// Whether an object of any kind is new in this deployment, or is not there.
    pub(super) fn is_new_object(&self, kind: ObjectKind, name: &Name) -> bool {
        let made = match made(self.catalog(), kind, name) {
            Known::Present(made) => made,
            Known::Absent => return true,
            Known::Unknown => return false,
        };
        kind.is_relation() && self.is_new_name(name) || self.played.is_new(made)
    }

    /// Whether something of that kind and name is there when the deployment has ended.
    pub(super) fn is_there_at_the_end(&self, kind: ObjectKind, name: &Name) -> bool {
        made(self.ending(), kind, name).is_present()
            || kind.is_relation() && self.ending().table_if_applied(name).is_some()
    }

    /// The name that an object had before the script gave it this one: the application never said this one.
    pub(super) fn name_before(&self, name: &Name) -> Option<&'a Name> {
        let same = |one: &Name| self.catalog().fold(one.last()) == self.catalog().fold(name.last());
        let earlier =
            of_script(self.deployment, self.played).take_while(|other| other.step.statement < self.step.statement);
        let given = earlier.flat_map(|other| other.renames());
        given.filter(|renamed| renamed.to.is_some_and(same)).map(|renamed| renamed.from).last()
    }

    /// What gets another name or schema in it.
    pub(super) fn renames(&self) -> Vec<Renamed<'a>> {
        let mut found = Vec::new();
        for (request, _) in self.requests() {
            match &request.change {
                Change::Rename(renames) => found.extend(renames.iter().map(|rename| Renamed {
                    kind: self.catalog().renamed_kind(rename),
                    from: &rename.from,
                    to: Some(&rename.to),
                    schema: None,
                    span: rename.from.span,
                })),
                Change::Alter(alter) => found.extend(alter.actions.iter().filter_map(|action| {
                    let (to, schema) = match &action.what {
                        AlterAction::Rename(to) => (Some(to), None),
                        AlterAction::SetSchema(schema) => (None, Some(schema)),
                        _ => return None,
                    };
                    Some(Renamed { kind: alter.kind, from: alter.name.as_ref()?, to, schema, span: action.span })
                })),
                _ => {}
            }
        }
        found
    }
}

/// Where an object of any kind was made.
fn made(catalog: &Catalog, kind: ObjectKind, name: &Name) -> Known<Option<Origin>> {
    match kind {
        _ if kind.is_relation() => catalog.table(name).map(|found| found.made),
        ObjectKind::Type | ObjectKind::Domain => catalog.type_named(name).map(|found| found.made),
        _ if kind.is_routine() || kind == ObjectKind::Package => catalog.routine(name).map(|found| found.made),
        _ => catalog.other(kind, name),
    }
}

/// The query whose rows a statement keeps.
fn source(change: &Change) -> Option<&Query> {
    match change {
        Change::CreateTable(table) => table.query.as_ref(),
        Change::Insert(insert) => Some(&insert.query),
        Change::Select(query) => query.into.as_ref().map(|_| query),
        _ => None,
    }
}

/// Names for a message, the first three in full: `a`, `b`, `c` and 4 others.
pub(super) fn listed(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(3).map(String::as_str).collect();
    let rest = names.len() - shown.len();
    match rest {
        0 => shown.join(", "),
        1 => format!("{} and 1 other", shown.join(", ")),
        _ => format!("{} and {rest} others", shown.join(", ")),
    }
}
