//! The whole of a project: set files, history and settings, and get everything that there is to say.

mod based;
#[cfg(feature = "bases")]
mod comparing;
mod fixing;
mod ignoring;
mod marking;
mod problem;
mod reading;
mod scripts;
mod rolling_back;
mod tool;

pub use crate::settings::Configuration;
pub use based::Base;
pub use fixing::{AppliedFix, Fixed};
pub use marking::{Judged, Marked};
pub use problem::{Problem, Unusable};
pub use reading::{KnownDialect, Statements};
pub use rolling_back::NoDraft;

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::branch::Branch;
use crate::deployment::{self, Choice, Deployment};
use crate::environment::Environment;
use crate::finding::Finding;
use crate::history::{self, Snapshot};
use crate::layout::flyway::Places;
use crate::layout::{File, Files, Layout, plain};
use crate::ratchet::Ratchet;
use crate::repository::Repository;
use crate::rollback::Rollback;
use crate::rules::{self, Facts, Found, Statistics};
use crate::seal::Seal;
use crate::settings::{Date, Percent, Settings, Source, masked, masked_own};
use crate::sql::secrets;
use crate::status::{Input, Status, status};
use crate::text::{Encoding, detect};

/// A project, to be filled and then checked.
#[derive(Debug, Clone)]
pub struct Project {
    configuration: Configuration,
    settings: Settings,
    folders: BTreeSet<String>,
    files: Files,
    history: Option<(String, Vec<u8>)>,
    seal: Option<(String, String)>,
    schema_empty: Option<bool>,
    statistics: Option<Statistics>,
    today: Option<Date>,
    ratchet: Option<Ratchet>,
    choice: Choice,
    base: Option<Arc<Base>>,
    environments: Vec<Environment>,
    min_rollback_coverage: Option<Percent>,
    repository: Option<Repository>,
    /// Files that could not be read, each with the reason.
    unread: BTreeMap<String, String>,
    readings: reading::Readings,
    deployed: RefCell<Option<Arc<Deployment>>>,
    /// What rules found in it.
    kept: RefCell<rules::Kept>,
    rolled_back: RefCell<Option<(Arc<Deployment>, Arc<Rollback>)>>,
    /// What was found of another tool than Flyway, once it was looked for.
    found: OnceCell<Option<Arc<plain::Found>>>,
}

/// What a check found out.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Where scripts were looked for.
    pub places: Places,
    /// Everything that was found.
    pub layout: Layout,
    /// The history, where one was given.
    pub snapshot: Option<Snapshot>,
    /// States, verdict and plan.
    pub status: Status,
    /// The seal, where there is one.
    pub seal: Option<Seal>,
    /// What the branch changes, where a base was given.
    pub branch: Option<Branch>,
}

