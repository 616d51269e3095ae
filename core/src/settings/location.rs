//! Where migrations are looked for: a descriptor such as `filesystem:sql/**/x` → folders and a pattern.
//!
//! Rules and their surprises (a `*` needs at least one character) were measured on Flyway 13.0.0.

/// What a descriptor's path is relative to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// A folder, relative to the project's.
    Filesystem,
    /// A package of resources; found in the source tree where build tools keep resources.
    Classpath,
    /// An object store, which an offline tool cannot read.
    Remote,
}

/// One entry of `locations`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The descriptor as configured.
    pub descriptor: String,
    /// What the path is relative to.
    pub scheme: Scheme,
    /// The path in parts, without empty and `.` parts.
    parts: Vec<String>,
    absolute: bool,
    roots: Vec<String>,
}

/// Folders that are tried in this order where no location is configured; the project's own folder comes last.
pub const DEFAULT_FOLDERS: [&str; 8] = [
    "sql",
    "src/main/resources/db/migration",
    "db/migration",
    "migrations",
    "db/migrations",
    "migration",
    "resources/db/migration",
    "database/migrations",
];

/// Folders under which build tools keep what ends up on the classpath.
const CLASSPATH_ROOTS: [&str; 3] = ["src/main/resources", "src/main/java", "."];

impl Location {
    /// Reads a descriptor. The error names a prefix that Flyway does not know.
    pub fn parse(descriptor: &str) -> Result<Self, String> {
        let descriptor = super::java_trim(descriptor);
        let (scheme, path) = match descriptor.split_once(':') {
            Some((drive, _)) if drive.len() == 1 => (Scheme::Classpath, descriptor),
            Some(("filesystem", path)) => (Scheme::Filesystem, path),
            Some(("classpath", path)) => (Scheme::Classpath, path),
            Some(("s3" | "gcs", path)) => (Scheme::Remote, path),
            Some((prefix, _)) => return Err(prefix.to_owned()),
            None => (Scheme::Classpath, descriptor),
        };
        Ok(Self::new(descriptor, scheme, path))
    }

    /// A folder relative to the project's.
    #[must_use]
    pub fn folder(path: &str) -> Self {
        Self::new(&format!("filesystem:{path}"), Scheme::Filesystem, path)
    }

    fn new(descriptor: &str, scheme: Scheme, path: &str) -> Self {
        let parts = path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").map(str::to_owned);
        let absolute = scheme == Scheme::Filesystem && path.starts_with(['/', '\\']);
        let mut location =
            Self { descriptor: descriptor.to_owned(), scheme, parts: parts.collect(), absolute, roots: Vec::new() };
        location.roots = location.find_roots();
        location
    }

    /// Whether the path has `*` or `?`.
    #[must_use]
    pub fn has_wildcards(&self) -> bool {
        self.parts.iter().any(|part| is_wildcard(part))
    }

    /// Whether everything in `other` is in this location too, by their texts alone.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.scheme == other.scheme
            && self.absolute == other.absolute
            && !self.has_wildcards()
            && !other.has_wildcards()
            && other.parts.starts_with(&self.parts)
    }

    /// The folders to walk, relative to the project's folder (`.` for itself) or absolute.
    #[must_use]
    pub fn roots(&self) -> &[String] {
        &self.roots
    }

    fn find_roots(&self) -> Vec<String> {
        let fixed = self.parts.iter().take_while(|part| !is_wildcard(part)).cloned().collect::<Vec<_>>().join("/");
        let fixed = if self.absolute { format!("/{fixed}") } else { fixed };
        let under = |root: &str| match (root, fixed.as_str()) {
            ("." | "", "") => ".".to_owned(),
            ("." | "", path) => path.to_owned(),
            (root, "") => root.to_owned(),
            (root, path) => format!("{root}/{path}"),
        };
        match self.scheme {
            Scheme::Filesystem => vec![under("")],
            Scheme::Classpath => CLASSPATH_ROOTS.iter().map(|root| under(root)).collect(),
            Scheme::Remote => Vec::new(),
        }
    }

    /// The script's path relative to the location, or `None` for a file outside it. `path` is as in [`Self::roots`].
    #[must_use]
    pub fn script<'a>(&self, path: &'a str) -> Option<&'a str> {
        self.roots.iter().find_map(|root| {
            let inside = match root.as_str() {
                "." if path.starts_with('/') || path.starts_with("../") => return None,
                "." => path,
                root => path.strip_prefix(root)?.strip_prefix('/')?,
            };
            // Hidden folders are never looked into.
            if has_hidden_folder(inside) {
                return None;
            }
            if !self.has_wildcards() {
                return Some(inside);
            }
            let pattern: Vec<&str> =
                self.parts.iter().map(String::as_str).skip_while(|part| !is_wildcard(part)).collect();
            let names: Vec<&str> = inside.split('/').collect();
            let folders = match_pattern(&pattern, &names)?;
            let skipped: usize = names[..folders].iter().map(|name| name.len() + 1).sum();
            Some(&inside[skipped..])
        })
    }
}

