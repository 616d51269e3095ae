//! What a repository says of its files: who owns them (`CODEOWNERS`), and how Git checks them out (`.gitattributes`).

mod attributes;
mod owners;

pub use attributes::LineEnds;

use std::collections::BTreeMap;

use crate::settings::Glob;

/// Where the owners may stand; the first that exists counts. Sources: the documentation of GitHub and of GitLab.
pub const OWNERS: [&str; 4] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];
/// The name of the files with attributes; one may be in every folder.
pub const ATTRIBUTES: &str = ".gitattributes";

/// A repository around a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repository {
    /// The project's folder as seen from the root: empty, or `services/shop`.
    pub folder: String,
    /// The texts of [`OWNERS`] and [`ATTRIBUTES`], by their paths from the root.
    pub files: BTreeMap<String, String>,
}

impl Repository {
    /// A path of the project as seen from the root; `None` outside of it.
    #[must_use]
    pub fn path(&self, path: &str) -> Option<String> {
        if path.starts_with('/') {
            return None;
        }
        let mut parts: Vec<&str> = self.folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "." | "" => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }

    /// The file that names owners.
    #[must_use]
    pub fn owners_file(&self) -> Option<&str> {
        OWNERS.into_iter().find(|name| self.files.contains_key(*name))
    }

    /// Whether a file, by its path from the root, has an owner.
    #[must_use]
    pub fn is_owned(&self, path: &str) -> bool {
        self.owners_file().and_then(|name| self.files.get(name)).is_some_and(|text| owners::is_owned(text, path))
    }

    /// How the lines of a file end when Git checks it out.
    #[must_use]
    pub fn line_ends(&self, path: &str) -> LineEnds {
        attributes::line_ends(&self.files, path)
    }
}

/// A pattern as Git reads those of a file that lies in a folder: one without a slash inside is about every folder below.
fn pattern(text: &str) -> Glob {
    let inner = text.trim_end_matches('/');
    match inner.strip_prefix('/') {
        Some(rest) => Glob::new(rest),
        None if inner.contains('/') => Glob::new(inner),
        None => Glob::new(&format!("**/{inner}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository(files: &[(&str, &str)]) -> Repository {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Repository { folder: "services/shop".to_owned(), files }
    }

    #[test]
    fn the_last_pattern_that_fits_names_the_owners() {
        let owned = |text: &str, path: &str| repository(&[("CODEOWNERS", text)]).is_owned(path);
        assert!(owned("*.sql @dba", "services/shop/sql/V1__a.sql"));
        assert!(owned("# all\n/services/ @dba # why", "services/shop/sql/V1__a.sql"));
        assert!(owned("services/shop/sql @dba", "services/shop/sql/V1__a.sql"));
        assert!(!owned("*.sql @dba\n/services/shop/\n", "services/shop/sql/V1__a.sql"));
        assert!(!owned("*.rs @dev", "services/shop/sql/V1__a.sql"));
        assert!(!owned("/sql/ @dba", "services/shop/sql/V1__a.sql"));
        assert!(owned("[Database][2] @dba\n/services/\n", "services/a.sql"), "a section of GitLab names them for all");
    }

    #[test]
    fn attributes_of_nearer_folders_win() {
        let ends = |files: &[(&str, &str)]| repository(files).line_ends("services/shop/sql/V1__a.sql");
        assert_eq!(ends(&[]), LineEnds::Unsaid);
        assert_eq!(ends(&[(".gitattributes", "*.sql text\n")]), LineEnds::Unsaid);
        assert_eq!(ends(&[(".gitattributes", "*.sql text eol=lf\n")]), LineEnds::Kept);
        assert_eq!(ends(&[(".gitattributes", "*.sql -text\n")]), LineEnds::Kept);
        assert_eq!(ends(&[(".gitattributes", "*.sql binary\n")]), LineEnds::Kept);
        let nearer =
            [(".gitattributes", "*.sql eol=lf\n"), ("services/.gitattributes", "shop/**/*.sql !eol text=auto\n")];
        assert_eq!(ends(&nearer), LineEnds::Unsaid);
        let other = [(".gitattributes", "*.sql eol=lf\n"), ("other/.gitattributes", "* !eol\n")];
        assert_eq!(ends(&other), LineEnds::Kept);
        let encoded = [(".gitattributes", "*.sql text eol=lf working-tree-encoding=UTF-16LE\n")];
        assert_eq!(ends(&encoded), LineEnds::Recoded("UTF-16LE".to_owned()));
    }
}
