//! Statements that write rows, beside scripts that change their table or the rows that they refer to.

use std::collections::BTreeSet;

use super::access::{Access, How, RowChange, Verb};
use super::clash::{Clash, Side};
use super::pair::Verdict;
use super::row_values::{compares, gives_null, values_of};
use super::schema::Schema;
use crate::catalog::{Column, Constraint, ConstraintKind, Known, ObjectName, ObjectRef, Parts, Relation};
use crate::change::ObjectKind;

/// One statement that writes rows.
pub(super) struct Writing<'a> {
    pub(super) access: &'a Access,
    pub(super) rows: &'a RowChange,
}

pub(super) fn writings<'a>(side: Side<'a>) -> Vec<Writing<'a>> {
    let writing = |access: &'a Access| match &access.how {
        How::Writes(rows) => Some(Writing { access, rows }),
        _ => None,
    };
    side.played.accesses.iter().filter_map(writing).collect()
}

/// What one script does to tables of which another writes rows.
pub(super) fn against_schema(base: &Schema, one: Side<'_>, other: Side<'_>) -> Vec<Clash> {
    let mut found = Vec::new();
    for writing in writings(other) {
        let name = &writing.access.object.name;
        let before = base.catalog.relation_if_applied(name);
        let after = one.after.catalog.relation_if_applied(name);
        if let (Some(before), Some(after)) = (before, after) {
            let mut against = Against { one, other, writing: &writing, found: &mut found };
            against.columns(before, after);
            against.constraints(before, after);
            against.triggers(base, before, after);
        }
        found.extend(partition(one, other, &writing));
    }
    found.extend(referenced(base, one, other));
    found
}

struct Against<'a, 'b> {
    one: Side<'a>,
    other: Side<'a>,
    writing: &'b Writing<'a>,
    found: &'b mut Vec<Clash>,
}

impl Against<'_, '_> {
    fn say(&mut self, verdict: Verdict, object: ObjectRef, why: String, first: Option<&str>) {
        let verdict = if self.writing.access.certain { verdict } else { Verdict::Unknown };
        self.found.push(Clash { verdict, object, why, first: first.map(str::to_owned) });
    }

    fn columns(&mut self, before: &Relation, after: &Relation) {
        for column in &after.columns {
            let object = ObjectRef::part(ObjectKind::Column, &after.name, &column.name);
            match before.column(&column.name) {
                Known::Present(old) => self.column(object, old, column, before),
                Known::Absent if is_required(column) && self.writing.rows.verb == Verb::Insert => {
                    let (one, other, column) = (self.one.name, self.other.name, &column.name);
                    let why = format!("{one} adds the required column {column}, and {other} inserts rows without it");
                    self.say(Verdict::Conflicting, object, why, None);
                }
                _ => {}
            }
        }
    }

    fn column(&mut self, object: ObjectRef, old: &Column, new: &Column, table: &Relation) {
        let rows = self.writing.rows;
        let (one, other, name) = (self.one.name, self.other.name, &new.name);
        let inserts = matches!(rows.verb, Verb::Insert | Verb::Any);
        let fills = inserts && (rows.columns.is_empty() || rows.columns.contains(name));
        let sets = rows.verb == Verb::Update && rows.columns.contains(name);
        match (old.nullable == Some(false), new.nullable == Some(false)) {
            (false, true) if sets && rows.text.contains(&format!("{name} = null")) => {
                let why = format!("{one} makes {name} required, and {other} sets it to NULL");
                self.say(Verdict::Conflicting, object.clone(), why, None);
            }
            (false, true) if sets && !fills_itself(self.one, &table.name, name) => {
                let why = format!("{other} fills {name}, which {one} makes required");
                self.say(Verdict::Dependent, object.clone(), why, Some(other));
            }
            (false, true) if matches!(rows.verb, Verb::Delete | Verb::Truncate) => {
                let why = format!("{one} makes {name} required, and {other} may remove the rows without it");
                self.say(Verdict::Unknown, object.clone(), why, None);
            }
            (false, true) if inserts => match gives_null(rows, new, table) {
                Some(true) => {
                    let why = format!("{one} makes {name} required, and {other} inserts rows without it");
                    self.say(Verdict::Conflicting, object.clone(), why, None);
                }
                Some(false) => {}
                None => {
                    let why = format!("{one} makes {name} required, and the rows that {other} inserts may lack it");
                    self.say(Verdict::Unknown, object.clone(), why, None);
                }
            },
            (true, false) if inserts && gives_null(rows, old, table) == Some(true) => {
                let why = format!("{other} inserts rows without {name}, which {one} makes optional");
                self.say(Verdict::Dependent, object.clone(), why, Some(one));
            }
            _ => {}
        }
        if old.data_type != new.data_type && (fills || sets) && !widens(old, new) {
            let why = format!("{one} changes the type of {name}, of which {other} writes values");
            self.say(Verdict::Unknown, object.clone(), why, None);
        }
        if old.default != new.default && inserts && !fills {
            let why = format!("{one} changes the default of {name}, which {other} inserts rows with");
            self.say(Verdict::Unknown, object, why, None);
        }
    }