impl Project {
    /// A project of that configuration, without files.
    #[must_use]
    pub fn new(configuration: Configuration) -> Self {
        let settings = configuration.read();
        Self {
            configuration,
            settings,
            folders: BTreeSet::new(),
            files: Files::new(),
            history: None,
            seal: None,
            schema_empty: None,
            statistics: None,
            today: None,
            ratchet: None,
            choice: Choice::default(),
            base: None,
            environments: Vec::new(),
            min_rollback_coverage: None,
            repository: None,
            unread: BTreeMap::new(),
            readings: reading::Readings::default(),
            deployed: RefCell::default(),
            kept: RefCell::default(),
            rolled_back: RefCell::default(),
            found: OnceCell::new(),
        }
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The files.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Names and texts of the configuration files, flightcheck's own first.
    pub fn configuration_files(&self) -> impl Iterator<Item = (&str, &str)> {
        let sources = self.configuration.sources.iter().filter_map(|source| match source {
            Source::Conf { name, text } | Source::Toml { name, text } => Some((name, text)),
            Source::Environment(_) | Source::Options(_) => None,
        });
        let own = self.configuration.own.iter().map(|(name, text)| (name, text));
        own.chain(sources).map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Where scripts are looked for, given the folders that are known to exist.
    #[must_use]
    pub fn places(&self) -> Places {
        let holds = |folder: &str| {
            let prefix = format!("{folder}/");
            self.files.range(prefix.clone()..).next().is_some_and(|(path, _)| path.starts_with(&prefix))
        };
        Places::new(&self.settings, |folder| self.folders.contains(folder) || holds(folder))
    }

    /// Whether a file's content matters; of all others the name is enough.
    #[must_use]
    pub fn reads(&self, path: &str) -> bool {
        Places::reads(&self.settings, path) || plain::reads(path)
    }

    /// Says that a folder exists, even if it holds no file.
    pub fn add_folder(&mut self, path: &str) {
        self.folders.insert(path.to_owned());
    }

    /// Sets a file's bytes. `path` is relative to the project's folder, with `/`, or absolute.
    pub fn set_file(&mut self, path: &str, bytes: Vec<u8>) {
        let same_files = self.files.insert(path.to_owned(), File::new(bytes)).is_some();
        self.readings.forget(path, same_files);
        self.found = OnceCell::new();
    }

    /// Sets a file to the one that another project has, without a copy of its bytes.
    pub fn share_file(&mut self, path: &str, other: &Self) {
        if let Some(file) = other.files.get(path) {
            self.files.insert(path.to_owned(), file.clone());
            self.readings.forget(path, false);
            self.found = OnceCell::new();
        }
    }

    /// Says that a file or folder is there and cannot be read.
    pub fn set_unread(&mut self, path: &str, why: &str) {
        self.unread.insert(path.to_owned(), why.to_owned());
    }

    /// What is there and cannot be read, each with the reason.
    pub fn unread(&self) -> impl Iterator<Item = (&str, &str)> {
        self.unread.iter().map(|(path, why)| (path.as_str(), why.as_str()))
    }

    /// Forgets a file.
    pub fn remove_file(&mut self, path: &str) {
        self.files.remove(path);
        self.readings.forget(path, false);
        self.found = OnceCell::new();
    }

    /// Sets the history snapshot under its shown name.
    pub fn set_history(&mut self, name: &str, bytes: Vec<u8>) {
        self.history = Some((name.to_owned(), bytes));
        self.found = OnceCell::new();
    }

    /// Forgets the history snapshot.
    pub fn remove_history(&mut self) {
        self.history = None;
    }

    /// Sets the seal under its shown name.
    pub fn set_seal(&mut self, name: &str, text: String) {
        self.seal = Some((name.to_owned(), text));
    }

    /// Says how large tables are.
    pub fn set_statistics(&mut self, statistics: Option<Statistics>) {
        self.statistics = statistics;
    }

    /// Says which day it is; without it no ignore has ended.
    pub fn set_today(&mut self, today: Option<Date>) {
        self.today = today;
    }

    /// Says what was found before, and so does not count in [`Project::judged`].
    pub fn set_ratchet(&mut self, ratchet: Option<Ratchet>) {
        self.ratchet = ratchet;
    }

    /// Says which of the pending scripts are asked about: those that alone would run, or would be passed over.
    pub fn set_choice(&mut self, choice: Choice) {
        self.choice = choice;
    }

    /// Says which share of migrations has to be covered; wins over the settings.
    pub fn set_min_rollback_coverage(&mut self, least: Option<Percent>) {
        self.min_rollback_coverage = least;
    }

    /// The share of migrations that has to be covered.
    #[must_use]
    pub fn min_rollback_coverage(&self) -> Option<Percent> {
        self.min_rollback_coverage.or(self.settings.flightcheck.min_rollback_coverage)
    }

    /// Says whether the managed schemas are empty.
    pub fn set_schema_empty(&mut self, empty: Option<bool>) {
        self.schema_empty = empty;
    }

    /// Finds scripts, states and plan; [`Project::findings`] says what is wrong with them.
    pub fn check(&self) -> Result<Checked, Unusable> {
        let snapshot = match &self.history {
            Some((name, bytes)) => Some(history::read(name, bytes).map_err(Unusable::History)?),
            None => None,
        };
        let seal = match &self.seal {
            Some((name, text)) => {
                Some(Seal::parse(text).map_err(|error| Unusable::Seal { name: name.clone(), error })?)
            }
            None => None,
        };
        let places = self.places();
        let layout = self.layout();
        let status = status(&self.input(&layout, snapshot.as_ref()));
        let branch = self.branch(&layout);
        Ok(Checked { places, layout, snapshot, status, seal, branch })
    }

    /// What the rules find and what counts of it, by place.
    pub fn findings(&self, checked: &Checked) -> Vec<Finding> {
        self.found(checked).findings
    }

    /// What the rules find, with what is ignored of it.
    pub fn found(&self, checked: &Checked) -> Found {
        let name = self.history.as_ref().map_or("", |(name, _)| name.as_str());
        let deployment = self.deployment(checked);
        let statistics = Statistics::together(&self.settings.flightcheck.tables, self.statistics.as_ref());
        let ignores = self.ignores(checked);
        let facts = Facts {
            tool: self.tool(),
            settings: &self.settings,
            places: &checked.places,
            configuration: &self.configuration_files().collect::<Vec<_>>(),
            files: &self.files,
            layout: &checked.layout,
            history: checked.snapshot.as_ref().map(|snapshot| (name, snapshot)),
            status: &checked.status,
            seal: checked.seal.as_ref(),
            branch: checked.branch.as_ref(),
            environments: &self.environments,
            deployment: &deployment,
            rollback: &self.rollback_of(&deployment, checked),
            min_rollback_coverage: self.min_rollback_coverage(),
            repository: self.repository.as_ref(),
            statistics: statistics.as_ref(),
            ignores: &ignores,
            unused: &[],
            today: self.today,
        };
        rules::run(&facts, &mut self.kept.borrow_mut())
    }

    /// What was applied and what would be, replayed. After an edit only what it changes is replayed anew.
    pub fn deployment(&self, checked: &Checked) -> Arc<Deployment> {
        let (server, assumed) = self.server();
        let before = self.deployed.borrow().clone();
        if let Some(found) = self.other_tool() {
            let reading = |path: &str, part| self.part(path, part);
            let branch = checked.branch.as_ref();
            let deployment = Deployment::plain(&found.scripts, server, assumed, (&reading, branch), before.as_deref());
            return self.keep(deployment);
        }
        let input = deployment::Input {
            settings: &self.settings,
            layout: &checked.layout,
            status: &checked.status,
            has_history: checked.snapshot.is_some(),
            branch: checked.branch.as_ref(),
            server,
            assumed,
            choice: &self.choice,
            reading: &|path| self.reading(path),
        };
        self.keep(Deployment::new(&input, before.as_deref()))
    }

    fn keep(&self, deployment: Deployment) -> Arc<Deployment> {
        let deployment = Arc::new(deployment);
        *self.deployed.borrow_mut() = Some(Arc::clone(&deployment));
        deployment
    }

    /// Forgets the replay before, so that the next one replays everything.
    pub fn forget_deployment(&mut self) {
        *self.deployed.get_mut() = None;
        *self.kept.get_mut() = rules::Kept::default();
        *self.rolled_back.get_mut() = None;
    }

    /// What the status engine looks at.
    #[must_use]
    pub fn input<'a>(&'a self, layout: &'a Layout, snapshot: Option<&'a Snapshot>) -> Input<'a> {
        Input {
            settings: &self.settings,
            layout,
            rows: snapshot.and_then(|snapshot| snapshot.rows.as_deref()),
            checksums_known: snapshot.is_none_or(|snapshot| snapshot.has_checksums),
            schema_empty: self.schema_empty,
        }
    }

