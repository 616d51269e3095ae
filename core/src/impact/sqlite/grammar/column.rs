//! Columns and constraints.

use super::{Cursor, Parsed};
use crate::impact::sqlite::form::{GENERATED, STRICT};
use crate::sql::Kind;

impl Cursor<'_> {
    /// A column: its name, its type, its constraints.
    pub(super) fn column(&mut self) -> Parsed {
        self.name()?;
        self.data_type()?;
        while self.column_constraint()? {}
        Ok(())
    }

    /// A type is any number of names, then one or two numbers; nothing of it can follow the parentheses.
    fn data_type(&mut self) -> Parsed {
        let mut any = false;
        while !self.are_generated() && self.name().is_ok() {
            any = true;
        }
        if any && self.is_group() { self.list(Self::signed) } else { Ok(()) }
    }

    fn are_generated(&self) -> bool {
        self.is("GENERATED") && self.nth_is(1, "ALWAYS")
    }

    fn signed(&mut self) -> Parsed {
        self.sign();
        if self.kind(Kind::Number) { Ok(()) } else { self.unknown() }
    }

    fn sign(&mut self) -> bool {
        let is = self.peek().is_some_and(|token| matches!(token.text(self.text), "+" | "-"));
        self.at += usize::from(is);
        is
    }

    fn column_constraint(&mut self) -> Result<bool, super::Unknown> {
        if self.word("CONSTRAINT") {
            self.name()?;
        } else if self.word("DEFAULT") {
            self.default()?;
        } else if self.words(&["NOT", "NULL"]) || self.word("NULL") || self.word("UNIQUE") {
            self.on_conflict()?;
        } else if self.word("PRIMARY") {
            self.expect("KEY")?;
            self.any(&["ASC", "DESC"]);
            self.on_conflict()?;
            self.word("AUTOINCREMENT");
        } else if self.word("CHECK") {
            self.group()?;
            self.on_conflict()?;
        } else if self.word("REFERENCES") {
            self.references()?;
        } else if self.word("COLLATE") {
            self.name()?;
        } else if self.words(&["GENERATED", "ALWAYS"]) || self.is("AS") {
            self.expect("AS")?;
            self.since(&GENERATED)?;
            self.group()?;
            let _ = self.name();
        } else {
            return self.deferrable();
        }
        Ok(true)
    }

    /// A literal with or without a sign, a word, or an expression in parentheses: no call without them.
    fn default(&mut self) -> Parsed {
        if self.is_group() {
            return self.group();
        }
        let signed = self.sign();
        if self.word("NULL") || self.kind(Kind::Number) || self.kind(Kind::Parameter) {
            return Ok(());
        }
        if signed && self.is_group() { self.group() } else { self.name() }
    }

    pub(super) fn on_conflict(&mut self) -> Parsed {
        if !self.words(&["ON", "CONFLICT"]) {
            return Ok(());
        }
        if self.any(&["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"]) { Ok(()) } else { self.unknown() }
    }

    fn references(&mut self) -> Parsed {
        self.name()?;
        if self.is_group() {
            self.group()?;
        }
        loop {
            if self.word("MATCH") {
                self.name()?;
            } else if self.is("ON") && !self.nth_is(1, "CONFLICT") {
                self.at += 1;
                if !self.any(&["DELETE", "UPDATE", "INSERT"]) {
                    return self.unknown();
                }
                let known = self.any(&["CASCADE", "RESTRICT"])
                    || self.words(&["NO", "ACTION"])
                    || self.words(&["SET", "NULL"])
                    || self.words(&["SET", "DEFAULT"]);
                if !known {
                    return self.unknown();
                }
            } else {
                return Ok(());
            }
        }
    }

    fn deferrable(&mut self) -> Result<bool, super::Unknown> {
        if !self.words(&["NOT", "DEFERRABLE"]) && !self.word("DEFERRABLE") {
            return Ok(false);
        }
        if self.word("INITIALLY") && !self.any(&["DEFERRED", "IMMEDIATE"]) {
            return self.unknown();
        }
        Ok(true)
    }

    /// The columns and constraints of a new table.
    pub(super) fn definitions(&mut self) -> Parsed {
        self.at += 1;
        self.column()?;
        while self.kind(Kind::Comma) {
            if self.is_constraint() {
                return self.constraints();
            }
            self.column()?;
        }
        if self.kind(Kind::CloseParenthesis) { Ok(()) } else { self.unknown() }
    }

    fn is_constraint(&self) -> bool {
        ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"].iter().any(|word| self.is(word))
    }

    /// Once constraints begin, no column can follow. A comma between them may be left out.
    fn constraints(&mut self) -> Parsed {
        while !self.kind(Kind::CloseParenthesis) {
            if !self.is_constraint() {
                return self.unknown();
            }
            self.table_constraint()?;
            if self.kind(Kind::Comma) && !self.is_constraint() {
                return self.unknown();
            }
        }
        Ok(())
    }

    fn table_constraint(&mut self) -> Parsed {
        if self.word("CONSTRAINT") {
            return self.name();
        }
        if self.word("FOREIGN") {
            self.expect("KEY")?;
            self.group()?;
            self.expect("REFERENCES")?;
            self.references()?;
            return self.deferrable().map(drop);
        }
        if self.word("PRIMARY") {
            self.expect("KEY")?;
        } else {
            self.at += 1;
        }
        self.group()?;
        self.on_conflict()
    }

    /// `STRICT`, `WITHOUT ROWID`.
    pub(super) fn table_options(&mut self) -> Parsed {
        while !self.is_done() {
            if self.word("STRICT") {
                self.since(&STRICT)?;
            } else if !self.words(&["WITHOUT", "ROWID"]) {
                return self.unknown();
            }
            if !self.kind(Kind::Comma) {
                break;
            }
        }
        Ok(())
    }
}