fn has_hidden_folder(path: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(folders, _)| folders.split('/').any(|folder| folder.starts_with('.')))
}

fn is_wildcard(part: &str) -> bool {
    part.contains(['*', '?'])
}

/// How many leading folders of `names` the pattern takes up; its last part may also name the file itself.
fn match_pattern(pattern: &[&str], names: &[&str]) -> Option<usize> {
    let Some((last, _)) = pattern.split_last() else { return Some(0) };
    // Measured: a location that ends in `**` finds nothing.
    if *last == "**" {
        return None;
    }
    if last.contains('.') {
        return matches(pattern, names).then_some(0);
    }
    (1..names.len()).rev().find(|folders| matches(pattern, &names[..*folders]))
}

/// Whether the whole of `names` matches. `**` stands for any number of folders.
fn matches(pattern: &[&str], names: &[&str]) -> bool {
    match (pattern.split_first(), names.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) => (0..=names.len()).any(|skipped| matches(rest, &names[skipped..])),
        (Some((part, pattern)), Some((name, names))) => matches_part(part, name) && matches(pattern, names),
        _ => false,
    }
}

/// Whether a name matches a part: `*` is one or more characters, `?` exactly one.
fn matches_part(part: &str, name: &str) -> bool {
    let mut chars = name.chars();
    match part.chars().next() {
        None => name.is_empty(),
        Some('*') => {
            let rest = &part[1..];
            let ends = name.char_indices().map(|(at, _)| at).skip(1).chain([name.len()]);
            !name.is_empty() && ends.into_iter().any(|at| matches_part(rest, &name[at..]))
        }
        Some('?') => chars.next().is_some() && matches_part(&part[1..], chars.as_str()),
        Some(wanted) => chars.next() == Some(wanted) && matches_part(&part[wanted.len_utf8()..], chars.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_relative_to_the_location() {
        let script = |descriptor: &str, path| Location::parse(descriptor).unwrap().script(path).map(str::to_owned);
        let some = |script: &str| Some(script.to_owned());
        assert_eq!(script("filesystem:sql", "sql/sub/V1__a.sql"), some("sub/V1__a.sql"));
        assert_eq!(script("filesystem:./sql/", "sqlx/V1__a.sql"), None);
        assert_eq!(script("filesystem:.", "V1__a.sql"), some("V1__a.sql"));
        assert_eq!(script("filesystem:sql/*", "sql/m1/V1__a.sql"), some("V1__a.sql"));
        assert_eq!(script("filesystem:sql/*", "sql/V4__d.sql"), None);
        assert_eq!(script("filesystem:sql/**/x", "sql/m2/x/V2__b.sql"), some("V2__b.sql"));
        assert_eq!(script("filesystem:sql/**/x", "sql/m2/y/V2__b.sql"), None);
        assert_eq!(script("filesystem:sql/m?/V1*.sql", "sql/m1/V1__a.sql"), some("m1/V1__a.sql"));
        assert_eq!(script("db/migration", "src/main/resources/db/migration/V1__a.sql"), some("V1__a.sql"));
        assert_eq!(script("filesystem:/srv/sql", "/srv/sql/V1__a.sql"), some("V1__a.sql"));
        assert_eq!(script("filesystem:../sql", "../sql/V1__a.sql"), some("V1__a.sql"));
    }
}
