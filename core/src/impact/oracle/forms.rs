//! What Oracle does with each form of a clause.
//!
//! Where the edition is not known, Enterprise is assumed.

use super::lock;
use crate::impact::server::{Release, Server};
use crate::impact::{Fact, LockMode, Stops, Work};

/// What a clause comes down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Metadata,
    MetadataOnline,
    AddColumnDefault,
    AddColumnStrictDefault,
    AddColumnVolatile,
    AddNumbered,
    ChangeType,
    SetNotNull,
    Validate,
    ValidateLater,
    Unvalidated,
    BuildIndex,
    BuildOnline,
    DropColumn,
    Move,
    MoveOnline,
    Exchange,
    Truncate,
    Drop,
    Shrink,
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

const BRIEF: &[Touch] = &[lock(lock::EXCLUSIVE, Stops::NOBODY)];
const WAITING: &[Touch] = &[lock(lock::ROW_SHARE, Stops::NOBODY)];
const DONE: &[Touch] = &[lock(lock::EXCLUSIVE, Stops::EVERYBODY)];
const REWRITE: &[Touch] = &[lock(lock::EXCLUSIVE, Stops::WRITERS), (Work::Rewrite, Stops::WRITERS)];
const SCAN: &[Touch] = &[lock(lock::EXCLUSIVE, Stops::WRITERS), (Work::Scan, Stops::WRITERS)];
const SHARED: &[Touch] = &[lock(lock::SHARE, Stops::WRITERS), (Work::Scan, Stops::WRITERS)];
const ONLINE_SCAN: &[Touch] = &[lock(lock::ROW_SHARE, Stops::NOBODY), (Work::Scan, Stops::NOBODY)];
const ONLINE_REWRITE: &[Touch] = &[lock(lock::ROW_EXCLUSIVE, Stops::NOBODY), (Work::Rewrite, Stops::NOBODY)];
const EMPTIES: &[Touch] = &[lock(lock::EXCLUSIVE, Stops::EVERYBODY), (Work::Truncate, Stops::EVERYBODY)];

const ALTER: &str = "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/ALTER-TABLE.html";
const CONSTRAINT: &str = "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/constraint.html";
const INDEX: &str = "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/CREATE-INDEX.html";
const TRUNCATE: &str = "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/TRUNCATE-TABLE.html";
const DROP: &str = "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/DROP-TABLE.html";
const LOCKS: &str =
    "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Automatic-Locks-in-DDL-Operations.html";

const fn row(
    form: Form,
    since: (u16, u16),
    touches: &'static [Touch],
    name: &'static str,
    reason: &'static str,
    source: &'static str,
) -> Behaviour {
    Behaviour { form, since: Release(since.0, since.1, 0), touches, fact: Fact { name, reason, source } }
}

#[rustfmt::skip]
static BEHAVIOURS: &[Behaviour] = &[
    row(Form::Metadata, (0, 0), BRIEF, "metadata-only", "only the definition changes, once no transaction uses the table", LOCKS),
    row(Form::MetadataOnline, (0, 0), BRIEF, "metadata-only", "only the definition changes, once no transaction uses the table", LOCKS),
    row(Form::MetadataOnline, (12, 0), WAITING, "metadata-only-online", "only the definition changes, while others write", LOCKS),
    row(Form::AddColumnDefault, (0, 0), REWRITE, "add-column-default", "the default is written into each row", ALTER),
    row(Form::AddColumnDefault, (12, 0), BRIEF, "metadata-only", "the default is kept once for all rows", ALTER),
    row(Form::AddColumnStrictDefault, (0, 0), REWRITE, "add-column-default", "the default is written into each row", ALTER),
    row(Form::AddColumnStrictDefault, (11, 1), BRIEF, "metadata-only", "the default of a NOT NULL column is kept once for all rows", ALTER),
    row(Form::AddColumnVolatile, (0, 0), REWRITE, "volatile-default", "its default gives another value for each row", ALTER),
    row(Form::AddNumbered, (12, 0), REWRITE, "add-identity", "each row gets its number", ALTER),
    row(Form::ChangeType, (0, 0), SCAN, "change-type", "rows are read: the type can change only where the column is empty, or its values fit", ALTER),
    row(Form::SetNotNull, (0, 0), SCAN, "set-not-null", "each row is checked for NULL", CONSTRAINT),
    row(Form::Validate, (0, 0), SCAN, "validate-constraint", "each row is checked while nobody writes", CONSTRAINT),
    row(Form::ValidateLater, (0, 0), ONLINE_SCAN, "validate-constraint", "each row is checked while others write, since new rows fulfil it already", CONSTRAINT),
    row(Form::Unvalidated, (0, 0), BRIEF, "untrusted-constraint", "the rows that are there are not checked", CONSTRAINT),
    row(Form::BuildIndex, (0, 0), SHARED, "build-index", "the index is built from all rows while nobody writes", INDEX),
    row(Form::BuildOnline, (0, 0), SHARED, "build-index", "the index is built from all rows while nobody writes", INDEX),
    row(Form::BuildOnline, (8, 1), ONLINE_SCAN, "build-index-online", "the index is built while others write", INDEX),
    row(Form::DropColumn, (0, 0), REWRITE, "drop-column", "the column is taken out of each row", ALTER),
    row(Form::Move, (0, 0), REWRITE, "move-table", "the rows go to another segment, and the indexes are UNUSABLE afterwards", ALTER),
    row(Form::MoveOnline, (0, 0), REWRITE, "move-table", "the rows go to another segment", ALTER),
    row(Form::MoveOnline, (12, 2), ONLINE_REWRITE, "move-table-online", "the rows go to another segment while others write", ALTER),
    row(Form::Exchange, (0, 0), BRIEF, "exchange-partition", "the segments change owners", ALTER),
    row(Form::Truncate, (0, 0), EMPTIES, "truncate", "the segment is emptied", TRUNCATE),
    row(Form::Drop, (0, 0), DONE, "drop-table", "the table goes", DROP),
    row(Form::Shrink, (0, 0), &[lock(lock::ROW_EXCLUSIVE, Stops::NOBODY), (Work::LockRows, Stops::WRITERS), lock(lock::EXCLUSIVE, Stops::NOBODY)],
        "shrink-segment", "rows are moved a few at a time", ALTER),
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
    source: "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Automatic-Locks-in-DML-Operations.html",
};
/// What is locked by statements that change all rows.
pub(super) static EVERY_ROW: Fact = Fact {
    name: "every-row",
    reason: "there is no condition, so every row is locked",
    source: "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Automatic-Locks-in-DML-Operations.html",
};
/// What is locked at the other end of a foreign key.
pub(super) static REFERENCED: Fact = Fact {
    name: "foreign-key-lock",
    reason: "a foreign key ties the two tables, so the other one is locked too",
    source: LOCKS,
};
/// What a statement asks for itself.
pub(super) static ASKED: Fact = Fact {
    name: "lock-table",
    reason: "the statement asks for the lock",
    source: "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/LOCK-TABLE.html",
};
