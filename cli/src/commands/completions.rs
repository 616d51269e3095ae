//! `completions`: a completion script for a shell.

use std::process::ExitCode;

use clap::CommandFactory;

use crate::args::{Arguments, Completions};
use crate::commands;

pub(crate) fn run(arguments: &Completions) -> ExitCode {
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "flightcheck", &mut std::io::stdout());
    commands::exit(false)
}
