//! `schema`: the JSON schema of `flightcheck.toml`.

use std::process::ExitCode;

use flightcheck_core::render;
use flightcheck_core::rules::RULES;
use flightcheck_core::settings::schema;

use crate::{Failure, commands};

pub(crate) fn run() -> Result<ExitCode, Failure> {
    let schema = schema(RULES.iter().map(|rule| (rule.name, rule.summary)));
    commands::print(render::json(&schema))?;
    Ok(commands::exit(false))
}
