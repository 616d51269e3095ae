//! `check`: everything that is wrong, risky or worth knowing.

use std::fs;
use std::process::ExitCode;

use flightcheck_core::deployment::Choice;
use flightcheck_core::finding::Severity;
use flightcheck_core::project::{Checked, Project};
use flightcheck_core::render::{Format, View};
use flightcheck_core::report::Report;
use flightcheck_core::settings::FailOn;

use crate::args::{Check, Output};
use crate::load::{Loaded, check, load_all};
use crate::{Failure, base, commands, environments, judging};

/// A project that was checked.
struct Done {
    loaded: Loaded,
    report: Report,
    /// The lowest severity that fails it.
    fail_on: Option<Severity>,
}

pub(crate) fn run(arguments: &Check) -> Result<ExitCode, Failure> {
    let outputs = outputs(arguments)?;
    let loaded = load_all(&arguments.project)?.into_iter();
    let done: Vec<Done> = loaded.map(|loaded| check_one(arguments, loaded)).collect::<Result<_, _>>()?;
    let outside: Vec<String> = arguments.project.config.iter().map(|path| path.display().to_string()).collect();
    let folders: Vec<String> =
        done.iter().map(|done| done.loaded.folder.to_string_lossy().replace('\\', "/")).collect();
    let views = done.iter().zip(&folders).map(|(done, folder)| View {
        report: &done.report,
        project: &done.loaded.project,
        folder,
        outside: &outside,
        fail_on: done.fail_on,
    });
    let views: Vec<View<'_>> = views.collect();
    write_all(&outputs, &views)?;
    let fails = |view: &View<'_>| view.report.findings.iter().flatten().any(|finding| view.fails(finding));
    let fails = views.iter().any(fails);
    // The process ends: to give back thousands of scripts one by one takes longer than to check some.
    std::mem::forget(done);
    Ok(commands::exit(fails))
}

fn check_one(arguments: &Check, mut loaded: Loaded) -> Result<Done, Failure> {
    judging::prepare(&mut loaded, &arguments.judging)?;
    let (picked, held_back) = (arguments.cherry_pick.clone(), arguments.hold_back.clone());
    loaded.project.set_choice(Choice { picked, held_back });
    environments::compare(&mut loaded, &arguments.project, &arguments.compared)?;
    base::compare(&mut loaded, &arguments.compared, &arguments.project)?;
    loaded.project.set_min_rollback_coverage(arguments.min_rollback_coverage);
    loaded.project.set_ratchet(judging::ratchet(&loaded.folder)?);
    let project = &loaded.project;
    let checked = check(project)?;
    refuse_unknown(project, &checked)?;
    let report = Report::new(project, &checked, loaded.history.as_deref()).with_findings(project, &checked);
    let report = if arguments.prefixes { report.with_prefixes(project, &checked) } else { report };
    let configured = project.settings().flightcheck.fail_on;
    let lowest = arguments.fail_on.map(Into::into).or(configured).unwrap_or(FailOn::From(Severity::Error));
    Ok(Done { fail_on: lowest.severity(), loaded, report })
}

/// What was asked for must be pending: else the answer would be about something else.
fn refuse_unknown(project: &Project, checked: &Checked) -> Result<(), Failure> {
    let deployment = project.deployment(checked);
    let unknown = deployment.selection.iter().flat_map(|selection| &selection.unknown).next();
    match unknown {
        Some(name) if !project.settings().flyway.cherry_pick.iter().flatten().any(|pick| pick == name) => Err(format!(
            "`{name}` is no pending migration\n  help: give a version, a description or the name of a script"
        )),
        _ => Ok(()),
    }
}

/// The reports to write: those asked for, else one on standard output.
fn outputs(arguments: &Check) -> Result<Vec<Output>, Failure> {
    if arguments.output.iter().filter(|output| output.file.is_none()).count() > 1 {
        return Err(
            "only one report can go to standard output; give the others a file: `--output sarif=out.sarif`".into()
        );
    }
    for (at, output) in arguments.output.iter().enumerate() {
        let before = &arguments.output[..at];
        if let Some(file) =
            output.file.as_ref().filter(|file| before.iter().any(|other| other.file.as_ref() == Some(file)))
        {
            return Err(format!("two reports are to be written to `{}`; give each a file of its own", file.display()));
        }
    }
    if !arguments.output.is_empty() {
        return Ok(arguments.output.clone());
    }
    let format = arguments.format.or_else(|| Format::named("human")).ok_or("there are no formats")?;
    Ok(vec![Output { format, file: None }])
}

/// Writes every report. One that cannot be written does not keep the others from it.
fn write_all(outputs: &[Output], views: &[View<'_>]) -> Result<(), Failure> {
    let mut failures = Vec::new();
    for Output { format, file } in outputs {
        failures.extend(write(format, file.as_deref(), views).err());
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

fn write(format: &Format, file: Option<&std::path::Path>, views: &[View<'_>]) -> Result<(), Failure> {
    let text = format.render_all(views).ok_or_else(|| {
        let name = format.name;
        format!("{name} reports one project, and here are {}\n  help: check the folder of each by itself", views.len())
    })?;
    let Some(file) = file else { return commands::print(text) };
    let text = if format.is_for_terminals { anstream::adapter::strip_str(&text).to_string() } else { text };
    fs::write(file, text).map_err(|error| format!("`{}` cannot be written: {error}", file.display()))
}
