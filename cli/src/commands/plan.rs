//! `plan`: what the next migrate would do.

use std::process::ExitCode;

use flightcheck_core::render;

use crate::args::Shown;
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Shown) -> Result<ExitCode, Failure> {
    let reports = commands::states(arguments, None, render::plan)?;
    Ok(commands::exit(reports.iter().any(|report| report.plan.is_none())))
}
