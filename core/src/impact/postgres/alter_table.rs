//! `ALTER TABLE`: each clause needs a lock, the strongest of them is taken at once, and the work of all follows.

use super::add_column;
use super::add_constraint;
use super::column_type;
use super::doing::{Doing, Subject};
use super::facts::{self, Row, Rows, at};
use super::key;
use super::modes::{ACCESS_EXCLUSIVE, SHARE, SHARE_ROW_EXCLUSIVE, SHARE_UPDATE_EXCLUSIVE};
use super::not_null;
use super::partition;
use crate::catalog::{Column, IdentityKind, Known};
use crate::change::{Alter, AlterAction, ColumnChange, ConstraintKind, Identifier};
use crate::impact::Target;
use crate::text::Casing;

/// What the clauses of an `ALTER TABLE` share.
pub(super) struct Altered<'s, 'a> {
    /// The statement.
    pub(super) alter: &'s Alter,
    /// The table.
    pub(super) subject: Subject<'a>,
    /// The table with its partitions and children, or without where `ONLY` says so.
    pub(super) family: Vec<Subject<'a>>,
}

impl<'a> Altered<'_, 'a> {
    /// A column of the table as it was before.
    pub(super) fn column(&self, doing: &Doing<'a>, column: &Identifier) -> Option<&'a Column> {
        self.subject.relation?.column(&doing.catalog().fold(column)).present()
    }
}

/// `ALTER TABLE`, `ALTER VIEW`, `ALTER MATERIALIZED VIEW` and `ALTER FOREIGN TABLE`.
pub(super) fn alter(doing: &mut Doing<'_>, alter: &Alter) {
    let Some(subject) = alter.name.as_ref().and_then(|name| doing.find(name)) else {
        return super::alter_object::index(doing, alter);
    };
    let family = doing.family(&subject, alter.only);
    let altered = Altered { alter, subject, family };
    refuse_combinations(doing, alter);
    lock(doing, &altered);
    for action in &alter.actions {
        doing.span = action.span;
        work(doing, &altered, &action.what);
    }
}

/// Renames and moves are statements of their own.
fn refuse_combinations(doing: &mut Doing<'_>, alter: &Alter) {
    let alone = |what: &AlterAction| {
        matches!(
            what,
            AlterAction::Rename(_)
                | AlterAction::RenameColumn { .. }
                | AlterAction::RenameConstraint { .. }
                | AlterAction::SetSchema(_)
                | AlterAction::AttachPartition { .. }
                | AlterAction::DetachPartition { .. }
        )
    };
    if let [_, _, ..] = alter.actions.as_slice()
        && let Some(action) = alter.actions.iter().find(|action| alone(&action.what))
    {
        doing.span = action.span;
        doing.refuse("this clause cannot stand with others in one ALTER TABLE");
    }
    for action in &alter.actions {
        if let AlterAction::WorkOnPartition { verb: verb @ ("split" | "merge"), .. } = action.what {
            doing.span = action.span;
            doing.refuse(format!("PostgreSQL {} has no ALTER TABLE … {} PARTITION", doing.major(), verb.upper()));
        }
    }
}

