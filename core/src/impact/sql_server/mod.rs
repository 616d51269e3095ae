//! SQL Server: the locks of the table and of rows, and what touches every row.

mod classify;
mod forms;
mod lock;
mod refusal;

use super::{Effect, Fact, Impact, Situation, Stops, Target, Transactional, Work, online};
use crate::catalog::{ObjectName, Relation};
use crate::change::{Alter, AlterAction, Change, ConstraintKind, CreateTable, Name, ObjectKind, Request, Task};
use crate::text::Span;
use forms::{EVERY_ROW, Form, REFERENCED, ROWS, behaviour};

/// What a statement does on SQL Server.
pub(super) fn impact(request: &Request, situation: &Situation<'_>) -> Impact {
    if let Change::Block(block) = &request.change {
        let steps = block.steps.iter().filter(|step| !matches!(step.request.change, Change::Block(_)));
        return steps.map(|step| single(&step.request, situation)).fold(Impact::default(), joined);
    }
    single(request, situation)
}

/// Two statements of one batch.
fn joined(mut first: Impact, second: Impact) -> Impact {
    first.effects.extend(second.effects);
    first.fails = first.fails.or(second.fails);
    if second.transactional != Transactional::Yes {
        first.transactional = second.transactional;
    }
    first
}

fn single(request: &Request, situation: &Situation<'_>) -> Impact {
    let mut effects = Effects { situation, span: request.span, found: Vec::new() };
    let table = match &request.change {
        Change::Alter(alter) => alter.table.as_ref().or(alter.name.as_ref()),
        Change::CreateIndex(index) => index.table.as_ref(),
        _ => None,
    };
    let known = table.and_then(|table| situation.catalog.table_if_applied(table));
    effects.of(&request.change, known);
    let fails = online::refusal(request, situation).or_else(|| refusal::refusal(request, known, situation));
    Impact { effects: effects.found, fails, transactional: transactional(request, situation), ..Impact::default() }
}

/// The effects of a statement, as they come together.
struct Effects<'a> {
    situation: &'a Situation<'a>,
    span: Span,
    found: Vec<Effect>,
}

