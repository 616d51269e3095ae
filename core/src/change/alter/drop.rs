//! `DROP` inside `ALTER`: columns, constraints, indexes, partitions.

use super::super::alteration::{Alter, AlterAction, ColumnChange};
use super::super::name::Name;
use super::super::object::ObjectKind;
use super::super::reader::Reader;
use super::Verb;
use super::add::members;
use crate::sql::{Dialect, Kind};

/// Reads on after `DROP`.
pub(super) fn read(r: &mut Reader<'_>, alter: &Alter, verb: &mut Verb, found: &mut Vec<AlterAction>) {
    if let Some(action) = whole(r, alter) {
        found.push(action);
        return;
    }
    let what =
        r.any(&["COLUMN", "COLUMNS", "ATTRIBUTE", "CONSTRAINT", "INDEX", "KEY", "CHECK", "FOREIGN"]).unwrap_or("");
    if what == "FOREIGN" {
        r.word("KEY");
    }
    let what = match what {
        "FOREIGN" | "CHECK" | "CONSTRAINT" => "CONSTRAINT",
        "INDEX" | "KEY" => "INDEX",
        "" if r.is_sql_server() => "CONSTRAINT",
        _ => "COLUMN",
    };
    *verb = Verb::Drop(what);
    item(r, what, found);
}

/// What is dropped without a list.
fn whole(r: &mut Reader<'_>, alter: &Alter) -> Option<AlterAction> {
    if r.words(&["PRIMARY", "KEY"]) {
        r.finish();
        return Some(AlterAction::DropPrimaryKey);
    }
    if r.words(&["UNUSED", "COLUMNS"]) {
        r.finish();
        return Some(AlterAction::DropUnusedColumns);
    }
    if r.words(&["SYSTEM", "VERSIONING"]) || r.words(&["PERIOD", "FOR"]) {
        r.finish();
        return Some(AlterAction::SystemVersioning { add: false });
    }
    if r.dialect() == Dialect::Oracle && r.is("UNIQUE")
        || r.is("UNIQUE") && r.nth_kind(1) == Some(Kind::OpenParenthesis)
    {
        r.next();
        let mark = r.mark();
        r.group();
        let name = Name::from(super::super::name::Identifier {
            text: r.slice(mark, r.mark()).to_owned(),
            quoted: false,
            span: r.span_from(mark),
        });
        r.finish();
        return Some(AlterAction::DropConstraint { name, if_exists: false, cascade: false });
    }
    if r.is_any(&["PARTITION", "SUBPARTITION"]) {
        return super::partition::dropped(r);
    }
    if matches!(alter.kind, ObjectKind::Publication | ObjectKind::Extension | ObjectKind::OperatorFamily) {
        return Some(members(r, "drop"));
    }
    if alter.kind == ObjectKind::Domain {
        if r.word("DEFAULT") {
            return Some(AlterAction::AlterDomain(ColumnChange::DropDefault));
        }
        if r.words(&["NOT", "NULL"]) {
            return Some(AlterAction::AlterDomain(ColumnChange::DropNotNull));
        }
    }
    let ours = matches!(
        alter.kind,
        ObjectKind::Table | ObjectKind::ForeignTable | ObjectKind::Type | ObjectKind::Domain | ObjectKind::View
    );
    if !ours {
        r.finish();
        return Some(AlterAction::SetAttribute("drop".into()));
    }
    None
}

/// One column, constraint or index, or several in parentheses.
pub(super) fn item(r: &mut Reader<'_>, what: &'static str, found: &mut Vec<AlterAction>) {
    let what = match r.any(&["COLUMN", "CONSTRAINT"]) {
        Some("CONSTRAINT") => "CONSTRAINT",
        Some(_) => "COLUMN",
        None => what,
    };
    let if_exists = r.if_exists();
    if r.is_kind(Kind::OpenParenthesis) {
        let names = r.columns();
        found.extend(names.into_iter().map(|column| AlterAction::DropColumn { column, if_exists, cascade: false }));
        r.words(&["CASCADE", "CONSTRAINTS"]);
        r.word("INVALIDATE");
        return;
    }
    let Some(name) = r.name() else { return };
    let mut cascade = false;
    loop {
        if r.words(&["CASCADE", "CONSTRAINTS"]) || r.word("CASCADE") {
            cascade = true;
        } else if r.any(&["RESTRICT", "ONLINE", "INVALIDATE"]).is_some()
            || r.words(&["KEEP", "INDEX"])
            || r.words(&["DROP", "INDEX"])
        {
        } else if r.word("CHECKPOINT") {
            r.kind(Kind::Number);
        } else if r.is("WITH") && r.nth_kind(1) == Some(Kind::OpenParenthesis) {
            r.next();
            r.group();
        } else {
            break;
        }
    }
    found.push(match what {
        "CONSTRAINT" => AlterAction::DropConstraint { name, if_exists, cascade },
        "INDEX" => AlterAction::DropIndex { name: name.last().clone(), if_exists },
        _ => AlterAction::DropColumn { column: name.last().clone(), if_exists, cascade },
    });
}
