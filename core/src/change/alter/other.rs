//! All other actions.

use super::super::alteration::{Action, Alter, AlterAction};
use super::super::object::ObjectKind;
use super::super::reader::Reader;
use super::super::table_option;
use super::{first_words, simple};

/// Reads on after `RENAME`.
pub(super) fn rename(r: &mut Reader<'_>, alter: &Alter) -> Option<AlterAction> {
    if r.any(&["TO", "AS"]).is_some() || r.operator("=") {
        return r.name().map(AlterAction::Rename);
    }
    if r.word("VALUE") {
        let from = r.string()?;
        r.word("TO");
        return Some(AlterAction::RenameValue { from, to: r.string()? });
    }
    if r.is_any(&["PARTITION", "SUBPARTITION"]) {
        let mark = r.finish();
        let words = first_words(&mut r.over(mark, r.last_mark()));
        return Some(AlterAction::SetAttribute(format!("rename {}", words.to_ascii_lowercase())));
    }
    let what = r.any(&["COLUMN", "ATTRIBUTE", "CONSTRAINT", "INDEX", "KEY"]).filter(|_| !r.is("TO"));
    r.if_exists();
    let mark = r.mark();
    let from = simple(r)?;
    if !r.word("TO") {
        // MySQL's `RENAME new_name`.
        r.back(mark);
        return r.name().map(AlterAction::Rename);
    }
    let to = simple(r)?;
    r.any(&["CASCADE", "RESTRICT"]);
    Some(match what {
        Some("CONSTRAINT") => AlterAction::RenameConstraint { from, to },
        Some("INDEX" | "KEY") => AlterAction::RenameIndex { from, to },
        _ if alter.kind == ObjectKind::Domain => AlterAction::RenameConstraint { from, to },
        _ => AlterAction::RenameColumn { from, to },
    })
}

/// Reads `CONSTRAINT a`, `CONSTRAINT ALL`, `PRIMARY KEY`, `UNIQUE (a)` after the verb that enables or disables it.
pub(super) fn switch_constraint(r: &mut Reader<'_>, checked: Option<bool>) -> Option<AlterAction> {
    let enabled = match r.any(&["CHECK", "NOCHECK", "ENABLE", "DISABLE"])? {
        word @ ("CHECK" | "ENABLE") => !word.is_empty(),
        _ => false,
    };
    let validated = r.any(&["VALIDATE", "NOVALIDATE"]).map(|word| word == "VALIDATE").or(checked);
    let mut name = None;
    if r.word("CONSTRAINT") {
        name = if r.word("ALL") { None } else { simple(r) };
    } else if r.words(&["PRIMARY", "KEY"]) || r.word("UNIQUE") {
        r.group();
    } else {
        return None;
    }
    while r.any(&["CASCADE", "KEEP", "DROP", "INDEX"]).is_some() {}
    Some(AlterAction::SwitchConstraint { name, enabled, validated })
}

/// Reads an action that no other reader knows.
pub(super) fn read(r: &mut Reader<'_>, alter: &mut Alter) -> Option<AlterAction> {
    let mark = r.mark();
    let found = postgres(r).or_else(|| switch(r)).or_else(|| rebuild(r)).or_else(|| mysql(r, alter));
    if found.is_some() {
        return found;
    }
    r.back(mark);
    match alter.kind {
        ObjectKind::Sequence => Some(AlterAction::SetSequence(rest(r))),
        ObjectKind::Table | ObjectKind::ForeignTable | ObjectKind::View => table_attribute(r),
        ObjectKind::Index => table_attribute(r).or_else(|| index_attribute(r)),
        ObjectKind::Other => None,
        _ => {
            let mark = r.mark();
            rest(r);
            Some(AlterAction::SetAttribute(first_words(&mut r.over(mark, r.last_mark())).to_ascii_lowercase()))
        }
    }
}

fn rest(r: &mut Reader<'_>) -> crate::text::Span {
    let mark = r.finish();
    r.span_from(mark)
}

fn postgres(r: &mut Reader<'_>) -> Option<AlterAction> {
    if r.words(&["OWNER", "TO"]) {
        return r.name().map(AlterAction::SetOwner);
    }
    if r.words(&["VALIDATE", "CONSTRAINT"]) {
        return simple(r).map(AlterAction::ValidateConstraint);
    }
    if r.words(&["CLUSTER", "ON"]) {
        return Some(AlterAction::ClusterOn(simple(r)));
    }
    if r.word("INHERIT") {
        return r.name().map(AlterAction::Inherit);
    }
    if r.words(&["NO", "INHERIT"]) {
        return r.name().map(AlterAction::NoInherit);
    }
    if r.words(&["NOT", "OF"]) {
        return Some(AlterAction::OfType(None));
    }
    if r.word("OF") {
        return Some(AlterAction::OfType(r.name()));
    }
    if r.words(&["REPLICA", "IDENTITY"]) {
        let index = if r.words(&["USING", "INDEX"]) { simple(r) } else { None };
        r.any(&["DEFAULT", "FULL", "NOTHING"]);
        return Some(AlterAction::ReplicaIdentity(index));
    }
    let security: [(&[&str], &str); 4] = [
        (&["ENABLE", "ROW", "LEVEL", "SECURITY"], "enable"),
        (&["DISABLE", "ROW", "LEVEL", "SECURITY"], "disable"),
        (&["FORCE", "ROW", "LEVEL", "SECURITY"], "force"),
        (&["NO", "FORCE", "ROW", "LEVEL", "SECURITY"], "no force"),
    ];
    security.iter().find(|(words, _)| r.words(words)).map(|(_, name)| AlterAction::RowSecurity(name))
}

