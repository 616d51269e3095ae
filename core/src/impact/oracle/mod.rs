//! Oracle Database: the modes of the table lock, what touches every row, and what commits.

mod classify;
mod forms;
mod lock;

use super::{Effect, Fact, Impact, LockMode, Refusal, Situation, Stops, Target, Transactional, Work, online};
use crate::catalog::{ObjectName, Relation};
use crate::change::{Alter, AlterAction, Change, ConstraintKind, CreateTable, Drop, Name, ObjectKind, Request};
use crate::text::Span;
use forms::{ASKED, EVERY_ROW, Form, REFERENCED, ROWS, behaviour};

/// What a statement does on Oracle Database.
pub(super) fn impact(request: &Request, situation: &Situation<'_>) -> Impact {
    let mut effects = Effects { situation, span: request.span, found: Vec::new() };
    effects.of(&request.change);
    let transactional = if commits(&request.change) { Transactional::Commits } else { Transactional::Yes };
    let fails = online::refusal(request, situation).or_else(|| refusal(&request.change, request.span, situation));
    Impact { effects: effects.found, fails, transactional, ..Impact::default() }
}

/// The effects of a statement, as they come together.
struct Effects<'a> {
    situation: &'a Situation<'a>,
    span: Span,
    found: Vec<Effect>,
}

impl Effects<'_> {
    fn push(&mut self, name: &ObjectName, work: Work, stops: Stops, fact: &'static Fact) {
        let known = self.situation.catalog.relation(name).present();
        let is_partitioned = known.is_some_and(|table| table.partition_key.is_some());
        let target = if is_partitioned { Target::Partitioned } else { Target::Table };
        self.found.push(Effect { relation: name.clone(), target, work, stops, fact, span: self.span });
    }

    fn form(&mut self, table: &Name, form: Form) {
        let name = self.situation.catalog.relation_name(table);
        self.touch(&name, form);
    }

    fn touch(&mut self, name: &ObjectName, form: Form) {
        let Some(found) = behaviour(form, self.situation.server) else { return };
        for (work, stops) in found.touches {
            self.push(name, *work, *stops, &found.fact);
        }
    }

    /// The table at the other end of a foreign key.
    fn reference(&mut self, table: &Name, own: &Name) {
        let name = self.situation.catalog.relation_name(table);
        if name != self.situation.catalog.relation_name(own) {
            self.push(&name, Work::Lock(lock::SHARE), Stops::NOBODY, &REFERENCED);
        }
    }

    fn of(&mut self, change: &Change) {
        match change {
            Change::Alter(alter) => self.alter(alter),
            Change::CreateTable(table) => self.create_table(table),
            Change::CreateIndex(index) => {
                let form = if index.concurrently { Form::BuildOnline } else { Form::BuildIndex };
                index.table.iter().for_each(|table| self.form(table, form));
            }
            Change::CreateTrigger(trigger) => trigger.table.iter().for_each(|table| self.form(table, Form::Metadata)),
            Change::Drop(drop) => self.drop(drop),
            Change::Rename(renames) => {
                let tables = renames.iter().filter(|rename| rename.kind == ObjectKind::Table);
                tables.for_each(|rename| self.form(&rename.from, Form::Metadata));
            }
            Change::Truncate(truncate) => truncate.tables.iter().for_each(|table| self.form(table, Form::Truncate)),
            Change::Lock(asked) => {
                let mode = mode(asked.mode.as_deref().unwrap_or_default());
                for table in &asked.tables {
                    let name = self.situation.catalog.relation_name(table);
                    self.push(&name, Work::Lock(mode), mode.stops(), &ASKED);
                }
            }
            _ => self.rows(change),
        }
    }

    fn alter(&mut self, alter: &Alter) {
        let Some(name) = &alter.name else { return };
        let catalog = self.situation.catalog;
        let table = match alter.kind {
            ObjectKind::Table => catalog.relation_name(name),
            ObjectKind::Index => match catalog.index(name, None).present() {
                Some((table, _)) => table.name.clone(),
                None => return,
            },
            _ => return,
        };
        let known: Option<&Relation> = catalog.relation(&table).present().or_else(|| catalog.table_if_applied(name));
        for action in &alter.actions {
            self.span = action.span;
            let form = classify::action(&action.what, known, self.situation);
            self.touch(&table, form);
            let rebuilt = alter.kind == ObjectKind::Index && matches!(action.what, AlterAction::Rebuild { .. });
            if let Some(found) = behaviour(form, self.situation.server).filter(|_| rebuilt) {
                let stops = if form == Form::BuildIndex { Stops::WRITERS } else { Stops::NOBODY };
                let (relation, span) = (catalog.index_name(name), self.span);
                let (target, work) = (Target::Index, Work::IndexRebuild);
                self.found.push(Effect { relation, target, work, stops, fact: &found.fact, span });
            }
            match &action.what {
                AlterAction::AddConstraint { constraint, .. } => {
                    if let ConstraintKind::ForeignKey(key) = &constraint.kind {
                        self.reference(&key.table, name);
                    }
                }
                AlterAction::ExchangePartition { table: other, .. } => self.form(other, Form::Exchange),
                _ => {}
            }
        }
    }

    fn create_table(&mut self, table: &CreateTable) {
        for key in table.foreign_keys() {
            self.reference(&key.table, &table.name);
        }
    }

    fn drop(&mut self, drop: &Drop) {
        let catalog = self.situation.catalog;
        match drop.kind {
            ObjectKind::Table => drop.names.iter().for_each(|name| self.form(name, Form::Drop)),
            ObjectKind::Index => {
                let form = if drop.concurrently { Form::MetadataOnline } else { Form::Metadata };
                for name in &drop.names {
                    if let Some((table, _)) = catalog.index(name, None).present() {
                        self.touch(&table.name, form);
                    }
                }
            }
            _ => {}
        }
    }

    /// Statements that change rows.
    fn rows(&mut self, change: &Change) {
        let (table, all) = match change {
            Change::Insert(insert) => (&insert.table, false),
            Change::Update(update) => (&update.table, update.filter.is_none()),
            Change::Delete(delete) => (&delete.table, delete.filter.is_none()),
            Change::Merge(merge) => (&merge.table, false),
            Change::Block(block) => {
                let steps = block.steps.iter().filter(|step| !matches!(step.request.change, Change::Block(_)));
                return steps.for_each(|step| self.of(&step.request.change));
            }
            _ => return,
        };
        let name = self.situation.catalog.relation_name(table);
        self.push(&name, Work::Lock(lock::ROW_EXCLUSIVE), Stops::NOBODY, &ROWS);
        if all {
            self.push(&name, Work::LockRows, Stops::WRITERS, &EVERY_ROW);
            self.push(&name, Work::Scan, Stops::NOBODY, &EVERY_ROW);
        }
    }
}

