//! `info`: the state of each migration.

use std::process::ExitCode;

use flightcheck_core::render;
use flightcheck_core::report::Report;

use crate::args::{Format, Shown};
use crate::load::{Loaded, check, load};
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Shown) -> Result<ExitCode, Failure> {
    let Loaded { project, history } = load(&arguments.project)?;
    let report = Report::new(&project, &check(&project)?, history.as_deref());
    match arguments.format {
        Format::Human => commands::print(render::table(&report))?,
        Format::Json => commands::print(render::json(&report))?,
    }
    Ok(commands::exit(report.refused.iter().any(|refused| refused.command == "info")))
}
