//! `CREATE`.

use super::{Cursor, Parsed};
use crate::sql::Kind;

impl Cursor<'_> {
    /// Reads on after `CREATE`.
    pub(super) fn create(&mut self) -> Parsed {
        if self.words(&["VIRTUAL", "TABLE"]) {
            return self.create_virtual();
        }
        let unique = self.word("UNIQUE");
        if unique || self.is("INDEX") {
            return self.create_index();
        }
        self.any(&["TEMP", "TEMPORARY"]);
        if self.word("TABLE") {
            self.create_table()
        } else if self.word("VIEW") {
            self.create_view()
        } else if self.word("TRIGGER") {
            self.create_trigger()
        } else {
            self.unknown()
        }
    }

    fn if_not_exists(&mut self) -> Parsed {
        if self.is("IF") && self.nth_is(1, "NOT") {
            self.at += 2;
            return self.expect("EXISTS");
        }
        Ok(())
    }

    fn create_virtual(&mut self) -> Parsed {
        self.if_not_exists()?;
        self.full_name()?;
        self.expect("USING")?;
        self.name()?;
        if self.is_group() { self.group() } else { Ok(()) }
    }

    fn create_table(&mut self) -> Parsed {
        self.if_not_exists()?;
        self.full_name()?;
        if self.is_group() {
            self.definitions()?;
            return self.table_options();
        }
        self.expect("AS")?;
        self.query()
    }

    fn create_index(&mut self) -> Parsed {
        self.expect("INDEX")?;
        self.if_not_exists()?;
        self.full_name()?;
        self.expect("ON")?;
        self.name()?;
        self.index_columns()?;
        if !self.word("WHERE") {
            return Ok(());
        }
        while !self.is_done() {
            self.pass();
        }
        Ok(())
    }

    /// Expressions with a collation and an order: no operator class, no place for nulls.
    fn index_columns(&mut self) -> Parsed {
        let mut inner = self.clone();
        self.group()?;
        while inner.at + 1 < self.at {
            inner.at += 1;
            let known =
                ["COLLATE", "ASC", "DESC", "IS", "LIKE", "GLOB", "MATCH", "REGEXP", "NOT", "IN", "CASE", "CAST"];
            if inner.name().is_ok() && inner.plain_name() && !known.iter().any(|word| inner.is(word)) {
                return inner.unknown();
            }
            while inner.at + 1 < self.at && !inner.peek().is_some_and(|token| token.kind == Kind::Comma) {
                if inner.is("NULLS") && (inner.nth_is(1, "FIRST") || inner.nth_is(1, "LAST")) {
                    return inner.unknown();
                }
                inner.pass();
            }
        }
        Ok(())
    }

    /// Whether a name stands here that is no keyword in an expression.
    fn plain_name(&self) -> bool {
        self.peek().is_some_and(|token| token.kind == Kind::Word) && self.clone().name().is_ok()
    }

    fn create_view(&mut self) -> Parsed {
        self.if_not_exists()?;
        self.full_name()?;
        if self.is_group() {
            self.group()?;
        }
        self.expect("AS")?;
        self.query()
    }

    fn create_trigger(&mut self) -> Parsed {
        self.if_not_exists()?;
        self.full_name()?;
        if !self.words(&["INSTEAD", "OF"]) {
            self.any(&["BEFORE", "AFTER"]);
        }
        if self.word("UPDATE") {
            if self.word("OF") {
                self.name()?;
                while self.kind(Kind::Comma) {
                    self.name()?;
                }
            }
        } else if !self.any(&["DELETE", "INSERT"]) {
            return self.unknown();
        }
        self.expect("ON")?;
        self.full_name()?;
        if self.words(&["FOR", "EACH"]) {
            self.expect("ROW")?;
        }
        if self.word("WHEN") {
            while !self.is_done() && !self.is("BEGIN") {
                self.pass();
            }
        }
        self.expect("BEGIN")?;
        self.at = self.tokens.len();
        Ok(())
    }
}
