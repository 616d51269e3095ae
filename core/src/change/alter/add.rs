//! `ADD`: columns, constraints, indexes, partitions, values of enums.

use super::super::alteration::{Alter, AlterAction};
use super::super::column;
use super::super::constraint::{self, Place};
use super::super::index;
use super::super::object::ObjectKind;
use super::super::reader::Reader;
use super::Verb;
use crate::sql::{Dialect, Kind};

/// Reads on after `ADD`.
pub(super) fn read(r: &mut Reader<'_>, alter: &Alter, verb: &mut Verb, found: &mut Vec<AlterAction>) {
    if r.word("VALUE") {
        found.extend(value(r));
    } else if r.words(&["SYSTEM", "VERSIONING"]) || r.words(&["PERIOD", "FOR"]) {
        r.finish();
        found.push(AlterAction::SystemVersioning { add: true });
    } else if r.any(&["PARTITION", "SUBPARTITION"]).is_some() {
        r.finish();
        found.push(AlterAction::AddPartition);
    } else if matches!(alter.kind, ObjectKind::Publication | ObjectKind::Extension | ObjectKind::OperatorFamily) {
        found.push(members(r, "add"));
    } else if is_attribute(r, alter) {
        r.finish();
        found.push(AlterAction::SetAttribute("add".into()));
    } else {
        *verb = Verb::Add;
        item(r, None, found);
    }
}

/// `ADD FILE`, `ADD LOGFILE`, `ADD MAPPING`, `ADD MEMBER`, `ADD SUPPLEMENTAL LOG`, `ADD GENERATED`.
fn is_attribute(r: &Reader<'_>, alter: &Alter) -> bool {
    let ours = matches!(
        alter.kind,
        ObjectKind::Table | ObjectKind::ForeignTable | ObjectKind::Type | ObjectKind::Domain | ObjectKind::View
    );
    !ours || r.are(&["SUPPLEMENTAL", "LOG"]) || r.are(&["MEMBER", "FUNCTION"])
}

/// The members of a publication, a role or an extension.
pub(super) fn members(r: &mut Reader<'_>, verb: &'static str) -> AlterAction {
    let mut members = Vec::new();
    while !r.is_end() {
        r.any(&["TABLE", "TABLES", "VIEW", "FUNCTION", "SCHEMA", "IN", "ONLY", "TYPE", "SEQUENCE", "MATERIALIZED"]);
        let before = r.mark();
        if !r.is_any(&["WHERE", "WITH", "IN"]) {
            members.extend(r.name());
        }
        r.group();
        if r.word("WHERE") {
            r.group();
        }
        r.comma();
        if r.mark() == before {
            break;
        }
    }
    r.finish();
    AlterAction::Members { verb, members }
}

/// One thing that is added to a table, a type or a domain.
pub(super) fn item(r: &mut Reader<'_>, checked: Option<bool>, found: &mut Vec<AlterAction>) {
    let explicit =
        r.any(&["COLUMN", "COLUMNS", "ATTRIBUTE"]).is_some() && (r.is_identifier() || r.is_kind(Kind::OpenParenthesis));
    let if_not_exists = r.if_not_exists();
    if r.is_kind(Kind::OpenParenthesis) {
        r.inside(|inner| {
            inner.list(|each| {
                one(each, checked, if_not_exists, false, found);
                Some(())
            })
        });
        column_position(r, found);
        return;
    }
    one(r, checked, if_not_exists, explicit, found);
    r.any(&["CASCADE", "RESTRICT"]);
}

/// A position after several columns in parentheses counts for the last.
fn column_position(r: &mut Reader<'_>, found: &mut [AlterAction]) {
    if r.any(&["AFTER", "BEFORE"]).is_some() {
        let place = r.identifier().map(column::Position::After);
        if let Some(AlterAction::AddColumn { column, .. }) = found.last_mut() {
            column.position = place;
        }
    }
}

fn one(r: &mut Reader<'_>, checked: Option<bool>, if_not_exists: bool, explicit: bool, found: &mut Vec<AlterAction>) {
    let mark = r.mark();
    if !explicit {
        if let Some(constraint) = constraint_of(r) {
            let constraint = Box::new(constraint);
            found.push(AlterAction::AddConstraint { constraint, checked, if_not_exists });
            return;
        }
        r.back(mark);
        let may_be_index = !matches!(r.dialect(), Dialect::Postgres | Dialect::Sqlite | Dialect::Oracle);
        if may_be_index && let Some(index) = index::inline(r) {
            found.push(AlterAction::AddIndex(Box::new(index)));
            return;
        }
    }
    if let Some(column) = column::read(r) {
        found.push(AlterAction::AddColumn { column: Box::new(column), if_not_exists });
    }
}

fn constraint_of(r: &mut Reader<'_>) -> Option<constraint::Constraint> {
    let begins = r.is_any(&constraint::STARTS) || r.is("DEFAULT");
    if !begins {
        return None;
    }
    constraint::read(r, Place::Table)
}

/// `ADD VALUE 'a' BEFORE 'b'`.
fn value(r: &mut Reader<'_>) -> Option<AlterAction> {
    let if_not_exists = r.if_not_exists();
    let value = r.string().or_else(|| r.identifier())?;
    let place = match r.any(&["BEFORE", "AFTER"]) {
        Some(word) => r.string().map(|neighbour| (word == "BEFORE", neighbour)),
        None => None,
    };
    Some(AlterAction::AddValue { value, if_not_exists, place })
}