impl Effects<'_> {
    fn push(&mut self, name: &ObjectName, work: Work, stops: Stops, fact: &'static Fact) {
        // Nobody else sees a temporary table.
        if name.name.starts_with('#') {
            return;
        }
        let known = self.situation.catalog.relation(name).present();
        let is_partitioned = known.is_some_and(|table| table.partition_key.is_some());
        let target = if is_partitioned { Target::Partitioned } else { Target::Table };
        self.found.push(Effect { relation: name.clone(), target, work, stops, fact, span: self.span });
    }

    fn form(&mut self, table: &Name, form: Form) {
        let name = self.situation.catalog.relation_name(table);
        let server = self.situation.server;
        let form = match form {
            Form::AddColumnDefault if server.runs_online() => Form::Metadata,
            form => form,
        };
        let Some(found) = behaviour(form, server) else { return };
        for (work, stops) in found.touches {
            self.push(&name, *work, *stops, &found.fact);
        }
    }

    /// The table at the other end of a foreign key.
    fn reference(&mut self, table: &Name, own: &Name) {
        let name = self.situation.catalog.relation_name(table);
        if name != self.situation.catalog.relation_name(own) {
            self.push(&name, Work::Lock(lock::SCH_M), Stops::NOBODY, &REFERENCED);
        }
    }

    fn of(&mut self, change: &Change, known: Option<&Relation>) {
        match change {
            Change::Alter(alter) if matches!(alter.kind, ObjectKind::Table | ObjectKind::Index) => {
                self.alter(alter, known);
            }
            Change::CreateTable(table) => self.create_table(table),
            Change::CreateIndex(index) => {
                let form = classify::index(index);
                index.table.iter().for_each(|table| self.form(table, form));
            }
            Change::CreateTrigger(trigger) => {
                trigger.table.iter().for_each(|table| self.form(table, Form::Metadata));
            }
            Change::Drop(drop) if drop.kind == ObjectKind::Index => {
                drop.table.iter().for_each(|table| self.form(table, Form::Metadata));
            }
            Change::Drop(drop) if matches!(drop.kind, ObjectKind::Table | ObjectKind::View) => {
                drop.names.iter().for_each(|name| self.form(name, Form::Drop));
            }
            Change::Rename(renames) => {
                for rename in renames {
                    let mut table = rename.from.clone();
                    if rename.kind != ObjectKind::Table && table.parts.len() > 1 {
                        table.parts.pop();
                    }
                    self.form(&table, Form::Rename);
                }
            }
            Change::Truncate(truncate) => truncate.tables.iter().for_each(|table| self.form(table, Form::Truncate)),
            Change::Maintenance(upkeep) if upkeep.task == Task::UpdateStatistics => {
                upkeep.objects.iter().for_each(|table| self.form(table, Form::Statistics));
            }
            _ => self.rows(change),
        }
    }

    fn alter(&mut self, alter: &Alter, known: Option<&Relation>) {
        let Some(table) = alter.table.as_ref().or(alter.name.as_ref()) else { return };
        for action in &alter.actions {
            self.span = action.span;
            let form = match classify::action(&action.what, known, self.situation) {
                Form::Rebuild if alter.kind == ObjectKind::Index => Form::RebuildIndex,
                Form::RebuildOnline if alter.kind == ObjectKind::Index => Form::RebuildIndexOnline,
                form => form,
            };
            self.form(table, form);
            if matches!(form, Form::RebuildIndex | Form::RebuildIndexOnline) {
                self.rebuild_index(alter.name.as_ref(), table, form);
            }
            match &action.what {
                AlterAction::AddConstraint { constraint, .. } => {
                    if let ConstraintKind::ForeignKey(key) = &constraint.kind {
                        self.reference(&key.table, table);
                    }
                }
                AlterAction::ExchangePartition { table: other, .. } => self.form(other, Form::Switch),
                _ => {}
            }
        }
    }

    /// The index that is built anew, where it is not all of them.
    fn rebuild_index(&mut self, index: Option<&Name>, table: &Name, form: Form) {
        let (Some(index), Some(found)) = (index, behaviour(form, self.situation.server)) else { return };
        let relation = self.situation.catalog.relation_name(table).beside(&self.situation.catalog.fold(index.last()));
        let stops = if form == Form::RebuildIndex { Stops::EVERYBODY } else { Stops::NOBODY };
        let (target, work, span) = (Target::Index, Work::IndexRebuild, self.span);
        self.found.push(Effect { relation, target, work, stops, fact: &found.fact, span });
    }

    fn create_table(&mut self, table: &CreateTable) {
        for key in table.foreign_keys() {
            self.reference(&key.table, &table.name);
        }
    }

    /// Statements that change rows.
    fn rows(&mut self, change: &Change) {
        let (table, all) = match change {
            Change::Insert(insert) => (&insert.table, false),
            Change::Update(update) => (&update.table, update.filter.is_none() && !update.limited),
            Change::Delete(delete) => (&delete.table, delete.filter.is_none() && !delete.limited),
            Change::Merge(merge) => (&merge.table, false),
            _ => return,
        };
        let name = self.situation.catalog.relation_name(table);
        if all {
            self.push(&name, Work::Lock(lock::X), Stops::EVERYBODY, &EVERY_ROW);
            self.push(&name, Work::Scan, Stops::EVERYBODY, &EVERY_ROW);
        } else {
            self.push(&name, Work::Lock(lock::IX), Stops::NOBODY, &ROWS);
        }
    }
}

/// Statements that no transaction may hold, from the manual's page on `BEGIN TRANSACTION` and on each statement.
fn transactional(request: &Request, situation: &Situation<'_>) -> Transactional {
    let alone = |kind: ObjectKind| matches!(kind, ObjectKind::Database | ObjectKind::Fulltext);
    let words = || situation.text.get(request.span.start..request.span.end).unwrap_or_default().to_ascii_uppercase();
    let resumes = || words().split_whitespace().collect::<String>().contains("RESUMABLE=ON");
    let refused = match &request.change {
        Change::Create(object) => alone(object.kind),
        Change::Alter(alter) => alone(alter.kind) || alter.kind == ObjectKind::Index && resumes(),
        Change::Drop(drop) => alone(drop.kind),
        Change::CreateIndex(index) => index.concurrently && resumes(),
        _ => false,
    };
    if refused { Transactional::Refused } else { Transactional::Yes }
}
