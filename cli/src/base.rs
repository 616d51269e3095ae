//! The base of a branch: its files and configuration at two commits, as projects that the core compares.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use flightcheck_core::layout::flyway::is_in;
use flightcheck_core::project::{Base, Project};
use flightcheck_core::settings::{DEFAULT_FOLDERS, FILE_NAME};

use crate::args::{Compared, split};
use crate::configuration::{configuration_at, given_files};
use crate::git::{self, Entry, Repository};
use crate::load::{Loaded, MARKERS};
use crate::{Failure, args};

/// Compares a project with the base that was given, else with the one that the settings name.
pub(crate) fn compare(loaded: &mut Loaded, compared: &Compared, arguments: &args::Project) -> Result<(), Failure> {
    let configured = loaded.project.settings().flightcheck.base.as_ref().map(|(name, _)| name.clone());
    let given = compared.base.first().cloned();
    let Some(mut name) = given.or(configured).filter(|_| !compared.no_base) else { return Ok(()) };
    let folder = loaded.folder.clone();
    name = named(&folder, &name)?.map_or(name, |(_, revision)| revision);
    let base = base_of(arguments, &name, &folder, &mut loaded.project)?;
    loaded.project.set_base(Some(base));
    Ok(())
}

/// The name of an environment and its revision, where a text is no revision as a whole.
pub(crate) fn named(folder: &Path, text: &str) -> Result<Option<(String, String)>, Failure> {
    let Some((name, revision)) = split(text) else { return Ok(None) };
    let whole = git::root(folder)?.knows(text)?;
    Ok((!whole).then(|| (name.to_owned(), revision.to_owned())))
}

/// Reads the base of a project.
fn base_of(arguments: &args::Project, name: &str, folder: &Path, own: &mut Project) -> Result<Base, Failure> {
    let repository = git::root(folder)?;
    let tip = repository.resolve(name)?;
    let head = repository.resolve("HEAD")?;
    let ancestor = repository.merge_base(&tip, &head)?;
    let place = Place::new(&repository, folder)?;
    let under = place.listed(arguments, own);
    let old = Snapshot::of_ancestor(&repository, &ancestor, &under)?;
    let new = if tip == ancestor { None } else { Some(old.moved_to(&repository, &tip, &under)?) };
    let tip = new.as_ref().map(|new| project(arguments, &place, new, own)).transpose()?;
    let ancestor = project(arguments, &place, &old, own)?;
    Ok(Base { name: name.to_owned(), tip: tip.unwrap_or_else(|| ancestor.clone()), ancestor })
}

/// The project at the tip of a base, without regard to what it has in common with the branch.
pub(crate) fn tip_of(
    arguments: &args::Project,
    name: &str,
    folder: &Path,
    own: &mut Project,
) -> Result<Project, Failure> {
    let repository = git::root(folder)?;
    let tip = repository.resolve(name)?;
    let place = Place::new(&repository, folder)?;
    let under = place.listed(arguments, own);
    let snapshot = Snapshot::of_ancestor(&repository, &tip, &under)?;
    project(arguments, &place, &snapshot, own)
}

/// Where the project lies in its repository.
struct Place {
    /// The root of the repository.
    root: PathBuf,
    /// The project's folder, without symbolic links.
    folder: PathBuf,
}

impl Place {
    fn new(repository: &Repository, folder: &Path) -> Result<Self, Failure> {
        let real =
            fs::canonicalize(folder).map_err(|error| format!("`{}` cannot be read: {error}", folder.display()))?;
        Ok(Self { root: repository.root.clone(), folder: real })
    }

    /// The path from the root of the repository of what the project calls by a name; `None` outside of it.
    fn path(&self, name: &str) -> Option<String> {
        let joined = self.folder.join(name);
        // A folder may be a link to another one. What is not there any more is taken by its name.
        let real = fs::canonicalize(&joined).unwrap_or_else(|_| normal(&joined));
        let inside = real.strip_prefix(&self.root).ok()?;
        let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Some(parts.join("/"))
    }

    /// The paths from the root that the project may need: its folder, the folders that lie elsewhere, and the files of
    /// flightcheck above it. None where it is the whole repository.
    fn listed(&self, arguments: &args::Project, own: &Project) -> Vec<String> {
        let Some(folder) = self.path("").filter(|folder| !folder.is_empty()) else { return Vec::new() };
        let mut listed = vec![folder.clone()];
        let elsewhere = own.places().folders(own.settings()).into_iter().filter_map(|name| self.path(&name));
        let given =
            arguments.config.iter().filter_map(|path| self.path(&fs::canonicalize(path).ok()?.to_string_lossy()));
        listed.extend(elsewhere.chain(given).filter(|path| !path.starts_with(&format!("{folder}/"))));
        let above = folder.match_indices('/').map(|(at, _)| format!("{}/{FILE_NAME}", &folder[..at]));
        listed.extend(above.chain([FILE_NAME.to_owned()]));
        if listed.iter().any(String::is_empty) { Vec::new() } else { listed }
    }
}

/// A path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    normal
}

/// A file of a snapshot.
#[derive(Debug, Clone)]
enum Content {
    /// It is the one in the working tree.
    Unchanged,
    /// It is another one: these bytes.
    Bytes(Vec<u8>),
}

/// The files at a commit, by their paths from the root.
struct Snapshot {
    entries: BTreeMap<String, (String, Content)>,
}

impl Snapshot {
    /// The files at a commit as compared with the working tree.
    fn of_ancestor(repository: &Repository, commit: &str, under: &[String]) -> Result<Self, Failure> {
        let entries = repository.tree(commit, under)?;
        let differing = repository.differing(commit, under)?;
        Self::new(repository, entries, |entry| (!differing.contains(&entry.path)).then_some(Content::Unchanged))
    }