    /// The text of that name as it may be drawn: secrets in configuration and passwords in scripts are masked, byte positions stay.
    #[must_use]
    pub fn shown_text(&self, name: &str) -> Option<Cow<'_, str>> {
        let is_source = |source: &Source| match source {
            Source::Conf { name: known, .. } | Source::Toml { name: known, .. } => known == name,
            Source::Environment(_) | Source::Options(_) => false,
        };
        let text = self.text(name)?;
        if self.configuration.sources.iter().any(is_source) {
            return Some(Cow::Owned(masked(&text)));
        }
        if self.configuration.own.as_ref().is_some_and(|(known, _)| known == name) {
            return Some(Cow::Owned(masked_own(&text)));
        }
        let hidden = self.reading(name).filter(|reading| reading.text == text);
        Some(hidden.and_then(|reading| secrets::masked(&reading.text, &reading.script)).map_or(text, Cow::Owned))
    }

    /// The text of a script, configuration, snapshot or seal by the name that findings use.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        // These may be among the files, too, without their content.
        let seal = self.seal.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let mut texts = self.configuration_files().chain(seal);
        if let Some((_, text)) = texts.find(|(known, _)| *known == name) {
            return Some(Cow::Borrowed(text));
        }
        if let Some((_, bytes)) = self.history.as_ref().filter(|(known, _)| known == name) {
            return history::decode(name, bytes).ok();
        }
        let file = self.files.get(name)?;
        let readable = |encoding: Encoding| file.text(encoding).ok();
        readable(self.settings.flyway.encoding).or_else(|| readable(detect(file.bytes())?))
    }
}
