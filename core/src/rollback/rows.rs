//! What statements do to rows: what they put in, and what they take away for good.

use super::effect::{Act, Done, Facet, Loss};
use crate::catalog::{Catalog, ObjectName, ObjectRef, RelationKind};
use crate::change::{AlterAction, Change, Name, ObjectKind, Reading, Request};
use crate::deployment::Played;
use crate::sql::Dialect;
use crate::text::Span;

/// The rows that a statement puts in, changes or removes, and what it does that nobody can tell. `script` is the number of
/// the script: the rows of a table that it makes itself go with the table.
pub(super) fn acts(request: &Request, reading: &Reading, before: &Catalog, script: u32) -> Vec<Act> {
    let mut found = Vec::new();
    of_request(request, request.span, reading, before, script, &mut found);
    found
}

fn of_request(request: &Request, whole: Span, reading: &Reading, before: &Catalog, script: u32, out: &mut Vec<Act>) {
    let mut rows = |name: &Name, verb: &str, lost: Option<&str>| {
        let table = before.relation_name(name);
        if is_own(before, &table, script) {
            return;
        }
        let words = table.spelled(before.dialect());
        let loses = lost.map(|lost| Loss {
            what: format!("{lost} {words}"),
            recipe: format!("keep a copy first: `CREATE TABLE {words}_before AS SELECT * FROM {words};`"),
        });
        let object = ObjectRef::whole(ObjectKind::Table, &table);
        out.push(Act { object, facet: Facet::Rows, what: format!("{verb} {words}"), span: whole, loses, stays: None });
    };
    match &request.change {
        Change::Insert(insert) => {
            let replaces = insert.conflict.is_some_and(|span| {
                let said = reading.text.get(span.start..span.end).unwrap_or_default().to_ascii_uppercase();
                said.contains("UPDATE") || said.contains("REPLACE")
            });
            rows(&insert.table, "inserts rows into", replaces.then_some("the rows that are replaced in"));
        }
        Change::Merge(merge) => {
            let overwrites = merge.does.iter().any(|does| *does != "insert");
            rows(&merge.table, "merges rows into", overwrites.then_some("the old rows of"));
        }
        Change::Copy(copy) if copy.into => {
            copy.table.iter().for_each(|table| rows(table, "copies rows into", None));
        }
        Change::Update(update) => {
            let table = before.relation_name(&update.table);
            let own = |column: &crate::change::Identifier| {
                let found = before.relation_if_applied(&table)?.column(&before.fold(column)).present()?.made?;
                (found.script == script).then_some(())
            };
            let fills = !update.columns.is_empty() && update.columns.iter().all(|column| own(column).is_some());
            if !fills {
                rows(&update.table, "overwrites values in", Some("the values that are overwritten in"));
            }
        }
        Change::Delete(delete) => rows(&delete.table, "deletes rows from", Some("the rows that are deleted from")),
        Change::Truncate(truncate) => {
            truncate.tables.iter().for_each(|table| rows(table, "empties", Some("all rows of")));
        }
        Change::Alter(alter) => {
            let lost = alter.actions.iter().find(|action| {
                matches!(action.what, AlterAction::DropPartition { .. } | AlterAction::TruncatePartition { .. })
            });
            if let (Some(table), Some(_)) = (&alter.name, lost) {
                rows(table, "drops rows with a partition of", Some("the rows of partitions of"));
            }
            let opaque = |action: &&crate::change::Action| matches!(action.what, AlterAction::Opaque(_));
            for action in alter.actions.iter().filter(opaque) {
                out.push(unknown(action.span, "does something that was not understood"));
            }
        }
        Change::Block(block) => {
            for step in &block.steps {
                of_request(&step.request, whole, reading, before, script, out);
            }
        }
        Change::Opaque(words) => out.push(unknown(whole, &format!("`{words}` was not understood"))),
        Change::Unchecked(_) => out.push(unknown(whole, "runs SQL that is put together only then")),
        Change::Call(name) => {
            let name = name.as_ref().map_or_else(String::new, |name| format!(" `{name}`"));
            out.push(unknown(whole, &format!("calls a procedure{name}, and what that does is not known")));
        }
        Change::Select(query) => {
            let acts = |name: &&Name| {
                before.routine(name).is_present()
                    || name.is("setval")
                    || name.is("dblink_exec")
                    || name.is("create_hypertable")
            };
            if let Some(name) = query.functions.iter().find(acts) {
                out.push(unknown(whole, &format!("calls `{name}`, and what that does is not known")));
            }
        }
        _ => {}
    }
}

fn unknown(span: Span, what: &str) -> Act {
    let object = ObjectRef::whole(ObjectKind::Database, &ObjectName::new("", ""));
    Act { object, facet: Facet::Unknown, what: what.to_owned(), span, loses: None, stays: None }
}

