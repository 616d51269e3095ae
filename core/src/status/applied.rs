//! The rows of the history, with what later rows and their order make of them.
//!
//! Steps C5 to C7 of Flyway's `MigrationInfoServiceImpl.refresh` (13.0.0).

use std::collections::BTreeMap;

use crate::finding::Refusal;
use crate::history::Row;
use crate::settings::Edition;
use crate::version::Version;

use super::context::Input;
use super::row_type::RowType;

/// A row with what later rows and the order make of it.
#[derive(Debug, Clone)]
pub struct Applied<'a> {
    /// The row.
    pub row: &'a Row,
    /// Its type.
    pub kind: RowType,
    /// Its version.
    pub version: Option<Version>,
    /// Whether it came after a higher version, or after an equal one.
    pub out_of_order: bool,
    /// Whether a later row marks it as deleted.
    pub deleted: bool,
    /// Whether a later row takes it back (Redgate).
    pub undone: bool,
    /// A successful DELETE row of a versioned migration has done its work and is not listed.
    pub(super) hidden: bool,
    /// An undo row takes a migration back; the open-source build lists it like any other row.
    undoes: bool,
}

/// Reads versions and types; what the build cannot read aborts every command.
pub(super) fn read_rows<'a>(input: &Input<'a>) -> Result<Vec<Applied<'a>>, Refusal> {
    let edition = input.settings.flyway.edition;
    let read = |row: &'a Row| {
        let version = row.version.as_deref().map(Version::parse).transpose().map_err(|_| {
            let text = row.version.as_deref().unwrap_or_default();
            Refusal::new("ERROR", format!("the history holds `{text}`, which is no version"))
        })?;
        let kind = RowType::parse(&row.kind, edition)?;
        let undoes = kind.is_undo() && edition == Edition::Redgate;
        Ok(Applied { row, kind, version, out_of_order: false, deleted: false, undone: false, hidden: false, undoes })
    };
    input.rows.unwrap_or_default().iter().map(read).collect()
}

/// Lets every row act on the earlier ones. Gives the version of the baseline.
pub(super) fn mark_deleted_and_undone(rows: &mut [Applied<'_>]) -> Result<Option<Version>, Refusal> {
    let mut baseline = None;
    // The newest row for each key stands last in its list, so a long history stays linear.
    let mut versioned: BTreeMap<Version, Vec<usize>> = BTreeMap::new();
    let mut repeatable: BTreeMap<&str, usize> = BTreeMap::new();
    for at in 0..rows.len() {
        let (kind, success, row) = (rows[at].kind, rows[at].row.success, rows[at].row);
        let Some(version) = rows[at].version.clone() else {
            if kind == RowType::Delete && success {
                if let Some(deleted) = repeatable.get(row.description.as_str()) {
                    rows[*deleted].deleted = true;
                }
            } else if !kind.is_synthetic() {
                repeatable.insert(&row.description, at);
            }
            continue;
        };
        if kind.is_baseline() {
            baseline = baseline.max(Some(version.clone()));
        }
        let earlier = versioned.entry(version).or_default();
        if kind == RowType::Delete && success {
            rows[at].hidden = true;
            if let Some(deleted) = earlier.last()
                && std::mem::replace(&mut rows[*deleted].deleted, true)
            {
                return Err(double_delete(row));
            }
            continue;
        }
        if rows[at].undoes && success {
            let live = |at: &&usize| !rows[**at].kind.is_undo() && !rows[**at].undone;
            if let Some(undone) = earlier.iter().rev().find(live) {
                rows[*undone].undone = true;
            }
        }
        if !kind.is_synthetic() {
            earlier.push(at);
        }
    }
    Ok(baseline)
}

/// Marks what came after a higher version. Gives the highest applied version, and the row that ran last for each
/// repeatable's description.
pub(super) fn mark_out_of_order<'a>(rows: &mut [Applied<'a>]) -> (Version, BTreeMap<&'a str, usize>) {
    let mut last_applied = Version::empty();
    let mut latest_run = BTreeMap::new();
    for (at, row) in rows.iter_mut().enumerate() {
        match &row.version {
            None => {
                latest_run.insert(row.row.description.as_str(), at);
            }
            Some(_) if row.hidden => {}
            Some(version) if *version > last_applied => {
                if row.kind != RowType::Delete && !row.deleted && !row.undone && !row.undoes {
                    last_applied = version.clone();
                }
            }
            Some(_) => row.out_of_order = true,
        }
    }
    (last_applied, latest_run)
}

fn double_delete(row: &Row) -> Refusal {
    let version = row.version.as_deref().unwrap_or_default();
    Refusal::new("DUPLICATE_DELETED_MIGRATION", format!("the history marks version `{version}` as deleted twice"))
}
