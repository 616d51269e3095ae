//! The files of a folder → the configuration: which files count, found as every face has to find them.
//!
//! The core reads no files. [`resolve`] is given those that are known so far, and names the next one that it has to
//! know; a face reads it and asks again. That ends: no file is asked for twice.

use std::collections::BTreeMap;

use super::flightcheck::{FILE_NAME, Flightcheck, Given, Read, read};
use super::{Configuration, Edition, Source};
use crate::sql::Dialect;
use crate::text::LineIndex;
use crate::version::Release;

/// Flyway's files that are looked for in the project's folder; the first of a kind that exists wins.
const TOML_FILES: [&str; 2] = ["flyway.toml", "conf/flyway.toml"];
const TOML_USER_FILES: [&str; 2] = ["flyway.user.toml", "conf/flyway.user.toml"];
const CONF_FILES: [&str; 3] = ["flyway.conf", "conf/flyway.conf", "flyway.properties"];

/// The files that are known, by their names as seen from the project's folder; `None` where there is no such file.
pub type Known = BTreeMap<String, Option<Vec<u8>>>;

/// What a face knows before any file is read.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The name of the project's folder, of the one above it, and so on, up to the last one above which no
    /// `flightcheck.toml` is looked for.
    pub above: Vec<String>,
    /// Flyway's configuration files that were named; where there are none they are looked for.
    pub given: Vec<Source>,
    /// Environment variables.
    pub variables: BTreeMap<String, String>,
    /// Settings of Flyway that win over everything.
    pub options: Vec<(String, String)>,
    /// The environment of `flightcheck.toml` that was picked.
    pub env: Option<String>,
    /// The edition, where it was given.
    pub edition: Option<Edition>,
    /// The dialect, where it was given.
    pub dialect: Option<Dialect>,
    /// The version of the server, where it was given.
    pub server_version: Option<Release>,
}

/// Why there is no configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// This file has to be known first.
    Wants(String),
    /// What is wrong, for people, with file, line and column where there are some.
    Refused(String),
}

/// The configuration of a project.
pub fn resolve(request: &Request, known: &Known) -> Result<Configuration, Unresolved> {
    let (own, folder) = own_file(request, known)?;
    let env = request.env.as_deref();
    let flightcheck = match &own {
        Some((name, text)) => picked(Read { name, text, folder: &folder, environment: env })?,
        None => Flightcheck::default(),
    };
    if let Some(name) = env.filter(|_| own.is_none()) {
        return Err(Unresolved::Refused(format!(
            "there is no environment `{name}`, because there is no {FILE_NAME}\n  help: Flyway's own environments are picked with `-c environment={name}`"
        )));
    }
    let mut sources = match (request.given.as_slice(), flightcheck.config.as_slice()) {
        ([], []) => found(known)?,
        ([], config) => named(&flightcheck, config, known, own.as_ref().map_or("", |(_, text)| text))?,
        (given, _) => given.to_vec(),
    };
    let toml = sources.iter().filter(|source| matches!(source, Source::Toml { .. })).count();
    if toml != 0 && toml != sources.len() {
        return Err(Unresolved::Refused("TOML and .conf files cannot be mixed: Flyway refuses that too".into()));
    }
    let flyway = request.variables.iter().filter(|(key, _)| key.starts_with("FLYWAY_"));
    sources.push(Source::Environment(flyway.map(|(key, value)| (key.clone(), value.clone())).collect()));
    sources.push(Source::Options(request.options.clone()));
    Ok(Configuration {
        own,
        folder,
        env: request.env.clone(),
        sources,
        environment: request.variables.clone(),
        edition: request.edition,
        dialect: request.dialect,
        server_version: request.server_version,
    })
}

/// A configuration file of Flyway: what its name ends in says in which syntax it is.
#[must_use]
pub fn source(name: &str, text: String) -> Source {
    let (name, ending) = (name.to_owned(), name.rsplit_once('.').map(|(_, ending)| ending));
    if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
        Source::Toml { name, text }
    } else {
        Source::Conf { name, text }
    }
}

/// The name and the text of a file.
type Own = Option<(String, String)>;

/// The nearest `flightcheck.toml` upward, and the project's folder as seen from it.
fn own_file(request: &Request, known: &Known) -> Result<(Own, String), Unresolved> {
    for up in 0..=request.above.len() {
        let name = "../".repeat(up) + FILE_NAME;
        if let Some(text) = text(known, &name)? {
            let folder: Vec<&str> = request.above[..up].iter().rev().map(String::as_str).collect();
            return Ok((Some((name, text)), folder.join("/")));
        }
    }
    Ok((None, String::new()))
}

/// Reads the file, and refuses an environment that was picked and does not exist.
fn picked(input: Read<'_>) -> Result<Flightcheck, Unresolved> {
    let (flightcheck, complaints) = read(input);
    let Some(name) = input.environment.filter(|_| flightcheck.environment.is_none()) else { return Ok(flightcheck) };
    // Without a table of that name the last complaint is about it.
    let why = complaints.last().map(|complaint| format!("{}\n  help: {}", complaint.message, complaint.help));
    Err(Unresolved::Refused(format!(
        "{}: {}",
        input.name,
        why.unwrap_or_else(|| format!("there is no environment `{name}`"))
    )))
}

/// The files that `config` names.
fn named(settings: &Flightcheck, config: &[Given], known: &Known, own: &str) -> Result<Vec<Source>, Unresolved> {
    let one = |(name, place): &Given| {
        let path = settings.from_project(name);
        text(known, &path)?.map(|text| source(&path, text)).ok_or_else(|| {
            let position = LineIndex::new(own).position(own, place.span.map_or(0, |span| span.start));
            let (line, column) = (position.line + 1, position.utf16 + 1);
            let help = "`config` is relative to flightcheck.toml";
            Unresolved::Refused(format!("{}:{line}:{column}: there is no file `{name}`\n  help: {help}", place.file))
        })
    };
    config.iter().map(one).collect()
}

/// The files that stand where Flyway's usually do; TOML beats the older form.
fn found(known: &Known) -> Result<Vec<Source>, Unresolved> {
    let first = |names: &[&str]| -> Result<Option<Source>, Unresolved> {
        for name in names {
            if let Some(text) = text(known, name)? {
                return Ok(Some(source(name, text)));
            }
        }
        Ok(None)
    };
    let sources: Vec<Source> = first(&TOML_FILES)?.into_iter().chain(first(&TOML_USER_FILES)?).collect();
    if sources.is_empty() { Ok(first(&CONF_FILES)?.into_iter().collect()) } else { Ok(sources) }
}

/// The text of a file, `None` where there is no such file.
fn text(known: &Known, name: &str) -> Result<Option<String>, Unresolved> {
    let bytes = known.get(name).ok_or_else(|| Unresolved::Wants(name.to_owned()))?;
    let text = bytes.as_ref().map(|bytes| std::str::from_utf8(bytes).map(str::to_owned)).transpose();
    text.map_err(|error| {
        let at = error.valid_up_to() + 1;
        Unresolved::Refused(format!("`{name}` is not UTF-8: byte {at} does not fit"))
    })
}
