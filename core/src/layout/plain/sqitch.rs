//! sqitch: the plan decides which scripts run, and in which order; `deploy/` leads up, `revert/` back.

use crate::change::TransactionModel;
use crate::layout::{File, Files};
use crate::text::{Encoding, Span};

use super::{Direction, Script, Section};

/// The file that names the changes.
pub(super) const PLAN: &str = "sqitch.plan";

/// The scripts of the plan, each after those that the plan has before it, and the paths of those that are no UTF-8.
/// A script that the plan does not name is none to sqitch.
pub(super) fn read(folder: &str, files: &Files) -> (Vec<Script>, Vec<String>) {
    let beside = |name: &str| if folder == "." { name.to_owned() } else { format!("{folder}/{name}") };
    let (mut scripts, mut unreadable) = (Vec::new(), Vec::new());
    let plan = files.get(&beside(PLAN)).and_then(|file| file.text(Encoding::Utf8).ok());
    for change in plan.iter().flat_map(|plan| changes(plan)) {
        for (directory, direction) in [("deploy", Direction::Up), ("revert", Direction::Down)] {
            let path = beside(&format!("{directory}/{change}.sql"));
            match files.get(&path).map(length) {
                Some(Some(length)) => {
                    // sqitch hands the script to the server's own client, which opens no transaction.
                    let section =
                        Section { direction, span: Span::new(0, length), transaction: TransactionModel::Statement };
                    let (version, description) = (change.clone(), String::new());
                    scripts.push(Script { path, version, description, sections: vec![section] });
                }
                Some(None) => unreadable.push(path),
                None => {}
            }
        }
    }
    (scripts, unreadable)
}

/// The length of a file's text; `None` where it is none.
fn length(file: &File) -> Option<usize> {
    Some(file.text(Encoding::Utf8).ok()?.len())
}

/// The names of the changes as those of their scripts. A change that is reworked later stands twice; the scripts of its
/// first form carry the name of the first tag after it.
fn changes(plan: &str) -> Vec<String> {
    let mut changes: Vec<String> = Vec::new();
    // Up to which change a tag was seen, by the place of the first change after the tag.
    let mut tags: Vec<(usize, &str)> = Vec::new();
    for line in plan.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['%', '#'])) {
        let Some(word) = line.split_whitespace().next() else { continue };
        if let Some(tag) = word.strip_prefix('@') {
            tags.push((changes.len(), tag));
            continue;
        }
        if let Some(first) = changes.iter().position(|known| known == word)
            && let Some((_, tag)) = tags.iter().find(|(after, _)| *after > first)
        {
            changes[first] = format!("{word}@{tag}");
        }
        changes.push(word.to_owned());
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reworked_change_has_the_tag_in_its_first_form() {
        let plan = "%syntax-version=1.0.0\n%project=shop\n\nusers 2024-01-01T00:00:00Z A <a@b> # first\n@v1 2024-01-02T00:00:00Z A <a@b>\nusers [users@v1] 2024-01-03T00:00:00Z A <a@b>\n";
        assert_eq!(changes(plan), ["users@v1", "users"]);
    }
}
