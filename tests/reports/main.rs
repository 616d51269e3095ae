//! Every format from one report, compared with what is recorded in `tests/reports/golden`, and from hostile input.
//!
//! `UPDATE=1 cargo test -p flightcheck-core --test reports` writes the recorded reports anew: read the difference. With
//! `REPORTS_OUT` the hostile ones are written into that folder too, for tools that are not ours (`tests/reports.sh`).

mod hostile;
mod page;
#[path = "../projects/mod.rs"]
mod projects;
mod structured;

use std::fs;
use std::path::PathBuf;

use flightcheck_core::project::Project;
use flightcheck_core::render::{FORMATS, View};
use flightcheck_core::report::{Report, Suppressed, SuppressedBy};
use projects::Sources;

/// The report of a project, with one finding suppressed.
fn report(project: &Project, reason: &str) -> Report {
    let checked = project.check().expect("the input is usable");
    let mut report = Report::new(project, &checked, Some("history.json")).with_findings(project, &checked);
    let findings = report.findings.as_mut().unwrap();
    if let Some(at) = findings.iter().rposition(|finding| finding.rule == "clean-enabled") {
        let finding = findings.remove(at);
        report.suppressed = Some(vec![Suppressed {
            finding,
            by: SuppressedBy::Configuration,
            ignored_at: None,
            reason: reason.to_owned(),
        }]);
    }
    report
}

/// The report in each format, by name.
fn rendered(project: &Project, report: &Report) -> Vec<(&'static str, String)> {
    let view = View { folder: "services/shop", ..View::new(report, project) };
    FORMATS.iter().map(|format| (format.name, format.render(&view))).collect()
}

fn golden(format: &str) -> PathBuf {
    let ending = match format {
        "human" | "github" => "txt",
        "junit" | "checkstyle" => "xml",
        "markdown" => "md",
        "html" => "html",
        _ => "json",
    };
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../tests/reports/golden/{format}.{ending}"))
}

#[test]
fn every_format_gives_what_is_recorded() {
    let mut sources = Sources::from_folder("tests/reports/project");
    sources.history = Some("history.json".to_owned());
    let mut project = sources.project();
    project.set_unread("sql/V9__locked.sql", "permission denied");
    let report = report(&project, "only test databases read it");
    for (format, text) in rendered(&project, &report) {
        let path = golden(format);
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &text).unwrap();
        }
        let recorded = fs::read_to_string(&path).unwrap_or_default();
        assert!(recorded == text, "{format} differs from {}: UPDATE=1 writes it anew", path.display());
        assert!(text.ends_with('\n'), "{format}");
        for name in ["jane.doe", "2024-01-02T03:04:05.000"] {
            assert!(!text.contains(name), "{format} tells {name}");
        }
    }
}

const SECRET_SCRIPT: &str = "\
CREATE ROLE app LOGIN PASSWORD 's3cretF';
ALTER USER app WITH ENCRYPTED PASSWORD 's3cretG';
CREATE SUBSCRIPTION s CONNECTION 'host=h password=s3cretH' PUBLICATION p;
CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'u', password 's3cretI');
ALTER TABLE a ALTER COLUMN id TYPE bigint; CREATE INDEX a_id ON a (id); ALTER ROLE app PASSWORD 's3cretJ';
";
const SECRET_HISTORY: &str = r#"[{"installed_rank": 1, "version": "1", "description": "a", "type": "SQL",
    "script": "V1__a.sql", "checksum": 5, "installed_by": "s3cretK", "success": true}]"#;
const SECRET_CONF: &str = "\
flyway.url=jdbc:postgresql://admin:s3cretA@db/shop
flyway.user=s3cretB
flyway.password=s3cretC
flyway.placeholders.key=s3cretE
flyway.cleanDisabled=false
";

#[test]
fn secrets_and_names_are_in_no_format() {
    let misspelt = format!("{SECRET_CONF}flyway.passwrod=s3cretD\n");
    let expected = ["password-in-script", "checksum-mismatch", "index-without-concurrently"];
    for (conf, expected) in [(SECRET_CONF, &expected[..]), (&misspelt, &["refused-configuration"])] {
        let files = [
            ("flyway.conf", conf),
            ("sql/V1__a.sql", "CREATE TABLE a (id int);"),
            ("sql/V2__b.sql", SECRET_SCRIPT),
            ("history.json", SECRET_HISTORY),
        ];
        let project = Sources::new(files.map(|(name, text)| (name.to_owned(), text.into())).into()).project();
        let report = report(&project, "");
        let rules: Vec<&str> = report.findings.iter().flatten().map(|finding| finding.rule).collect();
        for rule in expected {
            assert!(rules.contains(rule), "{rule} is not among {rules:?}");
        }
        for (format, text) in rendered(&project, &report) {
            let told = text.find("s3cret").map(|at| text[at..].lines().next());
            assert!(told.is_none(), "{format} tells {told:?}");
        }
    }
}

#[test]
fn a_comment_is_never_too_long() {
    let scripts = (1..400).map(|version| {
        let table = format!("{}_{version}", "orders".repeat(8));
        let text = format!("DROP TABLE {table};\nALTER TABLE b_{version} DROP COLUMN c;\n");
        (format!("sql/V{version}__{}.sql", "drop".repeat(20)), text.into_bytes())
    });
    let mut files: std::collections::BTreeMap<String, Vec<u8>> = scripts.collect();
    files.insert("flyway.conf".into(), b"flyway.url=jdbc:postgresql://localhost/shop".to_vec());
    let project = Sources::new(files).project();
    let report = report(&project, "");
    assert!(report.findings.as_ref().unwrap().len() > 500);
    let view = View::new(&report, &project);
    let text = flightcheck_core::render::markdown(&view);
    assert!(text.len() <= 65_536, "{} bytes", text.len());
    assert!(text.len() > 50_000, "{} bytes: there was room for more", text.len());
    assert!(text.contains(" findings left out to keep this short"));
    assert!(text.contains("<summary>What was checked</summary>"));
    assert_eq!(text.matches("<details").count(), text.matches("</details>").count());
}
