//! Scripts read as SQL, once for each content: a changed file is read anew, all others stay as they are.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::change::{Reading, Totals, Understood};
use crate::finding::Label;
use crate::impact::Server;
use crate::layout::flyway::is_sql;
use crate::layout::{Language, plain};
use crate::sql::{Dialect, Options, detect};
use crate::text::Span;

use super::{Checked, Project};

/// The dialect of a project's scripts, and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownDialect {
    /// The dialect.
    pub dialect: Dialect,
    /// What speaks for it, in words; empty where nothing does.
    pub evidence: Vec<String>,
    /// Whether `flightcheck.toml` or the JDBC URL says so; otherwise the scripts do.
    pub configured: bool,
}

/// How much of the SQL was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statements {
    /// How many scripts were read.
    pub scripts: usize,
    /// How many statements they hold.
    pub totals: Totals,
    /// The statements of which nothing is known, and the first unknown clauses of others.
    pub missed: Vec<(Label, Understood)>,
}

impl Statements {
    fn count(&mut self, path: &str, reading: &Reading) {
        self.scripts += 1;
        for request in &reading.requests {
            let understood = request.understood();
            self.totals.count(understood);
            if understood != Understood::Understood {
                let first = request.opaque_spans().first().copied().unwrap_or(request.span);
                self.missed.push((Label::at(path, first), understood));
            }
        }
    }
}

/// The parts of a file by their place.
type Parts = BTreeMap<(usize, usize), Arc<Reading>>;

/// What was read so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Readings {
    dialect: RefCell<Option<KnownDialect>>,
    by_path: RefCell<BTreeMap<String, Arc<Reading>>>,
    parts: RefCell<BTreeMap<String, Parts>>,
}

impl Readings {
    /// A file has other bytes, or is gone. Another set of files may be of another dialect.
    pub(super) fn forget(&mut self, path: &str, same_files: bool) {
        self.by_path.get_mut().remove(path);
        self.parts.get_mut().remove(path);
        if !same_files {
            *self.dialect.get_mut() = None;
        }
    }
}

impl Project {
    /// The dialect: of `flightcheck.toml`, of the JDBC URL, else detected in all scripts together.
    ///
    /// Editing a script does not change it; adding or removing one may.
    pub fn dialect(&self) -> KnownDialect {
        self.readings.dialect.borrow_mut().get_or_insert_with(|| self.find_dialect()).clone()
    }

    /// The server that the scripts run on, and whether its version is only assumed: the oldest that is supported.
    pub fn server(&self) -> (Server, bool) {
        let edition = self.settings.flightcheck.server_edition;
        let oldest = Server { edition, ..Server::oldest(self.dialect().dialect) };
        match self.settings.flightcheck.server_version {
            Some(version) => (Server { version, ..oldest }, false),
            None => (oldest, true),
        }
    }

    fn find_dialect(&self) -> KnownDialect {
        if let Some(dialect) = self.settings.flightcheck.dialect {
            let own = self.configuration.own.as_ref().map_or("flightcheck.toml", |(name, _)| name.as_str());
            let name = if self.configuration.dialect.is_some() { "the dialect that was given" } else { own };
            return KnownDialect { dialect, evidence: vec![name.to_owned()], configured: true };
        }
        let url = self.settings.flyway.url.as_deref();
        if let Some(dialect) = url.and_then(Dialect::from_jdbc_url) {
            let evidence = vec!["the JDBC URL".to_owned()];
            return KnownDialect { dialect, evidence, configured: true };
        }
        let other = self.other_tool();
        if let Some((found, dialect)) = other.as_deref().and_then(|found| Some((found, found.dialect?))) {
            let evidence = vec![format!("the names in the folder `{}`", found.folder)];
            return KnownDialect { dialect, evidence, configured: false };
        }
        let paths: Vec<&str> = match &other {
            Some(found) => found.scripts.iter().map(|script| script.path.as_str()).collect(),
            None => self.files.keys().map(String::as_str).filter(|path| is_sql(&self.settings.flyway, path)).collect(),
        };
        let texts: Vec<_> = paths.into_iter().filter_map(|path| self.text(path)).collect();
        let found = detect(texts.iter().map(AsRef::as_ref));
        KnownDialect { dialect: found.dialect, evidence: found.evidence, configured: false }
    }

    /// A script as SQL; read when first asked for, and again only when its own bytes or the dialect change. `None`
    /// where there is no such file or its bytes are no text.
    pub fn reading(&self, path: &str) -> Option<Arc<Reading>> {
        let dialect = self.dialect().dialect;
        let cached = self.readings.by_path.borrow().get(path).cloned();
        if let Some(reading) = cached.filter(|reading| reading.script.dialect == dialect) {
            return Some(reading);
        }
        let reading = Arc::new(self.read(path, dialect)?);
        self.readings.by_path.borrow_mut().insert(path.to_owned(), Arc::clone(&reading));
        Some(reading)
    }

