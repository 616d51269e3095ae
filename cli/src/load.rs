//! A folder on disk → a project: finds the configuration, walks the locations, reads what matters.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use flightcheck_core::project::{Checked, Configuration, Project, Unusable};
use flightcheck_core::seal;
use flightcheck_core::settings::Source;
use flightcheck_core::text::Encoding;

use crate::progress::Progress;
use crate::{Failure, args, say};

/// A loaded project and the names that its parts are shown under.
pub(crate) struct Loaded {
    pub(crate) project: Project,
    pub(crate) history: Option<String>,
}

/// Configuration files that are looked for in the folder, the first of a kind that exists wins.
const TOML_FILES: [&str; 2] = ["flyway.toml", "conf/flyway.toml"];
const TOML_USER_FILES: [&str; 2] = ["flyway.user.toml", "conf/flyway.user.toml"];
const CONF_FILES: [&str; 3] = ["flyway.conf", "conf/flyway.conf", "flyway.properties"];
/// A history snapshot that is taken where no other is given.
const HISTORY_FILE: &str = "flightcheck.history.json";

/// Loads everything that the arguments name.
pub(crate) fn load(arguments: &args::Project) -> Result<Loaded, Failure> {
    let folder = &arguments.folder;
    if !folder.is_dir() {
        return Err(format!("`{}` is no folder; give the folder of a project", folder.display()));
    }
    let mut project = Project::new(configuration(arguments)?);
    project.set_schema_empty(arguments.schema_empty);
    Walker::new(folder, &mut project).walk();
    if let Some(text) = read_text(&folder.join(seal::FILE_NAME))? {
        project.set_seal(seal::FILE_NAME, text);
    }
    let history = read_history(arguments, &mut project)?;
    Ok(Loaded { project, history })
}

/// Checks a project, and says what is wrong with input that cannot be worked with.
pub(crate) fn check(project: &Project) -> Result<Checked, Failure> {
    project.check().map_err(|unusable| match unusable {
        Unusable::History(errors) => {
            let lines = errors
                .iter()
                .map(|error| format!("{}:{}: {}\n  help: {}", error.place.file, error.line, error.message, error.help));
            format!("the history snapshot cannot be read\n{}", lines.collect::<Vec<_>>().join("\n"))
        }
        Unusable::Seal { name, error } => {
            let line = project.text(&name).map_or(1, |text| text[..error.span.start].matches('\n').count() + 1);
            format!("{name}:{line}: this is no line of a seal\n  help: write the seal anew with `flightcheck seal`")
        }
    })
}

fn configuration(arguments: &args::Project) -> Result<Configuration, Failure> {
    let folder = &arguments.folder;
    let own = read_text(&folder.join("flightcheck.toml"))?.map(|text| ("flightcheck.toml".to_owned(), text));
    let environment: BTreeMap<String, String> = std::env::vars_os()
        .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    let mut sources = configuration_files(arguments, &environment)?;
    let flyway = environment.iter().filter(|(key, _)| key.starts_with("FLYWAY_"));
    sources.push(Source::Environment(flyway.map(|(key, value)| (key.clone(), value.clone())).collect()));
    sources.push(Source::Options(arguments.set.clone()));
    let (dialect, server_version) = (arguments.dialect, arguments.server_version);
    Ok(Configuration { own, sources, environment, edition: arguments.edition.map(Into::into), dialect, server_version })
}

/// The files given, else those of `FLYWAY_CONFIG_FILES`, else those found in the folder; TOML beats the older form.
fn configuration_files(
    arguments: &args::Project,
    environment: &BTreeMap<String, String>,
) -> Result<Vec<Source>, Failure> {
    let mut given = arguments.config.clone();
    if given.is_empty() {
        // Flyway only warns about a file of this list that does not exist.
        let listed = environment.get("FLYWAY_CONFIG_FILES").into_iter().flat_map(|files| files.split(','));
        let (found, missing): (Vec<_>, Vec<_>) =
            listed.map(str::trim).filter(|file| !file.is_empty()).map(PathBuf::from).partition(|file| file.exists());
        for file in missing {
            say(&format!("warning: `{}`, which FLYWAY_CONFIG_FILES names, does not exist", file.display()));
        }
        given = found;
    }
    if !given.is_empty() {
        let sources = given.iter().map(|path| {
            let text = read_text(path)?.ok_or_else(|| format!("`{}`: there is no such file", path.display()))?;
            Ok(source(&path.display().to_string(), text))
        });
        let sources = sources.collect::<Result<Vec<_>, Failure>>()?;
        let toml = sources.iter().filter(|source| matches!(source, Source::Toml { .. })).count();
        if toml != 0 && toml != sources.len() {
            return Err("TOML and .conf files cannot be mixed: Flyway refuses that too".into());
        }
        return Ok(sources);
    }
    let first = |names: &[&str]| -> Result<Option<Source>, Failure> {
        for name in names {
            if let Some(text) = read_text(&arguments.folder.join(name))? {
                return Ok(Some(source(name, text)));
            }
        }
        Ok(None)
    };
    let mut sources: Vec<Source> = first(&TOML_FILES)?.into_iter().chain(first(&TOML_USER_FILES)?).collect();
    if sources.is_empty() {
        sources.extend(first(&CONF_FILES)?);
    }
    Ok(sources)
}

fn source(name: &str, text: String) -> Source {
    let name = name.to_owned();
    let toml = Path::new(&name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    if toml { Source::Toml { name, text } } else { Source::Conf { name, text } }
}

/// The text of a file, `None` where there is no such file.
fn read_text(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                Err(format!("`{}` is not UTF-8: byte {} does not fit", path.display(), offset + 1))
            }
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("`{}` cannot be read: {error}", path.display())),
    }
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

fn read_history(arguments: &args::Project, project: &mut Project) -> Result<Option<String>, Failure> {
    let usual = arguments.folder.join(HISTORY_FILE);
    let path = match &arguments.history {
        Some(path) => path,
        None if usual.is_file() => &usual,
        None => return Ok(None),
    };
    let (name, bytes) = if path.as_os_str() == "-" {
        ("<stdin>".to_owned(), read_input()?)
    } else {
        let bytes = fs::read(path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
        (path.display().to_string(), bytes)
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

/// Folders that build tools fill; they are passed over where the whole project has to be walked.
const BUILD_FOLDERS: [&str; 5] = ["node_modules", "target", "build", "dist", "vendor"];

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
        for folder in places.folders(self.project.settings()) {
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
            let skipped = base.starts_with('.') || (name == "." && BUILD_FOLDERS.contains(&base.as_str()));
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
