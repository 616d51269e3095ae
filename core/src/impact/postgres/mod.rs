//! PostgreSQL: locks by their modes, rewrites, scans, and what refuses a transaction.
//!
//! Measured on 12 to 18 with `tests/oracle/postgres.jsonl`; `tests/accuracy` compares. Locks on what the statement or its
//! transaction makes are left out, since nobody else sees it; so are those on the server's own tables.

mod add_column;
mod add_constraint;
mod alter_object;
mod alter_table;
mod bound;
mod coercion;
mod column_type;
mod create;
mod data;
mod doing;
mod drop;
mod facts;
mod key;
mod modes;
mod not_null;
mod partition;
mod query;
mod slips;
mod types;
mod upkeep;

use self::doing::Doing;
use super::{Impact, Situation, Transactional};
use crate::change::{Change, Request};

/// What a statement does on PostgreSQL.
pub(super) fn impact(request: &Request, situation: &Situation<'_>) -> Impact {
    let mut doing = Doing::new(situation, request.span);
    change(&mut doing, request);
    doing.span = request.span;
    slips::refuse(&mut doing, request);
    types::refuse_new_values(&mut doing, request);
    doing.impact
}

/// One statement, also one inside another.
fn change(doing: &mut Doing<'_>, request: &Request) {
    doing.span = request.span;
    match &request.change {
        Change::CreateTable(table) => create::table(doing, table),
        Change::CreateIndex(index) => create::index(doing, index),
        Change::CreateView(view) => create::view(doing, view),
        Change::CreateTrigger(trigger) => create::trigger(doing, trigger),
        Change::CreatePolicy(policy) => create::policy(doing, policy),
        Change::CreateRule(rule) => create::rule(doing, rule),
        Change::CreateRoutine(routine) => create::routine(doing, routine),
        Change::Create(object) => create::other(doing, object),
        Change::Alter(alter) => alter_object::alter(doing, alter),
        Change::Drop(dropped) => drop::drop(doing, dropped),
        Change::Comment { kind, name, table } => alter_object::comment(doing, *kind, name.as_ref(), table.as_ref()),
        Change::Grant(grant) => alter_object::grant(doing, grant),
        Change::Insert(insert) => data::insert(doing, insert),
        Change::Update(update) => data::update(doing, update),
        Change::Delete(delete) => data::delete(doing, delete),
        Change::Merge(merge) => data::merge(doing, merge),
        Change::Truncate(truncate) => data::truncate(doing, truncate),
        Change::Copy(copy) => data::copy(doing, copy),
        Change::Select(query) => query::run(doing, query),
        Change::DeclareCursor(query) => {
            query::plan(doing, query, modes::ACCESS_SHARE, true);
        }
        Change::Maintenance(upkeep) => upkeep::maintain(doing, upkeep),
        Change::Lock(lock) => upkeep::lock(doing, lock),
        Change::Explain { request, analyze } => explain(doing, request, *analyze),
        Change::Prepare { request: Some(request), .. } => prepare(doing, request),
        Change::Other("discard") => doing.impact.transactional = Transactional::Refused,
        _ => {}
    }
}

/// `EXPLAIN` plans, which takes the locks; with `ANALYZE` it runs.
fn explain(doing: &mut Doing<'_>, request: &Request, analyze: bool) {
    change(doing, request);
    if !analyze {
        forget_work(doing);
    }
}

/// `PREPARE` looks the tables up; it plans later.
fn prepare(doing: &mut Doing<'_>, request: &Request) {
    change(doing, request);
    forget_work(doing);
    doing.impact.effects.retain(|effect| effect.target != super::Target::Index);
}

/// What only running would do.
fn forget_work(doing: &mut Doing<'_>) {
    doing.impact.effects.retain(|effect| matches!(effect.work, super::Work::Lock(_)));
}
