//! `ALTER TABLE` and `DROP`.

use super::{Cursor, Parsed};
use crate::impact::sqlite::form::{ADD_CHECK, ALTER_COLUMN, DROP_COLUMN, DROP_CONSTRAINT, RENAME_COLUMN};

impl Cursor<'_> {
    /// Reads on after `ALTER`: a table, and one action.
    pub(super) fn alter(&mut self) -> Parsed {
        self.expect("TABLE")?;
        self.full_name()?;
        if self.word("RENAME") {
            self.rename()
        } else if self.word("ADD") {
            self.add()
        } else if self.word("DROP") {
            self.drop_part()
        } else if self.word("ALTER") {
            self.alter_column()
        } else {
            self.unknown()
        }
    }

    fn rename(&mut self) -> Parsed {
        if self.word("TO") {
            return self.name();
        }
        self.word("COLUMN");
        self.name()?;
        self.expect("TO")?;
        self.since(&RENAME_COLUMN)?;
        self.name()
    }

    fn add(&mut self) -> Parsed {
        let named = self.word("CONSTRAINT");
        if named || self.is("CHECK") {
            self.since(&ADD_CHECK)?;
            if named {
                self.name()?;
            }
            self.expect("CHECK")?;
            self.group()?;
            return self.on_conflict();
        }
        self.word("COLUMN");
        self.column()
    }

    fn drop_part(&mut self) -> Parsed {
        if self.word("CONSTRAINT") {
            self.since(&DROP_CONSTRAINT)?;
            return self.name();
        }
        self.word("COLUMN");
        self.since(&DROP_COLUMN)?;
        self.name()
    }

    fn alter_column(&mut self) -> Parsed {
        self.since(&ALTER_COLUMN)?;
        self.word("COLUMN");
        self.name()?;
        if self.words(&["SET", "NOT", "NULL"]) {
            return self.on_conflict();
        }
        if self.words(&["DROP", "NOT", "NULL"]) {
            return Ok(());
        }
        self.any(&["SET", "DROP"]);
        self.unknown()
    }

    /// Reads on after `DROP`: one object.
    pub(super) fn drop(&mut self) -> Parsed {
        if !self.any(&["TABLE", "VIEW", "INDEX", "TRIGGER"]) {
            return self.unknown();
        }
        if self.word("IF") {
            self.expect("EXISTS")?;
        }
        self.full_name()
    }
}
