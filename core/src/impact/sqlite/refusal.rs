//! What the schema, or the kind of a table, makes the server refuse.

use super::table::{self, Found, refuse};
use super::{add_column, fact};
use crate::catalog::{ConstraintKind as Kept, Known, RelationKind};
use crate::change::{
    Alter, AlterAction, Change, Constraint, ConstraintKind, CreateTable, Delete, Drop, Index, Name, ObjectKind, Query,
    ReferentialAction, Task, Transaction,
};
use crate::impact::{Refusal, Situation};
use crate::text::{Casing, Span};

/// Why the server will not run a statement that its grammar knows.
pub(super) fn refusal(change: &Change, span: Span, situation: &Situation<'_>) -> Option<Refusal> {
    match change {
        Change::CreateTable(create) => foreign_schema(&create.name)
            .or_else(|| create_table(create, situation))
            .or_else(|| create.query.as_ref().and_then(|query| reads(query, situation))),
        Change::CreateView(view) => foreign_schema(&view.name),
        Change::CreateIndex(index) => create_index(index, situation),
        Change::CreateTrigger(trigger) => {
            let text = situation.text.get(span.start..span.end).unwrap_or_default().to_ascii_uppercase();
            let found = Found::of(trigger.table.as_ref()?, situation);
            let head = text.split(" ON ").next().unwrap_or_default();
            let instead = head.split_ascii_whitespace().any(|word| word == "INSTEAD");
            let wrong = if instead { found.is(RelationKind::Table) } else { found.is(RelationKind::View) };
            if wrong { Some(refuse(&fact::TRIGGER_TIME, trigger.name.span)) } else { None }
        }
        Change::Alter(alter) => self::alter(alter, situation),
        Change::Drop(drop) => self::drop(drop, situation),
        Change::Insert(insert) => written(&insert.table, &insert.columns, situation)
            .or_else(|| reads(&insert.query, situation))
            .or_else(|| calls(span, situation)),
        Change::Update(update) => written(&update.table, &update.columns, situation)
            .or_else(|| reads(&update.query, situation))
            .or_else(|| calls(span, situation)),
        Change::Delete(delete) => delete_from(delete, situation).or_else(|| calls(span, situation)),
        Change::Select(query) => reads(query, situation).or_else(|| calls(span, situation)),
        Change::Transaction(transaction) => end(transaction, span, situation),
        Change::Maintenance(task) if matches!(task.task, Task::Analyze | Task::Reindex) => {
            let name = task.objects.first().filter(|name| name.parts.len() == 1)?;
            let known = ["main", "temp", "binary", "nocase", "rtrim"].iter().any(|known| name.is(known));
            let absent = situation.catalog.table(name).is_absent() && situation.catalog.index(name, None).is_absent();
            if absent && !known { Some(refuse(&fact::UNKNOWN_TABLE, name.span)) } else { None }
        }
        Change::Maintenance(task) if task.task == Task::Vacuum => {
            let name = task.objects.first().filter(|name| situation.catalog.table(name).is_present());
            if task.full {
                Some(refuse(&fact::UNKNOWN_SCHEMA, span))
            } else {
                name.map(|name| refuse(&fact::UNKNOWN_SCHEMA, name.span))
            }
        }
        _ => None,
    }
}

/// A statement that ends a transaction, or a part of one, needs one.
fn end(transaction: &Transaction, span: Span, situation: &Situation<'_>) -> Option<Refusal> {
    let session = situation.session;
    match transaction {
        Transaction::Commit | Transaction::Rollback => {
            let open = situation.begin.is_some() || session.in_transaction || session.has_savepoint(None);
            if open { None } else { Some(refuse(&fact::NO_TRANSACTION, span)) }
        }
        Transaction::Release(Some(name)) | Transaction::RollbackTo(Some(name)) => {
            if session.has_savepoint(Some(&name.text)) { None } else { Some(refuse(&fact::NO_SAVEPOINT, name.span)) }
        }
        _ => None,
    }
}