    /// The files at another commit: most are the same.
    fn moved_to(&self, repository: &Repository, commit: &str, under: &[String]) -> Result<Self, Failure> {
        let same = |entry: &Entry| {
            let known = self.entries.get(&entry.path).filter(|(id, _)| *id == entry.id);
            known.map(|(_, content)| content.clone())
        };
        Self::new(repository, repository.tree(commit, under)?, same)
    }

    fn new(
        repository: &Repository,
        entries: Vec<Entry>,
        known: impl Fn(&Entry) -> Option<Content>,
    ) -> Result<Self, Failure> {
        let (submodules, files): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.is_submodule);
        let with_content = |entry: Entry| {
            let content = known(&entry);
            (entry, content)
        };
        let files: Vec<(Entry, Option<Content>)> = files.into_iter().map(with_content).collect();
        let unknown: BTreeSet<&str> =
            files.iter().filter(|(_, content)| content.is_none()).map(|(entry, _)| entry.id.as_str()).collect();
        let contents = repository.contents(&unknown)?;
        let mut found = BTreeMap::new();
        for (entry, content) in &files {
            let bytes = || Content::Bytes(contents.get(&entry.id).cloned().unwrap_or_default());
            found.insert(entry.path.clone(), (entry.id.clone(), content.clone().unwrap_or_else(bytes)));
        }
        for entry in submodules {
            found.extend(submodule(repository, &entry)?);
        }
        Ok(Self { entries: found })
    }
}

/// The files of a submodule, by their paths from the outer root; none where it is not checked out.
fn submodule(outer: &Repository, entry: &Entry) -> Result<BTreeMap<String, (String, Content)>, Failure> {
    let folder = outer.root.join(&entry.path);
    let Ok(inner) = git::root(&folder) else { return Ok(BTreeMap::new()) };
    if inner.root == outer.root {
        return Ok(BTreeMap::new());
    }
    if inner.resolve(&entry.id).is_err() {
        let help = format!("fetch it: `git -C {} fetch origin {}`", entry.path, entry.id);
        return Err(format!("the submodule `{}` lacks the commit that the base has of it\n  help: {help}", entry.path));
    }
    let inner = Snapshot::of_ancestor(&inner, &entry.id, &[])?;
    Ok(inner.entries.into_iter().map(|(path, file)| (format!("{}/{path}", entry.path), file)).collect())
}

/// The project at a commit. What is unchanged is taken from the branch.
fn project(
    arguments: &args::Project,
    place: &Place,
    snapshot: &Snapshot,
    own: &mut Project,
) -> Result<Project, Failure> {
    let read = |path: &Path| {
        let path = &std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let name = path.to_string_lossy();
        match place.path(&name).map(|path| snapshot.entries.get(&path)) {
            Some(Some((_, Content::Bytes(bytes)))) => Ok(Some(bytes.clone())),
            // Outside of the repository there is one version of everything.
            Some(Some((_, Content::Unchanged))) | None => crate::configuration::read_bytes(path),
            Some(None) => Ok(None),
        }
    };
    let given = given_files(arguments);
    // A file that was named on the command line and that the base does not have changes nothing there.
    let given: Vec<PathBuf> = given.into_iter().filter(|path| read(path).is_ok_and(|bytes| bytes.is_some())).collect();
    let mut project = Project::new(configuration_at(arguments, &given, &place.folder, &read)?);
    let below = |folder: &str| {
        let first = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let range = snapshot.entries.range(first.clone()..);
        range.take_while(move |(path, _)| path.starts_with(&first))
    };
    for folder in DEFAULT_FOLDERS {
        if place.path(folder).is_some_and(|path| below(&path).next().is_some()) {
            project.add_folder(folder);
        }
    }
    let mut folders = project.places().folders(project.settings());
    let marked = |marker: &&str| place.path(marker).is_some_and(|path| snapshot.entries.contains_key(&path));
    for marker in MARKERS.into_iter().filter(marked) {
        if marker == "sqitch.plan" {
            folders = vec![".".to_owned()];
        }
        if let Some((_, content)) = place.path(marker).and_then(|path| snapshot.entries.get(&path)) {
            add(&mut project, own, marker, place, content);
        }
    }
    for folder in &folders {
        let Some(path) = place.path(folder) else { continue };
        let start = if path.is_empty() { 0 } else { path.len() + 1 };
        for (path, (_, content)) in below(&path) {
            let name = if folder == "." { path[start..].to_owned() } else { format!("{folder}/{}", &path[start..]) };
            if is_in(&folders, &name) {
                project.add_folder(folder);
                add(&mut project, own, &name, place, content);
            }
        }
    }
    Ok(project)
}

/// Adds a file. One that Git takes for unchanged and that is not there was left out of a sparse checkout, and is not
/// compared.
fn add(project: &mut Project, own: &mut Project, name: &str, place: &Place, content: &Content) {
    let bytes = match content {
        Content::Bytes(bytes) if project.reads(name) => bytes.clone(),
        Content::Bytes(_) => Vec::new(),
        Content::Unchanged => {
            if !own.files().contains_key(name) && own.other_tool().is_none() {
                // The branch looks elsewhere for its scripts.
                let path = place.folder.join(name);
                let bytes = if project.reads(name) { fs::read(&path).ok() } else { path.is_file().then(Vec::new) };
                let Some(bytes) = bytes else { return };
                own.set_file(name, bytes);
            }
            project.share_file(name, own);
            return;
        }
    };
    project.set_file(name, bytes);
}
