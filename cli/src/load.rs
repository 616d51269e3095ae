//! A folder on disk → a project: finds the configuration, walks the locations, reads what matters.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use flightcheck_core::history;
use flightcheck_core::layout::flyway::is_passed_over;
use flightcheck_core::project::{Checked, Configuration, Problem, Project};
use flightcheck_core::repository::{ATTRIBUTES, OWNERS, Repository};
use flightcheck_core::seal;
use flightcheck_core::settings::{FILE_NAME, Given};
use flightcheck_core::text::{Encoding, LineIndex};

use crate::configuration::{configuration_of, read_bytes};
use crate::progress::Progress;
use crate::{Failure, args, environments, say};

/// A loaded project and the names that its parts are shown under.
pub(crate) struct Loaded {
    pub(crate) project: Project,
    pub(crate) history: Option<String>,
    /// Its folder on disk.
    pub(crate) folder: PathBuf,
}

/// Loads the project that the arguments name.
pub(crate) fn load(arguments: &args::Project) -> Result<Loaded, Failure> {
    let mut all = load_all(arguments)?;
    match all.pop() {
        Some(only) if all.is_empty() => {
            say_complaints(&only.project);
            Ok(only)
        }
        last => {
            all.extend(last);
            let folders: Vec<String> = all.iter().map(|loaded| loaded.folder.display().to_string()).collect();
            let help = format!("give the folder of one: {}", folders.join(", "));
            Err(format!("`{}` holds several projects\n  help: {help}", arguments.folder.display()))
        }
    }
}

/// Loads the project that the arguments name, or each that the `flightcheck.toml` of their folder lists.
pub(crate) fn load_all(arguments: &args::Project) -> Result<Vec<Loaded>, Failure> {
    let folder = &arguments.folder;
    if !folder.is_dir() {
        return Err(format!("`{}` is no folder; give the folder of a project", folder.display()));
    }
    let arguments = &environments::first(arguments, folder)?;
    let configuration = configuration_of(arguments, folder)?;
    let listed = if configuration.folder.is_empty() { configuration.read().flightcheck.projects } else { Vec::new() };
    if listed.is_empty() {
        return Ok(vec![load_one(arguments, folder.clone(), configuration)?]);
    }
    if listed.len() > 1 && !arguments.history.is_empty() {
        return Err("--history is for one project\n  help: give the folder of a project, or set `history` in its `[[projects]]`".into());
    }
    let one = |(name, _): &Given| {
        let folder = if name.is_empty() { folder.clone() } else { folder.join(name) };
        if !folder.is_dir() {
            return Err(format!("`{}`, which {FILE_NAME} lists as a project, is no folder", folder.display()));
        }
        let configuration = configuration_of(arguments, &folder)?;
        load_one(arguments, folder, configuration)
    };
    listed.iter().map(one).collect()
}

pub(crate) fn load_one(
    arguments: &args::Project,
    folder: PathBuf,
    configuration: Configuration,
) -> Result<Loaded, Failure> {
    let mut project = Project::new(configuration);
    project.set_schema_empty(arguments.schema_empty);
    Walker::new(&folder, &mut project).walk();
    if let Some(text) = read_text(&folder.join(seal::FILE_NAME))? {
        project.set_seal(seal::FILE_NAME, text);
    }
    if project.asks_for_repository() {
        let repository = repository_of(&folder, &project)?;
        project.set_repository(repository);
    }
    let history = read_history(arguments, &folder, &mut project)?;
    Ok(Loaded { project, history, folder })
}

/// Says what is wrong with `flightcheck.toml`; `check` finds it.
pub(crate) fn say_complaints(project: &Project) {
    for complaint in project.settings().complaints.iter().filter(|complaint| complaint.is_ours) {
        let place = &complaint.place;
        let text = project.text(&place.file).unwrap_or_default();
        let position = LineIndex::new(&text).position(&text, place.span.map_or(0, |span| span.start));
        let (line, column) = (position.line + 1, position.utf16 + 1);
        let (file, message, help) = (&place.file, &complaint.message, &complaint.help);
        say(&format!("warning: {file}:{line}:{column}: {message}\n  help: {help}"));
    }
}

