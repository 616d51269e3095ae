//! Statements that make something: what stands already is locked where it is looked at.

use super::add_constraint::is_plain;
use super::doing::{Doing, Subject};
use super::facts;
use super::modes::{ACCESS_EXCLUSIVE, ACCESS_SHARE, SHARE_ROW_EXCLUSIVE, SHARE_UPDATE_EXCLUSIVE};
use super::{partition, query, types};
use crate::catalog::{self, Known};
use crate::change::{
    ColumnDefinition, Constraint, ConstraintKind, CreateObject, CreateTable, CreateView, Index, Name, ObjectKind,
    Policy, Routine, Rule, Trigger,
};
use crate::impact::{Target, Transactional};

/// `CREATE TABLE`.
pub(super) fn table(doing: &mut Doing<'_>, table: &CreateTable) {
    if table.if_not_exists && doing.catalog().table(&table.name).is_present() && table.partition_of.is_none() {
        return;
    }
    for like in &table.like {
        doing.span = like.table.span;
        look_at(doing, &like.table);
    }
    for parent in &table.inherits {
        doing.span = parent.span;
        if let Some(parent) = doing.find(parent) {
            doing.lock(&parent, SHARE_UPDATE_EXCLUSIVE, &facts::INHERITED[0].fact);
        }
    }
    if let Some(name) = &table.of_type {
        types::used(doing, name);
    }
    if let Some(of) = &table.partition_of {
        partition::create(doing, table, of);
    }
    let own = table.columns.iter().flat_map(|column: &ColumnDefinition| &column.constraints);
    for constraint in own.chain(&table.constraints) {
        references(doing, table, constraint);
    }
    for default in table.columns.iter().filter_map(|column| column.default.as_ref()) {
        doing.span = default.span;
        super::add_column::functions(doing, default);
    }
    for generated in table.columns.iter().filter_map(|column| column.generated.as_ref()) {
        if generated.stored != Some(true) {
            doing.span = generated.expression;
            doing.since(18, "virtual generated column");
        }
    }
    if let Some(query) = &table.query {
        doing.span = query.span;
        if table.no_data {
            query::plan(doing, query, ACCESS_SHARE, false);
        } else {
            query::run(doing, query);
        }
    }
}

fn look_at(doing: &mut Doing<'_>, name: &Name) {
    if let Some(found) = doing.find(name) {
        doing.lock(&found, ACCESS_SHARE, &facts::LIKE);
    }
}

/// A foreign key of a new table: the referenced table gets triggers.
fn references(doing: &mut Doing<'_>, table: &CreateTable, constraint: &Constraint) {
    let ConstraintKind::ForeignKey(key) = &constraint.kind else { return };
    doing.span = constraint.span;
    let Some(referenced) = doing.find(&key.table) else { return };
    if referenced.name == doing.catalog().place(&table.name) {
        return;
    }
    let partitioned = referenced.target() == Target::Partitioned;
    for member in doing.family(&referenced, !partitioned) {
        doing.lock(&member, SHARE_ROW_EXCLUSIVE, &facts::REFERENCED);
    }
}

/// `CREATE INDEX`.
pub(super) fn index(doing: &mut Doing<'_>, index: &Index) {
    if index.concurrently {
        doing.impact.transactional = Transactional::Refused;
    }
    let exists = index.name.as_ref().is_some_and(|name| matches!(doing.catalog().index(name, None), Known::Present(_)));
    let Some(subject) = index.table.as_ref().and_then(|table| doing.find(table)) else { return };
    if matches!(subject.target(), Target::View | Target::Foreign | Target::Sequence) {
        doing.refuse(format!("`{}` holds no rows of its own that could be indexed", subject.name));
        return;
    }
    if index.if_not_exists && exists {
        let row = if index.concurrently { &facts::CREATE_INDEX_CONCURRENTLY[0] } else { &facts::CREATE_INDEX[0] };
        doing.lock(&subject, row.lock, &row.fact);
        return;
    }
    let partitioned = subject.target() == Target::Partitioned;
    if index.concurrently && partitioned && !index.only {
        doing.refuse(format!("`{}` is partitioned: CONCURRENTLY works on its partitions only", subject.name));
    }
    let key = subject.relation.and_then(|relation| relation.partition_key.as_ref());
    if let Some(key) = key.filter(|_| index.unique) {
        let has = |column: &String| {
            let parts = index.columns.iter().filter_map(|part| part.column.as_ref());
            parts.into_iter().any(|part| doing.catalog().fold(part) == *column)
        };
        if !key.columns.iter().all(has) {
            doing.refuse("a unique index of a partitioned table must contain the columns it is partitioned by");
        }
    }
    let row = if index.concurrently { &facts::CREATE_INDEX_CONCURRENTLY[0] } else { &facts::CREATE_INDEX[0] };
    let plain = index.predicate.is_none() && index.include.is_empty() && index.method.is_none();
    for member in doing.family(&subject, index.only || !partitioned) {
        doing.lock(&member, row.lock, &row.fact);
        let serves = |own: &catalog::Index| plain && is_plain(doing.catalog(), own, &index.columns, index.unique);
        if !(partitioned && member.indexes().any(serves)) {
            doing.scan(&member, &facts::INDEX_BUILD);
        }
    }
}