    fn constraints(&mut self, before: &Relation, after: &Relation) {
        let has = |all: &Parts<Constraint>, wanted: &Constraint| {
            all.iter().any(|other| other.kind == wanted.kind && other.columns == wanted.columns)
        };
        let added: Vec<&Constraint> =
            after.constraints.iter().filter(|constraint| !has(&before.constraints, constraint)).collect();
        let dropped: Vec<&Constraint> =
            before.constraints.iter().filter(|constraint| !has(&after.constraints, constraint)).collect();
        for constraint in &added {
            if self.concerns(&constraint.columns, after) && constraint.kind != ConstraintKind::NotNull {
                self.newly_held(constraint, &dropped, after);
            }
        }
        for constraint in dropped.iter().filter(|_| added.is_empty()) {
            let writes = !matches!(self.writing.rows.verb, Verb::Delete | Verb::Truncate);
            let checks = writes && matches!(constraint.kind, ConstraintKind::Check { .. });
            if checks && self.concerns(&constraint.columns, before) && !self.satisfies(constraint, before) {
                let (object, other) = (of(constraint, after), self.other.name);
                let why = format!("{} drops a check that the rows of {other} may not hold", self.one.name);
                self.say(Verdict::Unknown, object, why, None);
            }
        }
        let is_new = |index: &&crate::catalog::Index| {
            index.unique && !index.of_constraint && !before.indexes.iter().any(|old| old.name == index.name)
        };
        for index in after.indexes.iter().filter(is_new) {
            let columns: Vec<String> = index.parts.iter().filter_map(|part| part.column.clone()).collect();
            if self.concerns(&columns, after) {
                let object = ObjectRef::part(ObjectKind::Index, &after.name, index.name.as_deref().unwrap_or_default());
                let why = format!("{} demands unique rows, and {} writes some", self.one.name, self.other.name);
                self.say(Verdict::Unknown, object, why, None);
            }
        }
    }

    fn newly_held(&mut self, constraint: &Constraint, dropped: &[&Constraint], table: &Relation) {
        let (one, other) = (self.one.name, self.other.name);
        let object = of(constraint, table);
        // A list of values that grows: who writes the new value needs it.
        let text = |constraint: &Constraint| match &constraint.kind {
            ConstraintKind::Check { text } => text.clone(),
            _ => String::new(),
        };
        let is_in = |text: &str, value: &String| text.contains(&format!("'{value}'"));
        let (new, old) = (text(constraint), dropped.iter().map(|old| text(old)).collect::<String>());
        let mut values = self.other.played.literals.iter();
        if let Some(value) = values.find(|value| !old.is_empty() && is_in(&new, value) && !is_in(&old, value)) {
            let why = format!("{other} writes '{value}', which {one} allows");
            return self.say(Verdict::Dependent, object, why, Some(one));
        }
        if self.satisfies(constraint, table) {
            return;
        }
        let why = format!("{one} adds a constraint that the rows written by {other} have to hold");
        self.say(Verdict::Unknown, object, why, None);
    }

