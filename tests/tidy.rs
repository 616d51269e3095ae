//! The rules of the house that a machine can see.

use std::fs;
use std::path::{Path, PathBuf};

/// The most lines that a hand-written source file may have.
const LONGEST: usize = 400;
/// Names that say nothing about what is inside.
const DRAWERS: [&str; 6] = ["util", "utils", "helper", "helpers", "misc", "common"];
/// Folders whose sources are hand-written.
const ROOMS: [&str; 7] = ["core", "cli", "wasm", "site", "vscode-extension", "tests", "docs"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The hand-written sources with one of the endings.
fn sources(endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = ROOMS.iter().map(|room| root().join(room)).filter(|room| room.is_dir()).collect();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                if !["target", "node_modules", "dist", "pkg"].contains(&name) {
                    open.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The rooms of the core in the order of the data, as `lib.rs` lists them.
fn rooms() -> Vec<String> {
    let lib = read(&root().join("core/src/lib.rs"));
    let rooms = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    rooms.map(str::to_owned).collect()
}

#[test]
fn a_room_uses_only_the_rooms_above_it() {
    let rooms = rooms();
    let place = |room: &str| rooms.iter().position(|other| other == room);
    let source = root().join("core/src");
    let mut problems = Vec::new();
    for path in sources(&[".rs"]).iter().filter(|path| path.starts_with(&source)) {
        let inside = path.strip_prefix(&source).unwrap();
        let room = inside.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
        let Some(own) = place(room) else { continue };
        for (at, line) in read(path).lines().enumerate() {
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect();
                if place(&used).is_some_and(|used| used > own) {
                    problems.push(format!("{}:{}: `{room}` uses `{used}` below it", inside.display(), at + 1));
                }
            }
        }
    }
    none(&problems);
}

#[test]
fn files_are_short() {
    let mut problems = Vec::new();
    for path in sources(&[".rs", ".ts", ".svelte", ".js", ".mjs", ".css", ".py", ".sh"]) {
        let lines = read(&path).lines().count();
        if lines > LONGEST {
            problems.push(format!("{}: {lines} lines", path.display()));
        }
    }
    none(&problems);
}

#[test]
fn files_are_named_for_what_they_hold() {
    let is_drawer = |path: &&PathBuf| DRAWERS.contains(&path.file_stem().unwrap().to_str().unwrap());
    let drawers = sources(&[".rs", ".ts", ".svelte", ".js", ".mjs", ".py"]);
    none(&drawers.iter().filter(is_drawer).map(|path| path.display().to_string()).collect::<Vec<_>>());
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent = |path: &PathBuf| {
        let text = read(path);
        let is_rule = text.contains("const RULE: Rule");
        (!text.starts_with("//!") && !is_rule).then(|| path.display().to_string())
    };
    none(&sources(&[".rs"]).iter().filter_map(silent).collect::<Vec<_>>());
}

#[test]
fn every_rule_is_a_pair() {
    let rules = root().join("core/src/rules");
    let mut problems = Vec::new();
    for path in sources(&[".rs", ".md"]).iter().filter(|path| path.parent() == Some(&rules)) {
        let is_rule = path.extension().unwrap() == "md" || read(path).contains("const RULE: Rule");
        for partner in ["rs", "md"].map(|extension| path.with_extension(extension)) {
            if is_rule && !partner.is_file() {
                problems.push(format!("{} has no partner", path.display()));
            }
        }
    }
    none(&problems);
}

#[test]
fn nothing_is_left_to_do() {
    // Spelled apart so that this file does not find itself.
    let marks = [["TO", "DO"], ["FIX", "ME"], ["XX", "X"]].map(|mark| mark.concat());
    let mut problems = Vec::new();
    for path in sources(&[".rs", ".ts", ".svelte", ".sh"]) {
        for (at, line) in read(&path).lines().enumerate() {
            if line.split(|char: char| !char.is_alphanumeric()).any(|word| marks.iter().any(|mark| mark == word)) {
                problems.push(format!("{}:{}: {}", path.display(), at + 1, line.trim()));
            }
        }
    }
    none(&problems);
}