/// A relation that a query reads and that is surely not there.
fn reads(query: &Query, situation: &Situation<'_>) -> Option<Refusal> {
    let given = |name: &&Name| {
        let text = name.last().text.lower();
        ["sqlite_", "pragma_", "json_", "jsonb_", "generate_", "dbstat", "fts", "bytecode", "carray"]
            .iter()
            .any(|start| text.starts_with(start))
    };
    let absent = |name: &&Name| {
        let main = name.schema().is_none_or(|schema| schema.is("main"));
        main && situation.catalog.table(name).is_absent() && !given(name)
    };
    query.relations.iter().find(absent).map(|name| refuse(&fact::UNKNOWN_TABLE, name.span))
}

/// Functions of other servers that an application hardly gives SQLite under the same name.
const FOREIGN_FUNCTIONS: [&str; 15] = [
    "now",
    "getdate",
    "sysdate",
    "sysdatetime",
    "gen_random_uuid",
    "uuid_generate_v4",
    "newid",
    "nextval",
    "setval",
    "currval",
    "to_timestamp",
    "date_trunc",
    "sysutcdatetime",
    "to_char",
    "to_date",
];

fn calls(span: Span, situation: &Situation<'_>) -> Option<Refusal> {
    super::narrow::with_words(situation, span, |words| words.calls(&FOREIGN_FUNCTIONS))
        .map(|span| refuse(&fact::UNKNOWN_FUNCTION, span))
}

/// A schema that only other servers have.
fn foreign_schema(name: &Name) -> Option<Refusal> {
    let schema = name.schema().filter(|schema| schema.is("public") || schema.is("dbo"));
    schema.map(|schema| refuse(&fact::UNKNOWN_SCHEMA, schema.span)).or_else(|| own_name(name))
}

/// A name that is SQLite's own.
fn own_name(name: &Name) -> Option<Refusal> {
    let own = name.last().text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("sqlite_"));
    if own { Some(refuse(&fact::SYSTEM, name.span)) } else { None }
}

fn create_table(create: &CreateTable, situation: &Situation<'_>) -> Option<Refusal> {
    if create.foreign
        || create.query.is_some()
        || create.if_not_exists && situation.catalog.table(&create.name).is_present()
    {
        return None;
    }
    let option = |name: &str| create.options.iter().any(|option| option.name == name);
    let is_key = |constraint: &&Constraint| matches!(constraint.kind, ConstraintKind::PrimaryKey(_));
    let mut keys = create.all_constraints().filter(is_key);
    let key = keys.next();
    if let Some(second) = keys.next() {
        return Some(refuse(&fact::TWO_KEYS, second.span));
    }
    let rowid = !option("without rowid");
    if !rowid && key.is_none() {
        return Some(refuse(&fact::NO_KEY, create.name.span));
    }
    for column in &create.columns {
        let integer = column.data_type.as_ref().is_some_and(|data_type| {
            let text = situation.text.get(data_type.span.start..data_type.span.end).unwrap_or_default();
            text.eq_ignore_ascii_case("integer")
        });
        let counted = column.auto_increment && column.constraints.iter().any(|own| is_key(&own));
        if counted && !(integer && rowid) {
            return Some(refuse(&fact::AUTOINCREMENT, column.span));
        }
        if let Some(refusal) = table::column_refusal(column, option("strict"), situation) {
            return Some(refusal);
        }
    }
    if !create.columns.is_empty() && create.columns.iter().all(|column| column.generated.is_some()) {
        return Some(refuse(&fact::LAST_COLUMN, create.name.span));
    }
    create.all_constraints().find_map(|constraint| new_constraint(constraint, create, situation))
}

