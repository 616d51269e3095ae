//! Files and options → a project of the core, as the command line makes one of a folder.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use flightcheck_core::layout::flyway::is_in;
use flightcheck_core::project::{self as core, Checked, Configuration, Judged};
use flightcheck_core::ratchet::{self, Ratchet};
use flightcheck_core::report::Report;
use flightcheck_core::settings::{Flightcheck, Known, Request, Unresolved, resolve, source};
use flightcheck_core::{history, seal};

use crate::failure::Failure;
use crate::options::Options;

/// Bytes by path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What the core made of the files and options; gone when the configuration changes.
pub(crate) struct Loaded {
    pub(crate) core: core::Project,
    /// The folders whose files are read.
    folders: Vec<String>,
    /// The files on which all else depends, whether they are there or not.
    pub(crate) asked: BTreeSet<String>,
    /// The shown name of the history.
    pub(crate) history: Option<String>,
    /// What was found; gone when a file changes.
    pub(crate) found: Option<Found>,
}

/// What was found.
pub(crate) struct Found {
    pub(crate) checked: Checked,
    pub(crate) judged: Judged,
    /// The report, once it was asked for.
    pub(crate) report: OnceCell<Report>,
}

impl Loaded {
    /// Loads files, options and a history that wins over one among the files.
    pub(crate) fn new(options: &Options, files: &Files, history: Option<&(String, Vec<u8>)>) -> Result<Self, Failure> {
        let (configuration, asked) = configuration(options, files);
        let mut core = core::Project::new(configuration?);
        core.set_schema_empty(options.schema_empty);
        core.set_statistics(options.statistics.clone());
        core.set_today(options.today);
        let folders: BTreeSet<&str> = files.keys().flat_map(|path| outer_folders(path)).collect();
        for folder in folders {
            core.add_folder(folder);
        }
        if let Some(text) = optional_text(files, seal::FILE_NAME)? {
            core.set_seal(seal::FILE_NAME, text);
        }
        let recorded = optional_text(files, ratchet::FILE_NAME)?.map(|text| Ratchet::parse(&text)).transpose();
        core.set_ratchet(recorded.map_err(|error| Failure::new(format!("`{}`: {error}", ratchet::FILE_NAME)))?);
        let among_files = match named_history(options, &core.settings().flightcheck) {
            Some(path) => Some((path.clone(), given(files, &path)?)),
            None => files.get(history::FILE_NAME).map(|bytes| (history::FILE_NAME.to_owned(), bytes)),
        };
        let history = history.map(|(name, bytes)| (name.clone(), bytes)).or(among_files);
        if let Some((name, bytes)) = &history {
            core.set_history(name, (*bytes).clone());
        }
        let folders = core.places().folders(core.settings());
        let mut loaded = Self { core, folders, asked, history: history.map(|(name, _)| name), found: None };
        for (path, bytes) in files {
            loaded.set(path, bytes);
        }
        Ok(loaded)
    }

    /// Hands a file to the core, if it is one that the command line would come upon.
    pub(crate) fn set(&mut self, path: &str, bytes: &[u8]) {
        if is_in(&self.folders, path) {
            let bytes = if self.core.reads(path) { bytes.to_vec() } else { Vec::new() };
            self.core.set_file(path, bytes);
        }
    }
}

/// The configuration, and the files on which all else depends, whether they are there or not: some are named, others looked
/// for.
pub(crate) fn configuration(options: &Options, files: &Files) -> (Result<Configuration, Failure>, BTreeSet<String>) {
    let mut known = Known::new();
    let configuration = resolved(options, files, &mut known);
    let usual = [history::FILE_NAME, seal::FILE_NAME, ratchet::FILE_NAME].map(str::to_owned);
    let settings = configuration.as_ref().map(|configuration| configuration.read().flightcheck).unwrap_or_default();
    let named = usual.into_iter().chain(options.config.iter().cloned()).chain(named_history(options, &settings));
    (configuration, named.chain(known.into_keys()).collect())
}

/// The configuration; `known` gets the files that were looked at for it.
fn resolved(options: &Options, files: &Files, known: &mut Known) -> Result<Configuration, Failure> {
    let given = options.config.iter().map(|name| Ok(source(name, text(name, given(files, name)?)?)));
    let request = Request {
        above: options.above.clone(),
        given: given.collect::<Result<_, Failure>>()?,
        variables: options.environment.clone(),
        options: options.settings.clone().into_iter().collect(),
        env: options.env.clone(),
        edition: options.edition,
        dialect: options.dialect,
        server_version: options.server_version,
    };
    loop {
        match resolve(&request, known) {
            Ok(configuration) => return Ok(configuration),
            Err(Unresolved::Refused(message)) => return Err(Failure::new(message)),
            Err(Unresolved::Wants(name)) => {
                let bytes = files.get(&name).cloned();
                known.insert(name, bytes);
            }
        }
    }
}

/// The path of the history that the options name, else the settings.
fn named_history(options: &Options, settings: &Flightcheck) -> Option<String> {
    let configured = || settings.history.as_ref().map(|(path, _)| settings.from_project(path));
    options.history.clone().or_else(configured)
}

/// The bytes of a file that the options name.
fn given<'a>(files: &'a Files, path: &str) -> Result<&'a Vec<u8>, Failure> {
    files.get(path).ok_or_else(|| Failure::new(format!("`{path}`: there is no such file")))
}

fn optional_text(files: &Files, path: &str) -> Result<Option<String>, Failure> {
    files.get(path).map(|bytes| text(path, bytes)).transpose()
}

/// The text of a file.
pub(crate) fn text(path: &str, bytes: &[u8]) -> Result<String, Failure> {
    String::from_utf8(bytes.to_vec()).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        Failure::new(format!("`{path}` is not UTF-8: byte {} does not fit", offset + 1))
    })
}

/// All folders that a file lies in, but the project's own.
fn outer_folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at]).filter(|folder| !folder.is_empty())
}