/// `ENABLE` and `DISABLE` of triggers, rules, keys and constraints.
fn switch(r: &mut Reader<'_>) -> Option<AlterAction> {
    if let Some(action) = switch_constraint_at(r) {
        return Some(action);
    }
    let enabled = r.any(&["ENABLE", "DISABLE"])? == "ENABLE";
    r.any(&["ALWAYS", "REPLICA"]);
    match r.any(&["TRIGGER", "RULE", "KEYS", "ALL", "CHANGE_TRACKING", "NOVALIDATE", "VALIDATE", "TABLE"])? {
        "TRIGGER" => {
            let all = r.any(&["ALL", "USER"]).is_some();
            Some(AlterAction::SwitchTrigger { name: if all { None } else { simple(r) }, enabled })
        }
        "RULE" => simple(r).map(|name| AlterAction::SwitchRule { name, enabled }),
        "KEYS" => Some(AlterAction::SwitchKeys { enabled }),
        "ALL" => {
            r.word("TRIGGERS");
            Some(AlterAction::SwitchTrigger { name: None, enabled })
        }
        other => {
            rest(r);
            Some(AlterAction::SetAttribute(other.to_ascii_lowercase()))
        }
    }
}

fn switch_constraint_at(r: &mut Reader<'_>) -> Option<AlterAction> {
    let mark = r.mark();
    let found = switch_constraint(r, None);
    if found.is_none() {
        r.back(mark);
    }
    found
}

/// Rebuilding, moving and shrinking, of tables and indexes.
fn rebuild(r: &mut Reader<'_>) -> Option<AlterAction> {
    if r.is_any(&["REBUILD", "MOVE"]) {
        let rebuilds = r.is("REBUILD");
        let mark = r.finish();
        let text = r.slice(mark, r.last_mark()).to_ascii_uppercase();
        let compact: String = text.split_whitespace().collect();
        let online = if r.is_sql_server() {
            compact.contains("ONLINE=ON")
        } else {
            text.split_whitespace().any(|word| word == "ONLINE")
        };
        return Some(if rebuilds { AlterAction::Rebuild { online } } else { AlterAction::Move { online } });
    }
    if r.is("SHRINK") {
        rest(r);
        return Some(AlterAction::Shrink);
    }
    if r.is("REORGANIZE") {
        rest(r);
        return Some(AlterAction::Reorganize);
    }
    (r.word("UNUSABLE") || r.is_sql_server() && r.are(&["DISABLE"]) && r.nth(1).is_none() && r.next().is_some())
        .then_some(AlterAction::DisableIndex)
}

fn mysql(r: &mut Reader<'_>, alter: &mut Alter) -> Option<AlterAction> {
    if r.words(&["CONVERT", "TO"]) {
        let named = r.words(&["CHARACTER", "SET"]) || r.word("CHARSET");
        let character_set = r.identifier().filter(|_| named)?;
        let collation = if r.word("COLLATE") { r.name() } else { None };
        return Some(AlterAction::ConvertCharacterSet { character_set, collation });
    }
    if r.is("FORCE") {
        r.next();
        return Some(AlterAction::Force);
    }
    if r.words(&["ORDER", "BY"]) {
        rest(r);
        return Some(AlterAction::OrderBy);
    }
    if let Some(word) = r.any(&["DISCARD", "IMPORT"]) {
        return r.word("TABLESPACE").then_some(AlterAction::ImportTablespace { discard: word == "DISCARD" });
    }
    if !matches!(alter.kind, ObjectKind::Table | ObjectKind::ForeignTable) {
        return None;
    }
    // Options need no commas between them.
    let mark = r.mark();
    let mut option = table_option::read(r)?;
    while let Some(next) = table_option::read(r) {
        let what = AlterAction::SetOption(std::mem::replace(&mut option, next));
        alter.actions.push(Action { what, span: r.span_from(mark) });
    }
    Some(AlterAction::SetOption(option))
}

/// Attributes of tables and indexes that no rule asks for.
fn table_attribute(r: &mut Reader<'_>) -> Option<AlterAction> {
    let known = [
        "DEPENDS",
        "OPTIONS",
        "PARALLEL",
        "NOPARALLEL",
        "LOGGING",
        "NOLOGGING",
        "CACHE",
        "NOCACHE",
        "COMPRESS",
        "NOCOMPRESS",
        "READ",
        "RESULT_CACHE",
        "COALESCE",
        "MONITORING",
        "VISIBLE",
        "INVISIBLE",
        "LOB",
        "STORAGE",
        "PCTFREE",
        "INITRANS",
        "COMPILE",
        "ALLOCATE",
        "DEALLOCATE",
        "INDEXING",
        "ROW",
        "SPLIT",
        "MERGE",
        "VALIDATE",
        "ACTIVATE",
        "EDITIONABLE",
        "DATA",
        "WITH",
        "LOCK",
        "TRIGGER",
    ];
    let dependence = r.are(&["NO", "DEPENDS"]);
    if !dependence && !r.is_any(&known) {
        return None;
    }
    let mark = r.mark();
    rest(r);
    Some(AlterAction::SetAttribute(first_words(&mut r.over(mark, r.last_mark())).to_ascii_lowercase()))
}

fn index_attribute(r: &mut Reader<'_>) -> Option<AlterAction> {
    r.is_any(&["RESUME", "PAUSE", "ABORT", "MONITORING", "NOMONITORING", "UPDATE", "REVERSE"]).then(|| {
        let mark = r.mark();
        rest(r);
        AlterAction::SetAttribute(first_words(&mut r.over(mark, r.last_mark())).to_ascii_lowercase())
    })
}
