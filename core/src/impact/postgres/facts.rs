//! What PostgreSQL does, as tables: the lock of each clause of `ALTER TABLE`, whether it goes on to partitions and
//! children, and why rows are read or written anew.
//!
//! Measured on 12 to 18 (`tests/oracle/postgres.jsonl`) unless a row names its page of the manual.

use super::modes::{ACCESS_EXCLUSIVE, SHARE, SHARE_ROW_EXCLUSIVE, SHARE_UPDATE_EXCLUSIVE};
use crate::impact::{Fact, LockMode};

/// How a clause locks its table from a major version on.
pub(super) struct Row {
    since: u16,
    pub(super) lock: LockMode,
    /// Whether partitions and children are locked too.
    pub(super) recurses: bool,
    pub(super) fact: Fact,
}

/// The rows of one clause, the oldest version first.
pub(super) type Rows = &'static [Row];

/// The row that holds for a major version.
pub(super) fn at(rows: Rows, major: u16) -> &'static Row {
    rows.iter().rev().find(|row| row.since <= major).unwrap_or(&rows[0])
}

const MEASURED: &str = "measured on PostgreSQL 12 to 18";

const fn fact(name: &'static str, reason: &'static str) -> Fact {
    Fact { name, reason, source: MEASURED }
}

const fn row(since: u16, lock: LockMode, recurses: bool, name: &'static str, reason: &'static str) -> Row {
    Row { since, lock, recurses, fact: fact(name, reason) }
}

/// A clause that locks the table and its partitions and children, in all versions.
const fn all(lock: LockMode, name: &'static str, reason: &'static str) -> [Row; 1] {
    [row(0, lock, true, name, reason)]
}

/// A clause that locks the named table only, in all versions.
const fn only(lock: LockMode, name: &'static str, reason: &'static str) -> [Row; 1] {
    [row(0, lock, false, name, reason)]
}

pub(super) static ADD_COLUMN: [Row; 1] =
    all(ACCESS_EXCLUSIVE, "add-column", "a column is added to the table's definition");
pub(super) static DROP_COLUMN: [Row; 1] =
    all(ACCESS_EXCLUSIVE, "drop-column", "a column is taken from the table's definition");
pub(super) static RENAME_COLUMN: [Row; 1] = all(ACCESS_EXCLUSIVE, "rename", "a name changes that queries use");
pub(super) static SET_DEFAULT: [Row; 1] = all(ACCESS_EXCLUSIVE, "set-default", "what new rows get by default changes");
pub(super) static SET_NOT_NULL: [Row; 1] = all(ACCESS_EXCLUSIVE, "set-not-null", "a column no longer takes NULL");
pub(super) static SET_TYPE: [Row; 1] = all(ACCESS_EXCLUSIVE, "alter-type", "the type of a column changes");
pub(super) static SET_EXPRESSION: [Row; 1] =
    all(ACCESS_EXCLUSIVE, "generated-column", "how a column is generated changes");
pub(super) static SET_STATISTICS: [Row; 1] =
    all(SHARE_UPDATE_EXCLUSIVE, "statistics-target", "only what ANALYZE collects changes");
pub(super) static SET_COLUMN_OPTIONS: [Row; 1] =
    only(SHARE_UPDATE_EXCLUSIVE, "column-options", "only what the planner is told changes");
pub(super) static SET_STORAGE: [Row; 1] = all(ACCESS_EXCLUSIVE, "column-storage", "how new values are stored changes");
pub(super) static SET_COMPRESSION: [Row; 1] =
    only(ACCESS_EXCLUSIVE, "column-compression", "how new values are compressed changes");
pub(super) static ADD_CHECK: [Row; 1] = all(ACCESS_EXCLUSIVE, "add-check", "what rows must fulfil changes");
pub(super) static ADD_FOREIGN_KEY: [Row; 1] =
    all(SHARE_ROW_EXCLUSIVE, "add-foreign-key", "both tables get triggers that keep the foreign key");
pub(super) static ADD_KEY: [Row; 1] =
    only(ACCESS_EXCLUSIVE, "add-key", "the index of the constraint is built under the lock of ALTER TABLE");
pub(super) static ADD_EXCLUDE: [Row; 1] =
    only(ACCESS_EXCLUSIVE, "add-exclude", "the index of the constraint is built under the lock of ALTER TABLE");
pub(super) static ADD_NOT_NULL: [Row; 1] = all(ACCESS_EXCLUSIVE, "set-not-null", "a column no longer takes NULL");
pub(super) static VALIDATE: [Row; 1] =
    all(SHARE_UPDATE_EXCLUSIVE, "validate-constraint", "rows are checked while others read and write");
pub(super) static ALTER_CONSTRAINT: [Row; 1] =
    all(ACCESS_EXCLUSIVE, "alter-constraint", "how a constraint is kept changes");
