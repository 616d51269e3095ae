//! What a statement that the server takes does: which lock it needs, which tables it reads and writes whole.

use super::rows;
use super::table::{self, Found};
use super::{add_column, fact};
use crate::catalog::{Known, ObjectName, RelationKind};
use crate::change::{
    Alter, AlterAction, Change, ColumnChange, ConstraintKind, Drop, Maintenance, ObjectKind, Request, Setting, Task,
    Transaction,
};
use crate::impact::{Effect, Fact, Impact, LockMode, Situation, Stops, Target, Transactional, Work};
use crate::text::{Casing, Span};

/// What a statement does, as far as it is told.
pub(super) struct Telling<'a> {
    pub(super) situation: &'a Situation<'a>,
    pub(super) impact: Impact,
    pub(super) span: Span,
}

/// What a statement does.
pub(super) fn impact(request: &Request, situation: &Situation<'_>) -> Impact {
    let mut telling = Telling { situation, impact: Impact::default(), span: request.span };
    telling.change(&request.change);
    telling.impact
}

/// The settings that ask for what the tables hold, and where their argument, if there is one, names a table.
const CHECKS: [&str; 3] = ["integrity_check", "quick_check", "foreign_key_check"];
/// The settings that are kept in the file, so that to set them is to write.
const WRITTEN: [&str; 4] = ["user_version", "application_id", "schema_version", "incremental_vacuum"];
/// The settings that need the file to be told.
const READ: [&str; 12] = [
    "user_version",
    "application_id",
    "schema_version",
    "table_info",
    "table_xinfo",
    "table_list",
    "index_list",
    "index_info",
    "page_count",
    "freelist_count",
    "data_version",
    "optimize",
];

