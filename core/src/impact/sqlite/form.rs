//! The forms of statements that not every version of SQLite knows.

use crate::impact::Release;

/// A form with the first version that knows it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// The form as one writes it.
    pub(super) words: &'static str,
    /// The first version that knows it.
    pub(super) since: Release,
}

impl Form {
    const fn new(words: &'static str, since: Release) -> Self {
        Self { words, since }
    }
}

// The versions are those of the manual's "Release History"; those from 3.53 on were measured too, on 3.40.1 and 3.54.1.
pub(super) const UPSERT: Form = Form::new("ON CONFLICT … DO", Release(3, 24, 0));
pub(super) const RENAME_COLUMN: Form = Form::new("RENAME COLUMN", Release(3, 25, 0));
pub(super) const VACUUM_INTO: Form = Form::new("VACUUM INTO", Release(3, 27, 0));
pub(super) const GENERATED: Form = Form::new("GENERATED ALWAYS AS", Release(3, 31, 0));
pub(super) const UPDATE_FROM: Form = Form::new("UPDATE … FROM", Release(3, 33, 0));
pub(super) const DROP_COLUMN: Form = Form::new("DROP COLUMN", Release(3, 35, 0));
pub(super) const RETURNING: Form = Form::new("RETURNING", Release(3, 35, 0));
pub(super) const STRICT: Form = Form::new("STRICT", Release(3, 37, 0));
pub(super) const ALTER_COLUMN: Form = Form::new("ALTER COLUMN", Release(3, 53, 0));
pub(super) const ADD_CHECK: Form = Form::new("ADD CONSTRAINT … CHECK", Release(3, 53, 0));
pub(super) const DROP_CONSTRAINT: Form = Form::new("DROP CONSTRAINT", Release(3, 53, 0));
