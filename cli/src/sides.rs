//! Two sets of scripts to compare: files, folders or git revisions.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flightcheck_core::catalog::Catalog;
use flightcheck_core::change::Reading;
use flightcheck_core::dependency::{Schema, Script};
use flightcheck_core::project::Project;
use flightcheck_core::report::Named;
use flightcheck_core::sql::{Dialect, Options, detect};

use crate::Failure;
use crate::args::{self, TwoSets};
use crate::configuration::configuration_of;
use crate::git::{self, Entry, Repository};
use crate::load::{check, load, read_script};

/// One set, and the dialect that speaks from it.
pub(crate) struct Side {
    pub(crate) named: Named,
    pub(crate) dialect: Dialect,
}

/// Both sets in one dialect.
pub(crate) fn sides(arguments: &TwoSets) -> Result<(Side, Side), Failure> {
    let both = |dialect: Option<Dialect>| -> Result<(Side, Side), Failure> {
        Ok((side(arguments, &arguments.a, dialect)?, side(arguments, &arguments.b, dialect)?))
    };
    let (a, b) = both(arguments.dialect)?;
    match (a.dialect, b.dialect) {
        (one, other) if one == other && one != Dialect::Generic => Ok((a, b)),
        (Dialect::Generic, Dialect::Generic) => {
            Err("nothing tells whose SQL this is; say it with --dialect".to_owned())
        }
        (Dialect::Generic, known) | (known, Dialect::Generic) => both(Some(known)),
        (one, other) => Err(format!(
            "`{}` speaks {}, `{}` {}\n  help: say it with --dialect",
            arguments.a,
            one.as_str(),
            arguments.b,
            other.as_str()
        )),
    }
}

fn side(arguments: &TwoSets, given: &str, dialect: Option<Dialect>) -> Result<Side, Failure> {
    let path = Path::new(given);
    let (scripts, dialect) = if path.is_dir() {
        folder(arguments, path, dialect)?
    } else if path.is_file() || given == "-" {
        let text = read_script(path)?;
        let dialect = dialect.unwrap_or_else(|| detect([text.as_str()]).dialect);
        (vec![script(given, text, dialect)], dialect)
    } else {
        revision(arguments, given, dialect)?
    };
    if scripts.is_empty() {
        return Err(format!("there is no migration in `{given}`"));
    }
    Ok(Side { named: Named { name: given.to_owned(), scripts }, dialect })
}

fn script(name: &str, text: String, dialect: Dialect) -> Script {
    Script { name: name.to_owned(), reading: Some(Arc::new(Reading::new(text, &Options::new(dialect)))) }
}

fn project(arguments: &TwoSets, folder: &Path, dialect: Option<Dialect>) -> args::Project {
    args::Project {
        folder: folder.to_owned(),
        history: Vec::new(),
        config: Vec::new(),
        set: arguments.set.clone(),
        env: None,
        edition: None,
        dialect: dialect.or(arguments.dialect),
        server_version: None,
        schema_empty: None,
    }
}

fn folder(arguments: &TwoSets, path: &Path, dialect: Option<Dialect>) -> Result<(Vec<Script>, Dialect), Failure> {
    let loaded = load(&project(arguments, path, dialect))?;
    let found = of_project(&loaded.project)?;
    if !found.0.is_empty() {
        return Ok(found);
    }
    // Scripts that no tool names: all there are, in the order of their names.
    let entries = fs::read_dir(path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("sql")));
    files.sort_by_key(|file| natural(&file.file_name().unwrap_or_default().to_string_lossy()));
    let read = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok((name, read_script(file)?))
    };
    let texts = files.iter().map(read).collect::<Result<Vec<(String, String)>, Failure>>()?;
    let dialect = dialect.unwrap_or_else(|| detect(texts.iter().map(|(_, text)| text.as_str())).dialect);
    Ok((texts.into_iter().map(|(name, text)| script(&name, text, dialect)).collect(), dialect))
}

