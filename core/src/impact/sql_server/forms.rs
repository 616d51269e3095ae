//! What SQL Server does with each form of a clause.
//!
//! Where the edition is not known, Enterprise is assumed.

use super::lock;
use crate::impact::server::{Release, Server};
use crate::impact::{Fact, LockMode, Stops, Work};

/// What a clause comes down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Metadata,
    AddColumnDefault,
    AddColumnVolatile,
    AddColumnFilled,
    AddPersisted,
    AddNumbered,
    Widen,
    Narrow,
    ChangeType,
    ChangeTypeOnline,
    SetNotNull,
    AddClusteredKey,
    AddKey,
    AddKeyOnline,
    CheckRows,
    Uncheck,
    DropClustered,
    BuildIndex,
    BuildClustered,
    BuildOnline,
    RebuildIndex,
    RebuildIndexOnline,
    Reorganize,
    Switch,
    Truncate,
    Drop,
    Rename,
    Rebuild,
    RebuildOnline,
    Statistics,
}

/// One thing that is done to the table, and who waits for all its time.
pub(super) type Touch = (Work, Stops);

/// What the server does with a form, from a release on.
pub(super) struct Behaviour {
    pub(super) form: Form,
    pub(super) since: Release,
    pub(super) touches: &'static [Touch],
    pub(super) fact: Fact,
}

const fn lock(mode: LockMode, stops: Stops) -> Touch {
    (Work::Lock(mode), stops)
}

const BRIEF: &[Touch] = &[lock(lock::SCH_M, Stops::NOBODY)];
const DONE: &[Touch] = &[lock(lock::SCH_M, Stops::EVERYBODY)];
const REWRITE: &[Touch] = &[lock(lock::SCH_M, Stops::EVERYBODY), (Work::Rewrite, Stops::EVERYBODY)];
const SCAN: &[Touch] = &[lock(lock::SCH_M, Stops::EVERYBODY), (Work::Scan, Stops::EVERYBODY)];
const SHARED: &[Touch] = &[lock(lock::S, Stops::WRITERS), (Work::Scan, Stops::WRITERS)];
const ONLINE_SCAN: &[Touch] =
    &[lock(lock::IS, Stops::NOBODY), (Work::Scan, Stops::NOBODY), lock(lock::S, Stops::NOBODY)];
const ONLINE_REWRITE: &[Touch] =
    &[lock(lock::IS, Stops::NOBODY), (Work::Rewrite, Stops::NOBODY), lock(lock::SCH_M, Stops::NOBODY)];
const EMPTIES: &[Touch] = &[lock(lock::SCH_M, Stops::EVERYBODY), (Work::Truncate, Stops::EVERYBODY)];

const ALTER: &str = "https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql";
const INDEX: &str = "https://learn.microsoft.com/sql/t-sql/statements/create-index-transact-sql";
const ONLINE: &str = "https://learn.microsoft.com/sql/relational-databases/indexes/how-online-index-operations-work";
const REBUILD: &str = "https://learn.microsoft.com/sql/t-sql/statements/alter-index-transact-sql";
const EMPTY: &str = "https://learn.microsoft.com/sql/t-sql/statements/truncate-table-transact-sql";
const RENAME: &str =
    "https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-rename-transact-sql";
const STATISTICS: &str = "https://learn.microsoft.com/sql/t-sql/statements/update-statistics-transact-sql";

const fn row(
    form: Form,
    since: u16,
    touches: &'static [Touch],
    name: &'static str,
    reason: &'static str,
    source: &'static str,
) -> Behaviour {
    Behaviour { form, since: Release(since, 0, 0), touches, fact: Fact { name, reason, source } }
}