    /// Whether the values written surely hold a check: it compares one column with a number, or lists values.
    fn satisfies(&self, constraint: &Constraint, table: &Relation) -> bool {
        let ConstraintKind::Check { text } = &constraint.kind else { return false };
        let [column] = constraint.columns.as_slice() else { return false };
        let default = || {
            let found = table.column(column).present().filter(|_| self.writing.rows.verb == Verb::Insert)?;
            let omitted = !self.writing.rows.columns.is_empty() && !self.writing.rows.columns.contains(column);
            let text = found.default.as_ref().filter(|_| omitted)?.text.clone();
            Some(BTreeSet::from([text]))
        };
        let Some(values) = values_of(self.writing.rows, column).or_else(default) else { return false };
        if let Some(holds) = compares(text, column, &values) {
            return holds;
        }
        !values.is_empty() && values.iter().all(|value| value.starts_with('\'') && text.contains(value.as_str()))
    }

    /// Whether the statement may write a value of one of the columns.
    fn concerns(&self, columns: &[String], table: &Relation) -> bool {
        let rows = self.writing.rows;
        let writes = |column: &String| match rows.verb {
            Verb::Insert => {
                rows.columns.is_empty()
                    || rows.columns.contains(column)
                    || table.column(column).present().is_none_or(|found| found.default.is_some())
            }
            Verb::Update => rows.columns.contains(column),
            // Rows that are removed may be those that would break it.
            Verb::Delete | Verb::Truncate | Verb::Any => true,
        };
        columns.is_empty() || columns.iter().any(writes)
    }

    fn triggers(&mut self, base: &Schema, before: &Relation, after: &Relation) {
        let is_trigger = |kind: ObjectKind| matches!(kind, ObjectKind::Trigger | ObjectKind::Rule);
        let names = |table: &Relation| -> BTreeSet<String> {
            let all = table.attached.iter().filter(|attached| is_trigger(attached.kind));
            all.map(|attached| attached.name.clone()).collect()
        };
        let differ = names(before) != names(after);
        let replaced = before.attached.iter().filter_map(|attached| attached.function.as_ref());
        let mut replaced = replaced.filter(|function| {
            let altered = |access: &&Access| {
                matches!(access.how, How::Alters(_))
                    && access.object.name == **function
                    && access.object.kind.is_routine()
            };
            self.one.played.accesses.iter().any(|access| altered(&access))
        });
        let switched = |access: &&Access| {
            matches!(&access.how, How::Alters(aspect) if aspect == "enabled" || aspect == "triggers")
                && access.object.name == before.name
        };
        let switched = self.one.played.accesses.iter().any(|access| switched(&access));
        if differ || switched || replaced.next().is_some() {
            let object = before.reference();
            let table = object.in_words(base.catalog.dialect());
            let why = format!("{} changes what runs when {} writes rows of {table}", self.one.name, self.other.name);
            self.say(Verdict::Unknown, object, why, None);
        }
    }
}

fn of(constraint: &Constraint, table: &Relation) -> ObjectRef {
    let name = constraint.name.clone().unwrap_or_else(|| format!("({})", constraint.columns.join(", ")));
    ObjectRef::part(ObjectKind::Constraint, &table.name, &name)
}

fn is_required(column: &Column) -> bool {
    column.nullable == Some(false)
        && column.default.is_none()
        && column.generated.is_none()
        && column.identity.is_none()
}

/// Whether every value of the old type is one of the new type, and looks the same.
fn widens(old: &Column, new: &Column) -> bool {
    let (Some(old), Some(new)) = (&old.data_type, &new.data_type) else { return false };
    let rank = |name: &str| ["smallint", "integer", "bigint", "numeric"].iter().position(|known| *known == name);
    let textual = |name: &str| name == "text" || name == "character varying" || name == "varchar";
    if let (Some(from), Some(to)) = (rank(&old.name), rank(&new.name)) {
        return to >= from && new.arguments.is_empty();
    }
    let length = |arguments: &[String]| arguments.first().and_then(|first| first.parse::<u64>().ok());
    textual(&old.name)
        && textual(&new.name)
        && match (length(&old.arguments), length(&new.arguments)) {
            (_, None) => true,
            (Some(from), Some(to)) => to >= from,
            (None, Some(_)) => false,
        }
}

