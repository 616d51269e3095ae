//! What SQLite does: its locks, and why it does or refuses what.
//!
//! "measured" is on 3.40.1 and 3.54.1, with tables of 500 and 5,000 rows: `tests/oracle/sqlite.jsonl`.

use crate::impact::{Fact, LockMode, Stops};

/// Reading. Without a write-ahead log nobody can commit meanwhile.
pub(super) const SHARED: LockMode = LockMode::new("SHARED", 0, Stops::NOBODY);
/// Writing; readers go on until the commit.
pub(super) const RESERVED: LockMode = LockMode::new("RESERVED", 1, Stops::WRITERS);
/// The database file itself is written.
pub(super) const EXCLUSIVE: LockMode = LockMode::new("EXCLUSIVE", 3, Stops::EVERYBODY);

const LOCKING: &str = "https://www.sqlite.org/lockingv3.html";
const ALTER: &str = "https://www.sqlite.org/lang_altertable.html";
const CREATE: &str = "https://www.sqlite.org/lang_createtable.html";
const MEASURED: &str = "measured";

const fn fact(name: &'static str, reason: &'static str, source: &'static str) -> Fact {
    Fact { name, reason, source }
}

pub(super) static READS: Fact =
    fact("read-lock", "without a write-ahead log nobody can commit while it reads", LOCKING);
pub(super) static WRITES: Fact = fact("write-lock", "a database has one writer at a time, whatever the table", LOCKING);
pub(super) static ALONE: Fact = fact("exclusive-lock", "it needs the database file for itself", LOCKING);
pub(super) static VACUUM: Fact =
    fact("vacuum", "it copies the whole database and back", "https://www.sqlite.org/lang_vacuum.html");
pub(super) static DROP_COLUMN: Fact = fact("drop-column", "each row is written anew without the column", ALTER);
pub(super) static CHECKED: Fact = fact("add-check", "the rows that are there must fulfil the check", ALTER);
pub(super) static STRICT_ADD: Fact =
    fact("add-column-strict", "the rows of a STRICT table are checked after a column is added", MEASURED);
pub(super) static GENERATED_NOT_NULL: Fact =
    fact("add-generated-not-null", "the column is computed for each row to see that it is not null", ALTER);
pub(super) static SET_NOT_NULL: Fact = fact("set-not-null", "it looks for a row that has none", MEASURED);
pub(super) static BUILDS_INDEX: Fact = fact("build-index", "an index is built from all rows", MEASURED);
pub(super) static ANALYZES: Fact =
    fact("analyze", "it reads each index whole", "https://www.sqlite.org/lang_analyze.html");
pub(super) static CHECKS_ALL: Fact =
    fact("integrity-check", "it reads the tables whole", "https://www.sqlite.org/pragma.html");
pub(super) static READS_ROWS: Fact = fact("full-scan", "no index narrows down which rows it reads", MEASURED);
pub(super) static WRITES_ROWS: Fact = fact("full-write", "it writes every row", MEASURED);
pub(super) static EMPTIES: Fact =
    fact("empties", "all rows go at once", "https://www.sqlite.org/lang_delete.html#the_truncate_optimization");
pub(super) static DELETES_REFERENCED: Fact = fact(
    "drop-referenced-table",
    "with foreign keys on its rows are deleted one by one first",
    "https://www.sqlite.org/foreignkeys.html",
);

/// What the schema makes the server refuse.
pub(super) static NOT_NULL_WITHOUT_DEFAULT: Fact =
    fact("not-null-without-default", "the rows that are there would have no value in a NOT NULL column", ALTER);
pub(super) static DEFAULT_NOT_CONSTANT: Fact =
    fact("volatile-default", "the rows that are there can only get a constant default", ALTER);
pub(super) static DEFAULT_NAMES_COLUMN: Fact = fact("default-names-column", "a default cannot name a column", CREATE);
pub(super) static ADD_UNIQUE: Fact = fact("add-unique-column", "a column that is added cannot be UNIQUE", ALTER);
pub(super) static ADD_PRIMARY: Fact =
    fact("add-primary-key-column", "a column that is added cannot be the primary key", ALTER);