/// `CREATE VIEW`: a definition is not planned; a materialised view runs its query.
pub(super) fn view(doing: &mut Doing<'_>, view: &CreateView) {
    let exists = doing.catalog().table(&view.name).present();
    if view.materialized && !view.no_data {
        if !(view.if_not_exists && exists.is_some()) {
            query::run(doing, &view.query);
        }
        return;
    }
    if let Some(old) = exists.filter(|_| view.or_replace) {
        doing.lock(&Subject::of(old), ACCESS_EXCLUSIVE, &facts::REPLACED);
        refuse_fewer_columns(doing, view, old);
    }
    for name in &view.query.relations {
        if let Some(found) = doing.find(name) {
            doing.lock(&found, ACCESS_SHARE, &facts::QUERIED);
        }
    }
}

/// A view keeps the columns it has, in their order; new ones may follow.
fn refuse_fewer_columns(doing: &mut Doing<'_>, view: &CreateView, old: &catalog::Relation) {
    let Some(new) = doing.catalog().columns_of_view(view, doing.situation.text) else { return };
    if !old.complete || old.columns.is_empty() {
        return;
    }
    let same = old.columns.iter().zip(&new).all(|(old, new)| old.name == *new);
    if new.len() < old.columns.len() || !same {
        doing.refuse(format!("CREATE OR REPLACE cannot drop, rename or reorder the columns of `{}`", old.name));
    }
}

/// `CREATE TRIGGER`: partitions get it too.
pub(super) fn trigger(doing: &mut Doing<'_>, trigger: &Trigger) {
    if trigger.or_replace {
        doing.since(14, "CREATE OR REPLACE TRIGGER");
    }
    let Some(subject) = trigger.table.as_ref().and_then(|table| doing.find(table)) else { return };
    let row = &facts::TRIGGER[0];
    let partitioned = subject.target() == Target::Partitioned;
    for member in doing.family(&subject, !partitioned) {
        doing.lock(&member, row.lock, &row.fact);
    }
    if let Some(other) = trigger.referenced.as_ref().and_then(|table| doing.find(table)) {
        doing.lock(&other, ACCESS_SHARE, &row.fact);
    }
}

/// `CREATE POLICY`: what its expressions read is looked at.
pub(super) fn policy(doing: &mut Doing<'_>, policy: &Policy) {
    let Some(subject) = doing.find(&policy.table) else { return };
    doing.lock(&subject, ACCESS_EXCLUSIVE, &facts::POLICY);
    for name in &policy.query.relations {
        if let Some(found) = doing.find(name) {
            doing.lock(&found, ACCESS_SHARE, &facts::QUERIED);
        }
    }
}

/// `CREATE RULE`.
pub(super) fn rule(doing: &mut Doing<'_>, rule: &Rule) {
    if let Some(subject) = doing.find(&rule.table) {
        doing.lock(&subject, ACCESS_EXCLUSIVE, &facts::RULED);
    }
}

/// `CREATE FUNCTION`: a body in SQL is checked now, and what it reads is looked at.
pub(super) fn routine(doing: &mut Doing<'_>, routine: &Routine) {
    let Some(body) = routine.body else { return };
    let words = doing.words(body).trim_start();
    let starts = |word: &str| words.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let standard = starts("BEGIN") || starts("RETURN");
    if standard {
        doing.since(14, "function body in standard SQL");
    } else if !routine.language.as_ref().is_some_and(|language| language.is("sql")) {
        return;
    }
    for step in &routine.steps {
        for object in step.request.objects() {
            if let Some(found) = doing.find(&object.name) {
                doing.lock(&found, ACCESS_SHARE, &facts::QUERIED);
            }
        }
    }
}

/// `CREATE` of anything else.
pub(super) fn other(doing: &mut Doing<'_>, object: &CreateObject) {
    match object.kind {
        ObjectKind::Database | ObjectKind::Tablespace => doing.impact.transactional = Transactional::Refused,
        ObjectKind::Subscription => subscription(doing, object),
        ObjectKind::Publication => publication(doing, object),
        ObjectKind::Statistics => {
            for name in &object.tables {
                if let Some(table) = doing.find(name) {
                    doing.lock(&table, SHARE_UPDATE_EXCLUSIVE, &facts::STATISTICS);
                }
            }
        }
        ObjectKind::Sequence => {
            let owner = object.owned_by.as_ref().and_then(super::alter_object::column_owner);
            if let Some(owner) = owner.and_then(|owner| doing.find(&owner)) {
                doing.lock(&owner, ACCESS_SHARE, &facts::SEQUENCE);
            }
        }
        ObjectKind::Schema => {
            for element in &object.elements {
                super::change(doing, element);
            }
        }
        _ => {}
    }
}

/// A subscription makes its replication slot on the other server, which cannot be rolled back.
fn subscription(doing: &mut Doing<'_>, object: &CreateObject) {
    let options = object.options.map(|options| doing.words(options).to_ascii_lowercase()).unwrap_or_default();
    let off = |name: &str| {
        let words: String = options.split_whitespace().collect();
        ["false", "off", "0"].iter().any(|no| words.contains(&format!("{name}={no}")))
    };
    if !off("connect") && !off("create_slot") {
        doing.impact.transactional = Transactional::Refused;
    }
}

fn publication(doing: &mut Doing<'_>, object: &CreateObject) {
    let options = object.options.map(|options| doing.words(options).to_ascii_uppercase()).unwrap_or_default();
    let words: Vec<&str> = options.split_whitespace().collect();
    if words.windows(2).any(|pair| pair == ["TABLES", "IN"]) {
        doing.since(15, "publication of the tables of a schema");
    } else if options.contains('(') && options.split("WITH").next().is_some_and(|before| before.contains('(')) {
        doing.since(15, "publication of some columns or rows");
    }
    for name in &object.tables {
        if let Some(table) = doing.find(name) {
            doing.lock(&table, SHARE_UPDATE_EXCLUSIVE, &facts::PUBLISHED);
        }
    }
}
