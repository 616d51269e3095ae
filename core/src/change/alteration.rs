//! What `ALTER` asks of an object: one action each.

use super::column::ColumnDefinition;
use super::constraint::Constraint;
use super::data_type::DataType;
use super::expression::Expression;
use super::index::Index;
use super::name::{Identifier, Name};
use super::object::ObjectKind;
use super::partitioning::PartitionBy;
use super::table_option::TableOption;
use crate::text::Span;

/// `ALTER` of any object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Alter {
    /// What kind of object.
    pub kind: ObjectKind,
    /// Its name; `None` where there is only one (`ALTER SYSTEM`), or all are meant.
    pub name: Option<Name>,
    /// The table it belongs to: `ALTER TRIGGER a ON table`, SQL Server's `ALTER INDEX a ON table`.
    pub table: Option<Name>,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// `ONLY`: not its partitions and children.
    pub only: bool,
    /// What is done to it, in order.
    pub actions: Vec<Action>,
    /// MySQL's `ALGORITHM`.
    pub algorithm: Option<Identifier>,
    /// MySQL's `LOCK`.
    pub lock: Option<Identifier>,
    /// How long to wait for a lock: MariaDB's `WAIT n` and `NOWAIT`, as written.
    pub wait: Option<Span>,
}

/// One action of an `ALTER`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Action {
    /// What is done.
    pub what: AlterAction,
    /// Where it stands.
    pub span: Span,
}

