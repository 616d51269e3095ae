//! `info` on a large project: 10,000 scripts of 4 kB and a history of 10,000 rows.

use flightcheck_core::history::{Row, to_json};
use flightcheck_core::layout::file::checksum;
use flightcheck_core::project::{Configuration, Project};
use flightcheck_core::render;
use flightcheck_core::report::Report;

fn main() {
    divan::main();
}

fn project(scripts: usize) -> Project {
    let mut project = Project::new(Configuration::default());
    let mut rows = Vec::new();
    for number in 1..=scripts {
        let line = format!("alter table t{number} add column c varchar(80) not null default 'some value';\n");
        let text = line.repeat(4096 / line.len());
        let script = format!("V{number}__change_{number}.sql");
        rows.push(Row {
            installed_rank: i64::try_from(number).unwrap(),
            version: Some(number.to_string()),
            description: format!("change {number}"),
            kind: "SQL".into(),
            checksum: Some(checksum(&text)),
            script: script.clone(),
            installed_on: None,
            execution_time: Some(1),
            success: true,
        });
        project.set_file(&format!("sql/{script}"), text.into_bytes());
    }
    project.set_history("history.json", to_json(Some(&rows)).into_bytes());
    project
}

#[divan::bench(args = [100, 1_000, 10_000])]
fn info(bencher: divan::Bencher<'_, '_>, scripts: usize) {
    bencher.with_inputs(|| project(scripts)).bench_values(|project| {
        let checked = project.check().unwrap();
        render::json(&Report::new(&project, &checked, Some("history.json"))).len()
    });
}