pub(super) static ADD_STORED: Fact = fact("add-stored-column", "a STORED column cannot be added to rows", ALTER);
pub(super) static ADD_REFERENCES: Fact = fact(
    "references-with-default",
    "with foreign keys on, a column with REFERENCES can only be added with the default NULL",
    ALTER,
);
pub(super) static STRICT_TYPE: Fact = fact(
    "strict-type",
    "a STRICT table takes only INT, INTEGER, REAL, TEXT, BLOB and ANY",
    "https://www.sqlite.org/stricttables.html",
);
pub(super) static UNKNOWN_COLLATION: Fact =
    fact("unknown-collation", "SQLite has no such collation", "https://www.sqlite.org/datatype3.html#collation");
pub(super) static UNKNOWN_COLUMN: Fact = fact("unknown-column", "the table has no such column", MEASURED);
pub(super) static UNKNOWN_TABLE: Fact = fact("unknown-table", "there is no such table", MEASURED);
pub(super) static UNKNOWN_CONSTRAINT: Fact = fact("unknown-constraint", "there is no such constraint", MEASURED);
pub(super) static UNKNOWN_FUNCTION: Fact =
    fact("unknown-function", "SQLite has no such function", "https://www.sqlite.org/lang_corefunc.html");
pub(super) static NO_TRANSACTION: Fact = fact("no-transaction", "no transaction is open", MEASURED);
pub(super) static NO_SAVEPOINT: Fact = fact("no-savepoint", "no such savepoint is set", MEASURED);
pub(super) static NOT_A_TABLE: Fact = fact("not-a-table", "what it names is no ordinary table", ALTER);
pub(super) static SYSTEM: Fact =
    fact("system-table", "names that begin with sqlite_ are SQLite's own", "https://www.sqlite.org/fileformat2.html");
pub(super) static LAST_COLUMN: Fact = fact("last-column", "a table must have a column that is not generated", ALTER);
pub(super) static TWO_KEYS: Fact = fact("two-primary-keys", "a table has one primary key", CREATE);
pub(super) static NO_KEY: Fact =
    fact("without-rowid-key", "a WITHOUT ROWID table needs a primary key", "https://www.sqlite.org/withoutrowid.html");
pub(super) static AUTOINCREMENT: Fact = fact(
    "autoincrement",
    "AUTOINCREMENT is only for an INTEGER PRIMARY KEY of a table with row ids",
    "https://www.sqlite.org/autoinc.html",
);
pub(super) static GENERATED_KEY: Fact = fact(
    "generated-key",
    "a generated column can have no default and be no primary key",
    "https://www.sqlite.org/gencol.html",
);
pub(super) static EXPRESSION_KEY: Fact = fact("expression-key", "only CREATE INDEX takes expressions", CREATE);
pub(super) static QUERY_IN_CHECK: Fact = fact("query-in-check", "a check or an index cannot hold a query", CREATE);
pub(super) static VOLATILE_INDEX: Fact = fact(
    "volatile-index",
    "an index takes only functions that always give the same",
    "https://www.sqlite.org/expridx.html",
);
pub(super) static REFERENCED: Fact = fact(
    "drop-referenced-table",
    "with foreign keys on, rows of other tables would point to nothing",
    "https://www.sqlite.org/foreignkeys.html",
);
pub(super) static TRIGGER_TIME: Fact = fact(
    "trigger-time",
    "INSTEAD OF is for views, BEFORE and AFTER are for tables",
    "https://www.sqlite.org/lang_createtrigger.html",
);
pub(super) static VIEW_WRITTEN: Fact =
    fact("view-written", "a view takes rows only through an INSTEAD OF trigger", MEASURED);
pub(super) static GENERATED_WRITTEN: Fact =
    fact("generated-written", "a generated column takes no values", "https://www.sqlite.org/gencol.html");
pub(super) static NOT_DROPPABLE: Fact =
    fact("constraint-kind", "only CHECK, NOT NULL and foreign keys can be dropped by name", MEASURED);
pub(super) static UNKNOWN_SCHEMA: Fact = fact("unknown-schema", "SQLite has no schemas, only main and temp", MEASURED);
