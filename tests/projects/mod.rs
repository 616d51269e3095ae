//! Projects for tests: files by name, from a folder or a page, that fixes can be applied to.

use std::collections::BTreeMap;
use std::path::Path;

use flightcheck_core::finding::{Edit, Finding, Fix};
use flightcheck_core::project::{Configuration, Project};
use flightcheck_core::seal::FILE_NAME;
use flightcheck_core::settings::Source;

/// A project's files by path, configuration, seal and history among them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    files: BTreeMap<String, Vec<u8>>,
    /// The path of the history, where it is to be used.
    pub(crate) history: Option<String>,
}

impl Sources {
    /// Files from sections that begin with `=== path`; `history.json` is the history.
    pub(crate) fn from_sections(text: &str) -> Self {
        let mut sources = Self::default();
        for section in text.split("=== ").skip(1) {
            let (path, content) = section.split_once('\n').expect("a section has a path");
            sources.files.insert(path.trim().to_owned(), content.as_bytes().to_vec());
        }
        sources.history = sources.files.contains_key("history.json").then(|| "history.json".to_owned());
        sources
    }

    /// Everything below a folder of the repository, without a history.
    pub(crate) fn from_folder(folder: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
        let mut sources = Self::default();
        sources.read(&root, "");
        sources
    }

    fn read(&mut self, folder: &Path, prefix: &str) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                self.read(&entry.path(), &format!("{path}/"));
            } else {
                self.files.insert(path, std::fs::read(entry.path()).unwrap());
            }
        }
    }

    /// What the rules find.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        self.project().check().expect("the input is usable").findings
    }

    fn project(&self) -> Project {
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
        for (name, bytes) in &self.files {
            if Some(name) == self.history.as_ref() {
                project.set_history(name, bytes.clone());
            } else if name == FILE_NAME {
                project.set_seal(name, text(bytes));
            } else {
                project.set_file(name, bytes.clone());
            }
        }
        project
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
                Edit::Replace { file, span, text } => {
                    let bytes = fixed.files.get_mut(file).expect("a fix changes a file that exists");
                    bytes.splice(span.start..span.end, text.bytes());
                }
            }
        }
        fixed
    }
}
