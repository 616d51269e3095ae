//! What reverses one statement: each difference by itself, in an order that runs.

use std::collections::BTreeSet;

use super::order;
use super::spell::Spell;
use crate::catalog::{Catalog, Difference, DifferenceKind, Known, ObjectName, ObjectRef, Relation, TypeKind};
use crate::change::ObjectKind;
use crate::rollback::book::{Aspect, Book, Key};
use crate::rollback::effect::{Done, is_column_of_view};
use crate::sql::Dialect;

/// When a piece of a reversal runs: what goes before what comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    DropAttached,
    DropView,
    DropIndex,
    DropConstraint,
    Rename,
    ChangeTable,
    ChangeColumn,
    DropColumn,
    DropTable,
    DropSequence,
    DropRoutine,
    DropType,
    DropOther,
    MakeOther,
    MakeType,
    MakeSequence,
    MakeTable,
    MakePartition,
    MakeColumn,
    MakeRoutine,
    MakeConstraint,
    MakeIndex,
    MakeView,
    MakeAttached,
    Say,
}

/// One statement, and what it did.
pub(super) struct Restorer<'a> {
    pub(super) spell: &'a Spell,
    pub(super) before: &'a Catalog,
    pub(super) after: &'a Catalog,
    pub(super) done: &'a Done,
    pub(super) book: &'a Book,
}

/// Statements with their turns.
pub(super) type Pieces = Vec<(Turn, String)>;