/// Whether a script fills a column itself before it makes it required.
fn fills_itself(side: Side<'_>, table: &ObjectName, column: &str) -> bool {
    writings(side).iter().any(|writing| {
        writing.access.object.name == *table && writing.rows.columns.iter().any(|filled| filled == column)
    })
}

/// One makes, attaches or detaches a partition of the table that the other fills.
fn partition(one: Side<'_>, other: Side<'_>, writing: &Writing<'_>) -> Option<Clash> {
    let is_part = |access: &&Access| {
        access.object.name == writing.access.object.name
            && matches!(&access.how, How::Alters(aspect) if aspect.starts_with("partitions ") || aspect.starts_with("default partition"))
    };
    let found = one.played.accesses.iter().find(is_part)?;
    let why = format!("{} changes the partitions of the table of which {} writes rows", one.name, other.name);
    Some(Clash { verdict: Verdict::Unknown, object: found.object.clone(), why, first: None })
}

/// Rows that refer to rows which the other script writes.
fn referenced(base: &Schema, one: Side<'_>, other: Side<'_>) -> Vec<Clash> {
    let mut found = Vec::new();
    for parent in writings(one) {
        for child in writings(other) {
            let table = &child.access.object.name;
            let known =
                other.after.catalog.relation_if_applied(table).or_else(|| base.catalog.relation_if_applied(table));
            let foreign = known.into_iter().flat_map(|table| &table.constraints);
            let parent_table = &parent.access.object.name;
            for key in foreign.filter(|key| key.referenced() == Some(parent_table)) {
                found.extend(refers(base, (one, &parent), (other, &child), key));
            }
        }
    }
    found
}

fn refers(
    base: &Schema,
    parent: (Side<'_>, &Writing<'_>),
    child: (Side<'_>, &Writing<'_>),
    key: &Constraint,
) -> Option<Clash> {
    let ((one, parent), (other, child)) = (parent, child);
    let ConstraintKind::ForeignKey { table, columns, .. } = &key.kind else { return None };
    if matches!(child.rows.verb, Verb::Delete | Verb::Truncate) || parent.rows.verb == Verb::Update {
        return None;
    }
    let clash = |verdict: Verdict, why: String, first: Option<&str>| {
        let object = parent.access.object.clone();
        Some(Clash { verdict, object, why, first: first.map(str::to_owned) })
    };
    let object = parent.access.object.in_words(base.catalog.dialect());
    let writes = |column: &String| child.rows.columns.is_empty() || child.rows.columns.contains(column);
    if !key.columns.iter().any(writes) {
        return None;
    }
    let primary = base.catalog.relation_if_applied(table).and_then(Relation::primary_key);
    let referenced = if columns.is_empty() { primary.map(|key| key.columns.clone())? } else { columns.clone() };
    let (own, target) = (key.columns.first()?, referenced.first()?);
    let used = values_of(child.rows, own);
    if used.as_ref().is_some_and(|used| used.iter().all(|value| value.eq_ignore_ascii_case("null"))) {
        return None;
    }
    match (parent.rows.verb, values_of(parent.rows, target), used) {
        (Verb::Insert, Some(made), Some(used)) if made.iter().any(|value| used.contains(value)) => clash(
            Verdict::Dependent,
            format!("{} inserts rows that refer to rows of {object} from {}", other.name, one.name),
            Some(one.name),
        ),
        (Verb::Insert, Some(_), Some(_)) => None,
        _ => clash(
            Verdict::Unknown,
            format!("{} may refer to rows of {object} that {} writes", other.name, one.name),
            None,
        ),
    }
}
