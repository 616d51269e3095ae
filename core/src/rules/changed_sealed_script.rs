use sha2::{Digest, Sha256};

use crate::finding::{Finding, Label, Severity};
use crate::layout::{File, base_name};
use crate::seal::{FILE_NAME, Seal};
use crate::text::Span;

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "changed-sealed-script",
    group: Group::Migrations,
    summary: "a sealed script has been changed, moved away or deleted",
    severity: Severity::Error,
    page: Rule::page(include_str!("changed_sealed_script.md")),
    check: Check::Project(check),
};

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(seal) = facts.seal else { return };
    for path in seal.paths() {
        let Some((hash, span)) = seal.get(path) else { continue };
        match facts.files.get(path) {
            None => out.extend(gone(facts, path, hash, span)),
            Some(file) if same_lines(file, hash) || has_mismatch(facts, path) => {}
            Some(_) => out.push(changed(facts, seal, path, span)),
        }
    }
}

fn changed(facts: &Facts<'_>, seal: &Seal, path: &str, span: Span) -> Finding {
    let passes = facts.lines().find_map(|line| {
        let (row, migration) = (line.row?, line.migration.filter(|migration| migration.path == path)?);
        Some((row.checksum.filter(|checksum| migration.checksum.stored == Some(*checksum))?, row))
    });
    let message = match passes {
        Some((checksum, _)) => {
            format!("`{path}` was changed after it was sealed, and yet it has the checksum {checksum} that was applied")
        }
        None => format!("`{path}` was changed after it was sealed"),
    };
    let mut finding = Finding::new(message, Label::file(path)).with(sealed(span));
    if let Some((_, row)) = passes {
        finding = finding.with(facts.row_label(row, "was applied with the same checksum"));
    }
    let original = facts
        .layout
        .migrations
        .iter()
        .find(|migration| migration.path != path && seal.get(path).map(|(hash, _)| hash) == migration.sha256);
    if let Some(original) = original {
        finding = finding.with(Label::file(&original.path).says("has the sealed content"));
    }
    finding.help(format!("restore the sealed content (`git log -- {path}`), or seal again if the change is meant"))
}

fn gone(facts: &Facts<'_>, path: &str, hash: [u8; 32], span: Span) -> Option<Finding> {
    let copy = facts.layout.migrations.iter().find(|migration| migration.sha256 == Some(hash));
    let place = Label::at(FILE_NAME, span);
    let finding = match copy {
        // Flyway does not mind that a script moves from folder to folder.
        Some(copy) if base_name(&copy.path) == base_name(path) => return None,
        Some(copy) => Finding::new(format!("the sealed script `{path}` was renamed to `{}`", copy.path), place)
            .with(Label::file(&copy.path).says("has its content")),
        None => Finding::new(format!("the sealed script `{path}` is gone"), place),
    };
    Some(finding.help(format!("restore it (`git log --diff-filter=DR -- {path}`), or seal again if it is meant")))
}

fn sealed(span: Span) -> Label {
    Label::at(FILE_NAME, span).says("was sealed with another hash")
}

/// Whether the bytes are the sealed ones but for line ends and a byte order mark, which Git and editors change unasked.
fn same_lines(file: &File, hash: [u8; 32]) -> bool {
    if file.sha256() == hash {
        return true;
    }
    let Ok(text) = std::str::from_utf8(file.bytes()) else { return false };
    let unix = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let windows = unix.replace('\n', "\r\n");
    [unix, windows].iter().any(|text| {
        let is_sealed = |text: &str| <[u8; 32]>::from(Sha256::digest(text)) == hash;
        is_sealed(text) || is_sealed(&format!("\u{feff}{text}"))
    })
}

/// Whether the change is told as a checksum mismatch already.
fn has_mismatch(facts: &Facts<'_>, path: &str) -> bool {
    let mut mismatches = facts.errors(&["CHECKSUM_MISMATCH"]);
    mismatches.any(|(_, line)| line.migration.is_some_and(|migration| migration.path == path))
}
