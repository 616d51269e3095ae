//! The folder of migrations among all files of a project, and the tool that it belongs to.

use std::collections::BTreeSet;

use crate::layout::Files;
use crate::sql::Dialect;

use super::{Detected, Direction, Script, Tool, detect, inside, is_sql, read, vendor};

/// What was found of a tool other than Flyway.
#[derive(Debug, Clone)]
pub struct Found {
    /// The tool.
    pub tool: Tool,
    /// What gave it away, in words.
    pub evidence: String,
    /// The folder of its migrations; `.` for the project's own.
    pub folder: String,
    /// Its scripts, in its order.
    pub scripts: Vec<Script>,
    /// Paths of scripts whose bytes are not UTF-8.
    pub unreadable: Vec<String>,
    /// The server that the folder or the names of the scripts are for, where they say so.
    pub dialect: Option<Dialect>,
    /// Further folders that look like migrations, and were not read.
    pub others: Vec<String>,
}

impl Found {
    /// How many scripts lead that way.
    #[must_use]
    pub fn count(&self, direction: Direction) -> usize {
        let leads = |script: &&Script| script.sections.iter().any(|section| section.direction == direction);
        self.scripts.iter().filter(leads).count()
    }
}

/// Finds the folder with the most scripts of a tool other than Flyway; of those with as many the outermost, then the first
/// by name. Of scripts for several servers it has those for the `wanted` one, else for one of them. `None` where nothing looks like one, or something looks like Flyway's.
///
/// Where the tool is told, nothing is guessed but the folder.
#[must_use]
pub fn find(files: &Files, wanted: Option<Dialect>, told: Option<Tool>) -> Option<Found> {
    let detected = |folder| match told {
        Some(tool) => Some(Detected { tool, evidence: "flightcheck.toml says so".to_owned() }),
        None => detect(folder, files),
    };
    let folders = folders(files).into_iter();
    let mut found: Vec<Found> =
        folders.filter_map(|folder| of_folder(folder, files, detected(folder)?, told.is_some())).collect();
    if found.iter().any(|found| found.tool == Tool::Flyway) {
        return None;
    }
    for found in &mut found {
        found.dialect = vendor::keep_one(&mut found.scripts, wanted).or_else(|| vendor::of_folder(&found.folder));
    }
    let depth = |found: &Found| found.folder.matches('/').count();
    let best = (0..found.len())
        .min_by_key(|at| (std::cmp::Reverse(found[*at].count(Direction::Up)), depth(&found[*at]), *at))?;
    let mut best = found.remove(best);
    let apart =
        |other: &Found| inside(&best.folder, &other.folder).is_none() && inside(&other.folder, &best.folder).is_none();
    best.others = found.iter().filter(|other| apart(other)).map(|other| other.folder.clone()).collect();
    Some(best)
}

/// What a folder holds of a tool; one that was told stands for the project's own folder even without scripts.
fn of_folder(folder: &str, files: &Files, detected: Detected, told: bool) -> Option<Found> {
    let Detected { tool, evidence } = detected;
    let (scripts, unreadable) = if tool == Tool::Flyway { Default::default() } else { read(tool, folder, files) };
    let told_so = told && folder == ".";
    let any = tool == Tool::Flyway || told_so || !scripts.is_empty() || !unreadable.is_empty();
    any.then(|| Found {
        tool,
        evidence,
        folder: folder.to_owned(),
        scripts,
        unreadable,
        dialect: None,
        others: Vec::new(),
    })
}

/// The folders that hold scripts, and all around them.
fn folders(files: &Files) -> BTreeSet<&str> {
    let mut folders = BTreeSet::new();
    for path in files.keys().filter(|path| is_sql(path)) {
        let mut rest = path.as_str();
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !folder.is_empty() {
                folders.insert(folder);
            }
            rest = folder;
        }
        folders.insert(".");
    }
    folders
}