/// What a constraint of a new table can be.
fn new_constraint(constraint: &Constraint, create: &CreateTable, situation: &Situation<'_>) -> Option<Refusal> {
    let known = |name: &str| create.columns.iter().any(|column| column.name.text.eq_ignore_ascii_case(name));
    match &constraint.kind {
        ConstraintKind::PrimaryKey(columns) | ConstraintKind::Unique { columns, .. } => {
            if let Some(computed) = columns.iter().find(|column| column.column.is_none()) {
                return Some(refuse(&fact::EXPRESSION_KEY, computed.span));
            }
            let unknown = columns.iter().find(|column| column.column.as_ref().is_some_and(|name| !known(&name.text)));
            unknown.map(|column| refuse(&fact::UNKNOWN_COLUMN, column.span))
        }
        ConstraintKind::ForeignKey(key) => {
            let unknown = key.columns.iter().find(|column| !known(&column.text));
            unknown.map(|column| refuse(&fact::UNKNOWN_COLUMN, column.span))
        }
        ConstraintKind::Check(check) => {
            if holds_query(situation.text, check.span) {
                return Some(refuse(&fact::QUERY_IN_CHECK, check.span));
            }
            let reads = check.reads(situation.text, crate::sql::Dialect::Sqlite)?;
            let own = ["rowid", "oid", "_rowid_", "true", "false"];
            let plain = |name: &str| {
                own.iter().any(|own| name.eq_ignore_ascii_case(own)) || name.lower().starts_with("current_")
            };
            let unknown =
                |column: &crate::change::ColumnName| !column.quoted && !known(&column.column) && !plain(&column.column);
            if reads.iter().any(unknown) { Some(refuse(&fact::UNKNOWN_COLUMN, check.span)) } else { None }
        }
        _ => None,
    }
}

fn holds_query(text: &str, span: Span) -> bool {
    let own = text.get(span.start..span.end).unwrap_or_default();
    let words = own.split(|char: char| !(char.is_alphanumeric() || char == '_' || char == '\''));
    words.into_iter().any(|word| word.eq_ignore_ascii_case("select"))
}

/// Functions that SQLite has and whose values change.
const CHANGING: [&str; 8] =
    ["random", "randomblob", "changes", "total_changes", "last_insert_rowid", "now", "unixepoch_now", "sqlite_version"];

fn create_index(index: &Index, situation: &Situation<'_>) -> Option<Refusal> {
    if let Some(refusal) = index.name.as_ref().and_then(own_name) {
        return Some(refusal);
    }
    let table = index.table.as_ref()?;
    let found = Found::of(table, situation);
    if let Some(refusal) = own_name(table) {
        return Some(refusal);
    }
    if found.relation.is_some_and(|relation| relation.kind != RelationKind::Table) {
        return Some(refuse(&fact::NOT_A_TABLE, table.span));
    }
    for column in &index.columns {
        // What is a prefix's length elsewhere is a call here.
        if column.prefix.is_some() {
            return Some(refuse(&fact::UNKNOWN_FUNCTION, column.span));
        }
        if let Some(collation) = &column.collation
            && !["BINARY", "NOCASE", "RTRIM", "LOCALIZED", "UNICODE"].iter().any(|known| collation.is(known))
        {
            return Some(refuse(&fact::UNKNOWN_COLLATION, collation.span));
        }
    }
    let expressions = index.columns.iter().filter_map(|column| column.expression.as_ref());
    for expression in expressions.chain(&index.predicate) {
        if holds_query(situation.text, expression.span) {
            return Some(refuse(&fact::QUERY_IN_CHECK, expression.span));
        }
        let own = situation.text.get(expression.span.start..expression.span.end).unwrap_or_default().lower();
        let changes = |function: &Name| CHANGING.iter().any(|known| function.is(known));
        if expression.functions.iter().any(changes) || own.contains("'now'") || own.contains("current_") {
            return Some(refuse(&fact::VOLATILE_INDEX, expression.span));
        }
        if let Some(refusal) = found.names_unknown(expression, None, situation) {
            return Some(refusal);
        }
    }
    None
}

