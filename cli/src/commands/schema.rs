//! `schema`: the JSON schema of what flightcheck reads or prints.

use std::process::ExitCode;

use flightcheck_core::render;
use flightcheck_core::report::schema;

use crate::args::{Schema, SchemaName};
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Schema) -> Result<ExitCode, Failure> {
    match arguments.what {
        SchemaName::Report => commands::print(render::json(&schema()))?,
    }
    Ok(commands::exit(false))
}
