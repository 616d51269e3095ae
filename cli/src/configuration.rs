//! The configuration of a folder on disk: reads the files that the core asks for.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use flightcheck_core::settings::{Configuration, Known, Request, Source, Unresolved, resolve, source};

use crate::load::read_text;
use crate::{Failure, args, say};

/// Finds the configuration of a project's folder.
pub(crate) fn configuration_of(arguments: &args::Project, folder: &Path) -> Result<Configuration, Failure> {
    let variables: BTreeMap<String, String> = std::env::vars_os()
        .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    let request = Request {
        above: above(folder),
        given: given(arguments, &variables)?,
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
                let bytes = read_bytes(&folder.join(&name))?;
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
fn given(arguments: &args::Project, variables: &BTreeMap<String, String>) -> Result<Vec<Source>, Failure> {
    let mut given = arguments.config.clone();
    if given.is_empty() {
        // Flyway only warns about a file of this list that does not exist.
        let listed = variables.get("FLYWAY_CONFIG_FILES").into_iter().flat_map(|files| files.split(','));
        let (found, missing): (Vec<_>, Vec<_>) =
            listed.map(str::trim).filter(|file| !file.is_empty()).map(PathBuf::from).partition(|file| file.exists());
        for file in missing {
            say(&format!("warning: `{}`, which FLYWAY_CONFIG_FILES names, does not exist", file.display()));
        }
        given = found;
    }
    let read = |path: &PathBuf| {
        let text = read_text(path)?.ok_or_else(|| format!("`{}`: there is no such file", path.display()))?;
        Ok(source(&path.display().to_string(), text))
    };
    given.iter().map(read).collect()
}

/// The bytes of a file, `None` where there is no such file.
pub(crate) fn read_bytes(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("`{}` cannot be read: {error}", path.display())),
    }
}
