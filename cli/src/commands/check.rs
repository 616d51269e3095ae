//! `check`: everything that is wrong, risky or worth knowing.

use std::process::ExitCode;

use flightcheck_core::finding::Severity;
use flightcheck_core::render;
use flightcheck_core::report::{Report, SuppressedBy};
use flightcheck_core::settings::FailOn;

use crate::args::{Check, Format};
use crate::load::{check, load_all};
use crate::{Failure, commands, judging};

pub(crate) fn run(arguments: &Check) -> Result<ExitCode, Failure> {
    let mut reports = Vec::new();
    let mut fails = false;
    for mut loaded in load_all(&arguments.project)? {
        judging::prepare(&mut loaded, &arguments.judging)?;
        loaded.project.set_ratchet(judging::ratchet(&loaded.folder)?);
        let project = &loaded.project;
        let checked = check(project)?;
        let report = Report::new(project, &checked, loaded.history.as_deref()).with_findings(project, &checked);
        let configured = project.settings().flightcheck.fail_on;
        let lowest = arguments.fail_on.map(Into::into).or(configured).unwrap_or(FailOn::From(Severity::Error));
        fails |= report.findings.iter().flatten().any(|finding| lowest.includes(finding.severity));
        if arguments.project.format == Format::Human {
            commands::print(commands::heading(&report))?;
            commands::print(render::human(&report, project))?;
            commands::print(suppressed(&report))?;
        }
        reports.push(report);
    }
    if arguments.project.format == Format::Json {
        commands::print_json(&reports)?;
    }
    Ok(commands::exit(fails))
}

/// How much was found and does not count.
fn suppressed(report: &Report) -> String {
    let count = |by| report.suppressed.iter().flatten().filter(|suppressed| suppressed.by == by).count();
    let (comment, configuration) = (count(SuppressedBy::Comment), count(SuppressedBy::Configuration));
    let mut text = String::new();
    if comment + configuration > 0 {
        text += &format!(
            "{} ignored: {comment} in comments, {configuration} in flightcheck.toml\n",
            comment + configuration
        );
    }
    let recorded = count(SuppressedBy::Ratchet);
    if recorded > 0 {
        text += &format!("{recorded} recorded before, and not shown\n");
    }
    let gone = report.gone.iter().flatten();
    let places: Vec<String> = gone.map(|gone| format!("  {}: {}", gone.file, gone.rule)).collect();
    if !places.is_empty() {
        text += &format!(
            "{} recorded before, and found no more; `flightcheck ratchet --prune` forgets them\n",
            places.len()
        );
        text += &places.iter().map(|place| render::harmless(place) + "\n").collect::<String>();
    }
    text
}
