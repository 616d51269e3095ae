//! `equal`: whether two sets of migrations make the same schema.

use std::process::ExitCode;

use flightcheck_core::render;
use flightcheck_core::report::EqualReport;

use crate::args::{Format, TwoSets};
use crate::sides::{schema_of, sides};
use crate::{Failure, commands};

pub(crate) fn run(arguments: &TwoSets) -> Result<ExitCode, Failure> {
    let (a, b) = sides(arguments)?;
    let sets = [a.named.scripts.as_slice(), b.named.scripts.as_slice()];
    let schema = schema_of(arguments, &[], a.dialect, sets)?;
    let report = EqualReport::new(&schema, &a.named, &b.named);
    match arguments.format {
        Format::Human => commands::print(render::equal(&report))?,
        Format::Json => commands::print(render::json(&report))?,
    }
    Ok(commands::exit(report.equal != Some(true)))
}
