//! Every statement but `ALTER TABLE` and those about indexes.

use super::lock;
use super::scene::Scene;
use crate::catalog::{ConstraintKind, ObjectName, RelationKind};
use crate::change::{
    Change, CreateTable, Drop, Lock, Maintenance, Name, ObjectKind, Request, Setting, Task, Transaction,
};
use crate::impact::{Effect, Fact, Impact, LockMode, Refusal, Situation, Stops, Target, Transactional, Work};
use crate::text::Span;

static DEFINITION: Fact = Fact {
    name: "exclusive-metadata-lock",
    reason: "no statement or transaction may use the table meanwhile",
    source: "https://dev.mysql.com/doc/refman/8.4/en/metadata-locking.html",
};
static REFERENCED: Fact = Fact {
    name: "foreign-key-lock",
    reason: "a foreign key ties the two tables, so the other one is locked too",
    source: "https://dev.mysql.com/doc/refman/8.4/en/metadata-locking.html",
};
static EMPTIED: Fact = Fact {
    name: "truncate",
    reason: "the table is dropped and made anew",
    source: "https://dev.mysql.com/doc/refman/8.4/en/truncate-table.html",
};
static OPTIMIZED: Fact = Fact {
    name: "rebuild-table",
    reason: "OPTIMIZE TABLE builds the table of InnoDB anew",
    source: "https://dev.mysql.com/doc/refman/8.4/en/optimize-table.html",
};
static READ: Fact = Fact {
    name: "read-rows",
    reason: "all rows are read",
    source: "https://dev.mysql.com/doc/refman/8.4/en/check-table.html",
};
static ROWS: Fact = Fact {
    name: "row-locks",
    reason: "the rows that are changed are locked to the end of the transaction",
    source: "https://dev.mysql.com/doc/refman/8.4/en/innodb-locks-set.html",
};
static EVERY_ROW: Fact = Fact {
    name: "every-row",
    reason: "there is no condition, so every row is read and locked",
    source: "https://dev.mysql.com/doc/refman/8.4/en/innodb-locks-set.html",
};
static ASKED: Fact = Fact {
    name: "lock-tables",
    reason: "the statement asks for the lock",
    source: "https://dev.mysql.com/doc/refman/8.4/en/lock-tables.html",
};

/// The effects of a statement, as they come together.
struct Effects<'a> {
    situation: &'a Situation<'a>,
    span: Span,
    found: Vec<Effect>,
}

impl Effects<'_> {
    fn push(&mut self, relation: &ObjectName, work: Work, stops: Stops, fact: &'static Fact) {
        let known = self.situation.catalog.relation(relation).present();
        let target = match known.map(|found| (found.kind, found.partition_key.is_some())) {
            Some((RelationKind::View, _)) => Target::View,
            Some((_, true)) => Target::Partitioned,
            _ => Target::Table,
        };
        let (relation, span) = (relation.clone(), self.span);
        self.found.push(Effect { relation, target, work, stops, fact, span });
    }

    fn lock(&mut self, table: &Name, mode: LockMode, stops: Stops, fact: &'static Fact) -> ObjectName {
        let name = self.situation.catalog.relation_name(table);
        self.push(&name, Work::Lock(mode), stops, fact);
        name
    }

    /// The tables that foreign keys tie to a table.
    fn ties(&mut self, name: &ObjectName) {
        let catalog = self.situation.catalog;
        let keys = catalog.constraints_of(name).filter_map(|key| key.referenced()).cloned();
        let owners = catalog.referencing(name).into_iter().map(|(owner, _)| owner.name.clone());
        let tied: Vec<ObjectName> = keys.chain(owners).filter(|other| other != name).collect();
        for other in tied {
            self.push(&other, Work::Lock(lock::of_tie(self.situation.server)), Stops::NOBODY, &REFERENCED);
        }
    }
}

