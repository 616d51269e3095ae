//! `init`: a `flightcheck.toml` for the project that is found, with every setting explained.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use flightcheck_core::project::Project;
use flightcheck_core::settings::{DEFAULT_FOLDERS, FILE_NAME, Found, Image, images, quoted, template};
use flightcheck_core::sql::Dialect;

use crate::args::Init;
use flightcheck_core::layout::flyway::is_passed_over;

use crate::load::{check, load};
use crate::{Failure, commands, say};

/// Files that say where a project of Flyway begins.
const MARKS: [&str; 3] = ["flyway.toml", "flyway.conf", "flyway.user.toml"];
/// How far below a repository's folder its projects are looked for.
const DEEPEST: usize = 3;
/// Files that may name the image of a server, beside all of [`WORKFLOWS`].
const IMAGE_FILES: [&str; 8] = [
    "compose.yaml",
    "compose.yml",
    "docker-compose.yaml",
    "docker-compose.yml",
    ".gitlab-ci.yml",
    "bitbucket-pipelines.yml",
    "azure-pipelines.yml",
    ".circleci/config.yml",
];
const WORKFLOWS: &str = ".github/workflows";

pub(crate) fn run(arguments: &Init) -> Result<ExitCode, Failure> {
    let folder = &arguments.project.folder;
    let path = folder.join(FILE_NAME);
    if !arguments.stdout && path.exists() {
        let help = "read it, or print a new one with --stdout";
        return Err(format!("`{}` is there already, and is never overwritten\n  help: {help}", path.display()));
    }
    let projects = projects(folder);
    let mut found = Vec::new();
    if projects.len() > 1 {
        let project = |folder| Found { key: "projects", value: quoted(folder), because: "Flyway's files".into() };
        found.extend(projects.iter().map(|folder| project(folder.as_str())));
        found.extend(of_images(folder, None));
    } else {
        found.extend(of_project(arguments)?);
    }
    let lines = found.iter().map(|found| format!("found {} = {}: {}\n", found.key, found.value, found.because));
    let mut said: String = lines.collect();
    for key in ["dialect", "server-version"] {
        if !found.iter().any(|found| found.key == key) {
            said += &format!("not found: {key}; set it in the file\n");
        }
    }
    let text = template(&found);
    if arguments.stdout {
        say(said.trim_end());
        commands::print(text)?;
    } else {
        write_new(&path, &text)?;
        let said: Vec<String> = said.lines().map(flightcheck_core::render::harmless).collect();
        commands::print(format_args!("{}\nwrote {}\n", said.join("\n"), path.display()))?;
    }
    Ok(commands::exit(false))
}

/// Writes a file that does not exist yet.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let written =
        OpenOptions::new().write(true).create_new(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => format!("`{}` is there already, and is never overwritten", path.display()),
        _ => format!("`{}` cannot be written: {error}", path.display()),
    })
}

/// What is plain to see of one project.
fn of_project(arguments: &Init) -> Result<Vec<Found>, Failure> {
    let loaded = load(&arguments.project)?;
    let (project, checked) = (&loaded.project, check(&loaded.project)?);
    let mut found = Vec::new();
    let count = checked.layout.migrations.len();
    if count > 0 && !checked.places.configured {
        let value = checked.layout.locations.iter().map(|location| quoted(location)).collect::<Vec<_>>().join(", ");
        let because = format!("{count} migrations in the usual folder");
        found.push(Found { key: "locations", value: format!("[{value}]"), because });
    } else {
        let files: Vec<&str> = project.configuration_files().map(|(name, _)| name).collect();
        say(&format!(
            "found {count} migrations in {}, as {} says",
            checked.layout.locations.join(", "),
            files.join(", ")
        ));
    }
    let dialect = known_dialect(project);
    found.extend(dialect.clone().map(|(_, found)| found));
    found.extend(of_images(&loaded.folder, dialect.map(|(dialect, _)| dialect)));
    Ok(found)
}

fn known_dialect(project: &Project) -> Option<(Dialect, Found)> {
    let known = project.dialect();
    let because = known.evidence.join(", ");
    let found = Found { key: "dialect", value: quoted(known.dialect.as_str()), because };
    (known.dialect != Dialect::Generic).then_some((known.dialect, found))
}

/// The server that files of containers and continuous integration name, if they agree on one.
fn of_images(folder: &Path, dialect: Option<Dialect>) -> Vec<Found> {
    let mut named: Vec<(Image, String)> = Vec::new();
    for (name, path) in image_files(folder) {
        let text = fs::read_to_string(path).unwrap_or_default();
        named.extend(images(&text).into_iter().map(|image| (image, format!("{name}:{}", image.line))));
    }
    named.retain(|(image, _)| dialect.is_none_or(|dialect| dialect == image.dialect));
    let servers: BTreeSet<_> = named.iter().map(|(image, _)| (image.dialect, image.version)).collect();
    let Some(((image, because), 1)) = named.first().map(|first| (first, servers.len())) else { return Vec::new() };
    let version = Found { key: "server-version", value: quoted(&image.version.to_string()), because: because.clone() };
    let own = Found { key: "dialect", value: quoted(image.dialect.as_str()), because: because.clone() };
    if dialect.is_some() { vec![version] } else { vec![own, version] }
}

/// The files that may name an image: of the folder, and of those above it in the same repository.
fn image_files(folder: &Path) -> Vec<(String, PathBuf)> {
    let Ok(real) = fs::canonicalize(folder) else { return Vec::new() };
    let root = real.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&real);
    let mut found = Vec::new();
    for (up, folder) in real.ancestors().take_while(|folder| folder.starts_with(root)).enumerate() {
        let mut names: Vec<String> = IMAGE_FILES.map(str::to_owned).to_vec();
        names.extend(entries(&folder.join(WORKFLOWS)).into_iter().map(|(name, _)| format!("{WORKFLOWS}/{name}")));
        let files = names.into_iter().map(|name| ("../".repeat(up) + &name, folder.join(name)));
        found.extend(files.filter(|(_, path)| path.is_file()));
    }
    found
}

/// The folders of projects below one that is none itself, sorted.
fn projects(folder: &Path) -> Vec<String> {
    if is_project(folder) {
        return Vec::new();
    }
    let mut found = Vec::new();
    below(folder, "", DEEPEST, &mut found);
    found.sort();
    found
}

fn below(folder: &Path, name: &str, depth: usize, found: &mut Vec<String>) {
    for (base, path) in entries(folder) {
        if !path.is_dir() || is_passed_over(".", &base) {
            continue;
        }
        let name = if name.is_empty() { base } else { format!("{name}/{base}") };
        if is_project(&path) {
            found.push(name);
        } else if depth > 1 {
            below(&path, &name, depth - 1, found);
        }
    }
}

/// Whether Flyway's file is here, or a usual folder with migrations in it.
fn is_project(folder: &Path) -> bool {
    let is_migration = |(name, _): &(String, PathBuf)| name.starts_with('V') && name.contains("__");
    let usual = |usual: &&str| entries(&folder.join(usual)).iter().any(is_migration);
    MARKS.iter().any(|mark| folder.join(mark).is_file()) || DEFAULT_FOLDERS.iter().any(usual)
}

/// Names and paths in a folder, sorted; none where it cannot be read.
fn entries(folder: &Path) -> Vec<(String, PathBuf)> {
    let read = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut entries: Vec<(String, PathBuf)> =
        read.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())).collect();
    entries.sort();
    entries
}
