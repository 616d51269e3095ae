//! The versions of servers in the files of containers and continuous integration: `image: postgres:15.4-alpine`.

use crate::sql::Dialect;
use crate::version::Release;

/// A server that such a file names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Image {
    /// Whose it is.
    pub dialect: Dialect,
    /// Its version.
    pub version: Release,
    /// The line, from 1.
    pub line: usize,
}

/// The images of servers by their names, without what stands before the last `/` or two.
const IMAGES: [(&str, Dialect); 5] = [
    ("postgres", Dialect::Postgres),
    ("postgis", Dialect::Postgres),
    ("mysql", Dialect::Mysql),
    ("mariadb", Dialect::Mariadb),
    ("mssql/server", Dialect::SqlServer),
];

/// The servers that a text names with their versions, in order. Comments are passed over.
#[must_use]
pub fn images(text: &str) -> Vec<Image> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let code = line.split_once('#').map_or(line, |(code, _)| code);
        let words = code.split(|char: char| char.is_whitespace() || matches!(char, '"' | '\'' | ',' | '[' | ']' | '='));
        found.extend(words.filter_map(server).map(|(dialect, version)| Image { dialect, version, line: at + 1 }));
    }
    found
}

fn server(word: &str) -> Option<(Dialect, Release)> {
    let (name, tag) = word.rsplit_once(':')?;
    let is = |known: &str| name.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with('/'));
    let (_, dialect) = IMAGES.iter().find(|(known, _)| is(known))?;
    let version = Release::parse(tag).filter(|_| tag.starts_with(|char: char| char.is_ascii_digit()))?;
    Some((*dialect, version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_found_with_their_versions() {
        let text = "services:\n  db:\n    image: postgres:15.4-alpine\n  # image: mysql:5.7\n  other: {image: \"mcr.microsoft.com/mssql/server:2022-latest\"}\n  c: docker.io/library/mariadb:11\n";
        let found: Vec<(Dialect, String, usize)> =
            images(text).into_iter().map(|image| (image.dialect, image.version.to_string(), image.line)).collect();
        let expected = [(Dialect::Postgres, "15.4", 3), (Dialect::SqlServer, "2022", 5), (Dialect::Mariadb, "11", 6)];
        assert_eq!(found, expected.map(|(dialect, version, line)| (dialect, version.to_owned(), line)));
        for none in
            ["image: postgres", "image: postgres:latest", "image: mypostgres:15", "url: jdbc:postgresql://h:5432"]
        {
            assert_eq!(images(none), [], "{none}");
        }
    }
}
