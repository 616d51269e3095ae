//! A whole project cut out of any bytes: configuration, names, scripts, history. No panic, and twice the same.
#![no_main]

use flightcheck_core::project::{Configuration, Project};
use flightcheck_core::render;
use flightcheck_core::report::Report;
use flightcheck_core::settings::{Edition, Source};
use libfuzzer_sys::fuzz_target;

fn output(project: &Project) -> Option<String> {
    let checked = project.check().ok()?;
    let report = Report::new(project, &checked, Some("history")).with_findings(project, &checked);
    Some(render::json(&report) + &render::human(&report, project) + &render::plan(&report))
}

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.split(|byte| *byte == 0xFE);
    let mut text = || String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    let (conf, own, history) = (text(), text(), text());
    let mut project = Project::new(Configuration {
        own: Some(("flightcheck.toml".into(), own)),
        sources: vec![Source::Conf { name: "flyway.conf".into(), text: conf }],
        edition: (bytes.len() % 2 == 0).then_some(Edition::Redgate),
        ..Configuration::default()
    });
    if !history.is_empty() {
        project.set_history("history", history.into_bytes());
    }
    while let Some(name) = parts.next() {
        let content = parts.next().unwrap_or_default();
        project.set_file(&format!("sql/{}", String::from_utf8_lossy(name)), content.to_vec());
    }
    assert_eq!(output(&project), output(&project.clone()));
});
