//! Queries, and statements that change rows.

use super::{Cursor, Parsed};
use crate::impact::sqlite::form::{RETURNING, UPDATE_FROM, UPSERT};
use crate::sql::Kind;

impl Cursor<'_> {
    /// A statement about rows.
    pub(super) fn rows(&mut self) -> Parsed {
        if self.word("WITH") {
            while !self.is_done()
                && !["INSERT", "REPLACE", "UPDATE", "DELETE", "SELECT"].iter().any(|word| self.is(word))
            {
                self.pass();
            }
        }
        if self.word("INSERT") {
            self.resolution()?;
            self.insert()
        } else if self.word("REPLACE") {
            self.insert()
        } else if self.word("UPDATE") {
            self.resolution()?;
            self.update()
        } else if self.word("DELETE") {
            self.delete()
        } else {
            self.query()
        }
    }

    /// `OR IGNORE` and its like.
    fn resolution(&mut self) -> Parsed {
        let known = !self.word("OR") || self.any(&["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"]);
        if known { Ok(()) } else { self.unknown() }
    }

    fn insert(&mut self) -> Parsed {
        self.expect("INTO")?;
        self.full_name()?;
        if self.word("AS") {
            self.name()?;
        }
        if self.is_group() {
            self.group()?;
        }
        if self.words(&["DEFAULT", "VALUES"]) {
            return self.after_rows();
        }
        if !["VALUES", "SELECT", "WITH"].iter().any(|word| self.is(word)) {
            return self.unknown();
        }
        // A value cannot be DEFAULT.
        let default = self.tokens[self.at..].iter().position(|token| token.is_word(self.text, "DEFAULT"));
        if let Some(at) = default {
            self.at += at;
            return self.unknown();
        }
        self.after_rows()
    }

    /// What may follow the rows of an `INSERT`.
    fn after_rows(&mut self) -> Parsed {
        while !self.is_done() {
            if self.words(&["ON", "CONFLICT"]) {
                self.since(&UPSERT)?;
                if self.is("ON") {
                    return self.unknown();
                }
            } else if self.is("ON") && self.nth_is(1, "DUPLICATE") {
                self.at += 1;
                return self.unknown();
            } else if self.word("RETURNING") {
                self.since(&RETURNING)?;
            } else {
                self.foreign_word()?;
                self.pass();
            }
        }
        Ok(())
    }

    /// A table that is written, with its alias; only after `AS`.
    fn written(&mut self) -> Parsed {
        self.full_name()?;
        if self.word("AS") {
            self.name()?;
        }
        if self.words(&["INDEXED", "BY"]) {
            return self.name();
        }
        self.words(&["NOT", "INDEXED"]);
        Ok(())
    }

    fn update(&mut self) -> Parsed {
        self.written()?;
        self.expect("SET")?;
        while !self.is_done() {
            if self.word("FROM") {
                self.since(&UPDATE_FROM)?;
            } else if self.word("RETURNING") {
                self.since(&RETURNING)?;
            } else {
                let assigned = self.tokens.get(self.at - 1).is_some_and(|token| token.is_word(self.text, "SET"));
                let qualified = self.tokens.get(self.at + 1).is_some_and(|token| token.kind == Kind::Dot);
                if assigned && qualified {
                    self.at += 1;
                    return self.unknown();
                }
                self.foreign_word()?;
                self.pass();
            }
        }
        Ok(())
    }

    fn delete(&mut self) -> Parsed {
        self.expect("FROM")?;
        self.written()?;
        if self.is_done() {
            return Ok(());
        }
        if self.word("RETURNING") {
            self.since(&RETURNING)?;
        } else if !["WHERE", "ORDER", "LIMIT"].iter().any(|word| self.is(word)) {
            return self.unknown();
        }
        while !self.is_done() {
            if self.word("RETURNING") {
                self.since(&RETURNING)?;
            } else {
                self.foreign_word()?;
                self.pass();
            }
        }
        Ok(())
    }

    /// A query, to the end.
    pub(super) fn query(&mut self) -> Parsed {
        if !["SELECT", "VALUES", "WITH"].iter().any(|word| self.is(word)) {
            return self.unknown();
        }
        while !self.is_done() {
            self.foreign_word()?;
            let into = self.is("INTO") || self.is("FOR") && (self.nth_is(1, "UPDATE") || self.nth_is(1, "SHARE"));
            let with = self.is("WITH") && self.at > 0 && (self.nth_is(1, "CHECK") || self.nth_is(1, "NO"));
            if into || with {
                return self.unknown();
            }
            self.pass();
        }
        Ok(())
    }

    /// Words of other servers that are read as such wherever they stand.
    fn foreign_word(&mut self) -> Parsed {
        let distinct = self.words(&["DISTINCT", "ON"]) && self.is_group();
        let top = self.is("TOP") && self.tokens.get(self.at + 1).is_some_and(|next| next.kind == Kind::Number);
        let like = self.is("ILIKE") && self.tokens.get(self.at + 1).is_some_and(|next| next.kind == Kind::String);
        if distinct || top || like { self.unknown() } else { Ok(()) }
    }
}