/// The strongest lock that any clause needs, taken on the table first.
fn lock<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>) {
    let rows = altered.alter.actions.iter().map(|action| (row(doing, &action.what), action));
    let rows: Vec<(&'static Row, _)> = rows.collect();
    let Some((strongest, action)) = rows.iter().max_by_key(|(row, _)| row.lock) else { return };
    doing.span = action.span;
    doing.lock(&altered.subject, strongest.lock, &strongest.fact);
    let drops = |what: &AlterAction| matches!(what, AlterAction::DropColumn { .. });
    if rows.iter().any(|(_, action)| drops(&action.what)) {
        // Even with ONLY: the column of each child becomes its own.
        for child in doing.descendants(&altered.subject) {
            doing.lock(&child, strongest.lock, &strongest.fact);
        }
    } else if rows.iter().any(|(row, action)| row.recurses && !ends_at_the_parent(doing, altered, &action.what)) {
        for child in &altered.family[1..] {
            doing.lock(child, strongest.lock, &strongest.fact);
        }
    }
}

/// Whether the parent says that nothing is to be done for the children either.
fn ends_at_the_parent(doing: &Doing<'_>, altered: &Altered<'_, '_>, what: &AlterAction) -> bool {
    let strict =
        |column: &Identifier| altered.column(doing, column).is_some_and(|column| column.nullable == Some(false));
    match what {
        AlterAction::AlterColumn { column, change: ColumnChange::SetNotNull } => {
            altered.subject.target() == Target::Partitioned && strict(column)
        }
        // Since 18 NOT NULL is a constraint: where there is none, nothing is looked for below.
        AlterAction::AlterColumn { column, change: ColumnChange::DropNotNull } => {
            doing.major() >= 18 && !strict(column)
        }
        AlterAction::DropConstraint { name, .. } => key::stays_above(doing, altered, name.last()),
        _ => false,
    }
}

fn row(doing: &Doing<'_>, what: &AlterAction) -> &'static Row {
    at(rows(doing, what), doing.major())
}

/// The table's rows for a clause.
fn rows(doing: &Doing<'_>, what: &AlterAction) -> Rows {
    match what {
        AlterAction::AddColumn { .. } => &facts::ADD_COLUMN,
        AlterAction::DropColumn { .. } => &facts::DROP_COLUMN,
        AlterAction::AlterColumn { change, .. } => of_column(change),
        AlterAction::RenameColumn { .. } => &facts::RENAME_COLUMN,
        AlterAction::AddConstraint { constraint, .. } => match &constraint.kind {
            ConstraintKind::ForeignKey(_) => &facts::ADD_FOREIGN_KEY,
            ConstraintKind::Check(_) if constraint.no_inherit => &facts::ADD_CHECK_NO_INHERIT,
            ConstraintKind::Exclude { .. } => &facts::ADD_EXCLUDE,
            ConstraintKind::NotNull(_) => &facts::ADD_NOT_NULL,
            ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique { .. } => &facts::ADD_KEY,
            _ => &facts::ADD_CHECK,
        },
        AlterAction::ValidateConstraint(_) => &facts::VALIDATE,
        AlterAction::AlterConstraint { .. } => &facts::ALTER_CONSTRAINT,
        AlterAction::DropConstraint { .. } => &facts::DROP_CONSTRAINT,
        AlterAction::RenameConstraint { .. } => &facts::RENAME_CONSTRAINT,
        AlterAction::AttachPartition { .. } => &facts::ATTACH,
        AlterAction::DetachPartition { concurrently, finalize, .. } if *concurrently || *finalize => {
            &facts::DETACH_CONCURRENTLY
        }
        AlterAction::SetOptions { options, .. } => parameters(doing.words(*options)),
        other => of_table(other),
    }
}

fn of_table(what: &AlterAction) -> Rows {
    match what {
        AlterAction::Rename(_) => &facts::RENAME,
        AlterAction::SetSchema(_) => &facts::SET_SCHEMA,
        AlterAction::SetOwner(_) => &facts::SET_OWNER,
        AlterAction::SetTablespace(_) => &facts::SET_TABLESPACE,
        AlterAction::SetLogged(_) => &facts::SET_LOGGED,
        AlterAction::SetAccessMethod(_) => &facts::SET_ACCESS_METHOD,
        AlterAction::ClusterOn(_) => &facts::CLUSTER_ON,
        AlterAction::SetWithoutOids => &facts::SET_WITHOUT_OIDS,
        AlterAction::Inherit(_) | AlterAction::NoInherit(_) => &facts::INHERIT,
        AlterAction::OfType(_) => &facts::OF_TYPE,
        AlterAction::ReplicaIdentity(_) => &facts::REPLICA_IDENTITY,
        AlterAction::RowSecurity(_) => &facts::ROW_SECURITY,
        AlterAction::SwitchTrigger { .. } => &facts::SWITCH_TRIGGER,
        AlterAction::SwitchRule { .. } => &facts::SWITCH_RULE,
        _ => &facts::OTHER_CLAUSE,
    }
}

fn of_column(change: &ColumnChange) -> Rows {
    match change {
        ColumnChange::SetType { .. } => &facts::SET_TYPE,
        ColumnChange::SetDefault(_) | ColumnChange::DropDefault => &facts::SET_DEFAULT,
        ColumnChange::SetNotNull => &facts::SET_NOT_NULL,
        ColumnChange::DropNotNull => &facts::DROP_NOT_NULL,
        ColumnChange::SetExpression(_) | ColumnChange::DropExpression { .. } => &facts::SET_EXPRESSION,
        ColumnChange::AddIdentity { .. } | ColumnChange::SetIdentity | ColumnChange::DropIdentity { .. } => {
            &facts::IDENTITY
        }
        ColumnChange::SetStatistics => &facts::SET_STATISTICS,
        ColumnChange::SetOptions { .. } => &facts::SET_COLUMN_OPTIONS,
        ColumnChange::SetStorage => &facts::SET_STORAGE,
        ColumnChange::SetCompression => &facts::SET_COMPRESSION,
        ColumnChange::SetVisibility { .. } | ColumnChange::SetAttribute(_) => &facts::OTHER_CLAUSE,
    }
}

/// Parameters that queries mind; the manual's "Storage Parameters" leaves their locks out, the measurements do not.
const STRICT: [&str; 8] = [
    "user_catalog_table",
    "security_barrier",
    "security_invoker",
    "check_option",
    "fastupdate",
    "buffering",
    "pages_per_range",
    "autosummarize",
];

/// The lock for `SET (…)`: the strongest that one of the parameters needs.
pub(super) fn parameters(options: &str) -> Rows {
    let lower = options.to_ascii_lowercase();
    if STRICT.iter().any(|strict| lower.contains(strict)) {
        &facts::SET_STRICT_PARAMETERS
    } else {
        &facts::SET_PARAMETERS
    }
}

/// What a clause does besides locking the table.
fn work<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, what: &AlterAction) {
    match what {
        AlterAction::AddColumn { column, if_not_exists } => add_column::add(doing, altered, column, *if_not_exists),
        AlterAction::DropColumn { column, cascade, .. } => key::drop_column(doing, altered, column, *cascade),
        AlterAction::AlterColumn { column, change } => change_column(doing, altered, column, change),
        AlterAction::AddConstraint { constraint, .. } => add_constraint::add(doing, altered, constraint),
        AlterAction::ValidateConstraint(name) => add_constraint::validate(doing, altered, name),
        AlterAction::AlterConstraint { name, enforced, .. } => add_constraint::alter(doing, altered, name, *enforced),
        AlterAction::DropConstraint { name, cascade, .. } => {
            key::drop_constraint(doing, altered, name.last(), *cascade);
        }
        AlterAction::RenameColumn { .. } => {
            refuse_only(doing, altered, "the column must be renamed in the children too");
        }
        AlterAction::RenameConstraint { from, .. } => {
            lock_named(doing, &altered.subject, from, SHARE_UPDATE_EXCLUSIVE);
        }
        AlterAction::SetSchema(_) => sequences(doing, altered),
        AlterAction::SetOwner(_) => owner(doing, altered),
        AlterAction::AttachPartition { partition, default, bound } => {
            partition::attach(doing, altered, partition, *default, *bound);
        }
        AlterAction::DetachPartition { partition, concurrently, .. } => {
            partition::detach(doing, altered, partition, *concurrently);
        }
        AlterAction::Inherit(parent) | AlterAction::NoInherit(parent) => {
            let joins = matches!(what, AlterAction::Inherit(_));
            let mode = if joins { SHARE_UPDATE_EXCLUSIVE } else { super::modes::ACCESS_SHARE };
            if let Some(parent) = doing.find(parent) {
                doing.lock(&parent, mode, &facts::INHERITED[0].fact);
            }
        }
        AlterAction::OfType(Some(name)) => super::types::used(doing, name),
        other => storage(doing, altered, other),
    }
}

fn change_column<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, column: &Identifier, change: &ColumnChange) {
    match change {
        ColumnChange::SetType { data_type, collation, using, .. } => {
            column_type::change(doing, altered, column, data_type, collation.as_ref(), using.as_ref());
        }
        ColumnChange::SetNotNull => not_null::set(doing, altered, column),
        ColumnChange::DropNotNull => not_null::drop(doing, altered, column),
        ColumnChange::SetCompression => doing.since(14, "SET COMPRESSION"),
        ColumnChange::DropExpression { .. } => doing.since(13, "DROP EXPRESSION"),
        ColumnChange::AddIdentity { .. }
            if altered.column(doing, column).is_some_and(|column| column.nullable == Some(true)) =>
        {
            doing.refuse(format!("`{column}` takes NULL: SET NOT NULL before it becomes an identity column"));
        }
        ColumnChange::SetExpression(_) => set_expression(doing, altered, column),
        ColumnChange::SetIdentity => {
            let column = doing.catalog().fold(column);
            key::lock_sequences_in(doing, &altered.subject, Some(&column), SHARE_ROW_EXCLUSIVE);
        }
        ColumnChange::DropIdentity { .. } => {
            let numbered = |kind| matches!(kind, IdentityKind::Always | IdentityKind::ByDefault);
            if altered.column(doing, column).and_then(|column| column.identity).is_some_and(numbered) {
                sequences_of(doing, altered, Some(column));
            }
        }
        ColumnChange::SetStatistics if says_default(doing) => doing.since(17, "SET STATISTICS DEFAULT"),
        ColumnChange::SetStorage if says_default(doing) => doing.since(16, "SET STORAGE DEFAULT"),
        ColumnChange::SetDefault(value) => add_column::functions(doing, value),
        _ => {}
    }
}