/// A name as people order it: 2 before 10.
fn natural(name: &str) -> Vec<(u64, String)> {
    let mut parts: Vec<(u64, String)> = vec![(0, String::new())];
    for char in name.chars() {
        let last = parts.last_mut().map(|part| (part.1.is_empty(), part));
        match (char.to_digit(10), last) {
            (Some(digit), Some((true, part))) => part.0 = part.0.saturating_mul(10).saturating_add(u64::from(digit)),
            (Some(digit), _) => parts.push((u64::from(digit), String::new())),
            (None, Some((_, part))) => part.1.push(char),
            (None, None) => {}
        }
    }
    parts
}

fn of_project(project: &Project) -> Result<(Vec<Script>, Dialect), Failure> {
    let checked = check(project)?;
    Ok((project.scripts(&checked), project.dialect().dialect))
}

/// The project's folder as a revision has it. Its configuration is the one on disk.
fn revision(arguments: &TwoSets, given: &str, dialect: Option<Dialect>) -> Result<(Vec<Script>, Dialect), Failure> {
    let folder = &arguments.folder;
    let repository = git::root(folder).map_err(|_| {
        format!("`{given}` is neither a file nor a folder, and `{}` is in no repository of Git", folder.display())
    })?;
    let commit = repository.resolve(given)?;
    of_project(&at_commit(arguments, &repository, &commit, dialect)?)
}

fn at_commit(
    arguments: &TwoSets,
    repository: &Repository,
    commit: &str,
    dialect: Option<Dialect>,
) -> Result<Project, Failure> {
    let folder = &arguments.folder;
    let real = fs::canonicalize(folder).map_err(|error| format!("`{}` cannot be read: {error}", folder.display()))?;
    let inside = real.strip_prefix(&repository.root).map(|path| path.to_string_lossy().replace('\\', "/"));
    let under: Vec<String> = inside.into_iter().filter(|inside| !inside.is_empty()).collect();
    let prefix = under.first().map_or_else(String::new, |inside| format!("{inside}/"));
    let mut project = Project::new(configuration_of(&project(arguments, folder, dialect), folder)?);
    let mut entries = repository.tree(commit, &under)?;
    entries.retain(|entry| !entry.is_submodule && entry.path.starts_with(&prefix));
    let wanted = |entry: &&Entry| project.reads(&entry.path[prefix.len()..]);
    let ids: BTreeSet<&str> = entries.iter().filter(wanted).map(|entry| entry.id.as_str()).collect();
    let contents = repository.contents(&ids)?;
    for entry in &entries {
        let bytes = contents.get(&entry.id).cloned().unwrap_or_default();
        project.set_file(&entry.path[prefix.len()..], bytes);
    }
    Ok(project)
}

/// The scripts at the best common ancestor of two revisions; `None` where one of the two is no revision, or there is none.
pub(crate) fn ancestor(arguments: &TwoSets, dialect: Dialect) -> Result<Option<Vec<Script>>, Failure> {
    if [&arguments.a, &arguments.b].iter().any(|given| Path::new(given).exists()) {
        return Ok(None);
    }
    let repository = git::root(&arguments.folder)?;
    let (a, b) = (repository.resolve(&arguments.a)?, repository.resolve(&arguments.b)?);
    let Ok(commit) = repository.merge_base(&a, &b) else { return Ok(None) };
    Ok(Some(of_project(&at_commit(arguments, &repository, &commit, Some(dialect))?)?.0))
}

/// What the base is: the given files, or an empty database, or, where the scripts need what none of them makes, one of which
/// nothing is known.
pub(crate) fn schema_of(
    arguments: &TwoSets,
    base: &[Script],
    dialect: Dialect,
    sets: [&[Script]; 2],
) -> Result<Schema, Failure> {
    let mut given = Vec::new();
    for path in &arguments.schema {
        given.push(script(&path.display().to_string(), read_script(path)?, dialect));
    }
    given.extend(base.iter().cloned());
    let closed = Schema::of(&given, dialect, false);
    let lacks = |scripts: &[Script]| {
        let mut schema = closed.clone();
        scripts.iter().any(|script| {
            let played = schema.play(script, 0);
            played.failures.iter().any(|failure| failure.missing && failure.object.kind.is_relation())
        })
    };
    let nothing = given.is_empty() && sets.into_iter().any(lacks);
    Ok(if nothing { Schema::new(Catalog::open(dialect)) } else { closed })
}
