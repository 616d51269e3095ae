//! `ALTER TABLE`, `CREATE INDEX` and `DROP INDEX`.

use super::classify::{self, Forms};
use super::form::{Algorithm, Form, Hold};
use super::plan::{Plan, plan};
use super::scene::Scene;
use super::{keys, lock, refusal};
use crate::catalog::ObjectName;
use crate::change::{Alter, AlterAction, Change, Drop, Identifier, Index, Request};
use crate::impact::{Effect, Fact, Impact, LockMode, Situation, Stops, Target, Work};
use crate::text::Span;

static BRIEFLY: Fact = Fact {
    name: "brief-metadata-lock",
    reason: "the definition changes at the end, when no statement or transaction may use the table",
    source: "https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-performance.html",
};
static REFERENCED: Fact = Fact {
    name: "foreign-key-lock",
    reason: "a foreign key ties the two tables, so the other one is locked too",
    source: "https://dev.mysql.com/doc/refman/8.4/en/metadata-locking.html",
};
static EXCHANGED: Fact = Fact {
    name: "exchange-partition",
    reason: "the table and the partition change names",
    source: "https://dev.mysql.com/doc/refman/8.4/en/partitioning-management-exchange.html",
};

/// What `ALGORITHM` and `LOCK` of a statement say.
pub(super) struct Said<'a> {
    pub(super) algorithm: Option<&'a Identifier>,
    pub(super) lock: Option<&'a Identifier>,
}

/// `ALTER TABLE`.
pub(super) fn alter(alter: &Alter, request: &Request, situation: &Situation<'_>) -> Impact {
    let Some(name) = &alter.name else { return Impact::default() };
    let scene = Scene::new(name, request, situation);
    let forms = classify::alter(alter, &scene);
    let said = Said { algorithm: alter.algorithm.as_ref(), lock: alter.lock.as_ref() };
    let mut impact = build(&forms, &scene, &said);
    for action in &alter.actions {
        others(&action.what, action.span, &scene, &mut impact);
    }
    impact.fails = refusal::of_schema(alter, &scene).or(impact.fails);
    impact
}

/// `CREATE INDEX`.
pub(super) fn create_index(index: &Index, request: &Request, situation: &Situation<'_>) -> Impact {
    let Some(table) = &index.table else { return Impact::default() };
    let scene = Scene::new(table, request, situation);
    let forms = classify::create_index(index, &scene);
    let said = Said { algorithm: index.algorithm.as_ref(), lock: index.lock.as_ref() };
    let mut impact = build(&forms, &scene, &said);
    impact.fails = refusal::of_index(index, &scene).or(impact.fails);
    impact
}

/// `DROP INDEX`; MariaDB's has no clauses.
pub(super) fn drop_index(drop: &Drop, request: &Request, situation: &Situation<'_>) -> Impact {
    let Some(table) = &drop.table else { return Impact::default() };
    let scene = Scene::new(table, request, situation);
    let mut forms = Forms::default();
    let names = || drop.names.iter().map(|name| (situation.catalog.fold(name.last()), name.span));
    for (name, span) in names() {
        let absent = scene.before.is_some_and(|table| table.index(&name).is_absent());
        let primary = name.eq_ignore_ascii_case("primary");
        if !(drop.if_exists && absent) {
            forms.push(if primary { Form::DropPrimaryKey } else { Form::DropIndex }, span);
        }
    }
    let said = Said { algorithm: drop.algorithm.as_ref(), lock: drop.lock.as_ref() };
    let mut impact = build(&forms, &scene, &said);
    if scene.is_maria() {
        (impact.algorithm, impact.lock) = (None, None);
    }
    let needed = names().find_map(|(name, span)| refusal::of_dropped_index(&name, &[], span, &scene));
    impact.fails = needed.or(impact.fails);
    impact
}

/// What the forms do to the table itself.
fn build(forms: &Forms, scene: &Scene<'_>, said: &Said<'_>) -> Impact {
    let mut impact = Impact::default();
    let span = scene.request.span;
    let target = if scene.is_partitioned() { Target::Partitioned } else { Target::Table };
    let mut push = |work, stops, fact, span| {
        impact.effects.push(Effect { relation: scene.name.clone(), target, work, stops, fact, span });
    };
    if forms.acts && !forms.found.iter().all(|(form, _)| *form == Form::CheckPartitions) {
        push(Work::Lock(lock::EXCLUSIVE), Stops::NOBODY, &BRIEFLY, span);
    }
    if forms.unknown {
        return impact;
    }
    let cheapest = plan(forms, scene);
    let chosen = refusal::heed(cheapest, said, forms, scene);
    let (mode, stops) = held(&chosen, said);
    push(Work::Lock(mode), stops, chosen.decides.0, chosen.decides.1);
    if let Some((fact, span)) = chosen.rebuilds {
        let empties = forms.has(Form::TruncatePartition) || discards(scene);
        push(if empties { Work::Truncate } else { Work::Rewrite }, stops, fact, span);
    }
    indexes(forms, scene, &chosen, stops, &mut impact.effects);
    impact.algorithm = chosen.algorithm.map(Algorithm::as_str);
    impact.lock = chosen.algorithm.map(|algorithm| word(algorithm, &chosen, forms, scene));
    impact.fails = refusal::of_clauses(cheapest, said, scene);
    impact
}

