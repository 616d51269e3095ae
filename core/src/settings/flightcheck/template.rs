//! The file that `init` writes: what was found, and every other key as a comment.

use super::keys::{KEYS, Key, Takes, all};
use std::fmt::Write;

/// A key that is set in the file, and what speaks for its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The key; one of the first level that is no table, or `projects`.
    pub key: &'static str,
    /// Its value in TOML; for `projects` the folder of one.
    pub value: String,
    /// What speaks for it, in words.
    pub because: String,
}

/// The text of a `flightcheck.toml` with these keys set and all others explained.
#[must_use]
pub fn template(found: &[Found]) -> String {
    let mut text = String::from("# Settings of flightcheck. Every key is here; those that begin with # are not set.\n");
    let (tables, plain): (Vec<&Key>, Vec<&Key>) = all(KEYS).partition(|key| key.example.is_empty());
    for key in plain {
        let set = found.iter().find(|found| found.key == key.name);
        let _ = match set {
            Some(found) => {
                let because = found.because.replace(char::is_control, " ");
                write!(text, "\n# {}.\n# Found: {because}.\n{} = {}\n", key.about, key.name, found.value)
            }
            None => write!(text, "\n# {}.\n# {} = {}\n", key.about, key.name, key.example),
        };
    }
    for key in tables {
        let folders: Vec<&Found> = found.iter().filter(|found| found.key == key.name).collect();
        let _ = write!(text, "\n# {}.\n", key.about);
        for folder in &folders {
            let _ = write!(text, "[[{}]]\nfolder = {}\n", key.name, folder.value);
        }
        if folders.is_empty() {
            text += &commented(key);
        }
    }
    text
}

/// A table as a comment: its header, and a line for each key in it.
fn commented(key: &Key) -> String {
    let (header, keys) = match key.takes {
        Takes::Table(keys) => (format!("[{}]", key.name), keys),
        Takes::Tables(keys) => (format!("[[{}]]", key.name), keys),
        Takes::Named(keys) => (format!("[{}.prod]", key.name), keys),
        Takes::Levels => return format!("# [{}]\n# dropped-column = \"warning\"\n", key.name),
        _ => return format!("# [{}]\n# name = \"value\"\n", key.name),
    };
    let lines = all(keys).filter(|key| !key.example.is_empty());
    let lines = lines.map(|key| format!("# {} = {}\n", key.name, key.example));
    format!("# {header}\n{}", lines.collect::<String>())
}

/// A text as TOML writes it.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            char if char.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(char));
            }
            char => quoted.push(char),
        }
    }
    quoted + "\""
}