impl Restorer<'_> {
    /// What reverses the statement, in order.
    pub(super) fn statements(&self) -> Vec<String> {
        let mut pieces = Pieces::new();
        if self.done.renamed.is_empty() {
            self.differences(&mut pieces);
        } else {
            self.renames(&mut pieces);
        }
        self.notes(&mut pieces);
        pieces.sort_by_key(|(turn, _)| *turn);
        let mut said = BTreeSet::new();
        pieces.into_iter().map(|(_, text)| text).filter(|text| said.insert(text.clone())).collect()
    }

    fn differences(&self, pieces: &mut Pieces) {
        let whole: BTreeSet<&ObjectName> = self
            .done
            .diffs
            .iter()
            .filter(|diff| diff.object.part.is_none() && diff.object.kind.is_relation())
            .filter(|diff| !matches!(diff.kind, DifferenceKind::Changed { .. }))
            .map(|diff| &diff.object.name)
            .collect();
        let mut columns: BTreeSet<&ObjectRef> = BTreeSet::new();
        for diff in order::ordered(&self.done.diffs, self.before, self.after) {
            let object = &diff.object;
            let part_of_whole = object.part.is_some() && whole.contains(&object.name);
            let side = if diff.kind == DifferenceKind::Added { self.after } else { self.before };
            if part_of_whole || is_column_of_view(object, side) || self.is_inherited(diff) {
                continue;
            }
            match (&diff.kind, object.kind) {
                (DifferenceKind::Changed { .. }, ObjectKind::Column) => {
                    if columns.insert(object) {
                        self.change_column(object, pieces);
                    }
                }
                (DifferenceKind::Changed { what, from, to }, _) => {
                    self.change(object, what, from.as_deref(), to.as_deref(), pieces);
                }
                (DifferenceKind::Added, _) => self.remove(object, pieces),
                (DifferenceKind::Removed, _) => self.make(object, pieces),
            }
        }
    }

    /// Whether a part stands in a partition or child only because it stands in the parent.
    fn is_inherited(&self, diff: &Difference) -> bool {
        let Some(part) = diff.object.part.as_deref() else { return false };
        let side = if diff.kind == DifferenceKind::Added { self.after } else { self.before };
        let Some(found) = side.relation_if_applied(&diff.object.name) else { return false };
        match diff.object.kind {
            ObjectKind::Column => found.columns.iter().any(|column| column.name == part && column.inherited),
            ObjectKind::Constraint => {
                found.constraints.iter().any(|other| other.name.as_deref() == Some(part) && other.inherited)
            }
            ObjectKind::Index => {
                let parent = found.partition_of.as_ref().map(|of| &of.parent);
                parent.is_some_and(|parent| self.done.diffs.iter().any(|other| other.object.name == *parent))
            }
            _ => false,
        }
    }

    /// Drops what the statement made.
    fn remove(&self, object: &ObjectRef, pieces: &mut Pieces) {
        let spell = self.spell;
        let name = spell.name(&object.name);
        let exists = spell.if_exists();
        let Some(part) = object.part.as_deref() else {
            let found = self.after.relation_if_applied(&object.name);
            match object.kind {
                ObjectKind::Table if found.is_some_and(|found| found.made.is_some()) => {
                    pieces.push((Turn::DropTable, format!("DROP TABLE {exists}{name};")));
                }
                ObjectKind::ForeignTable => {
                    pieces.push((Turn::DropTable, format!("DROP FOREIGN TABLE {exists}{name};")));
                }
                ObjectKind::View => pieces.push((Turn::DropView, format!("DROP VIEW {exists}{name};"))),
                ObjectKind::MaterializedView => {
                    pieces.push((Turn::DropView, format!("DROP MATERIALIZED VIEW {exists}{name};")));
                }
                ObjectKind::Sequence if found.is_none_or(|found| !self.goes_with_column(found, &self.done.diffs)) => {
                    pieces.push((Turn::DropSequence, format!("DROP SEQUENCE {exists}{name};")));
                }
                ObjectKind::Type => pieces.push((Turn::DropType, format!("DROP TYPE {exists}{name};"))),
                ObjectKind::Domain => pieces.push((Turn::DropType, format!("DROP DOMAIN {exists}{name};"))),
                _ => {}
            }
            return;
        };
        let own = spell.part(part);
        match object.kind {
            ObjectKind::Column => {
                let exists = spell.if_exists_in_table();
                pieces.push((Turn::DropColumn, format!("ALTER TABLE {name} DROP COLUMN {exists}{own};")));
            }
            ObjectKind::Constraint => {
                pieces.extend(self.drop_constraint(object, part).map(|text| (Turn::DropConstraint, text)));
            }
            ObjectKind::Index if !is_kept(object, part, self.after) => {
                pieces.push((Turn::DropIndex, self.drop_index(&object.name, part)));
            }
            _ => {}
        }
    }

    pub(super) fn drop_index(&self, table: &ObjectName, index: &str) -> String {
        let (name, own) = (self.spell.name(table), self.spell.part(index));
        match self.spell.dialect {
            Dialect::Mysql => format!("DROP INDEX {own} ON {name};"),
            Dialect::Mariadb | Dialect::SqlServer => format!("DROP INDEX {}{own} ON {name};", self.spell.if_exists()),
            _ => format!("DROP INDEX {}{};", self.spell.if_exists(), self.spell.name(&table.beside(index))),
        }
    }

    /// What drops a constraint; nothing where it goes with a column of the same statement.
    fn drop_constraint(&self, object: &ObjectRef, part: &str) -> Option<String> {
        let spell = self.spell;
        let found = self.after.relation_if_applied(&object.name)?;
        let constraint = found.constraints.iter().find(|other| other.name.as_deref() == Some(part));
        let constraint = constraint.or_else(|| found.primary_key().filter(|_| part.starts_with('(')))?;
        let mysql = spell.is_mysql();
        let added = |column: &String| {
            let column = ObjectRef::part(ObjectKind::Column, &object.name, column);
            self.done.diffs.iter().any(|diff| diff.object == column && diff.kind == DifferenceKind::Added)
        };
        let is_key = constraint.referenced().is_some();
        let goes = constraint.columns.len() == 1 && constraint.columns.iter().all(added);
        if goes && !(mysql && is_key) || spell.dialect == Dialect::Sqlite {
            return None;
        }
        let (name, own, exists) = (spell.name(&object.name), spell.part(part), spell.if_exists_in_table());
        Some(match constraint.kind {
            _ if constraint.is_primary() && mysql => format!("ALTER TABLE {name} DROP PRIMARY KEY;"),
            _ if is_key && mysql => {
                let index = found.indexes.iter().any(|index| {
                    index.implicit && index.name.as_deref() == Some(part) && self.is_new_index(&object.name, part)
                });
                let also = if index { format!(", DROP INDEX {exists}{own}") } else { String::new() };
                format!("ALTER TABLE {name} DROP FOREIGN KEY {exists}{own}{also};")
            }
            crate::catalog::ConstraintKind::Unique { .. } if mysql => {
                format!("ALTER TABLE {name} DROP INDEX {exists}{own};")
            }
            _ => format!("ALTER TABLE {name} DROP CONSTRAINT {exists}{own};"),
        })
    }

    fn is_new_index(&self, table: &ObjectName, index: &str) -> bool {
        let index = ObjectRef::part(ObjectKind::Index, table, index);
        self.done.diffs.iter().any(|diff| diff.object == index && diff.kind == DifferenceKind::Added)
    }

    /// Makes again what the statement dropped.
    fn make(&self, object: &ObjectRef, pieces: &mut Pieces) {
        let spell = self.spell;
        let Some(part) = object.part.as_deref() else { return self.make_whole(object, pieces) };
        let Some(found) = self.before.relation_if_applied(&object.name) else { return };
        let name = spell.name(&object.name);
        match object.kind {
            ObjectKind::Column => {
                let Some(column) = found.columns.iter().find(|column| column.name == part) else { return };
                if !column.complete {
                    return pieces.push((Turn::MakeColumn, lost(&format!("how column {part} of {name} was defined"))));
                }
                let add =
                    if matches!(spell.dialect, Dialect::SqlServer | Dialect::Oracle) { "ADD" } else { "ADD COLUMN" };
                let careful = spell.if_not_exists_in_table();
                let definition = spell.column(column);
                let note = if self.loses(object) { " -- LOST: its values" } else { "" };
                pieces.push((Turn::MakeColumn, format!("ALTER TABLE {name} {add} {careful}{definition};{note}")));
            }
            ObjectKind::Constraint => {
                let named = |name: &Option<String>, columns: &[String]| {
                    name.as_deref() == Some(part) || name.is_none() && format!("({})", columns.join(", ")) == part
                };
                let constraint = found.constraints.iter().find(|other| named(&other.name, &other.columns));
                let Some(constraint) = constraint.filter(|_| spell.dialect != Dialect::Sqlite) else { return };
                let index = found.indexes.iter().find(|index| index.name.is_some() && index.name == constraint.name);
                let definition = spell.constraint(constraint, index);
                let key = constraint.referenced().is_none();
                pieces.push((Turn::MakeConstraint, format!("ALTER TABLE {name} ADD {definition};")));
                if !key {
                    // A key needs what it points to.
                    pieces.iter_mut().next_back().into_iter().for_each(|(turn, _)| *turn = Turn::MakeIndex);
                }
            }
            ObjectKind::Index if !is_kept(object, part, self.before) => {
                let index = found.indexes.iter().find(|index| index.name.as_deref() == Some(part));
                let options = self.index_options(object);
                let text = index.and_then(|index| spell.index(&object.name, index, options.as_deref()));
                pieces.extend(text.map(|text| (Turn::MakeIndex, format!("{text};"))));
            }
            _ => {}
        }
    }

    /// Whether what held data goes.
    fn loses(&self, object: &ObjectRef) -> bool {
        self.done.acts.iter().any(|act| act.object == *object && act.loses.is_some())
    }

    fn make_whole(&self, object: &ObjectRef, pieces: &mut Pieces) {
        let spell = self.spell;
        let name = spell.name(&object.name);
        match object.kind {
            ObjectKind::Table => {
                let Some(found) = self.before.relation_if_applied(&object.name) else { return };
                let turn = if found.partition_of.is_some() { Turn::MakePartition } else { Turn::MakeTable };
                match spell.table(found) {
                    Some(statements) => {
                        let text = statements.into_iter().map(|text| format!("{text};")).collect::<Vec<_>>().join("\n");
                        let name = &object.name.name;
                        let note =
                            if self.loses(object) { format!("-- LOST: the rows of {name}\n") } else { String::new() };
                        pieces.push((turn, note + &text));
                    }
                    None => pieces.push((turn, lost(&format!("how table {name} was defined")))),
                }
            }
            ObjectKind::Sequence => {
                let found = self.before.relation_if_applied(&object.name);
                if found.is_none_or(|found| !self.goes_with_column(found, &self.done.diffs)) {
                    let careful = spell.if_not_exists();
                    pieces.push((Turn::MakeSequence, format!("CREATE SEQUENCE {careful}{name};")));
                }
            }
            ObjectKind::Type | ObjectKind::Domain => {
                let Known::Present(found) = self.before.type_of(&object.name) else { return };
                pieces.extend(self.create_type(&name, &found.kind).map(|text| (Turn::MakeType, text)));
            }
            _ => {}
        }
    }

    pub(super) fn create_type(&self, name: &str, kind: &TypeKind) -> Option<String> {
        let spell = self.spell;
        Some(match kind {
            TypeKind::Enum(values) => format!("CREATE TYPE {name} AS ENUM ({});", values_of(values)),
            TypeKind::Composite(columns) => {
                let columns: Vec<String> = columns.iter().map(|column| spell.column(column)).collect();
                format!("CREATE TYPE {name} AS ({});", columns.join(", "))
            }
            TypeKind::Domain { data_type, nullable, default, checks } => {
                let mut text = format!("CREATE DOMAIN {name} AS {}", spell.data_type(data_type));
                if let Some(default) = default {
                    text += &format!(" DEFAULT {}", default.text);
                }
                if !nullable {
                    text += " NOT NULL";
                }
                for (check, condition, _) in checks {
                    text += &format!(" CONSTRAINT {} CHECK {}", spell.part(check), super::spell::enclosed(condition));
                }
                text + ";"
            }
            TypeKind::Other => return None,
        })
    }

    /// Whether a sequence comes and goes with its column.
    fn goes_with_column(&self, sequence: &Relation, diffs: &[Difference]) -> bool {
        let Some((table, column)) = &sequence.owned_by else { return false };
        let column = ObjectRef::part(ObjectKind::Column, table, column);
        let whole = |diff: &Difference| diff.object.part.is_none() && diff.object.name == *table;
        let identity = |catalog: &Catalog| {
            let found = catalog.relation_if_applied(table)?;
            found.columns.iter().find(|other| Some(&*other.name) == column.part.as_deref())?.identity
        };
        let numbered = identity(self.before).or_else(|| identity(self.after)).is_some();
        numbered && diffs.iter().any(|diff| diff.object == column || whole(diff))
    }

    /// What stood behind the columns of an index before the statement.
    pub(super) fn index_options(&self, index: &ObjectRef) -> Option<String> {
        let key = Key::new(index, Aspect::Setting("index options".to_owned()));
        super::noted(self.done, self.book, &key).map(|note| note.source.to_string())
    }
}

/// Whether an index is kept for a constraint, or made by the server itself.
fn is_kept(object: &ObjectRef, part: &str, catalog: &Catalog) -> bool {
    let found = catalog.relation_if_applied(&object.name);
    let mut indexes = found.iter().flat_map(|found| &found.indexes);
    indexes.any(|index| index.name.as_deref() == Some(part) && (index.of_constraint || index.implicit))
}

pub(super) fn values_of(values: &[String]) -> String {
    values.iter().map(|value| format!("'{}'", value.replace('\'', "''"))).collect::<Vec<_>>().join(", ")
}

/// What to write where something is not known.
pub(super) fn lost(what: &str) -> String {
    format!("-- not known from the scripts: {}", what.replace(['\n', '\r'], " "))
}