pub(super) static DROP_CONSTRAINT: [Row; 1] = all(ACCESS_EXCLUSIVE, "drop-constraint", "what rows must fulfil changes");
pub(super) static RENAME: [Row; 1] = only(ACCESS_EXCLUSIVE, "rename", "a name changes that queries use");
pub(super) static RENAME_CONSTRAINT: [Row; 1] = all(ACCESS_EXCLUSIVE, "rename", "the name of a constraint changes");
pub(super) static SET_SCHEMA: [Row; 1] = only(ACCESS_EXCLUSIVE, "set-schema", "a name changes that queries use");
pub(super) static SET_OWNER: [Row; 1] = only(ACCESS_EXCLUSIVE, "set-owner", "who owns the table changes");
pub(super) static SET_TABLESPACE: [Row; 1] = only(ACCESS_EXCLUSIVE, "set-tablespace", "the file moves");
pub(super) static SET_LOGGED: [Row; 1] =
    only(ACCESS_EXCLUSIVE, "set-logged", "whether the rows survive a crash changes");
pub(super) static SET_ACCESS_METHOD: [Row; 1] =
    only(ACCESS_EXCLUSIVE, "set-access-method", "how rows are stored changes");
pub(super) static CLUSTER_ON: [Row; 1] = only(SHARE_UPDATE_EXCLUSIVE, "cluster-on", "only a later CLUSTER uses it");
pub(super) static SET_WITHOUT_OIDS: [Row; 1] =
    only(ACCESS_EXCLUSIVE, "set-without-oids", "the table's definition is written");
pub(super) static INHERIT: [Row; 1] = only(ACCESS_EXCLUSIVE, "inherit", "queries on the parent find other rows");
pub(super) static INHERITED: [Row; 1] = only(SHARE_UPDATE_EXCLUSIVE, "inherit", "a child comes or goes");
pub(super) static OF_TYPE: [Row; 1] = only(ACCESS_EXCLUSIVE, "of-type", "the table's definition is tied to a type");
pub(super) static REPLICA_IDENTITY: [Row; 1] =
    only(ACCESS_EXCLUSIVE, "replica-identity", "what replication sends of old rows changes");
pub(super) static ROW_SECURITY: [Row; 1] =
    only(ACCESS_EXCLUSIVE, "row-level-security", "which rows queries see changes");
pub(super) static SWITCH_TRIGGER: [Row; 1] =
    only(SHARE_ROW_EXCLUSIVE, "switch-trigger", "what happens to written rows changes");
pub(super) static SWITCH_RULE: [Row; 1] = only(ACCESS_EXCLUSIVE, "switch-rule", "what queries become changes");
pub(super) static SET_PARAMETERS: [Row; 1] =
    only(SHARE_UPDATE_EXCLUSIVE, "storage-parameters", "only later maintenance and new pages see the parameters");
pub(super) static SET_STRICT_PARAMETERS: [Row; 1] =
    only(ACCESS_EXCLUSIVE, "storage-parameters", "this parameter changes how queries use the relation");
pub(super) static OTHER_CLAUSE: [Row; 1] =
    only(ACCESS_EXCLUSIVE, "alter-table", "ALTER TABLE takes this lock unless a clause is known to need less");
pub(super) static ATTACH: [Row; 1] =
    only(SHARE_UPDATE_EXCLUSIVE, "attach-partition", "queries on the partitioned table find more rows from then on");
pub(super) static ATTACHED: [Row; 1] = only(ACCESS_EXCLUSIVE, "attach-partition", "it becomes a partition");
pub(super) static DETACH_CONCURRENTLY: [Row; 1] =
    only(SHARE_UPDATE_EXCLUSIVE, "detach-partition", "the partition leaves in two transactions");
pub(super) static TRIGGER: [Row; 1] =
    only(SHARE_ROW_EXCLUSIVE, "create-trigger", "what happens to written rows changes");
pub(super) static CREATE_INDEX: [Row; 1] =
    all(SHARE, "create-index", "the index is built from rows that must not change");
pub(super) static CREATE_INDEX_CONCURRENTLY: [Row; 1] =
    only(SHARE_UPDATE_EXCLUSIVE, "create-index-concurrently", "the index is built while others read and write");

pub(super) static DROP_NOT_NULL: [Row; 1] = all(ACCESS_EXCLUSIVE, "drop-not-null", "a column takes NULL from then on");
/// From 17 on, partitions have the identity of their table.
pub(super) static IDENTITY: [Row; 2] = [
    row(0, ACCESS_EXCLUSIVE, false, "identity", "how a column is numbered changes"),
    row(17, ACCESS_EXCLUSIVE, true, "identity", "how a column is numbered changes"),
];
/// From 18 on, children are looked at even for a check that they do not inherit.
pub(super) static ADD_CHECK_NO_INHERIT: [Row; 2] = [
    row(0, ACCESS_EXCLUSIVE, false, "add-check", "what rows must fulfil changes"),
    row(18, ACCESS_EXCLUSIVE, true, "add-check", "what rows must fulfil changes"),
];
/// The partitions of a table that gets a key.
pub(super) static ADD_KEY_TO_PARTITION: [Row; 2] = [
    row(0, SHARE, false, "add-key", "each partition gets an index of its own"),
    row(18, ACCESS_EXCLUSIVE, false, "add-key", "each partition gets an index of its own"),
];
/// A partition that leaves.
pub(super) static DETACHED: [Row; 2] = [
    row(0, SHARE_UPDATE_EXCLUSIVE, false, "detach-partition", "the partition leaves"),
    row(14, ACCESS_EXCLUSIVE, false, "detach-partition", "the partition leaves"),
];
pub(super) static VOLATILE_DEFAULT: Fact = fact("volatile-default", "its default gives another value for each row");
pub(super) static SERIAL_COLUMN: Fact = fact("serial-column", "each row gets a number of its own");
pub(super) static STORED_GENERATED: Fact =
    fact("stored-generated-column", "its value is computed and stored for each row");