/// Whether the script makes a table itself, or it is temporary.
fn is_own(catalog: &Catalog, table: &ObjectName, script: u32) -> bool {
    catalog.relation_if_applied(table).is_some_and(|found| {
        found.persistence == crate::catalog::Persistence::Temporary
            || found.made.is_some_and(|made| made.script == script)
    })
}

/// What is lost with an object that goes.
pub(super) fn lost_with(object: &ObjectRef, before: &Catalog, script: u32, dialect: Dialect) -> Option<Loss> {
    let table = object.name.spelled(dialect);
    let found = before.relation_if_applied(&object.name);
    if is_own(before, &object.name, script) {
        return None;
    }
    match (object.kind, object.part.as_deref()) {
        (ObjectKind::Table, None) => Some(Loss {
            what: format!("all rows of {table}"),
            recipe: format!(
                "rename it instead, and drop it in a later migration: `ALTER TABLE {table} RENAME TO {}_old;`",
                object.name.name
            ),
        }),
        (ObjectKind::Schema | ObjectKind::Database, None) => {
            let within = before
                .relations()
                .any(|relation| relation.kind == RelationKind::Table && relation.name.schema == object.name.name);
            within.then(|| Loss {
                what: format!("all rows in {}", object.in_words(dialect)),
                recipe: "dump it first, and keep the dump until nobody asks for it".to_owned(),
            })
        }
        (ObjectKind::Column, Some(column)) => {
            let found = found.and_then(|found| found.columns.iter().find(|other| other.name == column));
            let computed = found.is_some_and(|column| column.generated.is_some());
            let own = found.and_then(|column| column.made).is_some_and(|made| made.script == script);
            (!computed && !own).then(|| Loss {
                what: format!("the values of {}", object.in_words(dialect)),
                recipe: format!(
                    "keep them with the key first: `CREATE TABLE {table}_{column}_before AS SELECT id, {column} FROM {table};`, and fill the column from there in the undo script"
                ),
            })
        }
        _ => None,
    }
}

/// What is lost when a column gets a type that does not hold what the old one does.
pub(super) fn lost_by_change(
    object: &ObjectRef,
    what: &str,
    before: &Catalog,
    after: &Catalog,
    script: u32,
    dialect: Dialect,
) -> Option<Loss> {
    if what != "type" || object.kind != ObjectKind::Column || is_own(before, &object.name, script) {
        return None;
    }
    let column = object.part.as_deref()?;
    let data_type = |catalog: &Catalog| {
        let found = catalog.relation_if_applied(&object.name)?;
        let column = found.columns.iter().find(|other| other.name == column)?;
        let own = column.made.is_some_and(|made| made.script == script);
        column.data_type.clone().filter(|_| !own)
    };
    let (from, to) = (data_type(before)?, data_type(after)?);
    from.narrows(&to).map(|_| Loss {
        what: format!("what of the values of {} does not fit into {to}", object.in_words(dialect)),
        recipe: format!("keep the old values in a column of their own until nobody asks for them: `ADD COLUMN {column}_before {from}`"),
    })
}

/// Takes back what was said of tables that a script makes anew: their rows are copied, so only what the copy leaves out is
/// lost.
pub(super) fn settle(done: &mut [Done], played: &Played) {
    let Some(reading) = &played.turn.reading else { return };
    for done in done {
        let Some(before) = played.steps.iter().find(|step| step.statement == done.statement).map(|step| &step.before)
        else {
            continue;
        };
        for act in &mut done.acts {
            let whole =
                act.facet == Facet::Removed && act.object.kind == ObjectKind::Table && act.object.part.is_none();
            if !whole || act.loses.is_none() || copy_of(&act.object.name, done.statement, reading, before).is_none() {
                continue;
            }
            let (old, new) =
                (before.relation_if_applied(&act.object.name), played.after().relation_if_applied(&act.object.name));
            let Some((old, new)) = old.zip(new) else { continue };
            let left: Vec<&str> = old
                .columns
                .iter()
                .filter(|column| column.generated.is_none() && new.column(&column.name).is_absent())
                .map(|column| column.name.as_str())
                .collect();
            let words = act.object.name.spelled(before.dialect());
            act.loses = (!left.is_empty()).then(|| Loss {
                what: format!("the values of {} of {words}, which are not copied", left.join(", ")),
                recipe: format!("keep a copy first: `CREATE TABLE {words}_before AS SELECT * FROM {words};`"),
            });
        }
    }
}

/// The table into which the rows of another one are copied before a statement.
pub(super) fn copy_of(table: &ObjectName, statement: usize, reading: &Reading, before: &Catalog) -> Option<ObjectName> {
    let reads = |query: &crate::change::Query| query.relations.iter().any(|name| before.relation_name(name) == *table);
    reading.requests.iter().take(statement).find_map(|request| match &request.change {
        Change::Insert(insert) if reads(&insert.query) && before.relation_name(&insert.table) != *table => {
            Some(before.relation_name(&insert.table))
        }
        Change::CreateTable(made) if made.query.as_ref().is_some_and(reads) => Some(before.relation_name(&made.name)),
        _ => None,
    })
}