/// The same for commands that speak of states and history, which are known for Flyway alone.
pub(crate) fn load_flyway(arguments: &args::Project) -> Result<Loaded, Failure> {
    let loaded = load(arguments)?;
    refuse_others(&loaded.project)?;
    Ok(loaded)
}

/// Refuses the migrations of other tools than Flyway.
pub(crate) fn refuse_others(project: &Project) -> Result<(), Failure> {
    match project.other_tool() {
        None => Ok(()),
        Some(found) => Err(format!(
            "these are migrations of {}: {}\n  help: `check` and `fix` read them; states and history are known for Flyway alone",
            found.tool.as_str(),
            found.evidence
        )),
    }
}

/// Checks a project, and says what is wrong with input that cannot be worked with.
pub(crate) fn check(project: &Project) -> Result<Checked, Failure> {
    project.check().map_err(|unusable| {
        let line = |problem: Problem| {
            format!("\n{}:{}: {}\n  help: {}", problem.file, problem.line, problem.message, problem.help)
        };
        unusable.title().to_owned() + &unusable.problems(project).into_iter().map(line).collect::<String>()
    })
}

/// The text of a file, `None` where there is no such file.
pub(crate) fn read_text(path: &Path) -> Result<Option<String>, Failure> {
    read_bytes(path)?.map(|bytes| text_of(path, bytes)).transpose()
}

/// The text of a file's bytes.
pub(crate) fn text_of(path: &Path, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        format!("`{}` is not UTF-8: byte {at} does not fit", path.display())
    })
}

/// The text of a script; `-` reads standard input.
pub(crate) fn read_script(path: &Path) -> Result<String, Failure> {
    let bytes = if path.as_os_str() == "-" {
        read_input()?
    } else {
        fs::read(path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?
    };
    let text = Encoding::Utf8.decode(&bytes);
    Ok(text.map_err(|_| format!("`{}` is not UTF-8", path.display()))?.into_owned())
}

fn read_input() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().read_to_end(&mut bytes);
    read.map_err(|error| format!("standard input cannot be read: {error}"))?;
    Ok(bytes)
}

/// What the repository around a folder says of its files; `None` where there is none.
fn repository_of(folder: &Path, project: &Project) -> Result<Option<Repository>, Failure> {
    let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let Some(root) = real.ancestors().find(|folder| folder.join(".git").exists()) else { return Ok(None) };
    let inside = real.strip_prefix(root).unwrap_or(&real).components();
    let names: Vec<_> = inside.map(|part| part.as_os_str().to_string_lossy()).collect();
    let mut repository = Repository { folder: names.join("/"), ..Repository::default() };
    let mut wanted: BTreeSet<String> = OWNERS.map(str::to_owned).into();
    wanted.insert(ATTRIBUTES.to_owned());
    for path in project.files().keys().filter_map(|path| repository.path(path)) {
        wanted.extend(path.match_indices('/').map(|(at, _)| format!("{}/{ATTRIBUTES}", &path[..at])));
    }
    for name in wanted {
        if let Some(text) = read_text(&root.join(&name))? {
            repository.files.insert(name, text);
        }
    }
    Ok(Some(repository))
}