/// What an action of `ALTER` does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum AlterAction {
    /// `ADD COLUMN`; also an attribute of a composite type.
    AddColumn { column: Box<ColumnDefinition>, if_not_exists: bool },
    /// `DROP COLUMN`; also an attribute of a composite type.
    DropColumn { column: Identifier, if_exists: bool, cascade: bool },
    /// `ALTER COLUMN`.
    AlterColumn { column: Identifier, change: ColumnChange },
    /// What `ALTER COLUMN` does to a column, done to a domain.
    AlterDomain(ColumnChange),
    /// MySQL's and Oracle's `MODIFY`, MySQL's `CHANGE` (with the old name): the whole column anew.
    ModifyColumn { from: Option<Identifier>, column: Box<ColumnDefinition>, if_exists: bool },
    /// `RENAME COLUMN`; also an attribute of a composite type.
    RenameColumn { from: Identifier, to: Identifier },
    /// Oracle's `SET UNUSED`.
    SetUnused { columns: Vec<Identifier>, online: bool },
    /// Oracle's `DROP UNUSED COLUMNS`.
    DropUnusedColumns,
    /// `ADD CONSTRAINT`. `checked` is SQL Server's `WITH [NO]CHECK`.
    AddConstraint { constraint: Box<Constraint>, checked: Option<bool>, if_not_exists: bool },
    /// `VALIDATE CONSTRAINT`.
    ValidateConstraint(Identifier),
    /// `ALTER CONSTRAINT`: `DEFERRABLE`, `ENFORCED`, `[NO] INHERIT`.
    AlterConstraint { name: Identifier, deferrable: Option<bool>, enforced: Option<bool>, inherit: Option<bool> },
    /// `DROP CONSTRAINT`, MySQL's `DROP FOREIGN KEY` and `DROP CHECK`.
    DropConstraint { name: Name, if_exists: bool, cascade: bool },
    /// `DROP PRIMARY KEY`.
    DropPrimaryKey,
    /// `RENAME CONSTRAINT`.
    RenameConstraint { from: Identifier, to: Identifier },
    /// SQL Server's `CHECK CONSTRAINT` and `NOCHECK CONSTRAINT`, Oracle's `ENABLE` and `DISABLE`. No name means all;
    /// `validated` says whether the existing rows are checked, where it is said.
    SwitchConstraint { name: Option<Identifier>, enabled: bool, validated: Option<bool> },
    /// `ADD INDEX`.
    AddIndex(Box<Index>),
    /// `DROP INDEX` inside `ALTER TABLE`.
    DropIndex { name: Identifier, if_exists: bool },
    /// `RENAME INDEX` inside `ALTER TABLE`.
    RenameIndex { from: Identifier, to: Identifier },
    /// `ALTER INDEX … [IN]VISIBLE`.
    SetIndexVisibility { name: Option<Identifier>, visible: bool },
    /// `RENAME TO`.
    Rename(Name),
    /// `SET SCHEMA`, SQL Server's `TRANSFER`.
    SetSchema(Identifier),
    /// `OWNER TO`.
    SetOwner(Name),
    /// `ATTACH PARTITION`, of a table or an index.
    AttachPartition { partition: Name, default: bool, bound: Option<Span> },
    /// `DETACH PARTITION`.
    DetachPartition { partition: Name, concurrently: bool, finalize: bool },
    /// `ADD PARTITION`.
    AddPartition,
    /// `DROP PARTITION`.
    DropPartition { partitions: Vec<Name>, update_indexes: bool },
    /// `TRUNCATE PARTITION`.
    TruncatePartition { partitions: Vec<Name>, update_indexes: bool },
    /// `EXCHANGE PARTITION … WITH TABLE`, SQL Server's `SWITCH … TO`.
    ExchangePartition { table: Name, validated: Option<bool>, update_indexes: bool },
    /// Any other work on partitions, by its verb in lower case: `reorganize`, `split`, `merge`, `coalesce`, `rebuild`.
    WorkOnPartition { verb: &'static str, partitions: Vec<Name>, update_indexes: bool },
    /// `PARTITION BY`.
    PartitionBy(PartitionBy),
    /// `REMOVE PARTITIONING`.
    RemovePartitioning,
    /// `SET TABLESPACE`.
    SetTablespace(Identifier),
    /// `SET LOGGED` and `SET UNLOGGED`.
    SetLogged(bool),
    /// `SET ACCESS METHOD`.
    SetAccessMethod(Identifier),
    /// `CLUSTER ON index`; `None` is `SET WITHOUT CLUSTER`.
    ClusterOn(Option<Identifier>),
    /// `SET WITHOUT OIDS`.
    SetWithoutOids,
    /// `INHERIT`.
    Inherit(Name),
    /// `NO INHERIT`.
    NoInherit(Name),
    /// `OF type`; `None` is `NOT OF`.
    OfType(Option<Name>),
    /// `REPLICA IDENTITY`, with the index where one is named.
    ReplicaIdentity(Option<Identifier>),
    /// `ENABLE`, `DISABLE`, `FORCE` and `NO FORCE ROW LEVEL SECURITY`, by their words in lower case.
    RowSecurity(&'static str),
    /// `ENABLE` and `DISABLE TRIGGER`; no name means `ALL` or `USER`.
    SwitchTrigger { name: Option<Identifier>, enabled: bool },
    /// `ENABLE` and `DISABLE RULE`.
    SwitchRule { name: Identifier, enabled: bool },
    /// `SET (…)` and `RESET (…)`.
    SetOptions { reset: bool, options: Span },
    /// MySQL's table options, one each: engine, row format, comment, `AUTO_INCREMENT`.
    SetOption(TableOption),
    /// `CONVERT TO CHARACTER SET`.
    ConvertCharacterSet { character_set: Identifier, collation: Option<Name> },
    /// `FORCE`: rebuild.
    Force,
    /// MySQL's `ORDER BY`.
    OrderBy,
    /// MySQL's `ENABLE KEYS` and `DISABLE KEYS`.
    SwitchKeys { enabled: bool },
    /// `DISCARD TABLESPACE` and `IMPORT TABLESPACE`.
    ImportTablespace { discard: bool },
    /// MariaDB's and SQL Server's `ADD` and `DROP SYSTEM VERSIONING`, `PERIOD FOR SYSTEM_TIME`.
    SystemVersioning { add: bool },
    /// `REBUILD`, of a table or an index.
    Rebuild { online: bool },
    /// SQL Server's `REORGANIZE`.
    Reorganize,
    /// SQL Server's `ALTER INDEX … DISABLE`, Oracle's `UNUSABLE`.
    DisableIndex,
    /// Oracle's `MOVE`.
    Move { online: bool },
    /// Oracle's `SHRINK SPACE`.
    Shrink,
    /// `ADD VALUE` of an enum, with its place: before (true) or after another.
    AddValue { value: Identifier, if_not_exists: bool, place: Option<(bool, Identifier)> },
    /// `RENAME VALUE` of an enum.
    RenameValue { from: Identifier, to: Identifier },
    /// The options of a sequence.
    SetSequence(Span),
    /// Members of a publication or an extension, by the verb in lower case: `add`, `drop`, `set`.
    Members { verb: &'static str, members: Vec<Name> },
    /// Anything else that is known and touches neither rows nor what other statements see, by its words in lower case.
    SetAttribute(String),
    /// Not understood; the words it begins with.
    Opaque(String),
}

/// What is done to a column or a domain.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum ColumnChange {
    /// `TYPE`; SQL Server's and H2's `ALTER COLUMN c type` with what follows it.
    SetType {
        data_type: Box<DataType>,
        collation: Option<Name>,
        using: Option<Expression>,
        nullable: Option<bool>,
        online: bool,
    },
    /// `SET DEFAULT`.
    SetDefault(Expression),
    /// `DROP DEFAULT`.
    DropDefault,
    /// `SET NOT NULL`.
    SetNotNull,
    /// `DROP NOT NULL`, H2's `SET NULL`.
    DropNotNull,
    /// `SET EXPRESSION`.
    SetExpression(Span),
    /// `DROP EXPRESSION`.
    DropExpression { if_exists: bool },
    /// `ADD GENERATED … AS IDENTITY`.
    AddIdentity { always: bool },
    /// `SET GENERATED`, `RESTART` and the options of an identity's sequence.
    SetIdentity,
    /// `DROP IDENTITY`.
    DropIdentity { if_exists: bool },
    /// `SET STATISTICS`.
    SetStatistics,
    /// `SET STORAGE`.
    SetStorage,
    /// `SET COMPRESSION`.
    SetCompression,
    /// `SET (…)` and `RESET (…)`.
    SetOptions { reset: bool },
    /// `SET VISIBLE` and `SET INVISIBLE`.
    SetVisibility { visible: bool },
    /// Anything else that is known, by its words in lower case.
    SetAttribute(String),
}

impl ColumnChange {
    /// Its name as reports and fixtures spell it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::SetType { .. } => "alter-type",
            Self::SetDefault(_) => "set-default",
            Self::DropDefault => "drop-default",
            Self::SetNotNull => "set-not-null",
            Self::DropNotNull => "drop-not-null",
            Self::SetExpression(_) => "set-expression",
            Self::DropExpression { .. } => "drop-expression",
            Self::AddIdentity { .. } => "add-identity",
            Self::SetIdentity => "set-identity",
            Self::DropIdentity { .. } => "drop-identity",
            Self::SetStatistics => "set-statistics",
            Self::SetStorage => "set-storage",
            Self::SetCompression => "set-compression",
            Self::SetOptions { .. } => "set-column-options",
            Self::SetVisibility { .. } => "set-column-visibility",
            Self::SetAttribute(_) => "set-column-attribute",
        }
    }
}

