//! `schema`: the JSON schema of what flightcheck reads or prints.

use std::process::ExitCode;

use flightcheck_core::rules::RULES;
use flightcheck_core::{render, report, settings};

use crate::args::{Schema, SchemaName};
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Schema) -> Result<ExitCode, Failure> {
    let schema = match arguments.what {
        SchemaName::Config => settings::schema(RULES.iter().map(|rule| (rule.name, rule.summary))),
        SchemaName::Report => report::schema(),
    };
    commands::print(render::json(&schema))?;
    Ok(commands::exit(false))
}