#[rustfmt::skip]
static BEHAVIOURS: &[Behaviour] = &[
    row(Form::Metadata, 0, BRIEF, "metadata-only", "only the definition changes, once nobody uses the table", ALTER),
    row(Form::AddColumnDefault, 0, REWRITE, "add-column-default",
        "a NOT NULL column with a default is written into each row, in all editions but Enterprise, Developer and Azure", ALTER),
    row(Form::AddColumnVolatile, 0, REWRITE, "volatile-default", "its default gives another value for each row", ALTER),
    row(Form::AddColumnFilled, 0, REWRITE, "with-values", "WITH VALUES writes the default into each row", ALTER),
    row(Form::AddPersisted, 0, REWRITE, "add-stored-column", "its value is computed and stored in each row", ALTER),
    row(Form::AddNumbered, 0, REWRITE, "add-identity", "each row gets its number", ALTER),
    row(Form::Widen, 0, BRIEF, "metadata-only", "the longer type is stored in the same way", ALTER),
    row(Form::Narrow, 0, SCAN, "narrow-type", "each value is checked for its length", ALTER),
    row(Form::ChangeType, 0, REWRITE, "change-type", "each value is converted to another type", ALTER),
    row(Form::ChangeTypeOnline, 0, REWRITE, "change-type", "each value is converted to another type", ALTER),
    row(Form::ChangeTypeOnline, 2016, ONLINE_REWRITE, "change-type", "each value is converted while others read and write", ALTER),
    row(Form::SetNotNull, 0, SCAN, "set-not-null", "each row is checked for NULL", ALTER),
    row(Form::AddClusteredKey, 0, REWRITE, "build-primary-key", "the table is stored in the order of its clustered key", ALTER),
    row(Form::AddKey, 0, SCAN, "build-unique-index", "the index is built from all rows while nobody uses the table", ALTER),
    row(Form::AddKeyOnline, 0, ONLINE_SCAN, "build-index-online", "the index is built while others read and write", ONLINE),
    row(Form::CheckRows, 0, SCAN, "validate-constraint", "each row is checked", ALTER),
    row(Form::Uncheck, 0, BRIEF, "untrusted-constraint", "the rows that are there are not checked", ALTER),
    row(Form::DropClustered, 0, REWRITE, "drop-clustered-index", "the rows go to a heap, and all other indexes are built anew", ALTER),
    row(Form::BuildIndex, 0, SHARED, "build-index", "the index is built from all rows while nobody writes", INDEX),
    row(Form::BuildClustered, 0, REWRITE, "build-clustered-index", "the table is stored in the order of its clustered index", INDEX),
    row(Form::BuildOnline, 0, ONLINE_SCAN, "build-index-online", "the index is built while others read and write", ONLINE),
    row(Form::RebuildIndex, 0, DONE, "rebuild-index", "the index is built anew while nobody uses the table", REBUILD),
    row(Form::RebuildIndexOnline, 0, ONLINE_SCAN, "rebuild-index-online", "the index is built anew while others read and write", ONLINE),
    row(Form::Reorganize, 0, &[lock(lock::IX, Stops::NOBODY)], "reorganize-index", "pages are moved a few at a time", REBUILD),
    row(Form::Switch, 0, BRIEF, "switch-partition", "rows go to another table by changing the definitions of both", ALTER),
    row(Form::Truncate, 0, EMPTIES, "truncate", "the pages of the table are given back", EMPTY),
    row(Form::Drop, 0, DONE, "drop-table", "the table goes", ALTER),
    row(Form::Rename, 0, BRIEF, "rename", "only the name changes", RENAME),
    row(Form::Rebuild, 0, REWRITE, "rebuild-table", "the table is built anew", ALTER),
    row(Form::RebuildOnline, 0, ONLINE_REWRITE, "rebuild-table", "the table is built anew while others read and write", ONLINE),
    row(Form::Statistics, 0, &[lock(lock::SCH_S, Stops::NOBODY), (Work::Scan, Stops::NOBODY)],
        "update-statistics", "rows are read", STATISTICS),
];

/// What the server does with a form.
pub(super) fn behaviour(form: Form, server: Server) -> Option<&'static Behaviour> {
    let known = BEHAVIOURS.iter().filter(|row| row.form == form && row.since <= server.version);
    known.max_by_key(|row| row.since)
}

/// What rows are locked by statements that change them.
pub(super) static ROWS: Fact = Fact {
    name: "row-locks",
    reason: "the rows that are changed are locked to the end of the transaction",
    source: "https://learn.microsoft.com/sql/relational-databases/sql-server-transaction-locking-and-row-versioning-guide",
};
/// What is locked by statements that change all rows.
pub(super) static EVERY_ROW: Fact = Fact {
    name: "every-row",
    reason: "there is no condition, so the locks of all rows grow to one of the table",
    source: "https://learn.microsoft.com/sql/relational-databases/sql-server-transaction-locking-and-row-versioning-guide",
};
/// What is locked at the other end of a foreign key.
pub(super) static REFERENCED: Fact = Fact {
    name: "foreign-key-lock",
    reason: "a foreign key ties the two tables, so the other one is locked too",
    source: ALTER,
};
