//! Names and scripts that are meant to do harm go through every format, and each is read by that format's own parser.

use std::collections::BTreeMap;

use flightcheck_core::project::Project;
use flightcheck_core::report::Report;

use super::projects::Sources;
use super::{page, rendered, report, structured};

/// What somebody may put into a name.
const PAYLOADS: &[&str] = &[
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</code></pre></details></summary><h1>owned</h1><!--",
    "]]><owned/><![CDATA[",
    "\" onload=\"alert(1)",
    "' owned='1",
    "\n::error file=a::owned",
    "\r\n##[error]owned%0A::set-output name=a::b",
    "| a | b |\n|---|---|",
    "`` ` ``` ~~~\n```\nowned\n```",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "https://evil.example www.evil.example a@evil.example",
    "@everyone #1 GH-2 repo#3",
    "*bold* _under_ ~~gone~~ $math$ \\ &lt; &#60; {0} {{x}}",
    "\u{202e}lqs.gpj\u{2066}\u{200b}\u{feff}\u{2028}",
    "\0\u{1}\u{fffe}\u{ffff}\u{85}\u{9b}31m",
    "<!-- flightcheck report --> --> --!>",
    "# heading\n- list\n> quote\n    code",
    "%41%2e%2e//../..//\\..\\",
];

/// A project in which every name and every script is one of them; with `refused` also the keys of its configuration, so
/// that Flyway would refuse every command.
fn project(refused: bool) -> Project {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut conf = "flyway.url=jdbc:postgresql://localhost/shop\nflyway.cleanDisabled=false\n".to_owned();
    let mut rows = Vec::new();
    for (at, payload) in PAYLOADS.iter().enumerate() {
        let quoted = payload.replace('"', "\"\"");
        let text = format!(
            "-- {payload}\nALTER TABLE \"{quoted}\" DROP COLUMN \"{quoted}\";\nCREATE INDEX \"{quoted}\" ON \"t{quoted}\" (a);\n\
             /* {payload} */ FROBNICATE \"{quoted}\";\nGRANT SELECT ON \"{quoted}\" TO PUBLIC;\n\tDROP TABLE \"{quoted}\"\n"
        );
        let version = 2 * at + 1;
        files.insert(format!("sql/V{version}__a {payload}.sql"), text.clone().into_bytes());
        files.insert(format!("sql/V{}_typo{payload}.sql", version + 1), text.into_bytes());
        files.insert(format!("sql/V{}__latin{at}.sql", version + 1), b"drop table \xff\xfe\xe9;".to_vec());
        if refused {
            conf += &format!("flyway.{}=1\n", payload.replace(['\n', '\r'], " "));
        }
        rows.push(serde_json::json!({
            "installed_rank": at, "version": format!("0.{at}"), "description": payload, "type": "SQL",
            "script": format!("V0.{at}__{payload}.sql"), "checksum": 1, "installed_by": "bobby", "success": true,
        }));
    }
    files.insert("flyway.conf".into(), conf.into_bytes());
    files.insert("history.json".into(), serde_json::to_vec(&rows).unwrap());
    let mut project = Sources::new(files).project();
    for payload in PAYLOADS {
        project.set_unread(&format!("sql/{payload}"), payload);
    }
    project
}

/// The worst reason that an ignore can give.
fn reason() -> String {
    PAYLOADS.concat()
}

#[test]
fn nothing_breaks_out_of_any_format() {
    for refused in [false, true] {
        let project = project(refused);
        let report = report(&project, &reason());
        let findings = report.findings.as_ref().unwrap();
        assert!(findings.len() > 4 * PAYLOADS.len(), "only {} findings", findings.len());
        for (format, text) in rendered(&project, &report) {
            if let Some(folder) = std::env::var_os("REPORTS_OUT") {
                let kind = if refused { "refused" } else { "hostile" };
                std::fs::write(std::path::Path::new(&folder).join(format!("{kind}.{format}")), &text).unwrap();
            }
            look(format, &text, &report);
        }
    }
}

/// Reads a report as its readers do, and finds in it what there is and nothing else.
fn look(format: &str, text: &str, report: &Report) {
    let findings = report.findings.as_ref().unwrap();
    assert!(!text.contains("bobby"), "{format}");
    match format {
        "human" => human(text),
        "github" => structured::github(text, findings),
        "markdown" => page::markdown(text),
        "html" => page::html(text),
        "checkstyle" => structured::checkstyle(text, findings),
        "junit" => structured::junit(text, report),
        "json" => assert_eq!(structured::parsed(text)["findings"].as_array().unwrap().len(), findings.len()),
        "sarif" => structured::sarif(text, report),
        "gitlab" => structured::gitlab(text, findings),
        "rdjson" => structured::rdjson(text, findings),
        "sonar" => structured::sonar(text, findings),
        other => panic!("nobody looks at {other}"),
    }
}

/// Colours are the only thing that a terminal is told.
fn human(text: &str) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        harmless(before);
        let (parameters, behind) = after.strip_prefix('[').and_then(|after| after.split_once('m')).expect("a colour");
        assert!(parameters.chars().all(|char| char.is_ascii_digit() || char == ';'), "{parameters}");
        rest = behind;
    }
    harmless(rest);
    let owned = text.lines().find(|line| line.trim_start().starts_with("::error"));
    assert!(owned.is_none(), "{owned:?}");
}

/// No character that steers, turns or hides.
pub(super) fn harmless(text: &str) {
    let bad = |char: char| {
        char.is_control() && !matches!(char, '\n' | '\t')
            || matches!(char, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    if let Some(at) = text.find(bad) {
        panic!("{:?}", text[at..].chars().take(60).collect::<String>());
    }
}
