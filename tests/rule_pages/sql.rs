//! Examples that are SQL alone: scripts by their names, with carets under what is found.
//!
//! ```text
//! -- server: postgres-15
//! -- V1__orders.sql
//! CREATE TABLE orders (id bigint);
//! -- V2__index.sql
//! CREATE INDEX i ON orders (id);
//! -- ^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! Carets begin where the finding does, or right after the `-- ` that makes them a comment, and end with it, or with the
//! line. Further lines such as `-- tiers: style` become settings. Without a server PostgreSQL 15 is meant.

use std::collections::BTreeMap;

use flightcheck_core::finding::Finding;

use crate::projects::Sources;

/// A line that begins a script, with its name.
fn script(line: &str) -> Option<&str> {
    let name = line.strip_prefix("-- ")?.trim();
    let is_name = matches!(name.rsplit_once('.'), Some((_, "sql" | "conf")));
    (is_name && !name.contains(' ')).then_some(name)
}

fn is_carets(line: &str) -> bool {
    line.strip_prefix("--").is_some_and(|rest| rest.contains('^') && rest.trim().chars().all(|char| char == '^'))
}

/// The scripts of a block, each with its lines.
pub(crate) fn sections(block: &str) -> Vec<(String, Vec<&str>)> {
    let mut sections: Vec<(String, Vec<&str>)> = Vec::new();
    for line in block.lines() {
        match (script(line), sections.last_mut()) {
            (Some(name), _) => sections.push((format!("sql/{name}"), Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    assert!(!sections.is_empty(), "a block of SQL names its scripts: {block}");
    sections
}

/// The project of a block.
pub(crate) fn scripts(block: &str) -> Sources {
    let setting = |key: &str| block.lines().find_map(|line| line.strip_prefix(&format!("-- {key}: "))).map(str::trim);
    let (dialect, version) =
        setting("server").unwrap_or("postgres-15").split_once('-').expect("a server has a version");
    let mut own = format!("dialect = \"{dialect}\"\nserver-version = \"{version}\"\n");
    if let Some(edition) = setting("server-edition") {
        own += &format!("server-edition = \"{edition}\"\n");
    }
    if let Some(tier) = setting("tiers") {
        own += &format!("tiers = [\"{tier}\"]\n");
    }
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::from([("flightcheck.toml".to_owned(), own.into_bytes())]);
    files.insert("flyway.conf".to_owned(), b"flyway.locations=filesystem:sql\n".to_vec());
    for (name, lines) in sections(block) {
        let lines = lines.into_iter().filter(|line| !is_carets(line));
        let text: String = lines.flat_map(|line| [line, "\n"]).collect();
        files.insert(name, text.into_bytes());
    }
    Sources::new(files)
}

/// Where the carets of a block say that something is found: file, line, first and last column, from 0.
fn marks(block: &str) -> Vec<(String, usize, usize, usize)> {
    let mut marks = Vec::new();
    for (name, lines) in sections(block) {
        let mut number = 0_usize;
        for line in lines {
            if is_carets(line) {
                let (first, last) = (line.find('^').unwrap(), line.rfind('^').unwrap());
                marks.push((name.clone(), number - 1, first, last));
            } else {
                number += 1;
            }
        }
    }
    marks
}

/// What the carets say and the findings do not, and the other way round.
pub(crate) fn compare(block: &str, found: &[Finding]) -> Vec<String> {
    let sources = scripts(block);
    let mut found: Vec<(String, usize, usize, usize)> = found
        .iter()
        .filter_map(|finding| {
            let span = finding.primary.span?;
            let text = sources.text(&finding.primary.file);
            let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
            let end = text[span.start..span.end.max(span.start + 1)].find('\n').map_or(span.end, |at| span.start + at);
            let first = (span.start - start).max(3);
            Some((finding.primary.file.clone(), text[..span.start].matches('\n').count(), first, end - start - 1))
        })
        .collect();
    let mut marked = marks(block);
    found.sort();
    marked.sort();
    if found == marked { Vec::new() } else { vec![format!("carets at {marked:?}, found {found:?}")] }
}
