//! One file for each command.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod equal;
pub(crate) mod draft_undo;
pub(crate) mod explain;
pub(crate) mod fix;
pub(crate) mod impact;
pub(crate) mod info;
pub(crate) mod init;
pub(crate) mod man;
pub(crate) mod merge_check;
pub(crate) mod parse;
pub(crate) mod plan;
pub(crate) mod ratchet;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod seal;
pub(crate) mod simulate;

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use flightcheck_core::render;
use flightcheck_core::report::Report;

use crate::args::{self, Format};
use crate::load::{check, load_all, refuse_others, say_complaints};
use crate::{Failure, environments};

/// 1 where something was found or refused.
fn exit(found: bool) -> ExitCode {
    ExitCode::from(u8::from(found))
}

/// Prints to standard output. A reader that has gone away, such as `head`, is no failure; a full disk is.
fn print(text: impl Display) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("the output cannot be written: {error}")),
        _ => Ok(()),
    }
}

/// Prints the states of each project that the arguments name, and gives the reports.
fn states(
    arguments: &args::Shown,
    compared: Option<&args::Compared>,
    human: fn(&Report) -> String,
) -> Result<Vec<Report>, Failure> {
    let mut reports = Vec::new();
    for mut loaded in load_all(&arguments.project)? {
        if let Some(compared) = compared {
            environments::compare(&mut loaded, &arguments.project, compared)?;
        }
        refuse_others(&loaded.project)?;
        say_complaints(&loaded.project);
        let report = Report::new(&loaded.project, &check(&loaded.project)?, loaded.history.as_deref());
        if arguments.format == Format::Human {
            print(human(&report))?;
        }
        reports.push(report);
    }
    if arguments.format == Format::Json {
        print_json(&reports)?;
    }
    Ok(reports)
}

/// One report as it is, several as a list.
fn print_json(reports: &[Report]) -> Result<(), Failure> {
    match reports {
        [only] => print(render::json(only)),
        all => print(render::json(&all)),
    }
}
