//! Settings and transactions.

use std::sync::Arc;

use super::Replay;
use crate::change::{Assignment, Identifier, Setting, Transaction};
use crate::sql::Dialect;
use crate::text::Casing;

impl Replay<'_> {
    pub(super) fn transaction(&mut self, transaction: &Transaction) {
        match transaction {
            Transaction::Begin => {
                if self.catalog.commits_implicitly() {
                    self.catalog.commit();
                }
                self.catalog.begin();
            }
            Transaction::Commit | Transaction::TwoPhase => self.catalog.commit(),
            Transaction::Savepoint(name) => self.catalog.save(self.savepoint(name.as_ref())),
            Transaction::Release(name) => self.catalog.release(self.savepoint(name.as_ref()).as_deref()),
            // Whether a guarded rollback runs is not known; it stands there for what goes wrong.
            Transaction::Rollback | Transaction::RollbackTo(_) if self.guarded => {}
            Transaction::Rollback => self.catalog.rollback(),
            Transaction::RollbackTo(name) => self.catalog.back_to(self.savepoint(name.as_ref()).as_deref()),
        }
    }

    /// The name of a savepoint. SQLite's and MySQL's have no case.
    fn savepoint(&self, name: Option<&Identifier>) -> Option<String> {
        name.map(|name| self.fold(name))
    }

    pub(super) fn set(&mut self, setting: &Setting) {
        for assignment in &setting.assignments {
            self.assign(assignment);
        }
    }

    fn assign(&mut self, assignment: &Assignment) {
        let values: Vec<&str> =
            assignment.values.iter().map(|value| value.trim_matches(['"', '`', '[', ']'])).collect();
        match (assignment.name.as_str(), self.catalog.dialect) {
            ("search_path" | "schema" | "current_schema", _) | ("database", Dialect::Mysql | Dialect::Mariadb) => {
                self.search(&values);
            }
            // SQLite ignores it while a transaction is open.
            ("foreign_keys", Dialect::Sqlite) if self.catalog.is_in_transaction() => {}
            ("foreign_key_checks" | "foreign_keys" | "referential_integrity", _) => {
                let off = |value: &&str| ["0", "off", "false", "no"].iter().any(|no| value.eq_ignore_ascii_case(no));
                self.catalog.state.enforces_keys = !values.first().is_some_and(off);
            }
            _ => {}
        }
    }

    /// The search path; without values it is the first one again.
    fn search(&mut self, values: &[&str]) {
        let fold = |value: &str| match self.catalog.dialect {
            Dialect::Oracle | Dialect::H2 => value.upper(),
            Dialect::Mysql | Dialect::Mariadb => value.to_owned(),
            _ => value.lower(),
        };
        let own = ["$user", "pg_catalog", "pg_temp", ",", ""];
        let names =
            values.iter().flat_map(|value| value.split(',')).map(|value| value.trim().trim_matches(['"', '\'']));
        let path: Vec<Arc<str>> = names.filter(|name| !own.contains(name)).map(|name| Arc::from(fold(name))).collect();
        let home = self.catalog.home();
        self.catalog.state.path = if path.is_empty() { Arc::from([home]) } else { Arc::from(path) };
    }
}
