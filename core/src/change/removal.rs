//! `DROP` and `RENAME`.

use super::name::{Identifier, Name};
use super::object::{self, ObjectKind};
use super::reader::Reader;
use crate::sql::{Dialect, Kind};
use crate::text::Span;

/// `DROP` of any kind of object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Drop {
    /// What kind.
    pub kind: ObjectKind,
    /// Which.
    pub names: Vec<Name>,
    /// The types of the parameters with their parentheses, one for each name of a routine that says them.
    pub arguments: Vec<Option<Span>>,
    /// The table they belong to: `DROP TRIGGER a ON table`.
    pub table: Option<Name>,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// `CASCADE`; Oracle's `CASCADE CONSTRAINTS`.
    pub cascade: bool,
    /// `CONCURRENTLY`; `ONLINE`.
    pub concurrently: bool,
    /// MySQL's `TEMPORARY`.
    pub temporary: bool,
    /// Oracle's `PURGE`.
    pub purge: bool,
    /// MySQL's `ALGORITHM`.
    pub algorithm: Option<Identifier>,
    /// MySQL's `LOCK`.
    pub lock: Option<Identifier>,
}

/// One object that gets another name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rename {
    /// What kind.
    pub kind: ObjectKind,
    /// Its name.
    pub from: Name,
    /// Its name afterwards.
    pub to: Name,
}

/// Reads on after `DROP`.
pub(super) fn drop(r: &mut Reader<'_>) -> Option<Drop> {
    let temporary = r.any(&["TEMPORARY", "TEMP"]).is_some();
    r.any(&["PUBLIC", "EDITIONABLE"]);
    let kind = object::kind(r)?;
    let mut drop = Drop {
        kind,
        names: Vec::new(),
        arguments: Vec::new(),
        table: None,
        if_exists: false,
        cascade: false,
        concurrently: r.word("CONCURRENTLY"),
        temporary,
        purge: false,
        algorithm: None,
        lock: None,
    };
    drop.if_exists = r.if_exists();
    names(r, &mut drop);
    drop.if_exists |= r.if_exists();
    while !r.is_end() {
        option(r, &mut drop);
    }
    Some(drop)
}

fn names(r: &mut Reader<'_>, drop: &mut Drop) {
    match drop.kind {
        ObjectKind::Cast | ObjectKind::Transform => {
            r.group();
            if r.word("FOR") {
                drop.names.extend(r.name());
                r.words(&["LANGUAGE"]);
                r.name();
            }
            return;
        }
        ObjectKind::UserMapping => {
            r.if_exists();
            r.word("FOR");
            drop.names.extend(r.name());
            return;
        }
        ObjectKind::Operator => {
            r.until(|_, token| token.kind == Kind::OpenParenthesis);
            r.group();
            return;
        }
        _ => {}
    }
    while let Some(name) = r.name() {
        drop.names.push(name);
        super::alter::account_host(r);
        let arguments = r.group();
        drop.arguments.push(arguments);
        if drop.kind == ObjectKind::Index && r.is_sql_server() && r.word("ON") {
            drop.table = r.name();
        }
        if !r.comma() {
            break;
        }
    }
}

fn option(r: &mut Reader<'_>, drop: &mut Drop) {
    if r.words(&["CASCADE", "CONSTRAINTS"]) || r.word("CASCADE") {
        drop.cascade = true;
    } else if r.any(&["ON", "FROM"]).is_some() {
        if r.word("SCHEMA") || drop.kind == ObjectKind::Trigger && r.any(&["ALL", "DATABASE"]).is_some() {
            r.name();
        } else {
            drop.table = r.name();
        }
    } else if r.word("PURGE") {
        drop.purge = true;
    } else if r.any(&["ONLINE"]).is_some() {
        drop.concurrently = true;
    } else if let Some(word) = r.any(&["ALGORITHM", "LOCK"]) {
        r.operator("=");
        *(if word == "LOCK" { &mut drop.lock } else { &mut drop.algorithm }) = r.identifier();
    } else if r.word("WAIT") {
        r.next();
    } else if r.word("WITH") {
        drop.concurrently |= super::index::says_online(r);
    } else if r.word("USING") {
        r.name();
    } else if r.words(&["PRESERVE", "TABLE"]) || r.words(&["INCLUDING", "CONTENTS"]) || r.words(&["AND", "DATAFILES"]) {
    } else if r.any(&["RESTRICT", "FORCE", "NOWAIT", "CONSTRAINTS", "INVALIDATE"]).is_none() {
        r.pass_over();
    }
}

/// Reads on after `RENAME`: `TABLE a TO b, c TO d`; Oracle's `a TO b`.
pub(super) fn rename(r: &mut Reader<'_>) -> Option<Vec<Rename>> {
    let words = r.any(&["TABLE", "TABLES", "INDEX", "COLUMN", "SEQUENCE"]);
    let kind = match words {
        Some("INDEX") => ObjectKind::Index,
        Some("COLUMN") => ObjectKind::Column,
        Some("SEQUENCE") => ObjectKind::Sequence,
        _ => ObjectKind::Table,
    };
    if words.is_none() && !matches!(r.dialect(), Dialect::Oracle | Dialect::Generic) && !r.nth_is(1, "TO") {
        return None;
    }
    r.if_exists();
    let renames = r.list(|item| {
        let from = item.name()?;
        if item.any(&["WAIT", "NOWAIT"]).is_some() {
            item.kind(Kind::Number);
        }
        item.word("TO");
        let to = item.name()?;
        Some(Rename { kind, from, to })
    });
    (!renames.is_empty()).then_some(renames)
}

/// Reads SQL Server's `sp_rename 'a.b', 'c', 'COLUMN'` after its name.
pub(super) fn sp_rename(r: &mut Reader<'_>) -> Option<Vec<Rename>> {
    let argument = |r: &mut Reader<'_>| {
        if r.is_kind(Kind::Variable) && r.nth(1).is_some_and(|token| r.text_of(token) == "=") {
            r.next();
            r.next();
        }
        r.string()
    };
    let from = argument(r)?;
    r.comma();
    let to = argument(r)?;
    let mut kind = ObjectKind::Table;
    if r.comma() {
        kind = match argument(r)?.text.to_ascii_uppercase().as_str() {
            "COLUMN" => ObjectKind::Column,
            "INDEX" => ObjectKind::Index,
            "USERDATATYPE" => ObjectKind::Type,
            _ => ObjectKind::Table,
        };
    }
    let unbracketed = |text: &str| text.replace(['[', ']', '"'], "");
    let parts = from.text.split('.').map(|part| Identifier { text: unbracketed(part), quoted: true, span: from.span });
    let from = Name { parts: parts.collect(), span: from.span };
    Some(vec![Rename { kind, from, to: Name::from(to) }])
}
