//! `SET` and `RESET`.

use super::super::alteration::{Alter, AlterAction, ColumnChange};
use super::super::expression;
use super::super::object::ObjectKind;
use super::super::reader::Reader;
use super::super::table_option::{self, TableOption};
use super::add::members;
use super::{first_words, simple};
use crate::sql::Kind;

/// Reads an action that begins with `SET` or `RESET`.
pub(super) fn read(r: &mut Reader<'_>, alter: &Alter) -> Option<AlterAction> {
    let reset = r.any(&["SET", "RESET"]) == Some("RESET");
    if r.is_kind(Kind::OpenParenthesis) {
        return r.group().map(|options| AlterAction::SetOptions { reset, options });
    }
    match alter.kind {
        ObjectKind::Domain => return domain(r),
        ObjectKind::Publication if !reset => return Some(members(r, "set")),
        ObjectKind::Table
        | ObjectKind::ForeignTable
        | ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::Index
        | ObjectKind::Sequence
        | ObjectKind::Type
        | ObjectKind::Extension => {}
        _ if r.is_any(&["SCHEMA", "TABLESPACE"]) => {}
        _ => return attribute(r),
    }
    table(r).or_else(|| unused(r)).or_else(|| option(r)).or_else(|| attribute(r))
}

fn domain(r: &mut Reader<'_>) -> Option<AlterAction> {
    if r.word("DEFAULT") {
        return expression::read(r, &[]).map(|value| AlterAction::AlterDomain(ColumnChange::SetDefault(value)));
    }
    if r.words(&["NOT", "NULL"]) {
        return Some(AlterAction::AlterDomain(ColumnChange::SetNotNull));
    }
    table(r)
}

fn table(r: &mut Reader<'_>) -> Option<AlterAction> {
    if r.word("SCHEMA") {
        return simple(r).map(AlterAction::SetSchema);
    }
    if r.word("TABLESPACE") {
        let name = simple(r);
        r.word("NOWAIT");
        return name.map(AlterAction::SetTablespace);
    }
    if let Some(word) = r.any(&["LOGGED", "UNLOGGED"]) {
        return Some(AlterAction::SetLogged(word == "LOGGED"));
    }
    if r.words(&["ACCESS", "METHOD"]) {
        return simple(r).map(AlterAction::SetAccessMethod);
    }
    if r.words(&["WITHOUT", "CLUSTER"]) {
        return Some(AlterAction::ClusterOn(None));
    }
    (r.words(&["WITHOUT", "OIDS"]) || r.words(&["WITH", "OIDS"])).then_some(AlterAction::SetWithoutOids)
}

/// Oracle's `SET UNUSED (a, b) ONLINE`.
fn unused(r: &mut Reader<'_>) -> Option<AlterAction> {
    if !r.word("UNUSED") {
        return None;
    }
    r.word("COLUMN");
    let columns = if r.is_kind(Kind::OpenParenthesis) { r.columns() } else { simple(r).into_iter().collect() };
    let mut online = false;
    while let Some(word) = r.any(&["CASCADE", "CONSTRAINTS", "INVALIDATE", "ONLINE"]) {
        online |= word == "ONLINE";
    }
    Some(AlterAction::SetUnused { columns, online })
}

/// H2's `SET REFERENTIAL_INTEGRITY FALSE`.
fn option(r: &mut Reader<'_>) -> Option<AlterAction> {
    let mark = r.mark();
    if let Some(word) = r.any(&["REFERENTIAL_INTEGRITY"]) {
        let value = r.next().map(|token| r.text_of(token).to_owned());
        r.any(&["CHECK", "NOCHECK"]);
        let name = word.to_ascii_lowercase();
        return Some(AlterAction::SetOption(TableOption { name, value, span: r.span_from(mark) }));
    }
    table_option::read(r).map(AlterAction::SetOption)
}

/// Settings of databases, roles, functions and the like.
fn attribute(r: &mut Reader<'_>) -> Option<AlterAction> {
    if r.is_end() {
        return None;
    }
    let mark = r.finish();
    Some(AlterAction::SetAttribute(first_words(&mut r.over(mark, r.last_mark())).to_ascii_lowercase()))
}
