//! Which forms the clauses of `ALTER TABLE` and its like come down to.

use super::forms::Form;
use crate::catalog::{Column, ColumnType, Relation};
use crate::change::{
    AlterAction, ColumnChange, ColumnDefinition, Constraint, ConstraintKind, DataType, Expression, Index, Volatility,
};
use crate::impact::Situation;

/// The form of an action on a table or an index.
pub(super) fn action(action: &AlterAction, table: Option<&Relation>, situation: &Situation<'_>) -> Form {
    match action {
        AlterAction::AddColumn { column, .. } => add_column(column),
        AlterAction::AlterColumn { column, change } => {
            let name = situation.catalog.fold(column);
            let old = table.and_then(|table| table.columns.iter().find(|column| column.name == name));
            alter_column(change, old)
        }
        AlterAction::AddConstraint { constraint, checked, .. } => add_constraint(constraint, *checked),
        AlterAction::SwitchConstraint { enabled: true, validated: Some(true), .. } => Form::CheckRows,
        AlterAction::DropConstraint { name, .. } => {
            let name = situation.catalog.fold(name.last());
            let key = table.and_then(|table| table.constraints.iter().find(|key| key.name.as_deref() == Some(&name)));
            if key.is_some_and(crate::catalog::Constraint::is_primary) { Form::DropClustered } else { Form::Metadata }
        }
        AlterAction::AddIndex(found) => index(found),
        AlterAction::Rebuild { online: true } => Form::RebuildOnline,
        AlterAction::Rebuild { online: false } => Form::Rebuild,
        AlterAction::Reorganize => Form::Reorganize,
        AlterAction::ExchangePartition { .. } => Form::Switch,
        _ => Form::Metadata,
    }
}

/// The form of an index that is created.
pub(super) fn index(index: &Index) -> Form {
    match (index.concurrently, index.clustered == Some(true) || index.class.as_deref() == Some("columnstore")) {
        (true, _) => Form::BuildOnline,
        (false, true) if index.clustered == Some(true) => Form::BuildClustered,
        _ => Form::BuildIndex,
    }
}

/// Functions that give one value for all rows of a statement.
const STEADY: [&str; 8] = [
    "getdate",
    "getutcdate",
    "sysdatetime",
    "sysutcdatetime",
    "sysdatetimeoffset",
    "suser_sname",
    "user_name",
    "current_timestamp",
];

fn varies(default: &Expression) -> bool {
    let steady = |name: &crate::change::Name| STEADY.iter().any(|known| name.is(known));
    default.volatility == Volatility::Volatile || !default.functions.iter().all(steady)
}

/// Types whose default is written into each row in every edition.
fn is_large(data_type: &DataType) -> bool {
    let large = ["text", "ntext", "image", "xml", "geometry", "geography", "hierarchyid", "sql_variant"];
    let max = data_type.arguments.iter().any(|argument| argument.eq_ignore_ascii_case("max"));
    max || large.iter().any(|name| data_type.name.is(name))
}

fn add_column(column: &ColumnDefinition) -> Form {
    let inline = column.constraints.iter().find_map(|constraint| match &constraint.kind {
        ConstraintKind::Default(value, _) => Some(value),
        _ => None,
    });
    let default = column.default.as_ref().or(inline);
    let is = |name: &str| column.data_type.as_ref().is_some_and(|data_type| data_type.name.is(name));
    let strict = column.nullable == Some(false);
    if column.generated.as_ref().is_some_and(|how| how.stored == Some(true)) {
        return Form::AddPersisted;
    }
    if column.identity.is_some() || is("rowversion") || is("timestamp") {
        return Form::AddNumbered;
    }
    let checks = column.constraints.iter().map(|constraint| add_constraint(constraint, None));
    let of_default = match default {
        Some(default) if (strict || column.with_values) && varies(default) => Some(Form::AddColumnVolatile),
        Some(_) if strict && column.data_type.as_ref().is_some_and(is_large) => Some(Form::AddColumnVolatile),
        Some(_) if strict => Some(Form::AddColumnDefault),
        Some(_) if column.with_values => Some(Form::AddColumnFilled),
        _ => None,
    };
    // A key or check in the definition of a new column finds no values but the default.
    of_default.or_else(|| checks.into_iter().find(|form| *form == Form::AddClusteredKey)).unwrap_or(Form::Metadata)
}

fn alter_column(change: &ColumnChange, old: Option<&Column>) -> Form {
    let ColumnChange::SetType { data_type, nullable, online, collation, .. } = change else {
        return if *change == ColumnChange::SetNotNull { Form::SetNotNull } else { Form::Metadata };
    };
    let same_collation = collation.is_none() || old.is_some_and(|old| old.collation.is_some());
    let Some(was) = old.and_then(|old| old.data_type.as_ref()) else {
        return if *online { Form::ChangeTypeOnline } else { Form::ChangeType };
    };
    let strict = *nullable == Some(false) && old.is_some_and(|old| old.nullable == Some(true));
    match widens(was, data_type) {
        Some(_) if !same_collation => Form::ChangeType,
        Some(_) if strict => Form::SetNotNull,
        Some(true) => Form::Widen,
        Some(false) => Form::Metadata,
        None if narrows(was, data_type) && same_collation => Form::Narrow,
        None if *online => Form::ChangeTypeOnline,
        None => Form::ChangeType,
    }
}

/// Types whose values take as much room as they are long.
const VARYING: [&str; 3] = ["varchar", "nvarchar", "varbinary"];

fn length(arguments: &[String]) -> Option<u32> {
    arguments.first().and_then(|length| length.trim().parse().ok())
}

/// Whether a type is the shorter one of the same kind: the values stay as they are, if none is too long.
fn narrows(was: &ColumnType, is: &DataType) -> bool {
    let lengths = length(&was.arguments).zip(length(&is.arguments));
    is.name.is(&was.name)
        && VARYING.contains(&was.name.as_str())
        && lengths.is_some_and(|(before, after)| after < before)
}

/// Whether a type is the longer one of the same kind (true) or the same (false); `None` if it is another one.
fn widens(was: &ColumnType, is: &DataType) -> Option<bool> {
    if !(is.name.is(&was.name) || was.name == "int" && is.name.is("integer")) {
        return None;
    }
    let same = was.arguments == is.arguments || is.arguments.is_empty() && !VARYING.contains(&was.name.as_str());
    if same {
        return Some(false);
    }
    let (before, after) = (length(&was.arguments)?, length(&is.arguments)?);
    (VARYING.contains(&was.name.as_str()) && after >= before).then_some(true)
}

fn add_constraint(constraint: &Constraint, checked: Option<bool>) -> Form {
    match &constraint.kind {
        ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique { .. } if constraint.online => Form::AddKeyOnline,
        ConstraintKind::PrimaryKey(_) if constraint.clustered != Some(false) => Form::AddClusteredKey,
        ConstraintKind::Unique { .. } if constraint.clustered == Some(true) => Form::AddClusteredKey,
        ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique { .. } => Form::AddKey,
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check(_) if checked == Some(false) => Form::Uncheck,
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check(_) => Form::CheckRows,
        _ => Form::Metadata,
    }
}
