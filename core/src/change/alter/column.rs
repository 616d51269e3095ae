//! `ALTER COLUMN`, `MODIFY` and `CHANGE`.

use super::super::alteration::{Alter, AlterAction, ColumnChange};
use super::super::column::{self, ColumnDefinition};
use super::super::constraint::ConstraintKind;
use super::super::data_type;
use super::super::expression;
use super::super::name::Identifier;
use super::super::object::ObjectKind;
use super::super::reader::Reader;
use super::{first_words, simple};
use crate::sql::{Dialect, Kind};

/// Reads an action that begins with `ALTER`, `MODIFY` or `CHANGE`.
pub(super) fn read(r: &mut Reader<'_>, alter: &Alter, found: &mut Vec<AlterAction>) {
    let verb = r.any(&["ALTER", "MODIFY", "CHANGE"]);
    if let Some(action) = other_than_column(r, alter, verb) {
        found.push(action);
        return;
    }
    r.any(&["COLUMN", "ATTRIBUTE"]);
    let if_exists = r.if_exists();
    if verb == Some("ALTER") {
        found.extend(alter_column(r));
        return;
    }
    if r.is_kind(Kind::OpenParenthesis) {
        r.inside(|inner| inner.list(|item| modify(item, None, if_exists).map(|action| found.push(action))));
        return;
    }
    let from = if verb == Some("CHANGE") { r.identifier() } else { None };
    found.extend(modify(r, from, if_exists));
}

fn modify(r: &mut Reader<'_>, from: Option<Identifier>, if_exists: bool) -> Option<AlterAction> {
    let column = Box::new(column::read(r)?);
    Some(AlterAction::ModifyColumn { from, column, if_exists })
}

/// Constraints, indexes and partitions that are altered.
fn other_than_column(r: &mut Reader<'_>, alter: &Alter, verb: Option<&str>) -> Option<AlterAction> {
    if verb == Some("ALTER") && r.word("INDEX") {
        r.if_exists();
        let name = simple(r);
        let visible = !matches!(r.any(&["INVISIBLE", "VISIBLE", "IGNORED"]), Some("INVISIBLE" | "IGNORED"));
        r.words(&["NOT", "IGNORED"]);
        return Some(AlterAction::SetIndexVisibility { name, visible });
    }
    if r.is_any(&["CONSTRAINT", "CHECK"]) && r.nth_kind(1) != Some(Kind::OpenParenthesis) {
        r.next();
        let name = simple(r)?;
        return Some(constraint(r, name));
    }
    if verb == Some("MODIFY")
        && (r.are(&["PRIMARY", "KEY"]) || r.is_any(&["PARTITION", "SUBPARTITION", "LOB", "DEFAULT", "NESTED"]))
    {
        r.finish();
        return Some(AlterAction::SetAttribute("modify".into()));
    }
    let columns = matches!(
        alter.kind,
        ObjectKind::Table
            | ObjectKind::ForeignTable
            | ObjectKind::Type
            | ObjectKind::View
            | ObjectKind::MaterializedView
            | ObjectKind::Index
    );
    if !columns {
        r.finish();
        return Some(AlterAction::SetAttribute("alter".into()));
    }
    None
}

fn constraint(r: &mut Reader<'_>, name: Identifier) -> AlterAction {
    let (mut deferrable, mut enforced, mut inherit) = (None, None, None);
    let mut validated = None;
    loop {
        if r.words(&["NOT", "DEFERRABLE"]) {
            deferrable = Some(false);
        } else if r.word("DEFERRABLE") {
            deferrable = Some(true);
        } else if r.words(&["NOT", "ENFORCED"]) || r.word("DISABLE") {
            enforced = Some(false);
        } else if r.word("ENFORCED") || r.word("ENABLE") {
            enforced = Some(true);
        } else if r.words(&["NO", "INHERIT"]) || r.words(&["SET", "NO", "INHERIT"]) {
            inherit = Some(false);
        } else if r.word("INHERIT") || r.words(&["SET", "INHERIT"]) {
            inherit = Some(true);
        } else if let Some(word) = r.any(&["VALIDATE", "NOVALIDATE"]) {
            validated = Some(word == "VALIDATE");
        } else if r.word("INITIALLY") {
            r.next();
        } else if r.any(&["RELY", "NORELY"]).is_none() {
            break;
        }
    }
    match (validated, enforced) {
        (Some(true), None) => AlterAction::ValidateConstraint(name),
        (Some(_), enabled) => {
            AlterAction::SwitchConstraint { name: Some(name), enabled: enabled.unwrap_or(true), validated }
        }
        (None, _) => AlterAction::AlterConstraint { name, deferrable, enforced, inherit },
    }
}

fn alter_column(r: &mut Reader<'_>) -> Option<AlterAction> {
    let column = match r.kind(Kind::Number) {
        Some(number) => Identifier { text: r.text_of(number).to_owned(), quoted: false, span: r.span_of(number) },
        None => r.identifier()?,
    };
    if r.words(&["RENAME", "TO"]) {
        return Some(AlterAction::RenameColumn { from: column, to: r.identifier()? });
    }
    let change = change(r, &column)?;
    Some(AlterAction::AlterColumn { column, change })
}