impl AlterAction {
    /// Its name as reports and fixtures spell it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::AddColumn { .. } => "add-column",
            Self::DropColumn { .. } => "drop-column",
            Self::AlterColumn { change, .. } | Self::AlterDomain(change) => change.as_str(),
            Self::ModifyColumn { from: Some(_), .. } => "change-column",
            Self::ModifyColumn { .. } => "modify-column",
            Self::RenameColumn { .. } => "rename-column",
            Self::SetUnused { .. } => "set-unused",
            Self::DropUnusedColumns => "drop-unused-columns",
            Self::AddConstraint { .. } => "add-constraint",
            Self::ValidateConstraint(_) => "validate-constraint",
            Self::AlterConstraint { .. } => "alter-constraint",
            Self::DropConstraint { .. } => "drop-constraint",
            Self::DropPrimaryKey => "drop-primary-key",
            Self::RenameConstraint { .. } => "rename-constraint",
            Self::SwitchConstraint { enabled: true, .. } => "enable-constraint",
            Self::SwitchConstraint { .. } => "disable-constraint",
            Self::AddIndex(_) => "add-index",
            Self::DropIndex { .. } => "drop-index",
            Self::RenameIndex { .. } => "rename-index",
            Self::SetIndexVisibility { .. } => "set-index-visibility",
            Self::Rename(_) => "rename",
            Self::SetSchema(_) => "set-schema",
            Self::SetOwner(_) => "set-owner",
            Self::AttachPartition { .. } => "attach-partition",
            Self::DetachPartition { .. } => "detach-partition",
            Self::AddPartition => "add-partition",
            Self::DropPartition { .. } => "drop-partition",
            Self::TruncatePartition { .. } => "truncate-partition",
            Self::ExchangePartition { .. } => "exchange-partition",
            Self::WorkOnPartition { .. } => "work-on-partition",
            Self::PartitionBy(_) => "partition-by",
            Self::RemovePartitioning => "remove-partitioning",
            Self::SetTablespace(_) => "set-tablespace",
            Self::SetLogged(true) => "set-logged",
            Self::SetLogged(false) => "set-unlogged",
            Self::SetAccessMethod(_) => "set-access-method",
            Self::ClusterOn(Some(_)) => "cluster-on",
            Self::ClusterOn(None) => "set-without-cluster",
            other => other.rarer(),
        }
    }

    fn rarer(&self) -> &'static str {
        match self {
            Self::SetWithoutOids => "set-without-oids",
            Self::Inherit(_) => "inherit",
            Self::NoInherit(_) => "no-inherit",
            Self::OfType(Some(_)) => "of-type",
            Self::OfType(None) => "not-of-type",
            Self::ReplicaIdentity(_) => "replica-identity",
            Self::RowSecurity(_) => "row-level-security",
            Self::SwitchTrigger { enabled: true, .. } => "enable-trigger",
            Self::SwitchTrigger { .. } => "disable-trigger",
            Self::SwitchRule { enabled: true, .. } => "enable-rule",
            Self::SwitchRule { .. } => "disable-rule",
            Self::SetOptions { reset: false, .. } => "set-options",
            Self::SetOptions { .. } => "reset-options",
            Self::SetOption(_) => "set-table-option",
            Self::ConvertCharacterSet { .. } => "convert-character-set",
            Self::Force => "force",
            Self::OrderBy => "order-by",
            Self::SwitchKeys { enabled: true } => "enable-keys",
            Self::SwitchKeys { .. } => "disable-keys",
            Self::ImportTablespace { discard: true } => "discard-tablespace",
            Self::ImportTablespace { .. } => "import-tablespace",
            Self::SystemVersioning { add: true } => "add-system-versioning",
            Self::SystemVersioning { .. } => "drop-system-versioning",
            Self::Rebuild { .. } => "rebuild",
            Self::Reorganize => "reorganize",
            Self::DisableIndex => "disable",
            Self::Move { .. } => "move",
            Self::Shrink => "shrink",
            Self::AddValue { .. } => "add-value",
            Self::RenameValue { .. } => "rename-value",
            Self::SetSequence(_) => "set-sequence",
            Self::Members { .. } => "set-members",
            Self::SetAttribute(_) => "set-attribute",
            _ => "opaque",
        }
    }

    /// The column, constraint, index or partition it is about.
    #[must_use]
    pub fn subject(&self) -> Option<String> {
        let name = match self {
            Self::AddColumn { column, .. } | Self::ModifyColumn { column, from: None, .. } => &column.name,
            Self::DropColumn { column, .. } | Self::AlterColumn { column, .. } => column,
            Self::ModifyColumn { from: Some(from), .. }
            | Self::RenameColumn { from, .. }
            | Self::RenameConstraint { from, .. }
            | Self::RenameIndex { from, .. }
            | Self::RenameValue { from, .. } => from,
            Self::AddConstraint { constraint, .. } => constraint.name.as_ref()?,
            Self::ValidateConstraint(name)
            | Self::SetSchema(name)
            | Self::SetTablespace(name)
            | Self::SetAccessMethod(name)
            | Self::AlterConstraint { name, .. }
            | Self::DropIndex { name, .. }
            | Self::SwitchRule { name, .. } => name,
            Self::SwitchConstraint { name, .. }
            | Self::SetIndexVisibility { name, .. }
            | Self::SwitchTrigger { name, .. } => name.as_ref()?,
            Self::AddIndex(index) => return index.name.as_ref().map(ToString::to_string),
            Self::SetUnused { columns, .. } => columns.first()?,
            Self::AddValue { value, .. } => value,
            Self::DropConstraint { name, .. }
            | Self::Rename(name)
            | Self::SetOwner(name)
            | Self::Inherit(name)
            | Self::NoInherit(name)
            | Self::AttachPartition { partition: name, .. }
            | Self::DetachPartition { partition: name, .. }
            | Self::ExchangePartition { table: name, .. } => return Some(name.to_string()),
            Self::SetOption(option) => return Some(option.name.clone()),
            _ => return None,
        };
        Some(name.text.clone())
    }
}