    /// A script as SQL of a dialect, not kept.
    pub(super) fn read(&self, path: &str, dialect: Dialect) -> Option<Reading> {
        self.files.get(path)?;
        Some(Reading::new(self.text(path)?.into_owned(), &self.options(dialect)))
    }

    pub(super) fn options(&self, dialect: Dialect) -> Options {
        let marks = &self.settings.flyway.marks;
        Options {
            dialect,
            placeholder_prefix: marks.prefix.clone().into(),
            placeholder_suffix: marks.suffix.clone().into(),
        }
    }

    /// A part of a script as SQL, read as [`Project::reading`] does; `None` for what is written in another language.
    pub(super) fn part(&self, path: &str, part: Span) -> Option<Arc<Reading>> {
        if !plain::is_sql(path) {
            return None;
        }
        let dialect = self.dialect().dialect;
        let place = (part.start, part.end);
        let cached = self.readings.parts.borrow().get(path).and_then(|parts| parts.get(&place)).cloned();
        if let Some(reading) = cached.filter(|reading| reading.script.dialect == dialect) {
            return Some(reading);
        }
        self.files.get(path)?;
        let reading = Arc::new(Reading::part(&self.text(path)?, part, &self.options(dialect)));
        let mut parts = self.readings.parts.borrow_mut();
        parts.entry(path.to_owned()).or_default().insert(place, Arc::clone(&reading));
        Some(reading)
    }

    /// Counts the statements of all migrations, callbacks and undo scripts. What is read for this alone is not kept.
    pub fn statements(&self, checked: &Checked) -> Statements {
        let mut statements = Statements::default();
        if let Some(found) = self.other_tool() {
            for script in &found.scripts {
                let parts = script.sections.iter().filter_map(|section| self.part(&script.path, section.span));
                parts.for_each(|reading| statements.count(&script.path, &reading));
            }
            return statements;
        }
        let layout = &checked.layout;
        let migrations = layout.migrations.iter().filter(|migration| migration.language == Language::Sql);
        let callbacks = layout.callbacks.iter().filter(|callback| callback.language == Language::Sql);
        let mut paths: Vec<&String> = migrations.map(|migration| &migration.path).collect();
        paths.extend(callbacks.map(|callback| &callback.path));
        paths.extend(layout.rollbacks.iter().map(|rollback| &rollback.path));
        paths.sort();
        paths.dedup();
        let dialect = self.dialect().dialect;
        for path in paths {
            let cached = self.readings.by_path.borrow().get(path).cloned();
            let Some(reading) = cached.or_else(|| self.read(path, dialect).map(Arc::new)) else { continue };
            statements.count(path, &reading);
        }
        statements
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Configuration;

    fn project() -> Project {
        let mut project = Project::new(Configuration::default());
        project.set_file("sql/V1__a.sql", b"create table a (id serial);".to_vec());
        project.set_file("sql/V2__b.sql", b"create table b (id bigint); frobnicate;".to_vec());
        project
    }

    #[test]
    fn a_changed_file_is_read_anew_and_no_other() {
        let mut project = project();
        let before = (project.reading("sql/V1__a.sql").unwrap(), project.reading("sql/V2__b.sql").unwrap());
        project.set_file("sql/V2__b.sql", b"drop table b;".to_vec());
        let after = (project.reading("sql/V1__a.sql").unwrap(), project.reading("sql/V2__b.sql").unwrap());
        assert!(Arc::ptr_eq(&before.0, &after.0));
        assert_eq!(after.1.requests[0].kind(), "drop-table");
        project.remove_file("sql/V2__b.sql");
        assert!(project.reading("sql/V2__b.sql").is_none());
    }

    #[test]
    fn the_dialect_is_detected_until_the_url_says_it() {
        assert_eq!(project().dialect().dialect, Dialect::Postgres);
        let options = vec![("url".to_owned(), "jdbc:mariadb://localhost/shop".to_owned())];
        let sources = vec![crate::settings::Source::Options(options)];
        let known = Project::new(Configuration { sources, ..Configuration::default() }).dialect();
        assert_eq!((known.dialect, known.configured), (Dialect::Mariadb, true));
    }

    #[test]
    fn what_is_not_understood_is_counted() {
        let project = project();
        let statements = project.statements(&project.check().unwrap());
        assert_eq!(statements.totals, Totals { understood: 2, partly: 0, opaque: 1 });
        assert_eq!((statements.scripts, statements.missed.len()), (2, 1));
    }
}
