//! `CODEOWNERS`: patterns, each with the people who have to agree to a change.

use super::pattern;

/// Whether the last pattern that fits a path names somebody. A section of GitLab may name them for all its patterns.
pub(super) fn is_owned(text: &str, path: &str) -> bool {
    let mut owned = false;
    let mut of_section = false;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let is_section = line.starts_with('[') || line.starts_with("^[");
        if is_section {
            let rest = line.rsplit_once(']').map_or("", |(_, rest)| rest);
            of_section = names_somebody(rest);
            continue;
        }
        let (of, owners) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if pattern(of).matches(path) {
            owned = of_section || names_somebody(owners);
        }
    }
    owned
}

fn names_somebody(owners: &str) -> bool {
    owners.split_whitespace().take_while(|word| !word.starts_with('#')).any(|word| word.contains('@'))
}
