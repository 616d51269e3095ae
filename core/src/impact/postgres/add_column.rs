//! `ADD COLUMN`: whether the rows that are there can stay as they are.

use super::add_constraint;
use super::alter_table::{Altered, refuse_only};
use super::doing::Doing;
use super::facts;
use super::modes::ROW_EXCLUSIVE;
use crate::catalog::{Known, Rows, TypeKind};
use crate::change::{ColumnDefinition, Constraint, ConstraintKind, Expression, Name, ObjectKind, Volatility};
use crate::impact::{Fact, Target};

/// Functions of the server that give another value for each row. Source: `provolatile` in `pg_proc` of PostgreSQL 18.
const VOLATILE: [&str; 15] = [
    "nextval",
    "random",
    "random_normal",
    "gen_random_uuid",
    "uuidv4",
    "uuidv7",
    "uuid_generate_v1",
    "uuid_generate_v1mc",
    "uuid_generate_v4",
    "clock_timestamp",
    "timeofday",
    "setval",
    "gen_random_bytes",
    "lastval",
    "currval",
];

/// Functions that a major version brought, and the extension that had them before.
const ARRIVED: [(&str, u16, Option<&str>); 6] = [
    ("gen_random_uuid", 13, Some("pgcrypto")),
    ("uuidv7", 18, None),
    ("uuidv4", 18, None),
    ("random_normal", 16, None),
    ("array_shuffle", 16, None),
    ("date_add", 16, None),
];

/// A column is added to the table and its partitions.
pub(super) fn add<'a>(
    doing: &mut Doing<'a>,
    altered: &Altered<'_, 'a>,
    column: &ColumnDefinition,
    if_not_exists: bool,
) {
    if if_not_exists && altered.column(doing, &column.name).is_some() {
        return;
    }
    refuse(doing, altered, column);
    if let Some(default) = &column.default {
        functions(doing, default);
        next_values(doing, default);
    }
    let rewrite = rewrites(doing, column);
    if let Some(fact) = rewrite {
        for member in &altered.family {
            doing.rewrite(member, fact);
        }
    }
    let computed = column.generated.is_some() && rewrite.is_none();
    if computed && !takes_null(column) {
        altered.family.iter().for_each(|member| doing.scan(member, &facts::NOT_NULL_SCAN));
    }
    for constraint in &column.constraints {
        constrain(doing, altered, column, constraint, rewrite.is_some());
    }
}

/// Why the rows are written anew, if they are.
fn rewrites(doing: &Doing<'_>, column: &ColumnDefinition) -> Option<&'static Fact> {
    if column.is_serial() || column.identity.is_some() {
        return Some(&facts::SERIAL_COLUMN);
    }
    if let Some(generated) = &column.generated {
        let stored = generated.stored.unwrap_or(doing.major() < 18);
        return stored.then_some(&facts::STORED_GENERATED);
    }
    if column.default.as_ref().is_some_and(|default| is_volatile(doing, default)) {
        return Some(&facts::VOLATILE_DEFAULT);
    }
    let domain = column.data_type.as_ref().map(|data_type| doing.catalog().type_name(&data_type.name));
    domain.is_some_and(|domain| doing.catalog().has_checks(&domain)).then_some(&facts::CONSTRAINED_DOMAIN)
}

/// Whether an expression gives another value for each row, as far as the scripts tell.
pub(super) fn is_volatile(doing: &Doing<'_>, expression: &Expression) -> bool {
    expression.volatility != Volatility::Constant
        && expression.functions.iter().any(|function| function_is_volatile(doing, function))
}

fn function_is_volatile(doing: &Doing<'_>, function: &Name) -> bool {
    match doing.catalog().routine(function) {
        // A function is volatile unless it says otherwise.
        Known::Present(routine) => routine.volatility.as_deref().is_none_or(|volatility| volatility == "volatile"),
        _ => VOLATILE.iter().any(|known| function.last().text.eq_ignore_ascii_case(known)),
    }
}

/// Refuses functions that the server does not have yet.
pub(super) fn functions(doing: &mut Doing<'_>, expression: &Expression) {
    for function in &expression.functions {
        let arrived = ARRIVED.iter().find(|(name, ..)| function.last().text.eq_ignore_ascii_case(name));
        let Some((name, since, extension)) = arrived else { continue };
        let catalog = doing.catalog();
        let has = |extension: &str| {
            let name =
                Name::from(crate::change::Identifier { text: extension.into(), quoted: false, span: doing.span });
            !catalog.other(ObjectKind::Extension, &name).is_absent()
        };
        if catalog.routine(function).is_absent() && !extension.is_some_and(has) {
            doing.since(*since, &format!("function {name}()"));
        }
    }
}

/// `nextval('name')` takes a number for each row.
fn next_values(doing: &mut Doing<'_>, expression: &Expression) {
    if expression.functions.iter().any(|function| function.last().is("nextval")) {
        for name in super::query::sequence_names(doing, expression.span) {
            if let Some(sequence) = doing.lookup(&name) {
                doing.lock(&sequence, ROW_EXCLUSIVE, &facts::NEXT_VALUE);
            }
        }
    }
}

fn constrain<'a>(
    doing: &mut Doing<'a>,
    altered: &Altered<'_, 'a>,
    column: &ColumnDefinition,
    constraint: &Constraint,
    rewritten: bool,
) {
    match &constraint.kind {
        ConstraintKind::ForeignKey(key) => {
            let holds_values = rewritten || column.default.as_ref().is_some_and(|default| !is_null(doing, default));
            add_constraint::reference(doing, altered, key, holds_values && constraint.enforced != Some(false));
        }
        ConstraintKind::Check(_) if constraint.enforced != Some(false) => {
            for member in &altered.family {
                doing.scan(member, &facts::CHECK_SCAN);
            }
        }
        ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique { .. } => {
            add_constraint::build(doing, altered, &facts::KEY_BUILD);
        }
        _ => {}
    }
}