impl Telling<'_> {
    fn change(&mut self, change: &Change) {
        match change {
            Change::CreateTable(create) => {
                let exists = create.if_not_exists && self.exists(&create.name);
                self.defines(exists, create.temporary);
                if create.temporary && create.query.as_ref().is_some_and(|query| !query.relations.is_empty()) {
                    self.lock(fact::SHARED, &fact::READS);
                }
                if let Some(query) = create.query.as_ref().filter(|_| !exists) {
                    self.reads(query.span, &query.relations);
                }
            }
            Change::CreateView(view) => self.defines(view.if_not_exists && self.exists(&view.name), view.temporary),
            Change::CreateTrigger(trigger) => self.create_trigger(trigger),
            Change::CreateIndex(index) => {
                let there =
                    index.name.as_ref().is_some_and(|name| self.situation.catalog.index(name, None).is_present());
                self.defines(there && index.if_not_exists, false);
                let Some(table) = index.table.as_ref().filter(|_| !there) else { return };
                let found = Found::of(table, self.situation);
                if !found.is_new_and_empty(self.situation) {
                    self.table(&found, Work::Scan, &fact::BUILDS_INDEX, index.span);
                }
            }
            Change::Alter(alter) => self.alter(alter),
            Change::Drop(drop) => self.drop(drop),
            Change::Insert(_) | Change::Update(_) | Change::Delete(_) | Change::Select(_) => rows::tell(self, change),
            Change::Maintenance(task) => self.maintain(task),
            Change::Set(setting) => self.set(setting),
            Change::Transaction(Transaction::Begin) => self.begin(),
            _ => {}
        }
    }

    fn exists(&self, name: &crate::change::Name) -> bool {
        self.situation.catalog.table(name).is_present()
    }

    /// A statement that writes the schema, or finds that it need not.
    fn defines(&mut self, exists: bool, temporary: bool) {
        match (exists, temporary) {
            (true, _) => self.lock(fact::SHARED, &fact::READS),
            (false, false) => self.lock(fact::RESERVED, &fact::WRITES),
            (false, true) => {}
        }
    }

    fn create_trigger(&mut self, trigger: &crate::change::Trigger) {
        let name = trigger.name.last().text.lower();
        let there = self.situation.catalog.relations().any(|relation| {
            relation.attached.iter().any(|attached| attached.kind == ObjectKind::Trigger && attached.name == name)
        });
        let text = self.situation.text.get(self.span.start..self.span.end).unwrap_or_default();
        let temporary =
            text.split_ascii_whitespace().nth(1).is_some_and(|word| word.to_ascii_uppercase().starts_with("TEMP"));
        self.defines(there, temporary);
    }

    fn alter(&mut self, alter: &Alter) {
        self.lock(fact::RESERVED, &fact::WRITES);
        let (Some(name), [action]) = (&alter.name, alter.actions.as_slice()) else { return };
        let found = Found::of(name, self.situation);
        if found.is_new_and_empty(self.situation) {
            return;
        }
        match &action.what {
            AlterAction::AddColumn { column, .. } => {
                if let Some((fact, span)) = add_column::reads_rows(column, &found, self.situation) {
                    self.table(&found, Work::Scan, fact, span);
                }
            }
            AlterAction::DropColumn { column, .. } => {
                let virtually = match self.situation.catalog.column(name, column) {
                    Known::Present(column) => column.generated.as_ref().is_some_and(|from| from.stored != Some(true)),
                    _ => false,
                };
                if !virtually {
                    self.table(&found, Work::Scan, &fact::DROP_COLUMN, action.span);
                    self.table(&found, Work::Rewrite, &fact::DROP_COLUMN, action.span);
                }
            }
            AlterAction::AlterColumn { column, change: ColumnChange::SetNotNull } => {
                let wanted = column.text.lower();
                let leads = found.relation.is_some_and(|relation| {
                    let keyed = relation.primary_key().is_some_and(|key| key.columns.first() == Some(&wanted));
                    let known = relation.columns.iter().any(|own| own.name == wanted && own.nullable == Some(false));
                    let indexed = |index: &crate::catalog::Index| {
                        index.parts.first().is_some_and(|part| part.column.as_ref() == Some(&wanted))
                    };
                    keyed || known || relation.indexes.iter().any(|index| index.predicate.is_none() && indexed(index))
                });
                if !leads {
                    self.table(&found, Work::Scan, &fact::SET_NOT_NULL, action.span);
                }
            }
            AlterAction::AddConstraint { constraint, .. } if matches!(constraint.kind, ConstraintKind::Check(_)) => {
                self.table(&found, Work::Scan, &fact::CHECKED, action.span);
            }
            _ => {}
        }
    }

    fn drop(&mut self, drop: &Drop) {
        let [name] = drop.names.as_slice() else { return };
        let catalog = self.situation.catalog;
        let there = match drop.kind {
            ObjectKind::Index => !catalog.index(name, None).is_absent(),
            ObjectKind::Trigger => {
                let wanted = name.last().text.lower();
                catalog.relations().any(|table| table.attached.iter().any(|one| one.name == wanted))
                    || catalog.is_open()
            }
            _ => !catalog.table(name).is_absent(),
        };
        self.defines(!there, false);
        let found = Found::of(name, self.situation);
        let referenced = catalog.referencing(&found.name).iter().any(|(owner, _)| owner.name != found.name);
        if drop.kind == ObjectKind::Table && referenced && table::enforces_keys(self.situation) {
            self.table(&found, Work::Scan, &fact::DELETES_REFERENCED, drop.names[0].span);
        }
    }

    fn maintain(&mut self, task: &Maintenance) {
        match task.task {
            Task::Vacuum => self.vacuum(task),
            Task::Analyze | Task::Reindex => {
                let rebuilds = task.task == Task::Reindex;
                let fact = if rebuilds { &fact::BUILDS_INDEX } else { &fact::ANALYZES };
                let Some(name) = task.objects.first().filter(|name| !name.is("main")) else {
                    self.lock(fact::RESERVED, &fact::WRITES);
                    return self.database(Work::Scan, fact);
                };
                let found = match self.situation.catalog.index(name, None) {
                    Known::Present((table, _)) => Found { name: table.name.clone(), relation: Some(table) },
                    _ => Found::of(name, self.situation),
                };
                let has_index = found.relation.is_some_and(|table| !table.indexes.is_empty());
                let keyed = found.relation.is_some() && !found.has_rowid();
                if !rebuilds || has_index {
                    self.lock(fact::RESERVED, &fact::WRITES);
                }
                if has_index || keyed && !rebuilds {
                    self.table(&found, Work::Scan, fact, name.span);
                }
            }
            _ => {}
        }
    }

    fn vacuum(&mut self, task: &Maintenance) {
        self.impact.transactional = Transactional::Refused;
        let text = self.situation.text.get(self.span.start..self.span.end).unwrap_or_default();
        let copies = text.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("INTO"));
        if task.objects.first().is_some_and(|name| name.is("temp")) {
            return;
        }
        self.database(Work::Scan, &fact::VACUUM);
        if copies {
            return self.lock(fact::SHARED, &fact::READS);
        }
        self.database(Work::Rewrite, &fact::VACUUM);
        let mode = if self.has_log() { fact::RESERVED } else { fact::EXCLUSIVE };
        self.lock(mode, &fact::VACUUM);
    }

    fn set(&mut self, setting: &Setting) {
        let [assignment] = setting.assignments.as_slice() else { return };
        let (name, value) = (assignment.name.as_str(), assignment.values.first());
        match name {
            "journal_mode" => {
                let wal = |value: &String| value.eq_ignore_ascii_case("wal");
                if value.is_some_and(|value| wal(value) != self.has_log()) {
                    self.impact.transactional = Transactional::Refused;
                    self.lock(fact::EXCLUSIVE, &fact::ALONE);
                }
            }
            "synchronous" if value.is_some() => self.impact.transactional = Transactional::Refused,
            _ if CHECKS.contains(&name) => {
                let table = value.filter(|value| !value.chars().all(|char| char.is_ascii_digit()));
                let Some(table) = table else {
                    self.lock(fact::SHARED, &fact::READS);
                    return self.database(Work::Scan, &fact::CHECKS_ALL);
                };
                let wanted = ObjectName::new("", &table.lower());
                let relation = self.situation.catalog.relations().find(|relation| relation.name.name == wanted.name);
                let keys = relation.is_none_or(|table| table.constraints.iter().any(|key| key.referenced().is_some()));
                if keys || name != "foreign_key_check" {
                    self.lock(fact::SHARED, &fact::READS);
                    self.table(&Found { name: wanted, relation }, Work::Scan, &fact::CHECKS_ALL, assignment.span);
                }
            }
            _ if WRITTEN.contains(&name) && (value.is_some() || name == "incremental_vacuum") => {
                self.lock(fact::RESERVED, &fact::WRITES);
            }
            _ if READ.contains(&name) => self.lock(fact::SHARED, &fact::READS),
            _ => {}
        }
    }

    fn begin(&mut self) {
        self.impact.transactional = Transactional::Refused;
        let text = self.situation.text.get(self.span.start..self.span.end).unwrap_or_default();
        match text.split_ascii_whitespace().nth(1).map(str::to_ascii_uppercase).as_deref() {
            Some("IMMEDIATE") => self.lock(fact::RESERVED, &fact::WRITES),
            Some("EXCLUSIVE") if self.has_log() => self.lock(fact::RESERVED, &fact::WRITES),
            Some("EXCLUSIVE") => self.lock(fact::EXCLUSIVE, &fact::ALONE),
            _ => {}
        }
    }

    /// Whether the session has turned on the write-ahead log. Without it, what reads keeps others from committing.
    fn has_log(&self) -> bool {
        let wal = |values: &[String]| values.first().is_some_and(|value| value.eq_ignore_ascii_case("wal"));
        self.situation.session.get("journal_mode").is_some_and(wal)
    }

    pub(super) fn lock(&mut self, mode: LockMode, fact: &'static Fact) {
        let waits = if mode == fact::SHARED && !self.has_log() { Stops::WRITERS } else { mode.stops() };
        self.effect(ObjectName::new("", "main"), Target::Database, Work::Lock(mode), waits, fact, self.span);
    }

    fn database(&mut self, work: Work, fact: &'static Fact) {
        self.effect(ObjectName::new("", "main"), Target::Database, work, Stops::NOBODY, fact, self.span);
    }

    /// Something that is done to a table, if it is one.
    pub(super) fn table(&mut self, found: &Found<'_>, work: Work, fact: &'static Fact, span: Span) {
        let target = match found.relation.map(|relation| relation.kind) {
            Some(RelationKind::Table) | None => Target::Table,
            Some(RelationKind::ForeignTable) => Target::Foreign,
            Some(_) => return,
        };
        self.effect(found.name.clone(), target, work, Stops::NOBODY, fact, span);
    }

    /// Reading without changing, and which tables are read whole.
    pub(super) fn reads(&mut self, span: Span, relations: &[crate::change::Name]) {
        let situation = self.situation;
        let whole = super::narrow::with_words(situation, span, |words| words.read_whole(relations, situation));
        for found in whole {
            if !found.is_new_and_empty(situation)
                && found.relation.is_none_or(|relation| relation.kind == RelationKind::Table)
            {
                self.table(&found, Work::Scan, &fact::READS_ROWS, span);
            }
        }
    }

    fn effect(
        &mut self,
        relation: ObjectName,
        target: Target,
        work: Work,
        stops: Stops,
        fact: &'static Fact,
        span: Span,
    ) {
        self.impact.effects.push(Effect { relation, target, work, stops, fact, span });
    }
}