fn says_default(doing: &Doing<'_>) -> bool {
    doing.words(doing.span).trim_end().to_ascii_uppercase().ends_with("DEFAULT")
}

/// `ONLY` where the children must follow.
pub(super) fn refuse_only<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, reason: &str) {
    if altered.alter.only && !doing.catalog().children_of(&altered.subject.name).is_empty() {
        doing.refuse(reason);
    }
}

/// A stored column is computed anew, one that is virtual is not.
fn set_expression<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, column: &Identifier) {
    doing.since(17, "SET EXPRESSION");
    let generated = altered.column(doing, column).and_then(|column| column.generated.as_ref());
    if generated.is_some_and(|generated| generated.stored == Some(true)) {
        for member in &altered.family {
            doing.rewrite(member, &facts::STORED_GENERATED);
        }
    }
}

/// The sequences of the table's columns go with it.
fn sequences<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>) {
    sequences_of(doing, altered, None);
}

fn sequences_of<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, column: Option<&Identifier>) {
    let column = column.map(|column| doing.catalog().fold(column));
    key::lock_sequences(doing, &altered.subject, column.as_deref());
}

/// Indexes and sequences have the owner of their table.
fn owner<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>) {
    if matches!(altered.subject.target(), Target::Table | Target::Partitioned | Target::MaterializedView) {
        doing.lock_indexes(&altered.subject, ACCESS_EXCLUSIVE, &facts::OWN_INDEX);
        sequences(doing, altered);
    }
}

