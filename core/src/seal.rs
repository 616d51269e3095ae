//! The seal: path → SHA-256, in the form that `sha256sum --check` reads.
//!
//! Flyway's checksum has 32 bits and can be met on purpose; SHA-256 cannot.

use std::collections::BTreeMap;

use crate::text::Span;

/// The name of the seal's file in the project's folder.
pub const FILE_NAME: &str = "flightcheck.seal";

/// SHA-256 by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seal {
    entries: BTreeMap<String, ([u8; 32], Span)>,
}

/// A line that is no entry of a seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealError {
    /// The line.
    pub span: Span,
}

impl Seal {
    /// Reads a seal; every line is a hash in hexadecimal, two blanks and a path.
    pub fn parse(text: &str) -> Result<Self, SealError> {
        let mut entries = BTreeMap::new();
        let mut offset = 0;
        for line in text.split('\n') {
            let span = Span::new(offset, offset + line.len());
            offset += line.len() + 1;
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.is_empty() {
                continue;
            }
            let (hash, path) = line.split_once("  ").ok_or(SealError { span })?;
            let hash = from_hex(hash).ok_or(SealError { span })?;
            entries.insert(path.to_owned(), (hash, span));
        }
        Ok(Self { entries })
    }

    /// Adds an entry.
    pub fn insert(&mut self, path: &str, hash: [u8; 32]) {
        self.entries.insert(path.to_owned(), (hash, Span::new(0, 0)));
    }

    /// The hash of a path, and where it stands.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<([u8; 32], Span)> {
        self.entries.get(path).copied()
    }

    /// The sealed paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }
}

impl std::fmt::Display for Seal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.entries.iter().try_for_each(|(path, (hash, _))| writeln!(formatter, "{}  {path}", to_hex(hash)))
    }
}

/// A hash in lower-case hexadecimal.
#[must_use]
pub fn to_hex(hash: &[u8; 32]) -> String {
    hash.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_reads_back_what_it_writes() {
        let mut seal = Seal::default();
        seal.insert("sql/V1__a b.sql", [0xAB; 32]);
        seal.insert("sql/V2__é.sql", [1; 32]);
        let read = Seal::parse(&seal.to_string()).unwrap();
        assert_eq!(read.paths().collect::<Vec<_>>(), ["sql/V1__a b.sql", "sql/V2__é.sql"]);
        assert_eq!(read.get("sql/V1__a b.sql").unwrap().0, [0xAB; 32]);
        assert_eq!(Seal::parse("no hash").unwrap_err().span, Span::new(0, 7));
    }
}
