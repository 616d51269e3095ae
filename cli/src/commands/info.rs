//! `info`: the state of each migration.

use std::process::ExitCode;

use flightcheck_core::render;

use crate::args::Info;
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Info) -> Result<ExitCode, Failure> {
    let reports = commands::states(&arguments.shown, Some(&arguments.compared), render::table)?;
    let refused = reports.iter().flat_map(|report| &report.refused).any(|refused| refused.command == "info");
    Ok(commands::exit(refused))
}
