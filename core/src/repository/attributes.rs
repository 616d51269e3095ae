//! `.gitattributes`: how Git checks files out. Source: gitattributes(5).

use std::collections::BTreeMap;

use super::{ATTRIBUTES, pattern};

/// How the lines of a file end when it is checked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineEnds {
    /// Alike everywhere.
    Kept,
    /// As the machine or its owner likes them.
    Unsaid,
    /// Git writes it in another character set than it keeps it in.
    Recoded(String),
}

/// What the attributes of the folders above a file say of it, the nearest last.
pub(super) fn line_ends(files: &BTreeMap<String, String>, path: &str) -> LineEnds {
    let mut set: BTreeMap<&str, &str> = BTreeMap::new();
    let folders = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
    for start in folders {
        let Some(text) = files.get(&format!("{}{ATTRIBUTES}", &path[..start])) else { continue };
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            if !words.next().is_some_and(|of| pattern(of).matches(&path[start..])) {
                continue;
            }
            for word in words {
                read(word, &mut set);
            }
        }
    }
    if let Some(name) = set.get("working-tree-encoding").filter(|name| !name.eq_ignore_ascii_case("utf-8")) {
        return LineEnds::Recoded((*name).to_owned());
    }
    let kept = set.get("text") == Some(&"unset") || set.get("eol").is_some_and(|end| matches!(*end, "lf" | "crlf"));
    if kept { LineEnds::Kept } else { LineEnds::Unsaid }
}

fn read<'t>(word: &'t str, set: &mut BTreeMap<&'t str, &'t str>) {
    if word == "binary" {
        set.insert("text", "unset");
    } else if let Some(name) = word.strip_prefix('-') {
        set.insert(name, "unset");
    } else if let Some(name) = word.strip_prefix('!') {
        set.remove(name);
    } else {
        let (name, value) = word.split_once('=').unwrap_or((word, "set"));
        set.insert(name, value);
    }
}
