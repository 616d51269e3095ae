//! Which forms the clauses of `ALTER TABLE` come down to.

use super::forms::Form;
use crate::catalog::{Column, ColumnType, Relation};
use crate::change::{AlterAction, ColumnDefinition, Constraint, ConstraintKind, DataType, Expression, Volatility};
use crate::impact::Situation;

/// The form of an action on a table.
pub(super) fn action(action: &AlterAction, table: Option<&Relation>, situation: &Situation<'_>) -> Form {
    match action {
        AlterAction::AddColumn { column, .. } => add_column(column),
        AlterAction::ModifyColumn { column, .. } => {
            let name = situation.catalog.fold(&column.name);
            let old = table.and_then(|table| table.columns.iter().find(|column| column.name == name));
            modify(column, old)
        }
        AlterAction::AddConstraint { constraint, .. } => add_constraint(constraint),
        AlterAction::ValidateConstraint(_) => Form::ValidateLater,
        AlterAction::SwitchConstraint { enabled: true, validated, .. } if *validated != Some(false) => Form::Validate,
        AlterAction::SwitchConstraint { enabled: true, .. } => Form::Unvalidated,
        AlterAction::DropColumn { .. } | AlterAction::DropUnusedColumns => Form::DropColumn,
        AlterAction::SetUnused { online: true, .. } => Form::MetadataOnline,
        AlterAction::Move { online } => moves(*online),
        AlterAction::Rebuild { online: true } => Form::BuildOnline,
        AlterAction::Rebuild { online: false } => Form::BuildIndex,
        AlterAction::Shrink => Form::Shrink,
        AlterAction::TruncatePartition { .. } => Form::Truncate,
        AlterAction::ExchangePartition { .. } => Form::Exchange,
        AlterAction::PartitionBy(_) => Form::Move,
        AlterAction::WorkOnPartition { verb, .. } => match *verb {
            "rename" => Form::Metadata,
            _ => Form::Move,
        },
        _ => Form::Metadata,
    }
}

fn moves(online: bool) -> Form {
    if online { Form::MoveOnline } else { Form::Move }
}

/// Functions that give one value for all rows of a statement.
const STEADY: [&str; 6] = ["sysdate", "systimestamp", "user", "to_date", "to_timestamp", "sys_context"];

fn varies(default: &Expression) -> bool {
    let steady = |name: &crate::change::Name| STEADY.iter().any(|known| name.is(known));
    default.volatility == Volatility::Volatile || !default.functions.iter().all(steady)
}

fn add_column(column: &ColumnDefinition) -> Form {
    let named = |constraint: &Constraint| matches!(constraint.kind, ConstraintKind::NotNull(_));
    let strict = column.nullable == Some(false) || column.constraints.iter().any(named);
    match &column.default {
        _ if column.identity.is_some() => Form::AddNumbered,
        Some(default) if varies(default) => Form::AddColumnVolatile,
        Some(_) if strict => Form::AddColumnStrictDefault,
        Some(_) => Form::AddColumnDefault,
        None => Form::Metadata,
    }
}

fn modify(column: &ColumnDefinition, old: Option<&Column>) -> Form {
    let named = |constraint: &Constraint| matches!(constraint.kind, ConstraintKind::NotNull(_));
    let strict = column.nullable == Some(false) || column.constraints.iter().any(named);
    let was = old.and_then(|old| old.data_type.as_ref());
    match (&column.data_type, was) {
        (Some(is), Some(was)) if !grows(was, is) => Form::ChangeType,
        (Some(_), None) => Form::ChangeType,
        _ if strict && old.is_none_or(|old| old.nullable != Some(false)) => Form::SetNotNull,
        _ => Form::Metadata,
    }
}

/// Whether a type has room for all that the other one has room for, and is of the same kind.
fn grows(was: &ColumnType, is: &DataType) -> bool {
    let name = if is.name.is("varchar") { "varchar2" } else { is.name.last().text.as_str() };
    if !name.eq_ignore_ascii_case(&was.name) {
        return false;
    }
    let number = |text: &String| text.split_whitespace().next().and_then(|digits| digits.parse::<u32>().ok());
    let length = |arguments: &[String], at: usize| arguments.get(at).and_then(number).unwrap_or(0);
    if was.arguments.is_empty() || is.arguments.is_empty() {
        return is.arguments.is_empty();
    }
    let scales = (length(&was.arguments, 1), length(&is.arguments, 1));
    let whole = (length(&was.arguments, 0).saturating_sub(scales.0), length(&is.arguments, 0).saturating_sub(scales.1));
    scales.1 >= scales.0 && whole.1 >= whole.0
}

fn add_constraint(constraint: &Constraint) -> Form {
    match &constraint.kind {
        _ if constraint.not_valid || constraint.enforced == Some(false) => Form::Unvalidated,
        ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique { .. } if constraint.using_index.is_none() => {
            Form::BuildIndex
        }
        _ => Form::Validate,
    }
}