/// Reads what is done to a column, or to a domain.
pub(super) fn change(r: &mut Reader<'_>, column: &Identifier) -> Option<ColumnChange> {
    if r.words(&["SET", "DATA", "TYPE"]) || r.word("TYPE") {
        return set_type(r);
    }
    let mark = r.mark();
    let change = match r.any(&["SET", "DROP", "ADD", "RESET", "RESTART"]) {
        Some("SET") => set(r),
        Some("DROP") => drop(r),
        Some("ADD") if r.is("GENERATED") => {
            let always = r.nth_is(1, "ALWAYS");
            r.until_word(&["IDENTITY"]);
            r.word("IDENTITY");
            r.group();
            Some(ColumnChange::AddIdentity { always })
        }
        Some("RESET") => r.group().map(|_| ColumnChange::SetOptions { reset: true }),
        Some("RESTART") => {
            r.finish();
            Some(ColumnChange::SetIdentity)
        }
        // SQL Server's `ADD MASKED`, `ADD PERSISTED`, `ADD SPARSE`.
        Some(_) => attribute(r),
        None => None,
    };
    if change.is_some() {
        return change;
    }
    r.back(mark);
    whole_type(r, column)
}

/// SQL Server's and H2's `ALTER COLUMN c type …`.
fn whole_type(r: &mut Reader<'_>, name: &Identifier) -> Option<ColumnChange> {
    let ColumnDefinition { data_type, nullable, collation, constraints, .. } = column::after_name(r, name.clone());
    let online = r.words(&["WITH"]) && r.group().is_some();
    let not_null = constraints.iter().any(|constraint| matches!(constraint.kind, ConstraintKind::NotNull(_)));
    let nullable = if not_null { Some(false) } else { nullable };
    match (data_type, nullable) {
        (Some(data_type), _) => {
            let data_type = Box::new(data_type);
            Some(ColumnChange::SetType { data_type, collation, using: None, nullable, online })
        }
        (None, Some(false)) => Some(ColumnChange::SetNotNull),
        (None, Some(true)) => Some(ColumnChange::DropNotNull),
        (None, None) => None,
    }
}

fn set_type(r: &mut Reader<'_>) -> Option<ColumnChange> {
    let data_type = Box::new(data_type::read(r)?);
    let collation = if r.word("COLLATE") { r.name() } else { None };
    let using = if r.word("USING") { expression::read(r, &[]) } else { None };
    let nullable = if r.words(&["NOT", "NULL"]) { Some(false) } else { None };
    r.any(&["CASCADE", "RESTRICT"]);
    Some(ColumnChange::SetType { data_type, collation, using, nullable, online: false })
}

fn set(r: &mut Reader<'_>) -> Option<ColumnChange> {
    if r.word("DEFAULT") {
        r.words(&["ON", "NULL"]);
        return expression::read(r, &["ADD", "ALTER", "DROP", "ON"]).map(ColumnChange::SetDefault);
    }
    if r.words(&["NOT", "NULL"]) {
        // SQLite lets a conflict clause follow.
        if r.words(&["ON", "CONFLICT"]) {
            r.next();
        }
        return Some(ColumnChange::SetNotNull);
    }
    if r.word("NULL") {
        return Some(ColumnChange::DropNotNull);
    }
    if r.words(&["EXPRESSION", "AS"]) {
        return r.group().map(ColumnChange::SetExpression);
    }
    if let Some(word) = r.any(&["STATISTICS", "STORAGE", "COMPRESSION"]) {
        r.operator("-");
        r.next();
        return Some(match word {
            "STATISTICS" => ColumnChange::SetStatistics,
            "STORAGE" => ColumnChange::SetStorage,
            _ => ColumnChange::SetCompression,
        });
    }
    if let Some(word) = r.any(&["VISIBLE", "INVISIBLE"]) {
        return Some(ColumnChange::SetVisibility { visible: word == "VISIBLE" });
    }
    if r.group().is_some() {
        return Some(ColumnChange::SetOptions { reset: false });
    }
    if r.is_any(&["GENERATED", "INCREMENT", "CACHE", "NO", "CYCLE", "START", "RESTART", "MAXVALUE", "MINVALUE"]) {
        r.finish();
        return Some(ColumnChange::SetIdentity);
    }
    attribute(r)
}

fn attribute(r: &mut Reader<'_>) -> Option<ColumnChange> {
    let known = ["SELECTIVITY", "MASKED", "PERSISTED", "SPARSE", "ROWGUIDCOL", "HIDDEN", "INLINE"];
    if r.is_any(&known) || r.are(&["ON", "UPDATE"]) || r.are(&["NOT", "FOR"]) {
        let mark = r.finish();
        return Some(ColumnChange::SetAttribute(first_words(&mut r.over(mark, r.last_mark())).to_ascii_lowercase()));
    }
    None
}

fn drop(r: &mut Reader<'_>) -> Option<ColumnChange> {
    if r.word("DEFAULT") {
        return Some(ColumnChange::DropDefault);
    }
    if r.words(&["NOT", "NULL"]) {
        return Some(ColumnChange::DropNotNull);
    }
    if let Some(word) = r.any(&["IDENTITY", "EXPRESSION"]) {
        let if_exists = r.if_exists();
        return Some(if word == "IDENTITY" {
            ColumnChange::DropIdentity { if_exists }
        } else {
            ColumnChange::DropExpression { if_exists }
        });
    }
    debug_assert!(r.dialect() != Dialect::Postgres || !r.is("NOT"), "`DROP NOT NULL` is read above");
    attribute(r)
}
