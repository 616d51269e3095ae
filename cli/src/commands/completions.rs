//! `completions`: a completion script for a shell.

use std::process::ExitCode;

use clap::CommandFactory;

use crate::args::{Arguments, Completions};
use crate::{Failure, commands};

pub(crate) fn run(arguments: &Completions) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "flightcheck", &mut script);
    commands::print(String::from_utf8_lossy(&script))?;
    Ok(commands::exit(false))
}
