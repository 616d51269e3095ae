//! MySQL and MariaDB: which algorithm and lock `ALTER TABLE` needs, what else locks tables, and what commits.
//!
//! A clause comes down to a form ([`classify`]); the tables of forms say what each server does with it from which release
//! on; [`plan`] puts the forms of a statement together as the servers do.

mod alteration;
mod character_set;
mod classify;
mod columns;
mod form;
mod keys;
mod lock;
mod mariadb_forms;
mod mysql_forms;
mod plan;
mod refusal;
mod scene;
mod statement;
mod syntax;
mod type_change;

use super::{Impact, Situation};
use crate::change::{Change, ObjectKind, Request};

/// What a statement does on MySQL and MariaDB.
pub(super) fn impact(request: &Request, situation: &Situation<'_>) -> Impact {
    let mut impact = match &request.change {
        Change::Alter(alter) if alter.kind == ObjectKind::Table => alteration::alter(alter, request, situation),
        Change::CreateIndex(index) => alteration::create_index(index, request, situation),
        Change::Drop(drop) if drop.kind == ObjectKind::Index => alteration::drop_index(drop, request, situation),
        _ => statement::impact(request, situation),
    };
    impact.transactional = statement::transactional(request, situation);
    if let Some(refusal) = syntax::refusal(request, situation) {
        impact = Impact { fails: Some(refusal), transactional: impact.transactional, ..Impact::default() };
    }
    impact
}