/// Clauses about how and where rows are stored.
fn storage<'a>(doing: &mut Doing<'a>, altered: &Altered<'_, 'a>, what: &AlterAction) {
    let subject = &altered.subject;
    match what {
        AlterAction::SetTablespace(space) if !is_default_space(doing, subject, space) && doing.has_rows(subject) => {
            doing.add_rewrite(subject, &facts::COPIED);
        }
        AlterAction::SetLogged(logged) => set_logged(doing, subject, *logged),
        AlterAction::SetAccessMethod(method) => set_access_method(doing, subject, method),
        AlterAction::ClusterOn(Some(index)) => lock_named(doing, subject, index, SHARE_UPDATE_EXCLUSIVE),
        AlterAction::ReplicaIdentity(Some(index)) => lock_named(doing, subject, index, SHARE),
        AlterAction::SetOptions { .. } if subject.target() == Target::Partitioned => {
            doing.refuse("a partitioned table has no storage of its own, and so no storage parameters");
        }
        AlterAction::SwitchTrigger { name, .. } if doing.major() >= 15 && name.is_some() => {
            for child in &altered.family[1..] {
                doing.lock(child, SHARE_ROW_EXCLUSIVE, &facts::SWITCH_TRIGGER[0].fact);
            }
        }
        _ => {}
    }
}

fn is_default_space(doing: &Doing<'_>, subject: &Subject<'_>, space: &Identifier) -> bool {
    let space = doing.catalog().fold(space);
    let now = subject.relation.and_then(|relation| relation.options.get("tablespace"));
    now.map_or("pg_default", String::as_str) == space
}

fn lock_named(doing: &mut Doing<'_>, subject: &Subject<'_>, index: &Identifier, mode: crate::impact::LockMode) {
    let name = doing.catalog().fold(index);
    let found = subject.indexes().find(|index| index.name.as_deref() == Some(&name));
    if let Some(index) = found {
        doing.lock_index(subject, index, mode, &facts::USED_INDEX);
    }
}

fn set_logged<'a>(doing: &mut Doing<'a>, subject: &Subject<'a>, logged: bool) {
    use crate::catalog::Persistence;
    if subject.target() == Target::Partitioned {
        if doing.major() >= 18 {
            doing.refuse("a partitioned table has no rows of its own that could be logged or not");
        }
        return;
    }
    let now = subject.relation.map(|relation| relation.persistence);
    if now == Some(if logged { Persistence::Permanent } else { Persistence::Unlogged }) {
        return;
    }
    let catalog = doing.catalog();
    let logged_too = |name: &_| matches!(catalog.relation(name), Known::Present(other) if other.persistence == Persistence::Permanent);
    if !logged
        && catalog
            .referencing(&subject.name)
            .iter()
            .any(|(owner, _)| logged_too(&owner.name) && owner.name != subject.name)
    {
        doing.refuse(format!("`{}` is referenced by a table that is logged", subject.name));
        return;
    }
    doing.rewrite(subject, &facts::REWRITTEN);
    key::lock_sequences(doing, subject, None);
}

fn set_access_method(doing: &mut Doing<'_>, subject: &Subject<'_>, method: &Identifier) {
    doing.since(15, "SET ACCESS METHOD");
    if subject.target() == Target::Partitioned {
        if doing.major() < 17 {
            doing.refuse("the access method of a partitioned table can be set from PostgreSQL 17 on");
        }
        return;
    }
    let now = subject.relation.and_then(|relation| relation.options.get("using")).map_or("heap", String::as_str);
    if doing.catalog().fold(method) != now {
        doing.rewrite(subject, &facts::REWRITTEN);
    }
}
