//! Recorded answers of the real engine, and the project that each case describes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use flightcheck_core::history::Row;
use flightcheck_core::layout::flyway::{Places, resolve};
use flightcheck_core::layout::{File, Files, Layout};
use flightcheck_core::settings::{Configuration, Settings, Source};
use flightcheck_core::status::{Input, Status, status};
use serde_json::Value;

/// Cases that are left out, by id, each with its reason.
pub(crate) fn left_out() -> BTreeMap<String, String> {
    reasons(&folder().join("left-out.txt"))
}

/// Recorded splittings that ours differ from on purpose, by id, each with its reason.
pub(crate) fn split_differences() -> BTreeMap<String, String> {
    reasons(&folder().join("../../split-differences.txt"))
}

fn reasons(path: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (id, reason) = line.split_once(": ").expect("`id: reason`");
            (id.to_owned(), reason.to_owned())
        })
        .collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/recordings/flyway")
}

/// All cases of a group.
pub(crate) fn cases(group: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder().join(format!("{group}.jsonl"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A case as the core sees it.
pub(crate) struct Case {
    pub(crate) settings: Settings,
    pub(crate) files: Files,
    pub(crate) layout: Layout,
    pub(crate) rows: Option<Vec<Row>>,
    pub(crate) schema_empty: Option<bool>,
}

impl Case {
    pub(crate) fn new(case: &Value) -> Self {
        Self::with(case, &[])
    }

    /// The case with further settings.
    pub(crate) fn with(case: &Value, more: &[(&str, &str)]) -> Self {
        let options = case["config"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| (key.clone(), value.as_str().expect("settings are texts").to_owned()));
        let more = more.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        let sources = vec![Source::Options(options.chain(more).collect())];
        let settings = Configuration { sources, ..Configuration::default() }.read();
        let files: Files = case["files"].as_array().unwrap().iter().map(file).collect();
        let places = Places::new(&settings, |folder| {
            folder == "sql" || files.keys().any(|path| path.starts_with(&format!("{folder}/")))
        });
        let layout = resolve(&settings, &places, &files);
        // Flyway only looks at the table that is configured.
        let table = case["history_table"].as_str().unwrap_or("flyway_schema_history");
        let looked_at = settings.flyway.table == table;
        let mut rows: Option<Vec<Row>> =
            case["history"].as_array().filter(|_| looked_at).map(|rows| rows.iter().map(row).collect());
        if let Some(rows) = &mut rows {
            rows.sort_by_key(|row| row.installed_rank);
        }
        Self { settings, files, layout, rows, schema_empty: None }
    }

    pub(crate) fn input(&self) -> Input<'_> {
        Input {
            settings: &self.settings,
            layout: &self.layout,
            rows: self.rows.as_deref(),
            checksums_known: true,
            schema_empty: self.schema_empty,
        }
    }

    pub(crate) fn status(&self) -> Status {
        status(&self.input())
    }
}

fn file(value: &Value) -> (String, File) {
    let path = value["path"].as_str().unwrap().to_owned();
    let bytes = match value["text"].as_str() {
        Some(text) => text.as_bytes().to_vec(),
        None => base64(value["base64"].as_str().unwrap()),
    };
    (path, File::new(bytes))
}

pub(crate) fn row(value: &Value) -> Row {
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    Row {
        installed_rank: value["installed_rank"].as_i64().unwrap(),
        version: text("version"),
        description: text("description").unwrap(),
        kind: text("type").unwrap(),
        script: text("script").unwrap(),
        checksum: value["checksum"].as_i64().map(|checksum| i32::try_from(checksum).unwrap()),
        installed_on: None,
        execution_time: None,
        success: value["success"].as_bool().unwrap(),
    }
}

fn base64(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'=').map(value).collect();
    let chunk = |chunk: &[u8]| {
        let bits = chunk.iter().fold(0_u32, |bits, digit| bits << 6 | u32::from(*digit)) << (6 * (4 - chunk.len()));
        bits.to_be_bytes()[1..chunk.len()].to_vec()
    };
    digits.chunks(4).flat_map(chunk).collect()
}
