//! Transactions, settings and maintenance.

use super::{Cursor, Parsed};
use crate::impact::sqlite::form::VACUUM_INTO;
use crate::sql::Kind;

impl Cursor<'_> {
    /// A statement that is about neither the schema nor rows.
    pub(super) fn other(&mut self) -> Parsed {
        if self.word("PRAGMA") {
            self.pragma()
        } else if self.word("BEGIN") {
            self.any(&["DEFERRED", "IMMEDIATE", "EXCLUSIVE"]);
            self.transaction()
        } else if self.any(&["COMMIT", "END"]) {
            self.transaction()
        } else if self.word("ROLLBACK") {
            self.transaction()?;
            if !self.word("TO") {
                return Ok(());
            }
            self.word("SAVEPOINT");
            self.name()
        } else if self.word("SAVEPOINT") {
            self.name()
        } else if self.word("RELEASE") {
            self.word("SAVEPOINT");
            self.name()
        } else {
            self.maintenance()
        }
    }

    fn transaction(&mut self) -> Parsed {
        if self.word("TRANSACTION") && !self.is_done() && !self.is("TO") { self.name() } else { Ok(()) }
    }

    fn maintenance(&mut self) -> Parsed {
        if self.word("VACUUM") {
            if !self.is_done() && !self.is("INTO") {
                self.name()?;
            }
            if self.word("INTO") {
                self.since(&VACUUM_INTO)?;
                self.rest();
            }
            Ok(())
        } else if self.any(&["ANALYZE", "REINDEX"]) {
            if self.is_done() { Ok(()) } else { self.full_name() }
        } else if self.any(&["ATTACH", "DETACH"]) {
            self.rest();
            Ok(())
        } else {
            self.unknown()
        }
    }

    /// `PRAGMA a`, `PRAGMA a = b`, `PRAGMA a(b)`. Unknown ones do nothing.
    fn pragma(&mut self) -> Parsed {
        self.full_name()?;
        if self.peek().is_some_and(|token| token.text(self.text) == "=") {
            self.rest();
            return Ok(());
        }
        if self.is_group() { self.group() } else { Ok(()) }
    }

    fn rest(&mut self) {
        while self.peek().is_some_and(|token| token.kind != Kind::Semicolon) {
            self.at += 1;
        }
    }
}
