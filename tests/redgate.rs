//! Redgate's editions as documented: undo, cherryPick, shouldExecute. Nothing here was observed on a real build.

use std::collections::BTreeMap;

use flightcheck_core::history::{Row, to_json};
use flightcheck_core::project::{Checked, Configuration, Project};
use flightcheck_core::settings::{Edition, Source};
use flightcheck_core::status::{Command, simulate};
use flightcheck_core::version::Version;

/// A project of Redgate's edition. `rows` are `version:type`; `R` as version is the repeatable `v`.
fn project(files: &[(&str, &str)], rows: &[&str], settings: &[(&str, &str)]) -> Project {
    let options = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let mut project = Project::new(Configuration {
        sources: vec![Source::Options(options)],
        environment: BTreeMap::new(),
        edition: Some(Edition::Redgate),
        own: None,
        ..Configuration::default()
    });
    for (name, text) in files {
        project.set_file(&format!("sql/{name}"), text.as_bytes().to_vec());
    }
    let rows: Vec<Row> = rows.iter().zip(1..).map(|(row, rank)| parse_row(row, rank)).collect();
    project.set_history("history", to_json(Some(&rows)).into_bytes());
    project
}

fn parse_row(row: &str, rank: i64) -> Row {
    let (version, kind) = row.split_once(':').unwrap();
    let (kind, success) = kind.strip_suffix('!').map_or((kind, true), |kind| (kind, false));
    Row {
        installed_rank: rank,
        version: (version != "R").then(|| version.to_owned()),
        description: if version == "R" { "v".into() } else { "x".into() },
        kind: kind.into(),
        script: String::new(),
        checksum: if version == "R" { Some(78_787_420) } else { None },
        installed_on: None,
        execution_time: None,
        success,
    }
}

const V1: (&str, &str) = ("V1__x.sql", "SELECT 1;");
const V2: (&str, &str) = ("V2__x.sql", "SELECT 1;");
const V3: (&str, &str) = ("V3__x.sql", "SELECT 1;");
const U2: (&str, &str) = ("U2__x.sql", "SELECT 1;");
const R: (&str, &str) = ("R__v.sql", "SELECT 1;");

/// `version=State` of every line, and the codes of `validate`.
fn answer(project: &Project) -> (String, String) {
    let Checked { status, .. } = project.check().unwrap();
    if let Some(refusal) = status.info_refused {
        return (format!("refused: {}", refusal.code.unwrap_or("crash")), String::new());
    }
    let line = |info: &flightcheck_core::status::Described| {
        let undo = if info.kind == "UNDO_SQL" { "[undo]" } else { "" };
        format!("{}{undo}={}", info.version.as_deref().unwrap_or(&info.description), info.state.as_str())
    };
    let error = |error: &flightcheck_core::status::ValidationError| {
        format!("{}:{}", error.version.as_deref().unwrap_or(&error.description), error.code)
    };
    let join = |lines: Vec<String>| lines.join("; ");
    (join(status.infos.iter().map(line).collect()), join(status.errors.iter().map(error).collect()))
}

#[test]
fn undo_follows_the_documentation() {
    let not_applied = "2:RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED";
    let applied = ["1:SQL", "2:SQL"];
    let undone = ["1:SQL", "2:SQL", "2:UNDO_SQL"];
    let redone = ["1:SQL", "2:SQL", "2:UNDO_SQL", "2:SQL"];
    let files = [V1, V2, U2];
    assert_eq!(
        answer(&project(&files, &applied, &[])),
        ("1=Success; 2=Success; 2[undo]=Available".into(), String::new())
    );
    let states = "1=Success; 2=Undone; 2[undo]=Success; 2=Pending";
    assert_eq!(answer(&project(&files, &undone, &[])), (states.into(), not_applied.into()));
    let states = "1=Success; 2=Undone; 2[undo]=Success; 2=Success";
    assert_eq!(answer(&project(&files, &redone, &[])), (states.into(), String::new()));
}

#[test]
fn an_undone_version_in_the_middle_is_skipped_unless_out_of_order() {
    let rows = ["1:SQL", "2:SQL", "3:SQL", "2:UNDO_SQL"];
    let files = [V1, V2, V3, U2];
    let (states, errors) = answer(&project(&files, &rows, &[]));
    assert!(states.ends_with("2=Ignored"), "{states}");
    assert_eq!(errors, "2:RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED");
    let (states, _) = answer(&project(&files, &rows, &[("outOfOrder", "true")]));
    assert!(states.ends_with("2=Pending"), "{states}");
}

#[test]
fn two_undo_scripts_of_one_version_clash() {
    let files = [V1, U2, ("U2__y.sql", "SELECT 2;")];
    assert_eq!(answer(&project(&files, &[], &[])).0, "refused: DUPLICATE_UNDO_MIGRATION");
}

#[test]
fn cherry_pick_names_all_that_runs_and_in_which_order() {
    let files = [V1, V2, V3, R];
    let (states, errors) = answer(&project(&files, &[], &[("cherryPick", "1,v")]));
    assert_eq!(states, "1=Pending; v=Pending; 2=Ignored; 3=Ignored");
    assert_eq!(errors, "1:RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED; v:RESOLVED_REPEATABLE_MIGRATION_NOT_APPLIED");
    let picked = project(&files, &[], &[("cherryPick", "3,1")]).check().unwrap();
    let steps = &picked.status.plan.as_ref().unwrap().steps;
    let scripts: Vec<&str> = steps.iter().map(|step| picked.layout.migrations[*step].script.as_str()).collect();
    assert_eq!(scripts, ["V3__x.sql", "V1__x.sql"]);
    assert_eq!(answer(&project(&[V1], &[], &[("cherryPick", "9")])).0, "refused: ERROR");
}

#[test]
fn a_script_switched_off_is_ignored_without_an_error() {
    let files = [V1, ("V1__x.sql.conf", "shouldExecute=${env}==prod"), V2];
    let (states, errors) = answer(&project(&files, &[], &[("placeholders.env", "dev")]));
    assert_eq!(
        (states.as_str(), errors.as_str()),
        ("1=Ignored; 2=Pending", "2:RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED")
    );
    assert_eq!(answer(&project(&files, &[], &[("placeholders.env", "prod")])).0, "1=Pending; 2=Pending");
    assert_eq!(answer(&project(&files, &["1:SQL"], &[("placeholders.env", "dev")])).0, "1=Success; 2=Pending");
}

#[test]
fn undo_appends_a_row_and_migrate_applies_again() {
    let mut project = project(&[V1, V2, U2], &["1:SQL", "2:SQL"], &[]);
    let run = |project: &Project, command: &Command| {
        let checked = project.check().unwrap();
        simulate(&project.input(&checked.layout, checked.snapshot.as_ref()), command)
    };
    let rows = run(&project, &Command::Undo(None)).unwrap().unwrap();
    assert_eq!(rows.last().map(|row| (row.version.as_deref(), row.kind.as_str())), Some((Some("2"), "UNDO_SQL")));
    project.set_history("history", to_json(Some(&rows)).into_bytes());
    assert_eq!(answer(&project).0, "1=Success; 2=Undone; 2[undo]=Success; 2=Pending");
    let rows = run(&project, &Command::Migrate).unwrap().unwrap();
    assert_eq!(rows.last().map(|row| row.kind.as_str()), Some("SQL"));
    let below = Version::parse("0").unwrap();
    assert!(run(&project, &Command::Undo(Some(below))).is_err(), "V1 has no undo script");
}
