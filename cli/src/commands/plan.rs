//! `plan`: what the next migrate would do, or what undoing would.

use std::process::ExitCode;

use flightcheck_core::render;
use flightcheck_core::report::UndoPlan;

use crate::args::{Format, Plan};
use crate::load::{Loaded, check, load};
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Plan) -> Result<ExitCode, Failure> {
    let Some(version) = &arguments.undo_to else {
        let reports = commands::states(&arguments.shown, None, render::plan)?;
        return Ok(commands::exit(reports.iter().any(|report| report.plan.is_none())));
    };
    let Loaded { project, .. } = load(&arguments.shown.project)?;
    let checked = check(&project)?;
    let plan = UndoPlan::new(&project, &checked, version).ok_or_else(|| {
        format!("there is no migration of version `{version}`\n  help: give the version that stays applied, such as 4.2, or 0 for an empty database")
    })?;
    match arguments.shown.format {
        Format::Json => commands::print(render::json(&plan))?,
        Format::Human => commands::print(render::undo_plan(&plan))?,
    }
    Ok(commands::exit(!plan.is_whole()))
}