/// The mode that `LOCK TABLE` names.
fn mode(words: &str) -> LockMode {
    match words.trim() {
        "ROW SHARE" | "SHARE UPDATE" => lock::ROW_SHARE,
        "ROW EXCLUSIVE" => lock::ROW_EXCLUSIVE,
        "SHARE" => lock::SHARE,
        "SHARE ROW EXCLUSIVE" => lock::SHARE_ROW_EXCLUSIVE,
        _ => lock::EXCLUSIVE,
    }
}

/// Whether the server commits before the statement: it does so with all that define something.
fn commits(change: &Change) -> bool {
    match change {
        Change::Select(_)
        | Change::Insert(_)
        | Change::Update(_)
        | Change::Delete(_)
        | Change::Merge(_)
        | Change::Lock(_)
        | Change::Set(_)
        | Change::Explain { .. }
        | Change::Transaction(_)
        | Change::Call(_)
        | Change::Block(_)
        | Change::Unchecked(_)
        | Change::Procedural(_)
        | Change::Other(_)
        | Change::ClientCommand
        | Change::Copy(_)
        | Change::Prepare { .. }
        | Change::Opaque(_) => false,
        Change::Alter(alter) => !matches!(alter.kind, ObjectKind::Session | ObjectKind::System),
        _ => true,
    }
}

/// What the release does not know.
fn refusal(change: &Change, span: Span, situation: &Situation<'_>) -> Option<Refusal> {
    let server = situation.server;
    let online = |action: &crate::change::Action| match action.what {
        AlterAction::Move { online: true } if !server.is_at_least(12, 2, 0) => Some(action.span),
        AlterAction::SetUnused { online: true, .. } if !server.is_at_least(12, 0, 0) => Some(action.span),
        _ => None,
    };
    let span = match change {
        Change::Alter(alter) => alter.actions.iter().find_map(online),
        Change::Drop(drop) if drop.concurrently && !server.is_at_least(12, 0, 0) => Some(span),
        _ => None,
    }?;
    Some(Refusal { reason: format!("Oracle {} does not know ONLINE here", server.version), span })
}
