//! `check`: everything that is wrong, risky or worth knowing.

use std::process::ExitCode;

use flightcheck_core::render;
use flightcheck_core::report::Report;

use crate::args::{Check, Format};
use crate::load::{Loaded, check, load};
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Check) -> Result<ExitCode, Failure> {
    let Loaded { project, history } = load(&arguments.project)?;
    let checked = check(&project)?;
    let report = Report::new(&project, &checked, history.as_deref()).with_findings(&project, &checked);
    match arguments.project.format {
        Format::Human => commands::print(render::human(&report, &project))?,
        Format::Json => commands::print(render::json(&report))?,
    }
    let mut findings = report.findings.iter().flatten();
    Ok(commands::exit(findings.any(|finding| arguments.fail_on.includes(finding.severity))))
}