fn is_null(doing: &Doing<'_>, default: &Expression) -> bool {
    doing.words(default.span).eq_ignore_ascii_case("NULL")
}

/// What the server does not take.
fn refuse<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, column: &ColumnDefinition) {
    if let Some(generated) = &column.generated
        && generated.stored != Some(true)
    {
        doing.since(18, "virtual generated column");
    }
    if says_storage(doing, column) {
        doing.since(16, "STORAGE in ADD COLUMN");
    }
    if column.constraints.iter().any(|constraint| constraint.not_valid) {
        doing.refuse("NOT VALID cannot stand in a column's definition: add the constraint by itself");
    }
    if column.identity.is_some() && altered.subject.target() == Target::Partitioned {
        doing.since(17, "identity column of a partitioned table");
    }
    let Some(relation) = altered.subject.relation else { return };
    if relation.of_type.is_some() {
        doing.refuse(format!("`{}` is a table of a type: its columns are the type's", relation.name));
    }
    if relation.partition_of.is_some() {
        doing.refuse(format!("`{}` is a partition: add the column to its parent", relation.name));
    }
    refuse_only(doing, altered, "the column must be added to the children too: leave ONLY out");
    let holds_rows = altered.family.iter().any(|member| {
        member.target() != Target::Partitioned && member.relation.is_some_and(|relation| relation.rows == Rows::Some)
    });
    if holds_rows && !takes_null(column) && !has_value(doing, column) {
        doing.refuse(format!("`{}` holds rows, which would have NULL in `{}`", relation.name, column.name));
    }
}

fn takes_null(column: &ColumnDefinition) -> bool {
    let key = |constraint: &Constraint| matches!(constraint.kind, ConstraintKind::PrimaryKey(_));
    column.nullable != Some(false) && !column.constraints.iter().any(key)
}

fn has_value(doing: &Doing<'_>, column: &ColumnDefinition) -> bool {
    column.default.as_ref().is_some_and(|default| !is_null(doing, default))
        || column.identity.is_some()
        || column.generated.is_some()
        || column.is_serial()
        || column.data_type.as_ref().is_some_and(|data_type| has_default(doing, &data_type.name))
}

/// Whether a type is a domain with a default of its own, or not known.
fn has_default(doing: &Doing<'_>, name: &Name) -> bool {
    match doing.catalog().type_named(name) {
        Known::Present(found) => matches!(&found.kind, TypeKind::Domain { default: Some(_), .. }),
        _ => false,
    }
}

fn says_storage(doing: &Doing<'_>, column: &ColumnDefinition) -> bool {
    let words = doing.words(column.span);
    words.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("STORAGE"))
}
