//! Reading `ALTER`: the object, then its actions.

mod add;
mod column;
mod drop;
mod other;
mod partition;
mod set;

use super::alteration::{Action, Alter, AlterAction};
use super::name::Identifier;
use super::object::{self, ObjectKind};
use super::reader::Reader;
use crate::sql::Kind;

/// Reads on after `ALTER`, for every object but those with statements of their own.
pub(super) fn read(r: &mut Reader<'_>) -> Option<Alter> {
    while r.any(&["ONLINE", "IGNORE", "OFFLINE", "SHARDED", "EDITIONABLE", "NONEDITIONABLE"]).is_some() {}
    let kind = object::kind(r)?;
    let mut alter = Alter {
        kind,
        name: None,
        table: None,
        if_exists: false,
        only: false,
        actions: Vec::new(),
        algorithm: None,
        lock: None,
        wait: None,
    };
    head(r, &mut alter);
    let mut verb = Verb::None;
    while !r.is_end() {
        let mark = r.mark();
        if clause(r, &mut alter) {
            r.comma();
            continue;
        }
        actions(r, &mut alter, &mut verb);
        if r.mark() == mark {
            r.pass_over();
        }
    }
    Some(alter)
}

/// Up to the first action: the name, and what belongs to it.
fn head(r: &mut Reader<'_>, alter: &mut Alter) {
    alter.if_exists = r.if_exists();
    alter.only = r.word("ONLY");
    if r.words(&["ALL", "IN", "TABLESPACE"]) {
        r.name();
        if r.words(&["OWNED", "BY"]) {
            r.names_list();
        }
    } else if r.is("ALL") && alter.kind == ObjectKind::Index {
        r.next();
    } else if !nameless(r, alter.kind) {
        alter.name = r.name();
        account_host(r);
    }
    r.operator("*");
    alter.if_exists |= r.if_exists();
    if alter.kind.is_routine() || matches!(alter.kind, ObjectKind::Operator) {
        r.group();
    }
    let has_table = matches!(
        alter.kind,
        ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule | ObjectKind::Index | ObjectKind::Fulltext
    );
    if has_table && r.word("ON") {
        alter.table = r.name();
    }
}

/// Kinds of which there is one, or whose name may be left out.
fn nameless(r: &Reader<'_>, kind: ObjectKind) -> bool {
    match kind {
        ObjectKind::System | ObjectKind::Session | ObjectKind::DefaultPrivileges => true,
        ObjectKind::Database => r.is_any(&["SET", "CHARACTER", "COLLATE", "DEFAULT", "ARCHIVELOG", "CHARSET"]),
        _ => false,
    }
}

/// The host of an account: `'a'@'b'`.
pub(super) fn account_host(r: &mut Reader<'_>) {
    if r.is_mysql() && (r.is_operator("@") || r.is_kind(Kind::Variable)) {
        let lone = r.is_operator("@");
        r.next();
        if lone && r.is_identifier() {
            r.next();
        }
    }
}

/// MySQL's clauses about the statement as a whole.
fn clause(r: &mut Reader<'_>, alter: &mut Alter) -> bool {
    let mark = r.mark();
    if alter.kind == ObjectKind::Table && r.is_any(&["ALGORITHM", "LOCK"]) {
        let is_lock = r.word("LOCK") || !r.word("ALGORITHM");
        r.operator("=");
        let value = r.identifier();
        *(if is_lock { &mut alter.lock } else { &mut alter.algorithm }) = value;
    } else if r.is("WAIT") && r.nth_kind(1) == Some(Kind::Number) || r.is_mysql() && r.is("NOWAIT") {
        if r.next().is_some_and(|word| word.is_word(r.text, "WAIT")) {
            r.next();
        }
        alter.wait = Some(r.span_from(mark));
    } else {
        return r.is_mysql() && r.any(&["WITH", "WITHOUT"]).is_some() && r.word("VALIDATION");
    }
    true
}

/// The verb that items without one repeat: SQL Server's `ADD a INT, b INT`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    None,
    Add,
    Drop(&'static str),
    /// Names of partitions go on.
    Partition,
}