pub(super) static CONSTRAINED_DOMAIN: Fact =
    fact("constrained-domain", "each row is checked against the constraints of its domain");
pub(super) static TYPE_REWRITE: Fact = fact("type-rewrite", "the new type stores its values otherwise");
pub(super) static TYPE_USING: Fact = fact("type-using", "USING computes each value anew");
pub(super) static TYPE_CHECK: Fact = fact("type-recheck", "a check of the column is proved again under the new type");
pub(super) static TYPE_INDEX: Fact = fact("type-index", "an index of the column works otherwise under the new type");
pub(super) static TYPE_KEY: Fact = fact("type-foreign-key", "a foreign key of the column is made anew");
pub(super) static CHECK_SCAN: Fact = fact("check-scan", "all rows are checked under the lock");
pub(super) static NOT_NULL_SCAN: Fact = fact("not-null-scan", "all rows are searched for NULL under the lock");
pub(super) static KEY_BUILD: Fact = fact("key-build", "an index is built from all rows under the lock");
pub(super) static FOREIGN_KEY_SCAN: Fact =
    fact("foreign-key-scan", "all rows are looked up in the referenced table under the lock");
pub(super) static VALIDATE_SCAN: Fact = fact("validate-scan", "all rows are checked, while others go on");
pub(super) static REFERENCED: Fact = fact("referenced-table", "the referenced table keeps the foreign key too");
pub(super) static USED_INDEX: Fact = fact("used-index", "the index becomes that of a constraint");
pub(super) static DEPENDENT: Fact = fact("dependent", "it goes with what it depends on");
pub(super) static OWN_INDEX: Fact = fact("own-index", "it belongs to the table");
pub(super) static PARENT: Fact = fact("parent", "its partitioned table's definition changes with it");
pub(super) static DEFAULT_PARTITION: Fact = fact("default-partition", "its rows may now belong to another partition");
pub(super) static PARTITION_SCAN: Fact =
    fact("partition-scan", "all rows are checked against the bound of the partition");
pub(super) static COPIED: Fact = fact("copied-file", "the file is copied");
pub(super) static REWRITTEN: Fact = fact("rewritten", "all rows are written to a new file");
pub(super) static INDEX_BUILD: Fact = fact("index-build", "the index is built from all rows");
pub(super) static QUERIED: Fact = fact("queried", "a query reads it");
pub(super) static WRITTEN: Fact = fact("written", "rows are written");
pub(super) static WRITTEN_ALL: Fact =
    fact("written-all", "every row is written, and stays locked to the end of the transaction");
pub(super) static LOCKED_ROWS: Fact = fact("locked-rows", "the rows are locked to the end of the transaction");
pub(super) static NAMED: Fact = fact("lock-table", "LOCK TABLE says so");
pub(super) static TRUNCATED: Fact = fact("truncate", "the table is emptied");
pub(super) static DROPPED: Fact = fact("drop", "it is removed");
pub(super) static REPLACED: Fact = fact("replace-view", "its definition is replaced");
pub(super) static REFRESHED: Fact = fact("refresh-materialized-view", "its rows are made anew");
pub(super) static VACUUMED: Fact = fact("vacuum", "dead rows are removed");
pub(super) static ANALYZED: Fact = fact("analyze", "a sample of the rows is read");
pub(super) static CLUSTERED: Fact = fact("cluster", "all rows are written to a new file in the order of an index");
pub(super) static REINDEXED: Fact = fact("reindex", "the index is built anew");
pub(super) static COMMENTED: Fact = fact("comment", "only its comment changes");
pub(super) static PUBLISHED: Fact = fact("publication", "it joins or leaves a publication");
pub(super) static STATISTICS: Fact = fact("extended-statistics", "statistics are declared on it");
pub(super) static RULED: Fact = fact("create-rule", "what queries become changes");
pub(super) static POLICY: Fact = fact("policy", "which rows queries see changes");
pub(super) static LIKE: Fact = fact("like", "its definition is copied");
pub(super) static NEXT_VALUE: Fact = fact("next-value", "a sequence gives numbers");
pub(super) static SEQUENCE: Fact = fact("alter-sequence", "how numbers are given changes");
pub(super) static GRANTED: Fact = fact("grant", "who may use it changes");
pub(super) static OF_DOMAIN: Fact = fact("domain-check", "all values of the domain are checked");
pub(super) static OF_COMPOSITE: Fact = fact("composite-type", "the table has a column or rows of the type");
