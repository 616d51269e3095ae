//! One report, whoever asks for it: `render::json` of the library and `check --format json` of the binary give the same bytes
//! for every project of a corpus. With `JSON_CORPUS` set the projects and reports stay in that folder, where
//! `wasm/tests/corpus.test.js` asks the third face, JavaScript.

#[allow(dead_code, reason = "fixes are applied by other tests")]
mod projects;
#[allow(dead_code, reason = "carets are compared by other tests")]
#[path = "rule_pages/sql.rs"]
mod sql;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use flightcheck_core::render;
use flightcheck_core::report::Report;
use flightcheck_core::rules::RULES;
use projects::Sources;

/// Name of the report beside a project's folder, and of the file that names its history.
const REPORT: &str = "report.json";
const HISTORY: &str = "history";

/// Projects of the examples, each with one of its histories, and without.
fn examples() -> Vec<Sources> {
    let mut found = Vec::new();
    for (example, histories) in
        [("billing", &["production.json", "qa.sql"][..]), ("collision", &["production.json"]), ("webshop", &[])]
    {
        let mut sources = Sources::from_folder(&format!("examples/{example}"));
        found.push(sources.clone());
        for history in histories {
            sources.history = Some(format!("history/{history}"));
            found.push(sources.clone());
        }
    }
    found
}

/// The examples on the pages of the rules.
fn pages() -> impl Iterator<Item = Sources> {
    let blocks = RULES.iter().flat_map(|rule| rule.page.split("```").skip(1).step_by(2));
    blocks.filter_map(|block| match block.split_once('\n')? {
        ("sql", text) => Some(sql::scripts(text)),
        ("project", text) => Some(projects::from_page(text)).filter(|sources| !sources.is_compared()),
        _ => None,
    })
}

/// Each dump of the catalog's corpus as a lone script.
fn dumps() -> Vec<Sources> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/catalog");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| one("sql/V1__dump.sql", fs::read(path).unwrap())).collect()
}

fn one(path: &str, bytes: Vec<u8>) -> Sources {
    Sources::new(BTreeMap::from([(path.to_owned(), bytes)]))
}

/// Names and texts that are hard to write down.
fn hostile() -> Vec<Sources> {
    let utf16: Vec<u8> = "create table a (\"ä\" int);".encode_utf16().flat_map(u16::to_be_bytes).collect();
    vec![
        one("sql/V1__\u{202e}\"<b>&'.sql", b"drop table \"\\u0000\x1b[31m\";\r\ndrop table x".to_vec()),
        one("sql/V1__latin.sql", b"create table b (name varchar(3) default '\xe4');".to_vec()),
        one("sql/V1__marked.sql", b"\xef\xbb\xbfcreate table c (id serial);\rdrop table \xf0\x9f\x9a\x80;".to_vec()),
        one("sql/V1__wide.sql", utf16),
        one("docs/schema.sql", b"create table elsewhere (id serial);".to_vec()),
        one("sql/.hidden/V1__a.sql", b"create table hidden (id serial);".to_vec()),
    ]
}

/// Scripts in other character sets, well-formed and not.
fn character_sets() -> impl Iterator<Item = Sources> {
    let scripts: [(&str, &[u8]); 8] = [
        ("Shift_JIS", b"create table a (b int); -- \x83\x65\x83\x58\x83\x67"),
        ("GB18030", b"create table a (b int); -- \xc4\xe3\xba\xc3\x81\x30\x84\x36"),
        ("EUC-KR", b"create table a (b int); -- \xb0\xa1"),
        ("Cp1251", b"create table a (b int); -- \xcf\xf0\xe8"),
        ("windows-1252", b"create table a (b int); -- \x80 \xe4"),
        ("windows-1252", b"create table a (b int); -- \x81"),
        ("KOI8-R", b"create table a (b int); -- \xf0\xd2\xc9"),
        ("ISO-8859-15", b"create table a (b int); -- \xa4"),
    ];
    scripts.into_iter().map(|(name, bytes)| {
        let conf = format!("flyway.encoding={name}\n").into_bytes();
        Sources::new(BTreeMap::from([("flyway.conf".to_owned(), conf), ("sql/V1__a.sql".to_owned(), bytes.to_vec())]))
    })
}

fn library(sources: &Sources) -> String {
    let project = sources.project();
    let checked = project.check().expect("the input is usable");
    render::json(&Report::new(&project, &checked, sources.history.as_deref()).with_findings(&project, &checked))
}

fn binary(folder: &Path, history: Option<&str>) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flightcheck"));
    command.current_dir(folder).args(["check", "--today=2027-01-01", "--format", "json"]);
    if let Some(history) = history {
        command.args(["--history", history]);
    }
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn library_and_binary_give_the_same_bytes() {
    let kept = std::env::var_os("JSON_CORPUS").map(PathBuf::from);
    let root = kept.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("json-faces-{}", std::process::id())));
    let mut all = examples();
    all.extend(pages());
    all.extend(dumps());
    all.extend(hostile());
    all.extend(character_sets());
    assert!(all.len() > 300, "the corpus has shrunk to {} projects", all.len());
    for (number, sources) in all.iter().enumerate() {
        let folder = root.join(format!("{number:04}"));
        sources.write(&folder.join("project"));
        let report = binary(&folder.join("project"), sources.history.as_deref());
        assert_eq!(report, library(sources), "{}", folder.display());
        fs::write(folder.join(REPORT), report).unwrap();
        if let Some(history) = &sources.history {
            fs::write(folder.join(HISTORY), history).unwrap();
        }
    }
    if kept.is_none() {
        fs::remove_dir_all(root).unwrap();
    }
}
