//! `info`: the state of each migration.

use std::process::ExitCode;

use flightcheck_core::render;
use flightcheck_core::report::Report;

use crate::args::{Format, Project};
use crate::load::{Loaded, check, load_flyway};
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Project) -> Result<ExitCode, Failure> {
    let Loaded { project, history } = load_flyway(arguments)?;
    let report = Report::new(&project, &check(&project)?, history.as_deref());
    match arguments.format {
        Format::Human => commands::print(render::table(&report))?,
        Format::Json => commands::print(render::json(&report))?,
    }
    Ok(commands::exit(report.refused.iter().any(|refused| refused.command == "info")))
}