/// Words with which an action begins.
const STARTS: [&str; 46] = [
    "ADD",
    "DROP",
    "ALTER",
    "MODIFY",
    "CHANGE",
    "RENAME",
    "SET",
    "RESET",
    "VALIDATE",
    "OWNER",
    "ATTACH",
    "DETACH",
    "ENABLE",
    "DISABLE",
    "FORCE",
    "NO",
    "CLUSTER",
    "INHERIT",
    "OF",
    "NOT",
    "REPLICA",
    "CONVERT",
    "ORDER",
    "TRUNCATE",
    "EXCHANGE",
    "REORGANIZE",
    "COALESCE",
    "REBUILD",
    "OPTIMIZE",
    "ANALYZE",
    "CHECK",
    "NOCHECK",
    "REPAIR",
    "SPLIT",
    "MERGE",
    "MOVE",
    "SWITCH",
    "PARTITION",
    "REMOVE",
    "DISCARD",
    "IMPORT",
    "SHRINK",
    "WITH",
    "RESTART",
    "UPDATE",
    "OPTIONS",
];

/// One item between commas: one action, or several where no comma is needed.
fn actions(r: &mut Reader<'_>, alter: &mut Alter, verb: &mut Verb) {
    let mark = r.mark();
    let listed = matches!(
        alter.kind,
        ObjectKind::Table
            | ObjectKind::ForeignTable
            | ObjectKind::Type
            | ObjectKind::View
            | ObjectKind::MaterializedView
    );
    let items = r.item_if(listed, |item| {
        let mut items = Vec::new();
        while !item.is_end() {
            let at = item.mark();
            // MySQL lets names of partitions go on, and nothing else: what follows a comma may be an option of the table.
            let goes_on = *verb == Verb::Partition || *verb != Verb::None && !item.is_mysql();
            let repeats = goes_on && !item.is_any(&STARTS);
            action(item, alter, verb, repeats, &mut items);
            if item.mark() == at {
                break;
            }
            if !item.is_any(&STARTS) {
                break;
            }
            if clause(item, alter) {
                break;
            }
        }
        items
    });
    if items.is_empty() && r.mark() > mark && *verb != Verb::Partition {
        let span = r.span_from(mark);
        let words = first_words(&mut r.over(mark, r.mark()));
        alter.actions.push(Action { what: AlterAction::Opaque(words), span });
    }
    alter.actions.extend(items);
    if !r.is_end() {
        r.comma();
    }
}

/// Reads one action; Oracle's `ADD (a, b)` gives several.
fn action(r: &mut Reader<'_>, alter: &mut Alter, verb: &mut Verb, repeats: bool, found: &mut Vec<Action>) {
    let mark = r.mark();
    let mut whats = Vec::new();
    if repeats {
        match *verb {
            Verb::Add => add::item(r, None, &mut whats),
            Verb::Drop(what) => drop::item(r, what, &mut whats),
            Verb::Partition => {
                partition::another(r, alter);
                return;
            }
            Verb::None => {}
        }
    } else {
        *verb = Verb::None;
        match r.any(&STARTS) {
            Some("ADD") => add::read(r, alter, verb, &mut whats),
            Some("DROP") => drop::read(r, alter, verb, &mut whats),
            Some("ALTER" | "MODIFY" | "CHANGE") => {
                r.back(mark);
                column::read(r, alter, &mut whats);
            }
            Some("SET" | "RESET") => {
                r.back(mark);
                whats.extend(set::read(r, alter));
            }
            Some("RENAME") => whats.extend(other::rename(r, alter)),
            Some("WITH") if r.any(&["CHECK", "NOCHECK"]).is_some() => {
                let checked = r.previous().is_some_and(|word| word.is_word(r.text, "CHECK"));
                if r.word("ADD") {
                    add::item(r, Some(checked), &mut whats);
                    *verb = Verb::Add;
                } else {
                    whats.extend(other::switch_constraint(r, Some(checked)));
                }
            }
            _ => {
                r.back(mark);
                whats.extend(partition::read(r, alter).or_else(|| other::read(r, alter)));
            }
        }
    }
    if whats.iter().any(partition::lists) {
        *verb = Verb::Partition;
    }
    let span = r.span_from(mark);
    found.extend(whats.into_iter().map(|what| Action { what, span }));
}

/// The first words of what is not understood.
pub(super) fn first_words(r: &mut Reader<'_>) -> String {
    let mut words = String::new();
    while let Some(token) = r.next().filter(|token| token.kind == Kind::Word && words.len() < 40) {
        words.push_str(if words.is_empty() { "" } else { " " });
        words.push_str(r.text_of(token));
    }
    words
}

/// A column, constraint or index.
fn simple(r: &mut Reader<'_>) -> Option<Identifier> {
    r.name().map(|name| name.last().clone())
}
