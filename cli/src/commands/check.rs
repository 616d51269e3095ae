//! `check`: everything that is wrong, risky or worth knowing.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use flightcheck_core::render;
use flightcheck_core::report::Report;
use flightcheck_core::rules::Statistics;

use crate::args::{Check, Format};
use crate::load::{Loaded, check, load};
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Check) -> Result<ExitCode, Failure> {
    let Loaded { mut project, history } = load(&arguments.project)?;
    project.set_statistics(arguments.statistics.as_deref().map(statistics).transpose()?);
    let checked = check(&project)?;
    let report = Report::new(&project, &checked, history.as_deref()).with_findings(&project, &checked);
    match arguments.project.format {
        Format::Human => commands::print(render::human(&report, &project))?,
        Format::Json => commands::print(render::json(&report))?,
    }
    let mut findings = report.findings.iter().flatten();
    Ok(commands::exit(findings.any(|finding| arguments.fail_on.includes(finding.severity))))
}

fn statistics(path: &Path) -> Result<Statistics, Failure> {
    let text = fs::read_to_string(path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
    Statistics::parse(&text).map_err(|error| {
        let form = "{\"public.orders\": {\"rows\": 120000000}}";
        format!("`{}` holds no statistics: {error}\n  help: the form is {form}", path.display())
    })
}
