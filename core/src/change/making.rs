//! `CREATE`, `ALTER` and `COMMENT`: which reader knows the object.

use super::creation;
use super::index;
use super::name::Name;
use super::object::{self, ObjectKind};
use super::privilege;
use super::reader::Reader;
use super::request::Change;
use super::routine;
use super::session;
use super::table;
use crate::text::Span;

/// Reads on after `CREATE`.
pub(super) fn create(r: &mut Reader<'_>) -> Option<Change> {
    let or_replace = r.words(&["OR", "REPLACE"]) || r.words(&["OR", "ALTER"]);
    created(r, or_replace)
}

/// Reads on after `CREATE [OR REPLACE]`: each reader in turn, until one knows the object.
fn created(r: &mut Reader<'_>, or_replace: bool) -> Option<Change> {
    let is_index = r.is_any(&index::CLASSES) || r.is("INDEX");
    r.attempt(|r| table::create(r, or_replace).map(|table| Change::CreateTable(Box::new(table))))
        .or_else(|| {
            r.attempt(|r| {
                index::create(r, or_replace).filter(|_| is_index).map(|index| Change::CreateIndex(Box::new(index)))
            })
        })
        .or_else(|| r.attempt(|r| creation::view(r, or_replace).map(|view| Change::CreateView(Box::new(view)))))
        .or_else(|| r.attempt(|r| routine::routine(r, or_replace).map(|found| Change::CreateRoutine(Box::new(found)))))
        .or_else(|| r.attempt(|r| routine::trigger(r, or_replace).map(|found| Change::CreateTrigger(Box::new(found)))))
        .or_else(|| r.attempt(definition))
        .or_else(|| creation::object(r, or_replace).map(|object| Change::Create(Box::new(object))))
}

fn definition(r: &mut Reader<'_>) -> Option<Change> {
    match r.any(&["TYPE", "DOMAIN", "POLICY", "RULE"])? {
        "TYPE" => creation::type_definition(r).map(|found| Change::CreateType(Box::new(found))),
        "DOMAIN" => creation::domain(r).map(|found| Change::CreateDomain(Box::new(found))),
        "POLICY" => creation::policy(r).map(|found| Change::CreatePolicy(Box::new(found))),
        _ => creation::rule(r).map(|found| Change::CreateRule(Box::new(found))),
    }
}

/// Reads on after `ALTER`.
pub(super) fn alter(r: &mut Reader<'_>) -> Option<Change> {
    if r.words(&["DEFAULT", "PRIVILEGES"]) {
        return privilege::default_privileges(r).map(|grant| Change::Grant(Box::new(grant)));
    }
    if r.word("SESSION") {
        return session::other(r, "ALTER").map(|setting| Change::Set(Box::new(setting)));
    }
    let mark = r.mark();
    let rewrites = r.is_any(&["PROCEDURE", "PROC", "FUNCTION", "TRIGGER", "VIEW"])
        && (r.is_sql_server() || r.is_mysql() && r.is("VIEW"));
    if rewrites || r.is_mysql() && r.is_any(&["ALGORITHM", "DEFINER", "SQL"]) {
        if let Some(change) = created(r, true) {
            return Some(change);
        }
        r.back(mark);
    }
    if r.word("DEFINER") {
        r.until_word(&["EVENT"]);
    }
    super::alter::read(r).map(|alter| Change::Alter(Box::new(alter)))
}

/// Reads on after `COMMENT`.
pub(super) fn comment(r: &mut Reader<'_>) -> Option<Change> {
    if !r.word("ON") {
        return None;
    }
    let kind = object::kind(r)?;
    let mut name = None;
    if matches!(kind, ObjectKind::Cast | ObjectKind::Operator | ObjectKind::Transform | ObjectKind::LargeObject) {
        r.until_word(&["IS"]);
    } else {
        name = r.name();
        r.group();
    }
    let mut table = None;
    if r.any(&["ON", "USING"]).is_some() {
        r.word("DOMAIN");
        table = r.name();
    }
    if kind == ObjectKind::Column
        && let Some(column) = &name
    {
        let mut parts = column.parts.clone();
        parts.pop();
        if let Some(first) = parts.first() {
            let span = Span::new(first.span.start, parts[parts.len() - 1].span.end);
            table = Some(Name { parts, span });
        }
    }
    r.word("IS");
    r.finish();
    Some(Change::Comment { kind, name, table })
}