fn alter(alter: &Alter, situation: &Situation<'_>) -> Option<Refusal> {
    let (name, [action]) = (alter.name.as_ref()?, alter.actions.as_slice()) else { return None };
    if let Some(refusal) = own_name(name) {
        return Some(refusal);
    }
    let found = Found::of(name, situation);
    if let AlterAction::Rename(to) = &action.what {
        let taken = || situation.catalog.index(to, None).is_present();
        return match found.is(RelationKind::View) {
            true => Some(refuse(&fact::NOT_A_TABLE, name.span)),
            false if taken() => Some(refuse(&fact::NOT_A_TABLE, to.span)),
            false => own_name(to),
        };
    }
    if found.relation.is_some_and(|relation| relation.kind != RelationKind::Table) {
        return Some(refuse(&fact::NOT_A_TABLE, name.span));
    }
    match &action.what {
        AlterAction::AddColumn { column, .. } => add_column::refusal(column, &found, situation),
        AlterAction::DropColumn { column, .. } => {
            let stays = |own: &&crate::catalog::Column| own.name != column.text.lower() && own.generated.is_none();
            let relation = found.relation.filter(|relation| relation.complete)?;
            if relation.columns.iter().any(|own| stays(&own)) {
                None
            } else {
                Some(refuse(&fact::LAST_COLUMN, column.span))
            }
        }
        AlterAction::AddConstraint { constraint, .. } => match &constraint.kind {
            ConstraintKind::Check(check) => found.names_unknown(check, None, situation),
            _ => None,
        },
        AlterAction::DropConstraint { name, .. } => {
            let relation = found.relation?;
            let wanted = name.last().text.lower();
            let Known::Present(kept) = relation.constraint(&wanted) else {
                let absent = relation.complete && situation.server.is_at_least(3, 53, 0);
                return if absent { Some(refuse(&fact::UNKNOWN_CONSTRAINT, name.span)) } else { None };
            };
            let stays = matches!(kept.kind, Kept::PrimaryKey | Kept::Unique { .. });
            if stays { Some(refuse(&fact::NOT_DROPPABLE, name.span)) } else { None }
        }
        _ => None,
    }
}

fn drop(drop: &Drop, situation: &Situation<'_>) -> Option<Refusal> {
    let name = drop.names.first()?;
    let found = Found::of(name, situation);
    if drop.kind == ObjectKind::Index {
        return own_name(name);
    }
    if drop.kind != ObjectKind::Table {
        return None;
    }
    if let Some(refusal) = own_name(name) {
        return Some(refusal);
    }
    orphans(&found, name, situation)
}

fn delete_from(delete: &Delete, situation: &Situation<'_>) -> Option<Refusal> {
    if let Some(refusal) = written(&delete.table, &[], situation).or_else(|| reads(&delete.query, situation)) {
        return Some(refusal);
    }
    let whole = delete.filter.is_none() && !delete.limited;
    if whole { orphans(&Found::of(&delete.table, situation), &delete.table, situation) } else { None }
}

/// Whether rows of other tables would point to nothing if all rows of a table go.
fn orphans(found: &Found<'_>, name: &Name, situation: &Situation<'_>) -> Option<Refusal> {
    let stands = |action: &Option<ReferentialAction>| {
        matches!(action, None | Some(ReferentialAction::Restrict | ReferentialAction::NoAction))
    };
    let mut keys = situation.catalog.referencing(&found.name).into_iter();
    let referenced = keys.any(|(owner, key)| {
        let action = matches!(&key.kind, Kept::ForeignKey { on_delete, .. } if stands(on_delete));
        let empty = Found { name: owner.name.clone(), relation: Some(owner) }.is_new_and_empty(situation);
        action && !empty && owner.name != found.name
    });
    let refused = referenced && table::enforces_keys(situation) && !found.is_new_and_empty(situation);
    if refused { Some(refuse(&fact::REFERENCED, name.span)) } else { None }
}

/// Rows go to tables and their plain columns.
fn written(name: &Name, columns: &[crate::change::Identifier], situation: &Situation<'_>) -> Option<Refusal> {
    let found = Found::of(name, situation);
    let relation = found.relation?;
    let triggered = relation.attached.iter().any(|one| one.kind == ObjectKind::Trigger);
    if relation.kind == RelationKind::View && !triggered {
        return Some(refuse(&fact::VIEW_WRITTEN, name.span));
    }
    if relation.kind != RelationKind::Table {
        return None;
    }
    let own = |column: &&crate::change::Identifier| relation.columns.iter().find(|own| own.name == column.text.lower());
    if let Some(generated) = columns.iter().find(|column| own(column).is_some_and(|own| own.generated.is_some())) {
        return Some(refuse(&fact::GENERATED_WRITTEN, generated.span));
    }
    let rowid = |column: &crate::change::Identifier| ["rowid", "oid", "_rowid_"].iter().any(|name| column.is(name));
    let unknown = columns.iter().find(|column| own(column).is_none() && !rowid(column));
    unknown.filter(|_| relation.complete).map(|column| refuse(&fact::UNKNOWN_COLUMN, column.span))
}
