//! Projects for tests: files by name, from a folder or a page, that fixes can be applied to.

use std::collections::BTreeMap;
use std::path::Path;

use flightcheck_core::finding::{Edit, Finding, Fix};
use flightcheck_core::layout::flyway::is_in;
use flightcheck_core::project::{Base, Configuration, Project};
use flightcheck_core::repository::Repository;
use flightcheck_core::seal::FILE_NAME;
use flightcheck_core::settings::{Date, Source};

/// A project's files by path, configuration, seal and history among them.
#[derive(Debug, Clone)]
pub(crate) struct Sources {
    pub files: BTreeMap<String, Vec<u8>>,
    /// The path of the history, where it is to be used.
    pub(crate) history: Option<String>,
    /// The files of the commit in common with the base, and those of its tip, where there is one.
    base: Option<[BTreeMap<String, Vec<u8>>; 2]>,
    /// What the repository says of its files, where it says something.
    repository: BTreeMap<String, String>,
    /// The histories of environments, by their names.
    environments: BTreeMap<String, Vec<u8>>,
}

#[allow(dead_code, reason = "not every test asks for everything")]
impl Sources {
    /// These files; `history.json` is the history.
    pub(crate) fn new(files: BTreeMap<String, Vec<u8>>) -> Self {
        let history = files.contains_key("history.json").then(|| "history.json".to_owned());
        Self { files, history, base: None, environments: BTreeMap::new(), repository: BTreeMap::new() }
    }

    /// Whether there is more than the project's folder.
    pub(crate) fn is_compared(&self) -> bool {
        self.base.is_some() || !self.environments.is_empty() || !self.repository.is_empty()
    }

    /// The project without its base.
    fn alone(files: &BTreeMap<String, Vec<u8>>) -> Project {
        let history = None;
        Self { history, ..Self::new(files.clone()) }.project()
    }

    /// Everything below a folder of the repository, without a history.
    pub(crate) fn from_folder(folder: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
        let mut files = BTreeMap::new();
        read(&root, "", &mut files);
        Self::new(files)
    }

    /// What the rules find.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let project = self.project();
        project.findings(&project.check().expect("the input is usable"))
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> String {
        String::from_utf8(self.files[path].clone()).unwrap()
    }

    /// The project, as the binary makes one of a folder with these files.
    pub(crate) fn project(&self) -> Project {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let mut configuration = Configuration::default();
        for (name, bytes) in &self.files {
            let (name, text) = (name.clone(), || text(bytes));
            match name.as_str() {
                "flightcheck.toml" => configuration.own = Some((name, text())),
                "flyway.conf" => configuration.sources.push(Source::Conf { name, text: text() }),
                "flyway.toml" => configuration.sources.push(Source::Toml { name, text: text() }),
                _ => {}
            }
        }
        let mut project = Project::new(configuration);
        project.set_today(Date::parse("2027-01-01"));
        for folder in self.files.keys().flat_map(|name| name.match_indices('/').map(|(at, _)| &name[..at])) {
            project.add_folder(folder);
        }
        let folders = project.places().folders(project.settings());
        for (name, bytes) in &self.files {
            if Some(name) == self.history.as_ref() {
                project.set_history(name, bytes.clone());
            } else if name == FILE_NAME {
                project.set_seal(name, text(bytes));
            }
            if is_in(&folders, name) {
                project.set_file(name, bytes.clone());
            }
        }
        let environment = |(name, history): (&String, &Vec<u8>)| {
            let mut project = project.clone();
            project.set_history(name, history.clone());
            project.environment(name, name, &project.check().expect("the input is usable"))
        };
        let environments = self.environments.iter().map(environment).collect();
        project.set_environments(environments);
        if !self.repository.is_empty() {
            project.set_repository(Some(Repository { folder: String::new(), files: self.repository.clone() }));
        }
        if let Some([ancestor, tip]) = &self.base {
            let (ancestor, tip) = (Self::alone(ancestor), Self::alone(tip));
            project.set_base(Some(Base { name: "main".to_owned(), ancestor, tip }));
        }
        project
    }

    #[allow(dead_code, reason = "only tests of the binary need a folder")]
    /// Writes the files below a folder.
    pub(crate) fn write(&self, folder: &Path) {
        for (name, bytes) in &self.files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }

    /// The project after a fix.
    pub(crate) fn fixed(&self, fix: &Fix) -> Self {
        let mut fixed = self.clone();
        for edit in &fix.edits {
            match edit {
                Edit::Rename { file, to } => {
                    let bytes = fixed.files.remove(file).expect("a fix renames a file that exists");
                    assert!(fixed.files.insert(to.clone(), bytes).is_none(), "a fix must not overwrite `{to}`");
                }
                Edit::Create { file, text } => {
                    let bytes = text.clone().into_bytes();
                    assert!(fixed.files.insert(file.clone(), bytes).is_none(), "a fix must not overwrite `{file}`");
                }
                Edit::Replace { file, span, text } => {
                    let bytes = fixed.files.get_mut(file).expect("a fix changes a file that exists");
                    bytes.splice(span.start..span.end, text.bytes());
                }
            }
        }
        fixed
    }
}

#[allow(dead_code, reason = "only tests that read pages need it")]
/// Files from sections of a page that begin with `=== path`. A word before the path says on which side of a comparison the
/// file is: `common` on all, `before` on the commit in common and its base, `base` on the tip of the base alone. Sections `=== environment name` hold the
/// histories of environments, `=== repository path` what the repository says of its files.
pub(crate) fn from_page(text: &str) -> Sources {
    let [mut own, mut ancestor, mut tip] = [BTreeMap::new(), BTreeMap::new(), BTreeMap::new()];
    let mut compared = false;
    let mut environments = BTreeMap::new();
    let mut repository = BTreeMap::new();
    for section in text.split("=== ").skip(1) {
        let (head, content) = section.split_once('\n').expect("a section has a path");
        let (side, path) = head.trim().split_once(' ').unwrap_or(("", head.trim()));
        if side == "repository" {
            repository.insert(path.to_owned(), content.to_owned());
            continue;
        }
        if side == "environment" {
            environments.insert(path.to_owned(), content.as_bytes().to_vec());
            continue;
        }
        let sides: &mut [&mut BTreeMap<_, _>] = match side {
            "" => &mut [&mut own],
            "common" => &mut [&mut own, &mut ancestor, &mut tip],
            "before" => &mut [&mut ancestor, &mut tip],
            "base" => &mut [&mut tip],
            other => panic!("`{other}` is no side"),
        };
        compared |= !side.is_empty();
        for files in sides {
            files.insert(path.to_owned(), content.as_bytes().to_vec());
        }
    }
    Sources { base: compared.then_some([ancestor, tip]), environments, repository, ..Sources::new(own) }
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, std::fs::read(entry.path()).unwrap());
        }
    }
}
