//! The output of `flyway info -outputType=json`, which holds less than the table.
//!
//! Keys and states: sections 4.1 and 7.1 of the Flyway reference (`InfoOutput`, `MigrationState`). Rows come in the order
//! of their ranks, unapplied migrations have an empty `installedOnUTC`.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::error::{Complaint, Outcome};
use super::members::{one, span_in};
use super::{Form, Row, Snapshot};

/// What the output does not carry.
const GAPS: [&str; 3] = [
    "`flyway info` prints no checksums: scripts that changed after they were applied cannot be noticed.",
    "`flyway info` prints no ranks: the order of its list is taken.",
    "`flyway info` prints no script names: the names of the local files are taken, and missing files have none.",
];

const NOT_INFO: &str = "give the output of `flyway info -outputType=json`; other commands do not list the history";

/// One migration, of the keys that matter. Older releases lack some.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Migration {
    version: Option<String>,
    raw_version: Option<String>,
    description: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(rename = "installedOnUTC")]
    installed_on: Option<String>,
    state: Option<String>,
    filepath: Option<String>,
    execution_time: Option<i64>,
}

/// The result of one command among several.
#[derive(Deserialize)]
struct CommandResult<'a> {
    operation: Option<String>,
    #[serde(borrow)]
    migrations: Option<&'a RawValue>,
}

/// Reads the results of several commands in one call, of which one is `info`.
pub(super) fn read_results(text: &str, json: &str) -> Outcome<Snapshot> {
    let results: Vec<CommandResult<'_>> = one(text, json)?;
    let info = results.iter().find(|result| result.operation.as_deref() == Some("info"));
    match info.and_then(|result| result.migrations) {
        Some(migrations) => read(text, migrations.get()),
        None => Err(Complaint::new("none of the results is that of `flyway info`").help(NOT_INFO).into()),
    }
}

/// Reads the list of migrations; `json` is a slice of `text`.
pub(super) fn read(text: &str, json: &str) -> Outcome<Snapshot> {
    let mut rows = Vec::new();
    for (number, raw) in one::<Vec<&RawValue>>(text, json)?.into_iter().enumerate() {
        let migration: Migration = one(text, raw.get())?;
        let Some(state) = &migration.state else {
            let message = format!("migration {} has no `state`: this is not the output of `flyway info`", number + 1);
            return Err(Complaint::new(message).at(span_in(text, raw.get())).help(NOT_INFO).into());
        };
        let success = !state.starts_with("Failed");
        if migration.installed_on.as_deref().is_some_and(|date| !date.is_empty()) {
            let rank = i64::try_from(rows.len()).unwrap_or(i64::MAX).saturating_add(1);
            rows.push(row(migration, rank, success));
        }
    }
    let gaps = GAPS.map(str::to_owned).to_vec();
    Ok(Snapshot { form: Form::InfoJson, rows: Some(rows), gaps, has_checksums: false })
}

fn row(migration: Migration, installed_rank: i64, success: bool) -> Row {
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let path = migration.filepath.unwrap_or_default();
    Row {
        installed_rank,
        version: filled(migration.raw_version).or(filled(migration.version)),
        description: migration.description.unwrap_or_default(),
        kind: migration.kind.unwrap_or_default(),
        script: path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
        checksum: None,
        installed_on: migration.installed_on,
        execution_time: migration.execution_time,
        success,
    }
}