/// The snapshot that is given, else the one that the settings name, else the one in the folder. One that is given is shown
/// under the name that was given, the others under theirs as seen from the project, as its scripts are.
fn read_history(arguments: &args::Project, folder: &Path, project: &mut Project) -> Result<Option<String>, Failure> {
    let settings = &project.settings().flightcheck;
    let configured = settings.history.as_ref().map(|(path, _)| settings.from_project(path));
    let usual = || folder.join(history::FILE_NAME).is_file().then(|| history::FILE_NAME.to_owned());
    let (name, path) = match arguments.history.first() {
        Some(given) => {
            let path = PathBuf::from(&given.value);
            (path.display().to_string(), path)
        }
        None => match configured.or_else(usual) {
            Some(name) => (name.clone(), folder.join(name)),
            None => return Ok(None),
        },
    };
    let (name, bytes) = if path.as_os_str() == "-" {
        ("<stdin>".to_owned(), read_input()?)
    } else {
        let bytes = fs::read(&path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
        (name, bytes)
    };
    project.set_history(&name, bytes);
    Ok(Some(name))
}

/// Reads the folders that a project needs.
struct Walker<'a> {
    folder: &'a Path,
    project: &'a mut Project,
    progress: Progress,
    /// Real paths of the folders being walked, so that a link to a parent ends.
    open: BTreeSet<PathBuf>,
}

/// Files in the project's own folder that tell which tool its migrations are for.
pub(crate) const MARKERS: [&str; 3] = ["sqitch.plan", "sqlx.toml", "Cargo.toml"];

impl<'a> Walker<'a> {
    fn new(folder: &'a Path, project: &'a mut Project) -> Self {
        Self { folder, project, progress: Progress::new("reading scripts"), open: BTreeSet::new() }
    }

    fn walk(mut self) {
        for folder in flightcheck_core::settings::DEFAULT_FOLDERS {
            if self.folder.join(folder).is_dir() {
                self.project.add_folder(folder);
            }
        }
        let places = self.project.places();
        let mut folders = places.folders(self.project.settings());
        for marker in MARKERS.into_iter().filter(|marker| self.folder.join(marker).is_file()) {
            // sqitch keeps its scripts beside the plan.
            if marker == "sqitch.plan" {
                folders = vec![".".to_owned()];
            }
            self.file(&self.folder.join(marker), marker);
        }
        for folder in folders {
            let path = self.folder.join(&folder);
            if path.is_dir() {
                self.project.add_folder(&folder);
                self.folder(&path, &folder);
            }
        }
    }

    fn folder(&mut self, path: &Path, name: &str) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if !self.open.insert(real.clone()) {
            return;
        }
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return self.pass_over(path, name, &error.to_string()),
        };
        for entry in entries {
            let Ok(entry) = entry else { continue };
            let base = entry.file_name().to_string_lossy().into_owned();
            let child = if name == "." { base.clone() } else { format!("{name}/{base}") };
            let skipped = is_passed_over(name, &base);
            // Links are followed. Of all others the folder itself says what they are.
            let kind = match entry.file_type() {
                Ok(kind) if !kind.is_symlink() => Ok(kind),
                _ => fs::metadata(entry.path()).map(|metadata| metadata.file_type()),
            };
            match kind {
                Ok(kind) if kind.is_dir() && skipped => {}
                Ok(kind) if kind.is_dir() => self.folder(&entry.path(), &child),
                Ok(kind) if kind.is_file() => self.file(&entry.path(), &child),
                Ok(_) => self.pass_over(&entry.path(), &child, "it is no regular file"),
                Err(error) => self.pass_over(&entry.path(), &child, &error.to_string()),
            }
        }
        self.open.remove(&real);
    }

    fn file(&mut self, path: &Path, name: &str) {
        let bytes = if self.project.reads(name) { fs::read(path) } else { Ok(Vec::new()) };
        self.progress.step();
        match bytes {
            Ok(bytes) => self.project.set_file(name, bytes),
            Err(error) => self.pass_over(path, name, &error.to_string()),
        }
    }

    /// Flyway skips what it cannot read without a word.
    fn pass_over(&mut self, path: &Path, name: &str, reason: &str) {
        say(&format!("warning: `{}` is passed over, as Flyway does in silence: {reason}", path.display()));
        self.project.set_unread(name, reason);
    }
}
