//! The configuration of a folder on disk: reads the files that the core asks for.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use flightcheck_core::settings::{Configuration, Known, Request, Unresolved, resolve, source};

use crate::load::text_of;
use crate::{Failure, args, say};

/// Reads a file as it is now, or as it was at a commit; `None` where there is none.
type Reader<'a> = &'a dyn Fn(&Path) -> Result<Option<Vec<u8>>, Failure>;

/// Finds the configuration of a project's folder.
pub(crate) fn configuration_of(arguments: &args::Project, folder: &Path) -> Result<Configuration, Failure> {
    let mut given = given_files(arguments);
    if arguments.config.is_empty() {
        // Flyway only warns about a file of `FLYWAY_CONFIG_FILES` that does not exist.
        let (found, missing): (Vec<_>, Vec<_>) = given.into_iter().partition(|file| file.exists());
        for file in missing {
            say(&format!("warning: `{}`, which FLYWAY_CONFIG_FILES names, does not exist", file.display()));
        }
        given = found;
    }
    configuration_at(arguments, &given, folder, &read_bytes)
}

/// The configuration of a project's folder as a reader of files sees it.
pub(crate) fn configuration_at(
    arguments: &args::Project,
    given: &[PathBuf],
    folder: &Path,
    read: Reader<'_>,
) -> Result<Configuration, Failure> {
    let variables: BTreeMap<String, String> = std::env::vars_os()
        .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    let given = given.iter().map(|path| {
        let bytes = read(path)?.ok_or_else(|| format!("`{}`: there is no such file", path.display()))?;
        Ok(source(&path.display().to_string(), text_of(path, bytes)?))
    });
    let request = Request {
        above: above(folder),
        given: given.collect::<Result<_, Failure>>()?,
        variables,
        options: arguments.set.clone(),
        env: arguments.env.clone(),
        edition: arguments.edition.map(Into::into),
        dialect: arguments.dialect,
        server_version: arguments.server_version,
    };
    let mut known = Known::new();
    loop {
        match resolve(&request, &known) {
            Ok(configuration) => return Ok(configuration),
            Err(Unresolved::Refused(message)) => return Err(message),
            Err(Unresolved::Wants(name)) => {
                let bytes = read(&folder.join(&name))?;
                known.insert(name, bytes);
            }
        }
    }
}

/// The names of a folder and of those above it, up to the one that holds the repository.
fn above(folder: &Path) -> Vec<String> {
    let Ok(real) = fs::canonicalize(folder) else { return Vec::new() };
    let inside = real.ancestors().take_while(|folder| !folder.join(".git").exists());
    inside.filter_map(|folder| Some(folder.file_name()?.to_string_lossy().into_owned())).collect()
}

/// Flyway's files that were named, else those of `FLYWAY_CONFIG_FILES`.
pub(crate) fn given_files(arguments: &args::Project) -> Vec<PathBuf> {
    if !arguments.config.is_empty() {
        return arguments.config.clone();
    }
    let listed = std::env::var("FLYWAY_CONFIG_FILES").unwrap_or_default();
    listed.split(',').map(str::trim).filter(|file| !file.is_empty()).map(PathBuf::from).collect()
}

/// The bytes of a file, `None` where there is no such file.
pub(crate) fn read_bytes(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("`{}` cannot be read: {error}", path.display())),
    }
}