/// Whether the file with the rows is taken away.
fn discards(scene: &Scene<'_>) -> bool {
    let Change::Alter(alter) = &scene.request.change else { return false };
    alter.actions.iter().any(|action| matches!(action.what, AlterAction::ImportTablespace { discard: true }))
}

/// The lock that stands while the work is done, and who waits for it.
fn held(plan: &Plan, said: &Said<'_>) -> (LockMode, Stops) {
    let asked = said.lock.and_then(|lock| Hold::parse(&lock.text)).unwrap_or(Hold::None);
    match plan.hold.max(asked) {
        Hold::None => (lock::SHARED_UPGRADABLE, Stops::NOBODY),
        Hold::Shared => (lock::SHARED_NO_WRITE, Stops::WRITERS),
        Hold::Exclusive => (lock::EXCLUSIVE, Stops::EVERYBODY),
    }
}

/// The weakest `LOCK` as it is written; MySQL takes none beside `INSTANT`, but for work on partitions.
fn word(algorithm: Algorithm, plan: &Plan, forms: &Forms, scene: &Scene<'_>) -> &'static str {
    let ignored = [Form::RebuildPartitions, Form::CheckPartitions, Form::TruncatePartition, Form::ExchangePartition];
    let free = scene.is_maria() || forms.any(&ignored).is_some();
    match (algorithm, free) {
        (Algorithm::Instant, false) => "DEFAULT",
        (_, true) if plan.algorithm == Some(Algorithm::Instant) && !scene.is_maria() => "NONE",
        _ => plan.hold.as_str(),
    }
}

static INDEXED: Fact =
    Fact { name: "build-index", reason: "the index is built from all rows of the table", source: "measured" };
static CHECKED: Fact = Fact {
    name: "read-rows",
    reason: "all rows are read",
    source: "https://dev.mysql.com/doc/refman/8.4/en/check-table.html",
};

/// The rows that are read to build an index, and the indexes that are built with the table.
fn indexes(forms: &Forms, scene: &Scene<'_>, plan: &Plan, stops: Stops, effects: &mut Vec<Effect>) {
    let effect = |relation: ObjectName, target, work, fact, span| Effect { relation, target, work, stops, fact, span };
    if let Some((fact, span)) = plan.rebuilds {
        for name in scene.indexes().filter_map(|index| index.name.as_deref()).filter(|name| *name != "PRIMARY") {
            effects.push(effect(scene.name.beside(name), Target::Index, Work::IndexRebuild, fact, span));
        }
        return;
    }
    let builds = [
        Form::AddIndex,
        Form::AddFulltext,
        Form::AddFurtherFulltext,
        Form::AddSpatial,
        Form::AddFunctionalIndex,
        Form::ChangeIndexedCollation,
    ];
    if let Some(span) = forms.any(&builds) {
        effects.push(effect(scene.name.clone(), Target::Table, Work::Scan, &INDEXED, span));
    } else if let Some(span) = forms.any(&[Form::CheckPartitions, Form::ExchangePartition]) {
        effects.push(effect(scene.name.clone(), Target::Partitioned, Work::Scan, &CHECKED, span));
    }
}

/// The other tables of an action.
fn others(action: &AlterAction, span: Span, scene: &Scene<'_>, impact: &mut Impact) {
    let catalog = scene.situation.catalog;
    let mut push = |relation: ObjectName, mode, fact| {
        let work = Work::Lock(mode);
        if relation != scene.name {
            let stops = Stops::NOBODY;
            impact.effects.push(Effect { relation, target: Target::Table, work, stops, fact, span });
        }
    };
    let tie = lock::of_tie(scene.situation.server);
    let referenced = |constraint: &crate::change::Constraint| match &constraint.kind {
        crate::change::ConstraintKind::ForeignKey(key) => Some(catalog.relation_name(&key.table)),
        _ => None,
    };
    match action {
        AlterAction::AddConstraint { constraint, .. } => {
            if let Some(table) = referenced(constraint) {
                push(table, tie, &REFERENCED);
            }
        }
        AlterAction::AddColumn { column, .. } if keys::heeds_inline_keys(scene) => {
            let tables = column.constraints.iter().filter_map(referenced);
            tables.for_each(|table| push(table, tie, &REFERENCED));
        }
        AlterAction::DropConstraint { name, .. } => {
            let name = catalog.fold(name.last());
            let dropped = scene.constraints().find(|constraint| constraint.name.as_deref() == Some(&name));
            if let Some(table) = dropped.and_then(|constraint| constraint.referenced()) {
                push(table.clone(), tie, &REFERENCED);
            }
        }
        AlterAction::Rename(_) => {
            let keys = scene.constraints().filter_map(|constraint| constraint.referenced()).cloned();
            keys.for_each(|table| push(table, tie, &REFERENCED));
            let owners = catalog.referencing(&scene.name).into_iter().map(|(owner, _)| owner.name.clone());
            owners.for_each(|table| push(table, tie, &REFERENCED));
        }
        AlterAction::ExchangePartition { table, .. } => {
            push(catalog.relation_name(table), lock::EXCLUSIVE, &EXCHANGED);
        }
        _ => {}
    }
}