/// What a statement does.
pub(super) fn impact(request: &Request, situation: &Situation<'_>) -> Impact {
    let mut effects = Effects { situation, span: request.span, found: Vec::new() };
    let mut fails = None;
    match &request.change {
        Change::CreateTable(table) => create_table(table, &mut effects),
        Change::CreateView(view) => drop(effects.lock(&view.name, lock::EXCLUSIVE, Stops::NOBODY, &DEFINITION)),
        Change::CreateTrigger(trigger) => {
            let table = trigger.table.iter();
            table.for_each(|table| drop(effects.lock(table, lock::EXCLUSIVE, Stops::NOBODY, &DEFINITION)));
        }
        Change::Drop(dropped) => fails = drop_tables(dropped, &mut effects),
        Change::Rename(renames) => {
            for rename in renames.iter().filter(|rename| rename.kind == ObjectKind::Table) {
                let name = effects.lock(&rename.from, lock::EXCLUSIVE, Stops::EVERYBODY, &DEFINITION);
                effects.ties(&name);
            }
        }
        Change::Truncate(truncate) => {
            for table in &truncate.tables {
                let name = effects.lock(table, lock::EXCLUSIVE, Stops::EVERYBODY, &EMPTIED);
                effects.push(&name, Work::Truncate, Stops::EVERYBODY, &EMPTIED);
                fails = fails.or_else(|| of_truncate(table, &name, situation));
            }
        }
        Change::Lock(lock) => lock_tables(lock, &mut effects),
        Change::Maintenance(upkeep) => maintenance(upkeep, request, &mut effects),
        _ => rows(&request.change, &mut effects),
    }
    Impact { effects: effects.found, fails, ..Impact::default() }
}

fn create_table(table: &CreateTable, effects: &mut Effects<'_>) {
    let catalog = effects.situation.catalog;
    if table.or_replace && catalog.table(&table.name).is_present() && !table.temporary {
        let name = effects.lock(&table.name, lock::EXCLUSIVE, Stops::EVERYBODY, &DEFINITION);
        effects.push(&name, Work::Truncate, Stops::EVERYBODY, &DEFINITION);
    }
    let skipped = table.if_not_exists && catalog.table(&table.name).is_present();
    if skipped || table.temporary {
        return;
    }
    for key in table.foreign_keys() {
        if catalog.relation_name(&key.table) != catalog.place(&table.name) {
            effects.lock(&key.table, lock::of_tie(effects.situation.server), Stops::NOBODY, &REFERENCED);
        }
    }
    for like in &table.like {
        effects.lock(&like.table, lock::SHARED_READ, Stops::NOBODY, &READ);
    }
    for source in table.query.iter().flat_map(|query| &query.relations) {
        let name = effects.lock(source, lock::SHARED_READ, Stops::NOBODY, &READ);
        effects.push(&name, Work::Scan, Stops::NOBODY, &READ);
    }
}

fn drop_tables(dropped: &Drop, effects: &mut Effects<'_>) -> Option<Refusal> {
    let situation = effects.situation;
    let mut fails = None;
    match dropped.kind {
        ObjectKind::Table | ObjectKind::View | ObjectKind::Sequence if !dropped.temporary => {
            for name in &dropped.names {
                if situation.catalog.table(name).is_absent() {
                    continue;
                }
                let full = effects.lock(name, lock::EXCLUSIVE, Stops::EVERYBODY, &DEFINITION);
                effects.ties(&full);
                let others = |owner: &ObjectName| {
                    dropped.names.iter().all(|other| situation.catalog.relation_name(other) != *owner)
                };
                let needed = referenced(&full, situation, others);
                fails = fails.or_else(|| {
                    Some(Refusal { reason: format!("the foreign key `{}` needs the table", needed?), span: name.span })
                });
            }
        }
        ObjectKind::Trigger => {
            let catalog = situation.catalog;
            for name in &dropped.names {
                let trigger = catalog.fold(name.last());
                let owns = |table: &&crate::catalog::Relation| {
                    table.attached.iter().any(|own| own.kind == ObjectKind::Trigger && own.name == trigger)
                };
                let owner = catalog.relations().find(owns).map(|table| table.name.clone());
                let owner = owner.into_iter();
                owner.for_each(|table| effects.push(&table, Work::Lock(lock::EXCLUSIVE), Stops::NOBODY, &DEFINITION));
            }
        }
        _ => {}
    }
    fails
}

/// The first foreign key of another table that points to a table, where keys are enforced.
fn referenced(name: &ObjectName, situation: &Situation<'_>, counts: impl Fn(&ObjectName) -> bool) -> Option<String> {
    let value = situation.session.get("foreign_key_checks").and_then(|values| values.first());
    if value.is_some_and(|value| value == "0" || value.eq_ignore_ascii_case("off")) {
        return None;
    }
    let keys = situation.catalog.referencing(name);
    let key = keys.into_iter().find(|(owner, key)| {
        owner.name != *name && counts(&owner.name) && matches!(key.kind, ConstraintKind::ForeignKey { .. })
    });
    key.map(|(_, key)| key.name.clone().unwrap_or_else(|| "without a name".to_owned()))
}

fn of_truncate(table: &Name, name: &ObjectName, situation: &Situation<'_>) -> Option<Refusal> {
    let key = referenced(name, situation, |_| true)?;
    Some(Refusal { reason: format!("the foreign key `{key}` points to the table"), span: table.span })
}

fn lock_tables(asked: &Lock, effects: &mut Effects<'_>) {
    let writes = asked.mode.as_deref().is_some_and(|mode| mode.contains("WRITE"));
    let mode = if writes { lock::SHARED_NO_READ_WRITE } else { lock::SHARED_READ_ONLY };
    for table in asked.tables.iter().filter(|_| !asked.unlocks) {
        effects.lock(table, mode, mode.stops(), &ASKED);
    }
}

fn maintenance(upkeep: &Maintenance, request: &Request, effects: &mut Effects<'_>) {
    let situation = effects.situation;
    for table in &upkeep.objects {
        let scene = Scene::new(table, request, situation);
        match upkeep.task {
            Task::Optimize if scene.is_innodb() => {
                let fulltext = scene.had_index("fulltext");
                let (mode, stops) = if fulltext {
                    (lock::SHARED_NO_WRITE, Stops::WRITERS)
                } else {
                    (lock::SHARED_UPGRADABLE, Stops::NOBODY)
                };
                effects.lock(table, lock::EXCLUSIVE, Stops::NOBODY, &OPTIMIZED);
                let name = effects.lock(table, mode, stops, &OPTIMIZED);
                effects.push(&name, Work::Rewrite, stops, &OPTIMIZED);
            }
            Task::Optimize | Task::Repair => {
                let name = effects.lock(table, lock::EXCLUSIVE, Stops::EVERYBODY, &DEFINITION);
                if !scene.is_innodb() {
                    effects.push(&name, Work::Scan, Stops::EVERYBODY, &READ);
                }
            }
            Task::Check | Task::Checksum => {
                let name = effects.lock(table, lock::SHARED_READ, Stops::NOBODY, &READ);
                effects.push(&name, Work::Scan, Stops::NOBODY, &READ);
            }
            _ => drop(effects.lock(table, lock::SHARED_READ, Stops::NOBODY, &READ)),
        }
    }
}

/// Statements that change rows.
fn rows(change: &Change, effects: &mut Effects<'_>) {
    let (table, all) = match change {
        Change::Insert(insert) => (&insert.table, false),
        Change::Update(update) => (&update.table, update.filter.is_none() && !update.limited),
        Change::Delete(delete) => (&delete.table, delete.filter.is_none() && !delete.limited),
        Change::Copy(copy) if copy.into => match &copy.table {
            Some(table) => (table, false),
            None => return,
        },
        Change::Block(block) => {
            return block.steps.iter().for_each(|step| rows(&step.request.change, effects));
        }
        _ => return,
    };
    let name = effects.lock(table, lock::SHARED_WRITE, Stops::NOBODY, &ROWS);
    if all {
        effects.push(&name, Work::LockRows, Stops::WRITERS, &EVERY_ROW);
        effects.push(&name, Work::Scan, Stops::NOBODY, &EVERY_ROW);
    }
}

/// Whether the server commits before the statement: the manuals' pages on implicit commits.
pub(super) fn transactional(request: &Request, situation: &Situation<'_>) -> Transactional {
    let commits = match &request.change {
        Change::CreateTable(table) => !table.temporary,
        Change::Drop(drop) => !drop.temporary,
        Change::Create(object) => !object.temporary,
        Change::CreateView(_)
        | Change::CreateIndex(_)
        | Change::CreateType(_)
        | Change::CreateDomain(_)
        | Change::CreateRoutine(_)
        | Change::CreateTrigger(_)
        | Change::Rename(_)
        | Change::Grant(_)
        | Change::Truncate(_)
        | Change::Maintenance(_)
        | Change::Transaction(Transaction::Begin) => true,
        Change::Alter(alter) => !alter.name.as_ref().is_some_and(|table| is_temporary(table, situation)),
        Change::Lock(lock) => !lock.unlocks,
        Change::Set(setting) => is_password(setting),
        _ => false,
    };
    if commits { Transactional::Commits } else { Transactional::Yes }
}

fn is_temporary(table: &Name, situation: &Situation<'_>) -> bool {
    let found = situation.catalog.table(table).present();
    found.is_some_and(|found| found.persistence == crate::catalog::Persistence::Temporary)
}

fn is_password(setting: &Setting) -> bool {
    setting.assignments.iter().any(|assignment| assignment.name.starts_with("password"))
}
